"""The inbox: store first, answer after; each message is worked off exactly once, in order."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from qcdc_core.messages.tables import Conversation, InboundMessage
from qcdc_core.people.tables import Person

ATTEMPTS = 5
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = FIRST_PAUSE * 2 ** (ATTEMPTS - 1)


def conversation_at(
    session: Session, channel: str, account: str, address: str, now: datetime
) -> Conversation:
    """The chat at this address, opened when it is new."""
    here = {"channel": channel, "account": account, "address": address}
    found = session.scalar(_at(), here)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            opened = Conversation(
                channel=channel, account=account, address=address, state={}, opened_at=now
            )
            session.add(opened)
    except IntegrityError:  # another process opened it between the two statements
        return session.scalars(_at(), here).one()
    return opened


def receive(
    session: Session,
    conversation: Conversation,
    external_id: str,
    text: str,
    now: datetime,
    *,
    kind: str = "text",
    raw: dict[str, Any] | None = None,
) -> InboundMessage | None:
    """Store a message under the platform's own id; None when it was stored before."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    row = {
        "conversation_id": conversation.id,
        "channel": conversation.channel,
        "account": conversation.account,
        "external_id": external_id,
        "kind": kind,
        "text": text,
        "raw": raw,
        "received_at": now,
        "next_try_at": now,
    }
    # Without a savepoint, which takes longer than the insert.
    stored = insert(InboundMessage).on_conflict_do_nothing().returning(InboundMessage)
    return session.scalar(stored, row)


def claim(
    session: Session,
    now: datetime,
    conversation_id: int | None = None,
    left_for: timedelta = timedelta(0),
) -> tuple[InboundMessage, Conversation] | None:
    """The oldest waiting message whose turn it is, its conversation and person locked; or None.

    ``left_for``: only one that came so long ago, where all conversations are looked through.
    Order belongs to the person: a message waits while an earlier one of any of their chats waits,
    and no two processes hold the same person (PostgreSQL: SKIP LOCKED; SQLite: one writer).
    """
    query = _claimable(in_one=conversation_id is not None)
    told = {
        "now": now,
        "longest": now + LONGEST_PAUSE,
        "left_since": now - left_for,
        "conversation": conversation_id,
    }
    found = session.execute(query, told).first()
    if found is None:
        return None
    message, conversation = found
    return (message, conversation) if _lock_person(session, conversation.person_id) else None


def is_any_waiting(session: Session, conversation_id: int | None = None) -> bool:
    """Whether there is a message to claim, now or later, in this conversation or in all."""
    query = _waiting(in_one=conversation_id is not None)
    return session.scalar(query, {"conversation": conversation_id}) is not None


def mark_done(message: InboundMessage, now: datetime) -> None:
    message.state = "done"
    message.done_at = now


def put_off(session: Session, message_id: int, failure: str, now: datetime) -> None:
    """The database was at fault, not the message: again soon, and this does not count."""
    message = session.get_one(InboundMessage, message_id, with_for_update=True)
    message.failure = failure[:200]
    message.next_try_at = now + FIRST_PAUSE


def mark_failed(session: Session, message_id: int, failure: str, now: datetime) -> InboundMessage:
    """Count a failed turn: later again, longer each time; parked after ATTEMPTS.

    ``failure`` names the kind of error, never the words of the message.
    """
    message = session.get_one(InboundMessage, message_id, with_for_update=True)
    message.attempts += 1
    message.failure = failure[:200]
    message.next_try_at = now + FIRST_PAUSE * 2 ** (message.attempts - 1)
    if message.attempts >= ATTEMPTS:
        message.state = "parked"
    return message


@cache
def _claimable(*, in_one: bool) -> Select[InboundMessage, Conversation]:
    """Asked twice for each message, and long: building it took a fifth of a turn."""
    query = (
        select(InboundMessage, Conversation)
        .join(Conversation, Conversation.id == InboundMessage.conversation_id)
        .where(InboundMessage.state == "waiting", _is_due(), ~_is_blocked())
        .order_by(InboundMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if in_one:
        return query.where(InboundMessage.conversation_id == bindparam("conversation"))
    came = InboundMessage.received_at  # in the future: by a clock that was ahead
    return query.where(or_(came <= bindparam("left_since"), came > bindparam("now")))


@cache
def _waiting(*, in_one: bool) -> Select[int]:
    query = select(InboundMessage.id).where(InboundMessage.state == "waiting").limit(1)
    if in_one:
        query = query.where(InboundMessage.conversation_id == bindparam("conversation"))
    return query


def _is_due() -> ColumnElement[bool]:
    """Whose time has come. A longer wait than any was written by a clock that was ahead."""
    next_try = InboundMessage.next_try_at
    return or_(next_try <= bindparam("now"), next_try > bindparam("longest"))


def _is_blocked() -> ColumnElement[bool]:
    """An earlier message of the same chat, or of another chat of the same person, still waits."""
    earlier, chat = aliased(InboundMessage), aliased(Conversation)
    return (
        exists()
        .where(
            earlier.state == "waiting",
            earlier.id < InboundMessage.id,
            earlier.conversation_id == chat.id,
            or_(chat.id == Conversation.id, chat.person_id == Conversation.person_id),
        )
        .correlate(InboundMessage, Conversation)
    )


@cache
def _at() -> Select[Conversation]:
    return select(Conversation).where(
        Conversation.channel == bindparam("channel"),
        Conversation.account == bindparam("account"),
        Conversation.address == bindparam("address"),
    )


def _lock_person(session: Session, person_id: int | None) -> bool:
    """False when another process works for the same person on another chat just now.

    On SQLite there is one writer anyhow.
    """
    if person_id is None or session.get_bind().dialect.name == "sqlite":
        return True
    return session.scalar(_unlocked_person(), {"person": person_id}) is not None


@cache
def _unlocked_person() -> Select[int]:
    one = select(Person.id).where(Person.id == bindparam("person"))
    return one.with_for_update(skip_locked=True)
