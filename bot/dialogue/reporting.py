"""Messages of people who report: commands, answers to what was asked, and figures in free text."""

from bot.channels.plain_text import WITHOUT_BUTTONS, chosen_letter
from bot.dialogue import returned, snoozing, wording
from bot.dialogue.answers import act, answer_asked
from bot.dialogue.commands import (
    CANCEL,
    EDIT,
    HELLO,
    LEAVE,
    SEND,
    STEPS,
    asks_status,
)
from bot.dialogue.drafting import current_draft, start_steps
from bot.dialogue.joining import leave_for_later
from bot.dialogue.next_question import proceed
from bot.dialogue.question import answer_if_ours, answer_question
from bot.dialogue.state import Offer
from bot.dialogue.status import tell_status
from bot.dialogue.take_in import not_understood, take_in
from bot.dialogue.talk import Talk
from bot.dialogue.which import best_reading, find_focus, forms_of, open_now
from qcdc_core.errors import Refusal
from qcdc_core.forms import Form, form
from qcdc_core.language import gettext as _
from qcdc_core.periods import Period
from qcdc_core.reading import Intent, Reading, fold
from qcdc_core.reports.draft import drop_draft, open_draft

_ABOUT_A_DRAFT = frozenset({"doubt", "finding", "reason", "missing", "figure", "confirm"})


def report_turn(talk: Talk) -> None:
    """One message of a person who has joined."""
    forms = forms_of(talk.units)
    if not forms:
        talk.say(wording.no_post_now())
        return
    offer = chosen(talk)
    if offer is not None:
        act(talk, offer)
    elif not (
        snoozing.answer(talk) or _command(talk) or answer_asked(talk) or returned.answer(talk)
    ):
        read_message(talk, forms)


def chosen(talk: Talk) -> Offer | None:
    """The offered answer that the message repeats word for word (a pressed button does)."""
    asked = talk.state.asked
    if asked is None:
        return None
    if talk.conversation.channel in WITHOUT_BUTTONS:
        place = chosen_letter(talk.text, len(asked.offers))
        if place is not None:
            return asked.offers[place]
    said = " ".join(fold(talk.text).split())
    return next(
        (offer for offer in asked.offers if " ".join(fold(offer.label).split()) == said), None
    )


def read_message(talk: Talk, forms: list[Form]) -> None:
    """Free text: figures, a correction, a question, or both in one message."""
    of, reading = best_reading(talk, forms)
    match reading.intent:
        case Intent.help:
            talk.say(wording.help_text(wording.example(of.code)))
        case Intent.chat:
            if answer_if_ours(talk):
                _remind_of_question(talk)
            else:
                not_understood(talk, of)
        case Intent.question:
            answer_question(talk, talk.text)
            _remind_of_question(talk)
        case _:
            _take_figures(talk, of, reading)


def read_caption(talk: Talk) -> None:
    """Figures written under a photo count like any others; other words are only its name."""
    forms = forms_of(talk.units)
    if not forms or not talk.text.strip():
        return
    of, reading = best_reading(talk, forms)
    if reading.intent in (Intent.figures, Intent.correction):
        _take_figures(talk, of, reading)


def _take_figures(talk: Talk, of: Form, reading: Reading) -> None:
    try:
        focus = find_focus(talk, of, reading)
    except Refusal as problem:
        _refuse(talk, problem)
        return
    if focus is None:
        return
    draft = open_draft(
        talk.session, talk.reporter_id, focus.unit_id, form(focus.form), Period.parse(focus.period)
    )
    take_in(talk, draft, reading)
    if reading.question is not None:
        answer_question(talk, reading.question)


def _refuse(talk: Talk, problem: Refusal) -> None:
    talk.say("\n".join(part for part in (wording.refusal(problem), open_now(talk)) if part))


def _command(talk: Talk) -> bool:
    """Commands that work at any time; False when the message is none."""
    words = talk.folded
    if asks_status(words):
        tell_status(talk)
    elif words in CANCEL:
        _cancel(talk)
    elif words in LEAVE and not _confirming(talk):
        leave_for_later(talk)
    elif words in STEPS:
        start_steps(talk)
    elif words in HELLO:
        tell_status(talk)
    elif words in SEND and not _confirming(talk):
        _send_early(talk)
    elif words in EDIT and not _confirming(talk) and not returned.waits(talk):
        _ask_what_to_edit(talk)
    else:
        return False
    return True


def _confirming(talk: Talk) -> bool:
    return talk.state.asked is not None and talk.state.asked.kind == "confirm"


def _cancel(talk: Talk) -> None:
    draft = current_draft(talk)
    talk.state.leave_report()
    if draft is None:
        talk.say(_("Không có phiếu nào đang nhập. Số liệu đã gửi trước đó vẫn giữ nguyên."))
        return
    drop_draft(talk.session, draft)
    talk.say(
        _("Đã bỏ phiếu đang nhập, chưa gửi số nào. Số liệu đã gửi trước đó (nếu có) giữ nguyên.")
    )


def _send_early(talk: Talk) -> None:
    draft = current_draft(talk)
    if draft is None:
        talk.say(_("Chưa có phiếu nào đang nhập để gửi. Nhắn số liệu trước."))
        return
    talk.state.send_incomplete = True
    proceed(talk, draft)


def _ask_what_to_edit(talk: Talk) -> None:
    talk.ask("edit", _("Sửa mục nào? Nhắn tên mục và số đúng, ví dụ: “hòa giải 4 vụ”."))


def _remind_of_question(talk: Talk) -> None:
    """After a question in between, the one that stood still stands."""
    asked = talk.state.asked
    draft = current_draft(talk)
    stands = asked is not None and asked.kind in _ABOUT_A_DRAFT
    if stands and draft is not None:
        proceed(talk, draft, said=_("Trở lại phiếu đang nhập."))
