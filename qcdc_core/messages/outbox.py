"""The outbox: replies and notices are rows first; a sender delivers them afterwards."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage


def put(
    session: Session,
    conversation_id: int,
    text: str,
    now: datetime,
    *,
    choices: Sequence[str] = (),
    reply_to: int | None = None,
    repeatable: bool = False,
) -> OutboundMessage:
    """Write a message to deliver. ``choices`` are the answers offered, in order."""
    message = OutboundMessage(
        conversation_id=conversation_id,
        reply_to=reply_to,
        text=text,
        choices=list(choices),
        made_at=now,
        next_try_at=now,
        repeatable=repeatable,
    )
    session.add(message)
    session.flush()
    return message


def put_for_person(
    session: Session, person_id: int, text: str, now: datetime, *, choices: Sequence[str] = ()
) -> OutboundMessage | None:
    """Write to the chat that the person used last; None when the person has no chat any more."""
    conversation_id = latest_conversation(session, person_id)
    if conversation_id is None:
        return None
    return put(session, conversation_id, text, now, choices=choices, repeatable=True)


def latest_conversation(session: Session, person_id: int) -> int | None:
    return session.scalar(
        select(Conversation.id)
        .outerjoin(InboundMessage, InboundMessage.conversation_id == Conversation.id)
        .where(Conversation.person_id == person_id)
        .order_by(InboundMessage.id.desc().nulls_last(), Conversation.id.desc())
        .limit(1)
    )
