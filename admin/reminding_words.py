"""Words of the page Nhắc hạn: why a report is not done, what became of a reminder, who is told."""

from qcdc_core.language import gettext as _
from qcdc_core.language import moment
from qcdc_core.reminders.overview import Line
from qcdc_core.reminders.rules import Rule
from qcdc_core.reminders.tables import Reminder
from qcdc_core.units import Node


def refusals() -> dict[str, str]:
    return {
        "not_owed": _(
            "Phiếu {period} của {unit} đã xong nên không cần nhắc. Tải lại trang để xem."
        ),
        "nobody_to_remind": _(
            "Chưa nhắc được {unit}: chưa có đầu mối, hoặc đầu mối không đồng ý nhận nhắc hạn."
            " Gọi điện, hoặc tạo mã mời ở trang Đơn vị, đầu mối."
        ),
        "told_today": _(
            "Hôm nay đã nhắc {unit}. Nhắc thêm trong ngày dễ gây phiền; cần thì bấm Vẫn nhắc."
        ),
        "pause_past": _("Ngày dừng nhắc đã qua. Chọn hôm nay hoặc một ngày sau."),
        "not_paused": _("Đơn vị này không bị tạm dừng nhắc. Tải lại trang để xem."),
        "unknown_rule": _("Không có dòng này trong lịch nhắc. Tải lại trang rồi chọn lại."),
        "rule_days": _(
            "Số ngày phải từ 0 đến {latest}, trước hoặc sau hạn. Ghi lại số ngày rồi lưu."
        ),
        "rule_hour": _(
            "Chỉ nhắc từ {first} giờ đến {last} giờ để không làm phiền. Chọn giờ trong khoảng đó."
        ),
    }


def why(line: Line) -> str:
    names = {
        "not_begun": _("chưa bắt đầu"),
        "draft": _("đang nhập dở, chưa gửi"),
        "gaps": _("còn thiếu {count} mục"),
        "returned": _("chưa trả lời cán bộ hỏi lại"),
    }
    return names[line.why].format(count=len(line.owed.missing))


def held(code: str) -> str:
    """Why a person is not reminded."""
    names = {
        "no_consent": _("không đồng ý nhận nhắc hạn"),
        "asked_not": _("đã nhắn “không nhắc nữa”"),
        "no_channel": _("không còn kênh nào liên hệ được"),
    }
    return names[code]


def outcome(code: str) -> str:
    names = {
        "waiting": _("đang chờ gửi"),
        "sending": _("đang gửi"),
        "sent": _("đã gửi"),
        "refused": _("kênh không nhận"),
        "unknown": _("chưa rõ đến hay chưa"),
        "paused": _("tạm dừng nên không gửi"),
        "asked_not": _("đã nhắn không nhắc nên không gửi"),
        "unreachable": _("không kênh nào liên hệ được"),
    }
    return names.get(code, code)


def outcome_on(channel: str | None, code: str) -> str:
    """In the web chat a message lies ready until its reader opens the page."""
    if channel == "web":
        return _("đã đọc") if code == "sent" else _("để sẵn, chưa mở xem")
    return outcome(code)


def origin(code: str) -> str:
    """Why a reminder went; nothing to say of one by the rules."""
    return {"office": _("cán bộ nhắc"), "wish": _("theo lời hẹn")}.get(code, "")


def audience(code: str) -> str:
    names = {
        "person": _("Đầu mối còn nợ phiếu"),
        "officer": _("Cán bộ xã"),
        "office": _("Thường trực Ban Chỉ đạo"),
    }
    return names[code]


def days(rule: Rule) -> str:
    if rule.days == 0:
        return _("đúng ngày hạn")
    text = _("{count} ngày trước hạn") if rule.days < 0 else _("quá hạn {count} ngày")
    return text.format(count=abs(rule.days))


def told(rows: tuple[Reminder, ...], unit: Node) -> tuple[str, str]:
    """The sentence after pressing, and its kind: done, or attention when nothing went out."""
    sent = sum(row.state == "sent" for row in rows)
    waits = [row.due_at for row in rows if row.state == "planned"]
    name = unit.full_name
    if sent:
        text = _("Đã nhắc {unit}: {count} người. Tin đi trong ít phút.")
        return text.format(unit=name, count=sent), "done"
    if waits:
        text = _("Ngoài giờ nhắc: tin cho {unit} đi lúc {moment}.")
        return text.format(unit=name, moment=moment(min(waits))), "done"
    text = _("Chưa nhắc {unit}: {why}. Gọi điện thì nhanh hơn.")
    return text.format(unit=name, why=_nothing_went(rows)), "attention"


def _nothing_went(rows: tuple[Reminder, ...]) -> str:
    code = next((row.why for row in rows if row.why), "unreachable")
    names = {
        "asked_not": _("đầu mối đã nhắn không nhắc kỳ này"),
        "paused": _("đơn vị đang tạm dừng nhắc"),
        "nothing_owed": _("phiếu vừa được gửi đủ"),
    }
    return names.get(code, _("không kênh nào liên hệ được"))
