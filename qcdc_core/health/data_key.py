"""The key outside the database: there, and the one that what is stored was sealed with."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.health.result import Result
from qcdc_core.language import gettext as _
from qcdc_core.messages.tables import ChannelToken
from qcdc_core.people.tables import Invitation
from qcdc_core.sealed import Unreadable, unseal


def data_key_fits(session: Session, settings: Settings) -> Result:
    """Makes no key: one made now would only hide that the old one is lost."""
    sealed = session.scalars(select(ChannelToken.refresh_sealed)).all()
    if not _is_there(settings):
        marks = select(Invitation.id).where(Invitation.phone_mark.is_not(None)).limit(1)
        if sealed or session.scalar(marks) is not None:
            return _lost()
        text = _("Khóa mã hóa dữ liệu: tự tạo trong {var} khi cần.").format(var=settings.var)
        return Result("data_key", is_well=True, text=text)
    try:
        for one in sealed:
            unseal(one, settings)
    except Unreadable:
        return _lost()
    return Result("data_key", is_well=True, text=_("Khóa mã hóa dữ liệu: có, đọc được dữ liệu."))


def _lost() -> Result:
    text = _(
        "Khóa QCDC_DATA_KEY không mở được dữ liệu đã mã hóa. Đặt lại khóa cũ, hoặc viết khóa mới,"
        " dấu phẩy, khóa cũ. Mất hẳn khóa cũ thì chạy: qcdc channel zalo-oa authorize, và tạo lại"
        " mã mời theo số điện thoại."
    )
    return Result("data_key", is_well=False, text=text)


def _is_there(settings: Settings) -> bool:
    named = settings.data_key is not None and bool(settings.data_key.get_secret_value().strip(", "))
    return named or (settings.var / "data_key").exists()
