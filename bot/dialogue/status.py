"""Status: what is owed, what was sent, what came back and why."""

from bot.dialogue import readback, returned, wording
from bot.dialogue.state import Offer
from bot.dialogue.talk import Talk
from qcdc_core.language import day, period_name
from qcdc_core.language import gettext as _
from qcdc_core.reports.draft import drafts_of
from qcdc_core.reports.owed import Owed, owed_by_person
from qcdc_core.reports.review import returned_to


def tell_status(talk: Talk) -> None:
    owed = owed_by_person(talk.session, talk.reporter_id, talk.calendar, talk.now)
    lines = [_line(talk, one) for one in owed if one.state != "returned"]
    lines += _returned_lines(talk)
    if not lines:
        talk.say(wording.nothing_open())
        return
    drafts = {
        (draft.unit_id, draft.form.code, str(draft.period))
        for draft in drafts_of(talk.session, talk.reporter_id)
    }
    if drafts:
        lines.append(_("Có phiếu đang nhập dở. Nhắn tiếp số liệu, “gửi”, hoặc “hủy”."))
    if any(one.state == "missing" for one in owed):
        lines.append(_("Nhắn số liệu vào đây, hoặc “không phát sinh”."))
        talk.ask("welcome", "\n".join(lines), [Offer(wording.step_by_step(), "steps")])
        return
    talk.say("\n".join(lines))


def _line(talk: Talk, owed: Owed) -> str:
    several = len(talk.units) > 1
    name = period_name(owed.period)
    fields = {
        "report": f"{name} · {owed.unit.full_name}" if several else name,
        "due": day(owed.due),
        "number": owed.report.number if owed.report else "",
        "count": len(owed.missing),
    }
    if owed.state == "missing":
        text = _("{sign} Phiếu {report}: chưa gửi, hạn {due}.")
    elif owed.missing:
        text = _("{sign} Phiếu {report}: đã gửi, số {number}, còn thiếu {count} mục.")
    elif owed.state == "accepted":
        text = _("{sign} Phiếu {report}: đã gửi và đã được duyệt, số {number}.")
    else:
        text = _("{sign} Phiếu {report}: đã gửi đủ, số {number}, chờ cán bộ xem.")
    sign = readback.MISSING if owed.state == "missing" else readback.KNOWN
    return text.format(sign=sign, **fields)


def _returned_lines(talk: Talk) -> list[str]:
    return [
        _("{sign} Phiếu số {number} bị hỏi lại:\n{questions}").format(
            sign=readback.WRONG,
            number=report.number,
            questions=returned.described(talk, report),
        )
        for report in returned_to(talk.session, talk.reporter_id)
    ]
