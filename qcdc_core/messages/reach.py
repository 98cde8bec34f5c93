"""Where a person can be reached now: the chats of one person, the best one first."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.messages.allowances import allowance
from qcdc_core.messages.ledger import Standing, Verdict, verdict
from qcdc_core.messages.tables import Conversation, InboundMessage

# Somebody who wrote a moment ago sits in front of that chat.
_TALKING = timedelta(minutes=10)


def reachable(
    session: Session, person_id: int, now: datetime, prefer: int | None = None
) -> list[Conversation]:
    """Chats of the person that may be written to now; empty when there is none.

    First the chat they are writing in just now, then those that ring on the telephone, the one
    used last first, then those that the person must open to see anything. ``prefer``: the
    conversation that comes before its equals, whenever it was used.
    """
    return [
        chat
        for chat, found in standings(session, person_id, now, prefer)
        if found.standing is Standing.open
    ]


def standings(
    session: Session, person_id: int, now: datetime, prefer: int | None = None
) -> Iterator[tuple[Conversation, Verdict]]:
    """Every chat of the person in the same order, with what may be done there."""
    rows = session.execute(
        select(Conversation, func.max(InboundMessage.received_at), func.max(InboundMessage.id))
        .outerjoin(InboundMessage, InboundMessage.conversation_id == Conversation.id)
        .where(Conversation.person_id == person_id)
        .group_by(Conversation.id)
        .order_by(func.max(InboundMessage.id).desc().nulls_last(), Conversation.id.desc())
    ).all()
    ranked = [(_rank(chat, last, now), chat.id != prefer, chat) for chat, last, _id in rows]
    for _number, _is_other, chat in sorted(ranked, key=lambda one: one[:2]):
        yield chat, verdict(session, chat, now)


def _rank(chat: Conversation, last: datetime | None, now: datetime) -> int:
    if last is not None and now - last <= _TALKING:
        return 0
    return 1 if allowance(chat.channel).rings else 2
