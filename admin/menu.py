"""The menu: which pages there are, and for whom."""

from dataclasses import dataclass

from flask import request, url_for

from admin import access
from qcdc_core.language import gettext as _


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    is_here: bool


def menu() -> list[Item]:
    """What the user may open, in the order of a day's work."""
    here = (request.endpoint or "").partition(".")[0]
    return [
        Item(label, url_for(f"{page}.show"), here in (page, *also))
        for page, role, label, also in _pages()
        if access.may(role)
    ]


def _pages() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Blueprint, least role, label, and the blueprints whose pages stand below it."""
    return [
        ("today", "officer", _("Hôm nay"), ()),
        ("reports", "officer", _("Phiếu"), ("report", "review")),
        ("progress", "officer", _("Tiến độ"), ()),
        ("reminders", "officer", _("Nhắc hạn"), ("reminder_rules",)),
        ("briefs", "officer", _("Báo cáo"), ()),
        ("questions", "office", _("Câu hỏi"), ()),
        ("unread", "office", _("Tin chưa hiểu"), ()),
        ("units", "officer", _("Đơn vị, đầu mối"), ()),
        ("calendar", "officer", _("Lịch"), ()),
        ("personal_data", "office", _("Dữ liệu cá nhân"), ()),
        ("users", "admin", _("Người dùng"), ()),
        ("audit", "office", _("Nhật ký"), ()),
    ]
