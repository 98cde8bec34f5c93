"""One turn of a conversation: a stored message in, new state and replies out.

Knows no channel. Everything is written in the caller's transaction, so that a crash before the
commit leaves the message waiting and nothing else.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.dialogue import by_phone, joining, wording
from bot.dialogue.briefs import brief_turn
from bot.dialogue.commands import HELLO
from bot.dialogue.evidence import KINDS, take_files
from bot.dialogue.follow_up import follow_up, withdrawn
from bot.dialogue.following import follow_person
from bot.dialogue.linking import linked
from bot.dialogue.personal import personal_turn
from bot.dialogue.question import answer_law_choice
from bot.dialogue.reporting import chosen, read_caption, report_turn
from bot.dialogue.state import State
from bot.dialogue.talk import Talk
from qcdc_core.config import Settings
from qcdc_core.language import speak
from qcdc_core.messages import outbox
from qcdc_core.messages.tables import Conversation, InboundMessage
from qcdc_core.people import looks_like_code, looks_like_mistyped_code

LONGEST = 4000


def take_turn(
    session: Session,
    message: InboundMessage,
    conversation: Conversation,
    settings: Settings,
    now: datetime,
) -> None:
    """Answer a message: figures, dialogue state and replies are written, nothing is delivered."""
    speak(settings.language)
    state = State.from_json(conversation.state)
    talk = Talk(session, conversation, message, settings, now, state)
    follow_person(talk)
    _answer(talk)
    _write(talk)


def _write(talk: Talk) -> None:
    """State and replies; after an erasure the chat is a new one, which knows nothing of before."""
    chat = talk.conversation
    chat.state = talk.state.to_json()
    for reply in talk.replies:
        outbox.note(
            talk.session,
            chat.id,
            reply.text,
            talk.now,
            choices=reply.choices,
            cited=reply.cited,
            attachment=reply.attachment,
            reply_to=talk.message.id if talk.message.conversation_id == chat.id else None,
            repeatable=True,
        )


def _answer(talk: Talk) -> None:
    match talk.message.kind:
        case "follow":
            joining.arrive(talk)
        case "contact":
            talk.state.greeted = True
            by_phone.take_contact(talk)
        case kind if kind in KINDS and take_files(talk, read_caption):
            talk.state.greeted = True
        case _:
            _answer_words(talk)


def _answer_words(talk: Talk) -> None:
    problem = _unreadable(talk)
    is_code = problem is None and _is_code(talk)
    if talk.person_id is None and not talk.state.greeted and not is_code:
        joining.greet(talk)
        if problem is None and not _is_greeting(talk):
            _visit(talk)
    elif problem is not None:
        talk.say(problem)
    elif is_code:
        talk.state.greeted = True
        joining.try_code(talk)
    elif personal_turn(talk, chosen(talk)):
        pass
    elif talk.state.invitation_id is not None:
        joining.answer_consent(talk, chosen(talk))
    elif (
        linked(talk, chosen(talk))
        or withdrawn(talk)
        or follow_up(talk, chosen(talk))
        or brief_turn(talk)
    ):
        pass
    elif talk.person_id is None:
        _visit(talk)
    else:
        report_turn(talk)


def _is_code(talk: Talk) -> bool:
    if looks_like_code(talk.text):
        return True
    return talk.person_id is None and looks_like_mistyped_code(talk.text)


def _visit(talk: Talk) -> None:
    offer = chosen(talk)
    if personal_turn(talk, offer) or linked(talk, offer):
        return
    if offer is not None and offer.do == "have_code":
        by_phone.ask_for_code(talk)
    elif offer is not None and offer.do == "share_phone":
        talk.say(by_phone.press_the_button())
    elif offer is not None and offer.do == "want_to_ask":
        talk.say(wording.ask_for_question())
    elif offer is not None and offer.do == "law":
        answer_law_choice(talk, offer)
    else:
        joining.visit(talk)


def _is_greeting(talk: Talk) -> bool:
    return talk.folded in HELLO


def _unreadable(talk: Talk) -> str | None:
    """Why a message cannot be read at all, in words; None when it can."""
    if talk.message.kind == "edited":
        return wording.edited()
    if talk.message.kind != "text":
        return wording.not_text()
    if len(talk.text) > LONGEST:
        return wording.too_long(LONGEST)
    return None if talk.text.strip() else wording.empty()
