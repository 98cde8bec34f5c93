"""How long each kind of personal data is kept, from when, and why: the written schedule.

Luật 91/2025/QH15 Điều 3.3 asks that nothing is kept longer than its purpose needs and names no
terms; these are this project's own (docs/personal-data.md). Figures and compiled briefs are the
units' records, not a person's data, and follow the archive's rules.
"""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from qcdc_core.clock import LOCAL, local
from qcdc_core.language import gettext as _

# Kind -> months kept.
TERMS: Mapping[str, int] = {
    "messages": 12,
    "questions": 12,
    "identity": 12,
    "strangers": 12,
    "drafts": 12,
    "reminders": 12,
    "codes": 1,
    "consents": 60,
    "requests": 60,
    "audit": 24,
}
# A quarter whose brief is never compiled must not keep its messages for ever.
LONGEST_FOR_MESSAGES = 24


@dataclass(frozen=True)
class Line:
    """A line of the schedule as a person reads it; ``months`` counts from ``since``."""

    kind: str
    what: str
    months: int
    since: str
    why: str


def schedule() -> Iterator[Line]:
    """Every kind of TERMS, in its order, in the reader's language."""
    words = {**_of_chats(), **_of_records()}
    for kind, months in TERMS.items():
        what, since, why = words[kind]
        yield Line(kind, what, months, since, why)


def later(moment: datetime, months: int) -> datetime:
    """The same hour of that day of the month in Việt Nam; the last day where there is none.

    ``months`` may be negative.
    """
    here = local(moment)
    index = here.year * 12 + here.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    day = min(here.day, last)
    return here.replace(year=year, month=month + 1, day=day, tzinfo=LOCAL)


def _of_chats() -> Mapping[str, tuple[str, str, str]]:
    return {
        "messages": (
            _("Lời tin nhắn của hai bên, tệp chưa gắn với phiếu đã gửi"),
            _("ngày lập báo cáo của quý; chậm nhất 24 tháng sau quý"),
            _("đối chiếu số liệu với lời đã nhắn"),
        ),
        "questions": (
            _("Câu hỏi đã chuyển cán bộ và câu trả lời"),
            _("ngày trả lời"),
            _("người hỏi xem lại, hỏi tiếp"),
        ),
        "identity": (
            _("Họ tên, phân công, kênh trò chuyện của đầu mối"),
            _("ngày thôi phân công cuối cùng"),
            _("hỏi lại về số liệu đã gửi"),
        ),
        "strangers": (
            _("Cuộc trò chuyện của người không phải đầu mối"),
            _("tin nhắn cuối cùng"),
            _("trả lời tiếp trong cùng cuộc trò chuyện"),
        ),
    }


def _of_records() -> Mapping[str, tuple[str, str, str]]:
    return {
        "drafts": (
            _("Phiếu nhập dở, không gửi"),
            _("lần sửa cuối"),
            _("gửi tiếp được"),
        ),
        "reminders": (
            _("Lịch nhắc đã qua"),
            _("ngày nhắc"),
            _("giải thích vì sao đã nhắc"),
        ),
        "codes": (
            _("Mã mời, mã liên kết không dùng"),
            _("ngày hết hạn"),
            _("tìm nguyên nhân khi không vào được"),
        ),
        "consents": (
            _("Dấu vết đồng ý"),
            _("ngày rút hoặc xóa"),
            _("chứng minh đã được đồng ý"),
        ),
        "requests": (
            _("Yêu cầu về dữ liệu cá nhân"),
            _("ngày làm xong"),
            _("chứng minh đã làm đúng hạn"),
        ),
        "audit": (
            _("Nhật ký (không có lời tin nhắn, không có tên đầu mối)"),
            _("ngày ghi"),
            _("kiểm tra ai đã làm gì"),
        ),
    }
