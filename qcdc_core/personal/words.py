"""What purposes and kinds of requests are called."""

from qcdc_core.language import gettext as _


def purpose_name(purpose: str) -> str:
    names = {
        "reporting": _("nhận và đối chiếu số liệu của đơn vị"),
        "reminding": _("nhắc hạn"),
    }
    return names.get(purpose, purpose)


def kind_name(kind: str) -> str:
    names = {
        "copy": _("xem, nhận bản sao dữ liệu"),
        "correct": _("sửa dữ liệu"),
        "withdraw": _("rút đồng ý"),
        "restrict": _("hạn chế xử lý dữ liệu"),
        "object": _("phản đối xử lý dữ liệu"),
        "erase": _("xóa dữ liệu"),
    }
    return names.get(kind, kind)


def reminder_state(state: str) -> str:
    names = {
        "planned": _("sẽ gửi"),
        "sent": _("đã gửi"),
        "held": _("giữ lại, không gửi"),
        "dropped": _("bỏ, không gửi"),
        "refused": _("không gửi được"),
    }
    return names.get(state, state)


def erased_person() -> str:
    """In place of the name, wherever an erased person is referred to."""
    return _("người đã xóa dữ liệu")


def erased_words() -> str:
    """In place of what they wrote."""
    return _("(đã xóa theo yêu cầu)")
