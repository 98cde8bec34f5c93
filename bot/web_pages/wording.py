"""Sentences of the chat page: what could not be taken, why, and what to do now."""

from datetime import datetime

from bot.dialogue.turn import LONGEST
from qcdc_core.clock import local, local_day
from qcdc_core.evidence import LARGEST
from qcdc_core.language import day, number
from qcdc_core.language import gettext as _


def sentence(code: str) -> str:
    """For a refusal's code; a general sentence for a code that has none."""
    sentences = {
        "empty": _("Tin chưa có chữ. Gõ nội dung rồi nhấn Gửi."),
        "too_long": _(
            "Tin dài quá {limit} ký tự nên chưa gửi. Nội dung vẫn còn trong ô; chia thành vài tin "
            "ngắn rồi gửi lại."
        ).format(limit=number(LONGEST)),
        "too_large": _(
            "Nội dung gửi lên quá lớn nên chưa nhận. Quay lại trang trước, chia thành vài tin ngắn "
            "rồi gửi lại."
        ),
        "not_text": _("Ô này chỉ nhận chữ. Ảnh, tệp gửi ở mục “Gửi ảnh, tệp” bên dưới."),
        "file_too_large": _("Ảnh, tệp lớn hơn {limit} MB nên chưa nhận. Gửi bản nhỏ hơn.").format(
            limit=LARGEST // 1024**2
        ),
        "file_kind": _("Tệp này không mở được nên chưa nhận. Gửi ảnh, PDF, DOCX hoặc XLSX."),
        "file_empty": _("Chưa chọn ảnh, tệp nào, hoặc tệp trống. Chọn tệp rồi nhấn Gửi tệp."),
        "too_many": _(
            "Gửi nhanh quá nên tin này chưa nhận. Nội dung vẫn còn; chờ một phút rồi gửi."
        ),
        "csrf": _(
            "Trang đã mở lâu nên tin chưa gửi. Nội dung vẫn còn, nhấn Gửi lần nữa. Nếu vẫn không "
            "được, trình duyệt đang chặn cookie của trang này: cho phép rồi thử lại."
        ),
        "malformed": _("Trang gửi lên không đọc được nên chưa nhận gì. Tải lại trang rồi gửi lại."),
        "not_found": _("Không có trang này. Trang trò chuyện ở địa chỉ dưới đây."),
        "failed": _(
            "Máy chủ đang gặp trục trặc nên chưa trả lời được. Tin đã nhận thì không mất; chờ vài "
            "phút rồi tải lại trang."
        ),
    }
    return sentences.get(code, sentences["malformed"])


def offline() -> str:
    return _("Mất kết nối. Tin chưa gửi được giữ lại và sẽ tự gửi khi có mạng.")


def busy() -> str:
    return _("Máy chủ đang bận. Tin chưa gửi được giữ lại và sẽ tự gửi lại.")


def too_many_waits() -> str:
    return _("Gửi nhanh quá. Tin chưa gửi được giữ lại và sẽ tự gửi sau ít phút.")


def day_name(moment: datetime) -> str:
    """'Thứ Ba, 13/10/2026' in Việt Nam."""
    names = (
        _("Thứ Hai"),
        _("Thứ Ba"),
        _("Thứ Tư"),
        _("Thứ Năm"),
        _("Thứ Sáu"),
        _("Thứ Bảy"),
        _("Chủ nhật"),
    )
    there = local_day(moment)
    return _("{weekday}, {day}").format(weekday=names[there.weekday()], day=day(there))


def time_of_day(moment: datetime) -> str:
    return f"{local(moment):%H:%M}"
