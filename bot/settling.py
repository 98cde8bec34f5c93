"""What becomes of a row of the outbox after its delivery, or when it may not be delivered."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.channels.channel import Delivery, Outcome
from qcdc_core.messages import ledger
from qcdc_core.messages.moving import move
from qcdc_core.messages.tables import Conversation, OutboundMessage

ATTEMPTS = 8
_LONGEST_WAIT = timedelta(hours=1)
# A shorter rest is waited out; a longer one is worth another chat of the person.
_LONG_REST = timedelta(hours=1)


def settle(session: Session, message: OutboundMessage, delivery: Delivery, now: datetime) -> None:
    """Note the outcome, count it in the ledgers, and find another chat where this one is shut."""
    chat = session.get_one(Conversation, message.conversation_id)
    match delivery.outcome:
        case Outcome.sent:
            message.state, message.sent_at = "sent", now
            message.external_id = delivery.external_id
            ledger.note_sent(session, chat, now, delivery.count)
        case Outcome.refused:
            message.state = "refused"
        case Outcome.gone:
            _remember_gone(session, chat, message, now)
        case Outcome.closed:
            ledger.close_window(session, chat, now)
            refuse(session, message, "window_closed", now)
        case Outcome.free_used:
            ledger.use_up_free(session, chat)
            refuse(session, message, "free_used", now)
        case Outcome.halted:
            message.attempts -= 1
            wait(session, message, now + delivery.wait, delivery.reason, now)
        case Outcome.unknown:
            ledger.note_sent(session, chat, now, delivery.count)
            _repeat_if_safe(message, delivery, now)
        case Outcome.later if message.attempts >= ATTEMPTS:
            refuse(session, message, delivery.reason, now)
        case Outcome.later:
            _again(message, delivery, now)


def refuse(session: Session, message: OutboundMessage, reason: str, now: datetime) -> None:
    """It does not go here; it goes to another chat of the person if it may and there is one."""
    message.state, message.failure = "refused", reason
    move(session, message, now)


def wait(
    session: Session, message: OutboundMessage, until: datetime, reason: str, now: datetime
) -> None:
    """The account rests: the message waits, or goes to another chat if that would take long."""
    if until - now >= _LONG_REST and move(session, message, now) is not None:
        message.state, message.failure = "refused", reason
    else:
        message.state, message.next_try_at = "waiting", until


def _repeat_if_safe(message: OutboundMessage, delivery: Delivery, now: datetime) -> None:
    if message.repeatable and message.attempts < ATTEMPTS:
        _again(message, delivery, now)
    else:
        message.state = "unknown"


def _again(message: OutboundMessage, delivery: Delivery, now: datetime) -> None:
    grown = delivery.wait * 2 ** max(0, message.attempts - 1)
    message.state, message.next_try_at = "waiting", now + min(grown, _LONGEST_WAIT)


def _remember_gone(
    session: Session, chat: Conversation, message: OutboundMessage, now: datetime
) -> None:
    """Nothing else is tried on this chat until its person writes again."""
    chat.unreachable_since = now
    refuse(session, message, message.failure or "chat_gone", now)
    waiting = session.scalars(
        select(OutboundMessage)
        .where(OutboundMessage.conversation_id == chat.id, OutboundMessage.state == "waiting")
        .order_by(OutboundMessage.id)
    )
    for other in waiting:
        refuse(session, other, "chat_gone", now)
