"""Answers to the question that stands: an offer that was chosen, or words."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from bot.dialogue import readback, wording
from bot.dialogue.commands import EDIT, LATER, NO, NOTHING, SEND, YES
from bot.dialogue.drafting import start_steps
from bot.dialogue.evidence import attach
from bot.dialogue.joining import leave_for_later
from bot.dialogue.next_question import (
    ask_figure,
    can_be_none,
    proceed,
    still_asked,
    values_shown,
)
from bot.dialogue.question import answer_law_choice
from bot.dialogue.state import Asked, Offer
from bot.dialogue.take_in import settle_one, take_in
from bot.dialogue.talk import Talk
from bot.dialogue.understood import read_for
from bot.dialogue.which import focus_of_key
from qcdc_core.errors import Refusal
from qcdc_core.forms import form
from qcdc_core.language import gettext as _
from qcdc_core.messages.tables import InboundMessage
from qcdc_core.periods import Period
from qcdc_core.reading import Awaiting, Intent, Reading
from qcdc_core.reports.draft import DraftReason, DraftReport, open_draft
from qcdc_core.reports.record import confirm

SHORTEST_REASON = 4


def act(talk: Talk, offer: Offer) -> None:
    """Do what the chosen offer says."""
    _ACTIONS[offer.do](talk, offer)


def answer_asked(talk: Talk) -> bool:
    """Whether the message answered the question that stands; False leaves it to be read afresh."""
    asked = talk.state.asked
    draft = _draft_asked(talk)
    if asked is None or draft is None:
        return False
    handler = _ANSWERS.get(asked.kind)
    return handler is not None and handler(talk, asked, draft)


def _draft_asked(talk: Talk) -> DraftReport | None:
    focus = talk.state.focus
    if focus is None:
        return None
    return open_draft(
        talk.session, talk.reporter_id, focus.unit_id, form(focus.form), Period.parse(focus.period)
    )


# --- Offers ---------------------------------------------------------------------------------


def _set(talk: Talk, offer: Offer) -> None:
    draft = _draft_asked(talk)
    if draft is None:
        return
    settle_one(talk, draft, offer.code, Decimal(offer.value))
    proceed(talk, draft, said=_said(draft, offer.code))


def _mend(talk: Talk, offer: Offer) -> None:
    draft = _draft_asked(talk)
    if draft is not None:
        ask_figure(talk, draft, offer.code)


def _nothing_at_all(talk: Talk, _offer: Offer) -> None:
    """Every event of the period becomes 0, also those that had a number before."""
    draft = _draft_asked(talk)
    if draft is None:
        return
    for figure in draft.form:
        if figure.kind == "flow":
            settle_one(talk, draft, figure.code, Decimal(0))
    proceed(talk, draft)


def _not_applicable(talk: Talk, offer: Offer) -> None:
    draft = _draft_asked(talk)
    if draft is None:
        return
    settle_one(talk, draft, offer.code, None)
    proceed(talk, draft, said=_said(draft, offer.code))


def _said(draft: DraftReport, code: str) -> str:
    figure = draft.form.figure(code)
    return f"{readback.KNOWN} {readback.said(figure, draft.values[code].value)}"


def _skip(talk: Talk, offer: Offer) -> None:
    draft = _draft_asked(talk)
    if draft is None:
        return
    draft.doubts.pop(offer.code, None)
    talk.state.skipped.append(offer.code)
    proceed(talk, draft, said="")


def _zero(talk: Talk, _offer: Offer) -> None:
    """'Các mục còn lại không có': every missing figure that can be none becomes 0."""
    draft = _draft_asked(talk)
    if draft is None:
        return
    for code in draft.missing:
        if can_be_none(draft.form.figure(code)):
            settle_one(talk, draft, code, Decimal(0))
    proceed(talk, draft)


def _send_incomplete(talk: Talk, _offer: Offer) -> None:
    draft = _draft_asked(talk)
    if draft is None:
        return
    talk.state.send_incomplete = True
    proceed(talk, draft)


def _confirm(talk: Talk, _offer: Offer) -> None:
    """The sender has seen the report read back and says yes: now, and only now, it counts."""
    draft = _draft_asked(talk)
    if draft is None:
        return
    if talk.state.read_back != values_shown(draft):
        talk.say(_("Phiếu đã thay đổi sau lần đọc lại. Xem lại trước khi gửi."))
        proceed(talk, draft)
        return
    try:
        result = confirm(
            talk.session, draft, talk.calendar, talk.now, conversation_id=talk.conversation.id
        )
    except Refusal as problem:
        talk.say(wording.refusal(problem))
        return
    talk.state.leave_report()
    missing = readback.names(draft, result.missing)
    talk.say(wording.receipt(result, wording.received_at(result), missing))


def _edit(talk: Talk, _offer: Offer) -> None:
    talk.ask(
        "edit",
        _("Sửa mục nào? Nhắn tên mục và số đúng, ví dụ: “{example}”.").format(
            example=_edit_example(talk)
        ),
    )


def _edit_example(talk: Talk) -> str:
    draft = _draft_asked(talk)
    figure = draft.form.figures[0] if draft else form("thon_thang").figures[0]
    return f"{_(figure.short).lower()} 3" if figure.kind != "flag" else f"{_(figure.short)}: có"


def _explain(talk: Talk, _offer: Offer) -> None:
    asked = talk.state.asked
    draft = _draft_asked(talk)
    if asked is None or draft is None:
        return
    _keep_reason(talk, asked, draft, _("Người gửi xác nhận số này đúng."))


def _keep_reason(talk: Talk, asked: Asked, draft: DraftReport, reason: str) -> None:
    draft.explain(DraftReason(asked.rule, asked.code, reason, talk.message.id))
    proceed(talk, draft, said=_("✔ Đã ghi lý do."))


def _pick(talk: Talk, offer: Offer) -> None:
    """The report is now clear: read the message that had to wait."""
    talk.state.focus = focus_of_key(offer.code)
    talk.state.asked = None
    held = talk.state.held_message_id
    talk.state.held_message_id = None
    draft = _draft_asked(talk)
    if draft is None or held is None:
        return
    talk.message = talk.session.get_one(InboundMessage, held)
    take_in(talk, draft, read_for(talk, draft.form))


def _steps(talk: Talk, _offer: Offer) -> None:
    start_steps(talk)


def _leave(talk: Talk, _offer: Offer) -> None:
    leave_for_later(talk)


_ACTIONS: Mapping[str, Callable[[Talk, Offer], None]] = {
    "attach": attach,
    "set": _set,
    "not_applicable": _not_applicable,
    "mend": _mend,
    "nothing_at_all": _nothing_at_all,
    "skip": _skip,
    "zero": _zero,
    "send_incomplete": _send_incomplete,
    "confirm": _confirm,
    "edit": _edit,
    "explain": _explain,
    "pick": _pick,
    "steps": _steps,
    "leave": _leave,
    "law": answer_law_choice,
}


# --- Words ----------------------------------------------------------------------------------


def _answer_figure(talk: Talk, asked: Asked, draft: DraftReport) -> bool:
    """A doubt or the next step: a bare number, a word, or other figures too."""
    if talk.folded in LATER:
        _skip(talk, Offer("", "skip", asked.code))
        return True
    doubt = draft.doubts.get(asked.code)
    choices = doubt.choices if doubt else ()
    reading = read_for(talk, draft.form, awaiting=Awaiting(asked.code, choices))
    if not _has_figures(reading):
        return _ask_again(talk, asked, reading)
    take_in(talk, draft, reading, answering=True)
    return True


def _answer_finding(talk: Talk, asked: Asked, draft: DraftReport) -> bool:
    """What does not fit must be mended: a number of one offer, or figures in words."""
    offer = _offer_with_number(talk, asked)
    if offer is not None:
        act(talk, offer)
        return True
    reading = read_for(talk, draft.form)
    if _has_figures(reading) and reading.intent is not Intent.nothing_to_report:
        take_in(talk, draft, reading, answering=True)
        return True
    candidates = _figures_of_bare_number(talk, asked, draft)
    if candidates:
        _ask_whose_number(talk, asked, candidates)
        return True
    return _ask_again(talk, asked, reading)


def _figures_of_bare_number(talk: Talk, asked: Asked, draft: DraftReport) -> list[Offer]:
    """'300' alone: it may be the right value of any figure that the finding is about."""
    found = []
    for code in asked.codes:
        reading = read_for(talk, draft.form, awaiting=Awaiting(code))
        if set(reading.figures) == {code} and reading.intent is not Intent.nothing_to_report:
            value = reading.figures[code].value
            label = readback.said(draft.form.figure(code), value)
            found.append(Offer(label, "set", code, str(value)))
    return found


def _ask_whose_number(talk: Talk, asked: Asked, offers: list[Offer]) -> None:
    text = _("“{number}” là số đúng của mục nào?").format(number=talk.text.strip())
    talk.put(Asked(asked.kind, asked.rule, asked.code, tuple(offers), asked.codes), text)


def _answer_reason(talk: Talk, asked: Asked, draft: DraftReport) -> bool:
    """A warning: a corrected value, or the reason why it is right as it stands."""
    offer = _offer_with_number(talk, asked)
    if offer is not None:
        act(talk, offer)
        return True
    awaiting = Awaiting(asked.code) if asked.code else None
    reading = read_for(talk, draft.form, awaiting=awaiting)
    if _has_figures(reading):
        take_in(talk, draft, reading, answering=True)
        return True
    if reading.intent in (Intent.question, Intent.help):
        return False
    if talk.folded in YES:
        _explain(talk, Offer("", "explain"))
    elif talk.folded in NO or len(talk.folded) < SHORTEST_REASON:
        still_asked(talk, asked, _("Số đúng là bao nhiêu? Hoặc nhắn lý do nếu số này đúng."))
    else:
        _keep_reason(talk, asked, draft, talk.text.strip())
    return True


def _answer_missing(talk: Talk, asked: Asked, draft: DraftReport) -> bool:
    if talk.folded in SEND or talk.folded in LATER:
        _send_incomplete(talk, Offer("", "send_incomplete"))
        return True
    if len(draft.missing) == 1:
        return _answer_figure(talk, Asked("figure", code=draft.missing[0]), draft)
    if talk.folded in NOTHING or talk.folded in NO:
        if any(offer.do == "zero" for offer in asked.offers):
            _zero(talk, Offer("", "zero"))
        else:
            still_asked(talk, asked, _("Có mục cần số hoặc có/chưa. Nhắn từng mục giúp."))
        return True
    return False


def _answer_confirm(talk: Talk, _asked: Asked, _draft: DraftReport) -> bool:
    if talk.folded in YES:
        _confirm(talk, Offer("", "confirm"))
    elif talk.folded in NO or talk.folded in EDIT:
        _edit(talk, Offer("", "edit"))
    else:
        return False
    return True


def _answer_edit(talk: Talk, _asked: Asked, draft: DraftReport) -> bool:
    reading = read_for(talk, draft.form)
    if not _has_figures(reading):
        return False
    take_in(talk, draft, reading)
    return True


def _has_figures(reading: Reading) -> bool:
    return bool(reading.figures or reading.asks or reading.not_applicable)


def _ask_again(talk: Talk, asked: Asked, reading: Reading) -> bool:
    """Not understood as an answer: other intents go on; else the same question, said plainly."""
    if reading.intent not in (Intent.chat, Intent.figures, Intent.correction):
        return False
    still_asked(talk, asked, _("Chưa rõ câu trả lời. Nhắn một con số, hoặc chọn một câu có sẵn."))
    return True


def _offer_with_number(talk: Talk, asked: Asked) -> Offer | None:
    """The one offer whose value the bare number in the message names."""
    bare = talk.folded.removeprefix("sua ").strip()
    matching = [offer for offer in asked.offers if offer.do == "set" and offer.value == bare]
    return matching[0] if len(matching) == 1 else None


_ANSWERS: Mapping[str, Callable[[Talk, Asked, DraftReport], bool]] = {
    "doubt": _answer_figure,
    "figure": _answer_figure,
    "finding": _answer_finding,
    "reason": _answer_reason,
    "missing": _answer_missing,
    "confirm": _answer_confirm,
    "edit": _answer_edit,
}
