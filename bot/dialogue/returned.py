"""Reports that an officer sent back: the number again, or why it is right as it stands."""

import re

from bot.dialogue import readback, wording
from bot.dialogue.commands import EDIT, YES
from bot.dialogue.next_question import ask_figure, proceed
from bot.dialogue.state import Focus
from bot.dialogue.take_in import settle
from bot.dialogue.talk import Talk
from bot.dialogue.understood import read_for
from qcdc_core.forms import form
from qcdc_core.language import gettext as _
from qcdc_core.periods import Period
from qcdc_core.reading import Awaiting, fold
from qcdc_core.reports.draft import DraftReason, open_draft
from qcdc_core.reports.record import confirm
from qcdc_core.reports.review import open_questions, returned_to
from qcdc_core.reports.tables import Report

RULE = "hoi_lai"
_IS_RIGHT = re.compile(r"\b(la dung|deu dung|van dung|dung roi|so dung|khong sai|giu nguyen)\b")
_BUTTON = re.compile(r",\s*ghi lý do\s*$", re.IGNORECASE)


def waits(talk: Talk) -> bool:
    return bool(returned_to(talk.session, talk.reporter_id))


def answer(talk: Talk) -> bool:
    """Whether the message answers the officer's question about a returned report."""
    asked = talk.state.asked
    if asked is not None and asked.kind == "returned_reason":
        return _take_reason(talk)
    reports = returned_to(talk.session, talk.reporter_id)
    if not reports or (asked is not None and asked.kind not in ("welcome", "returned")):
        return False
    report = reports[0]
    codes = _codes_asked(talk, report)
    if talk.folded in EDIT:
        _ask_for_number(talk, report, codes)
        return True
    if talk.folded in YES or _IS_RIGHT.search(fold(talk.text)):
        return _is_right(talk, report)
    return _take_number(talk, report, codes)


def _codes_asked(talk: Talk, report: Report) -> list[str]:
    events = open_questions(talk.session, report)
    return [event.code for event in events if event.code is not None]


def _focus(talk: Talk, report: Report) -> None:
    talk.state.focus = Focus(report.unit_id, report.form, report.period)


def _ask_for_number(talk: Talk, report: Report, codes: list[str]) -> None:
    _focus(talk, report)
    of = form(report.form)
    if len(codes) == 1:
        period = Period.parse(report.period)
        draft = open_draft(talk.session, talk.reporter_id, report.unit_id, of, period)
        ask_figure(talk, draft, codes[0])
        return
    names = ", ".join(_(of.figure(code).short) for code in codes)
    talk.ask("edit", _("Nhắn tên mục và số đúng: {names}.").format(names=names))


def _is_right(talk: Talk, report: Report) -> bool:
    """'3 là đúng, vì …': with a reason it goes back at once; without one the reason is asked."""
    _focus(talk, report)
    said = _BUTTON.sub("", talk.text.strip())
    reason = re.split(
        r"\b(?:vì|vi|do|lý do|ly do|bởi)\b[: ]*", said, maxsplit=1, flags=re.IGNORECASE
    )
    if len(reason) == 2 and len(reason[1].strip()) > 3:
        _send_reason(talk, report, said)
        return True
    talk.ask("returned_reason", _("Vì sao số này đúng? Nhắn một câu, cán bộ sẽ xem."))
    return True


def _take_reason(talk: Talk) -> bool:
    focus = talk.state.focus
    reports = returned_to(talk.session, talk.reporter_id)
    report = next(
        (
            one
            for one in reports
            if focus
            and (one.unit_id, one.form, one.period) == (focus.unit_id, focus.form, focus.period)
        ),
        None,
    )
    if report is None:
        talk.state.asked = None
        return False
    _send_reason(talk, report, talk.text.strip())
    return True


def _send_reason(talk: Talk, report: Report, reason: str) -> None:
    draft = open_draft(
        talk.session,
        talk.reporter_id,
        report.unit_id,
        form(report.form),
        Period.parse(report.period),
    )
    for code in _codes_asked(talk, report):
        draft.explain(DraftReason(RULE, code, reason, talk.message.id))
    confirm(talk.session, draft, talk.calendar, talk.now, conversation_id=talk.conversation.id)
    talk.state.leave_report()
    talk.say(_("✔ Đã gửi lại kèm lý do. Cán bộ sẽ xem."))


def _take_number(talk: Talk, report: Report, codes: list[str]) -> bool:
    of = form(report.form)
    awaiting = Awaiting(codes[0]) if len(codes) == 1 else None
    reading = read_for(talk, of, awaiting=awaiting)
    if not (reading.figures or reading.asks) or reading.period not in (
        None,
        Period.parse(report.period),
    ):
        return False
    if not (set(reading.figures) | {doubt.code for doubt in reading.asks}) & set(codes):
        return False
    _focus(talk, report)
    draft = open_draft(
        talk.session, talk.reporter_id, report.unit_id, of, Period.parse(report.period)
    )
    settle(talk, draft, reading)
    proceed(talk, draft)
    return True


def described(talk: Talk, report: Report) -> str:
    """'Kiến nghị đã giải quyết: “Văn bản trả lời mới có 2”' for each figure asked about."""
    of = form(report.form)
    lines = [
        _("{sign} {name}: “{comment}”").format(
            sign=readback.WRONG, name=_(of.figure(event.code).short), comment=event.comment or ""
        )
        for event in open_questions(talk.session, report)
        if event.code is not None
    ]
    return "\n".join(lines) or wording.not_text()
