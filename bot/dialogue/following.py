"""The dialogue follows the person: what was asked in one of their chats is answered in another."""

from functools import cache

from sqlalchemy import Select, bindparam, func, select

from bot.dialogue.state import State
from bot.dialogue.talk import Talk
from qcdc_core.messages.tables import Conversation, InboundMessage


def follow_person(talk: Talk) -> None:
    """When the person wrote in another chat since their last message here, go on from there."""
    if talk.person_id is None:
        return
    named = {"person": talk.person_id, "here": talk.conversation.id}
    others = talk.session.scalars(_other_chats(), named).all()
    if not others:
        return
    last = {chat.id: _last_before(talk, chat) for chat in (*others, talk.conversation)}
    latest = max(others, key=lambda chat: last[chat.id])
    if last[latest.id] > last[talk.conversation.id]:
        take_over(talk, latest)


@cache
def _other_chats() -> Select[Conversation]:
    return select(Conversation).where(
        Conversation.person_id == bindparam("person"), Conversation.id != bindparam("here")
    )


def take_over(talk: Talk, chat: Conversation) -> None:
    """What stood in ``chat`` stands here now, and there no more."""
    there = State.from_json(chat.state)
    here = talk.state
    here.focus, here.asked, here.step_by_step = there.focus, there.asked, there.step_by_step
    here.skipped, here.send_incomplete = there.skipped, there.send_incomplete
    here.held_message_id, here.read_back = there.held_message_id, there.read_back
    here.question = there.question
    there.leave_report()
    there.question = None
    chat.state = there.to_json()


def _last_before(talk: Talk, chat: Conversation) -> int:
    """The number of the last message there before this one; 0 when there is none."""
    query = select(func.max(InboundMessage.id)).where(
        InboundMessage.conversation_id == chat.id, InboundMessage.id < talk.message.id
    )
    return talk.session.scalar(query) or 0
