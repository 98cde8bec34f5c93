"""What a reminder says: short, the first line is enough, and it ends with what to do now."""

from collections.abc import Collection, Sequence
from datetime import date

from qcdc_core.language import day, period_name
from qcdc_core.language import gettext as _
from qcdc_core.reminders.digest import Missing
from qcdc_core.reports.owed import Owed

MOST_LINES = 8
MOST_NAMES = 10

Key = tuple[int, str, str]


def key_of(owed: Owed) -> Key:
    return owed.unit.id, owed.form.code, str(owed.period)


def again_tomorrow() -> str:
    return _("Nhắc lại sáng mai")


def for_person(
    owed: Sequence[Owed],
    drafts: Collection[Key],
    last_taken: date,
    today: date,
    *,
    has_buttons: bool,
) -> tuple[str, tuple[str, ...]]:
    """The text and the answers offered; ``owed`` is not empty, the nearest due day first.

    ``last_taken``: until when the first of them is still taken.
    """
    lines = [_first_line(owed, drafts, today)]
    if len(owed) > 1:
        lines += [_line(one, drafts) for one in owed[:MOST_LINES]]
    if len(owed) > MOST_LINES:
        lines.append(_("… và {count} phiếu khác.").format(count=len(owed) - MOST_LINES))
    if owed[0].due < today:
        lines.append(_("Vẫn nhận đến hết {day}.").format(day=day(last_taken)))
    lines.append(_what_now(owed[0], drafts))
    if has_buttons:
        return "\n".join(lines), (again_tomorrow(),)
    lines.append(_("Bận thì nhắn “nhắc sau” hoặc giờ muốn nhắc."))
    return "\n".join(lines), ()


def for_user(missing: Sequence[Missing], today: date) -> str:
    """The digest of who is missing, a line for each form and period."""
    lines = [_digest_line(one, today) for one in missing]
    return "\n".join([*lines, _("Mở trang Nhắc hạn để xem lý do, nhắc lại hoặc gọi điện.")])


def _first_line(owed: Sequence[Owed], drafts: Collection[Key], today: date) -> str:
    when = _when(owed[0].due, today)
    if len(owed) == 1:
        return _("{when}: {what}.").format(when=when, what=_what(owed[0], drafts))
    return _("{when}: còn {count} phiếu chưa xong.").format(when=when, count=len(owed))


def _line(owed: Owed, drafts: Collection[Key]) -> str:
    return _("- {what}, hạn {due}").format(what=_what(owed, drafts), due=day(owed.due))


def _when(due: date, today: date) -> str:
    left = (due - today).days
    if left > 0:
        return _("Còn {days} ngày đến hạn {due}").format(days=left, due=day(due))
    if left == 0:
        return _("Hôm nay là hạn {due}").format(due=day(due))
    return _("Quá hạn {due} đã {days} ngày").format(due=day(due), days=-left)


def _what(owed: Owed, drafts: Collection[Key]) -> str:
    fields = {
        "unit": owed.unit.full_name,
        "period": period_name(owed.period),
        "count": len(owed.missing),
    }
    if key_of(owed) in drafts:
        text = _("{unit}, phiếu {period} đang nhập dở, chưa gửi")
    elif owed.state == "returned":
        text = _("{unit}, phiếu {period} đang chờ trả lời cán bộ hỏi lại")
    elif owed.report is not None:
        text = _("{unit} còn thiếu {count} mục của phiếu {period}")
    else:
        text = _("{unit} chưa có phiếu {period}")
    return text.format(**fields)


def _what_now(owed: Owed, drafts: Collection[Key]) -> str:
    if key_of(owed) in drafts:
        return _("Nhắn tiếp số liệu vào đây, hoặc “gửi”.")
    if owed.state == "returned":
        return _("Nhắn “còn thiếu gì” để xem câu hỏi rồi trả lời.")
    if owed.report is not None:
        return _("Nhắn số của các mục còn thiếu vào đây.")
    return _("Nhắn số liệu vào đây, hoặc “không phát sinh”.")


def _digest_line(one: Missing, today: date) -> str:
    names = [owed.unit.full_name for owed in one.owed]
    shown = ", ".join(names[:MOST_NAMES])
    if len(names) > MOST_NAMES:
        shown = _("{names} và {count} đơn vị khác").format(
            names=shown, count=len(names) - MOST_NAMES
        )
    return _("{when}: {count} đơn vị chưa có phiếu {period}: {names}.").format(
        when=_when(one.term.due, today),
        count=len(names),
        period=period_name(one.term.period),
        names=shown,
    )
