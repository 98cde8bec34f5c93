"""A message that cannot be delivered where it lies goes to another chat of the same person."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from qcdc_core.messages import outbox
from qcdc_core.messages.reach import reachable
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage


def move(session: Session, message: OutboundMessage, now: datetime) -> OutboundMessage | None:
    """The same words in another chat; None when they stay, refused, where they are.

    Only what the program says of its own accord moves: an answer belongs under what it answers.
    Each chat is tried once. ``message`` itself is left as it is; the caller settles it.
    """
    target = other_chat(session, message, now)
    if target is None:
        return None
    copy = outbox.put(
        session,
        target.id,
        message.text,
        now,
        choices=message.choices,
        repeatable=message.repeatable,
    )
    copy.moved_from = message.id
    session.flush()
    return copy


def other_chat(session: Session, message: OutboundMessage, now: datetime) -> Conversation | None:
    """Where the message could go instead; None when nowhere, or when it may not move."""
    chat = session.get_one(Conversation, message.conversation_id)
    if chat.person_id is None or _answers(session, message):
        return None
    tried = {one.conversation_id for one in _way(session, message)}
    return next(
        (one for one in reachable(session, chat.person_id, now) if one.id not in tried), None
    )


def _answers(session: Session, message: OutboundMessage) -> bool:
    """Made in the turn of a message, and not later on (an officer's answer comes after days)."""
    if message.reply_to is None:
        return False
    asked = session.get_one(InboundMessage, message.reply_to)
    return asked.done_at is None or message.made_at <= asked.done_at


def _way(session: Session, message: OutboundMessage) -> Iterator[OutboundMessage]:
    """The message and those it was before."""
    yield message
    while message.moved_from is not None:
        message = session.get_one(OutboundMessage, message.moved_from)
        yield message
