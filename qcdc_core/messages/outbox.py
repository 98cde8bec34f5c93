"""The outbox: replies and notices are rows first; a sender delivers them afterwards."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from qcdc_core.messages import reach
from qcdc_core.messages.ledger import Standing
from qcdc_core.messages.tables import Conversation, OutboundMessage


def put(
    session: Session, conversation_id: int, text: str, now: datetime, **parts: Any
) -> OutboundMessage:
    """Write a message to deliver, with the ``parts`` of `note`; it has its id then."""
    message = note(session, conversation_id, text, now, **parts)
    session.flush()
    return message


def note(  # noqa: PLR0913 - a message has these parts, all named at the call
    session: Session,
    conversation_id: int,
    text: str,
    now: datetime,
    *,
    choices: Sequence[str] = (),
    cited: dict[str, Any] | None = None,
    attachment: dict[str, Any] | None = None,
    reply_to: int | None = None,
    repeatable: bool = False,
) -> OutboundMessage:
    """As `put`, written with whatever else the session holds. ``choices``: answers, in order."""
    message = OutboundMessage(
        conversation_id=conversation_id,
        reply_to=reply_to,
        text=text,
        choices=list(choices),
        cited=cited,
        attachment=attachment,
        made_at=now,
        next_try_at=now,
        repeatable=repeatable,
    )
    session.add(message)
    return message


def put_for_person(
    session: Session,
    person_id: int,
    text: str,
    now: datetime,
    *,
    choices: Sequence[str] = (),
    prefer: int | None = None,
) -> OutboundMessage | None:
    """Write to where the person can be reached now; None when they cannot be reached at all.

    ``prefer``: the conversation that it is about, before others that are as good.
    """
    chat = _best_chat(session, person_id, now, prefer)
    if chat is None:
        return None
    return put(session, chat.id, text, now, choices=choices, repeatable=True)


def _best_chat(
    session: Session, person_id: int, now: datetime, prefer: int | None
) -> Conversation | None:
    """An open chat; else one whose account only rests, where the message waits."""
    standings = list(reach.standings(session, person_id, now, prefer))
    for wanted in (Standing.open, Standing.resting):
        for chat, found in standings:
            if found.standing is wanted:
                return chat
    return None
