"""What somebody reads in their chat about the request that they made on paper."""

from datetime import datetime

from sqlalchemy.orm import Session

from qcdc_core.language import day
from qcdc_core.language import gettext as _
from qcdc_core.messages import outbox
from qcdc_core.personal.tables import DataRequest
from qcdc_core.personal.words import kind_name


def tell(session: Session, request: DataRequest, text: str, now: datetime) -> bool:
    """Whether there is a chat that it could be written to; if not, paper remains."""
    if request.person_id is None:
        return False
    return outbox.put_for_person(session, request.person_id, text, now) is not None


def received(request: DataRequest) -> str:
    return _("Đã nhận yêu cầu {kind}. Sẽ làm xong trước hết ngày {day}.").format(
        kind=kind_name(request.kind), day=day(request.due_on)
    )


def extended(request: DataRequest, reason: str) -> str:
    return _("Yêu cầu {kind} cần thêm thời gian, đến hết ngày {day}.\nLý do: {reason}").format(
        kind=kind_name(request.kind), day=day(request.due_on), reason=reason
    )


def done(request: DataRequest, outcome: str) -> str:
    said = _("✔ Yêu cầu {kind} đã làm xong.").format(kind=kind_name(request.kind))
    return f"{said}\n{outcome}" if outcome else said


def reminding_ended() -> str:
    return _("Từ nay không còn tin nhắc hạn.")


def reporting_ended() -> str:
    return _(
        "Từ hôm nay không còn là đầu mối: không nhận số liệu, không nhắc hạn. Số liệu đã gửi vẫn "
        "là của đơn vị."
    )


def copy_comes() -> str:
    return _(
        "Đây là bản sao dữ liệu cá nhân theo yêu cầu đã gửi trên giấy. Tệp mở được trong 7 ngày."
    )


def erased() -> str:
    return _(
        "✔ Đã xóa dữ liệu cá nhân theo yêu cầu trên giấy. Số liệu của đơn vị vẫn còn, "
        "không kèm tên."
    )
