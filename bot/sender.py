"""The sender: hands the outbox to the platforms in order, and notes what became of each row.

A row is marked "sending" before the platform is called. Found so after a crash, nobody knows
whether it arrived: it goes out again when it may be repeated, and rests as "unknown" when not.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session, aliased, sessionmaker

from bot.channels.channel import Channel, Delivery, Outcome
from bot.rate_limit import Pace
from qcdc_core.messages.tables import Conversation, OutboundMessage

log = structlog.get_logger()

ATTEMPTS = 8
_LONGEST_WAIT = timedelta(hours=1)
# Longer than any call may take: what is "sending" since then was left by a crash.
_LEFT_BEHIND = timedelta(minutes=3)


class Sender:
    """Delivers for the given channels; one of them at a time for a database."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        channels: Sequence[Channel],
        now: Callable[[], datetime],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sessions = sessions
        self._channels = {(one.name, one.account): one for one in channels}
        self._paces = {key: Pace() for key in self._channels}
        self._now = now
        self._steady = steady

    def deliver_due(self) -> int:
        """Send what may be sent now; returns how many were handed to a platform."""
        self._take_up_left_behind()
        sent = 0
        for message_id in self._due():
            sent += self._deliver(message_id)
        return sent

    def _due(self) -> list[int]:
        """The next message of each chat, oldest first."""
        earlier = aliased(OutboundMessage)
        blocked = exists().where(
            earlier.conversation_id == OutboundMessage.conversation_id,
            earlier.state.in_(("waiting", "sending")),
            earlier.id < OutboundMessage.id,
        )
        with self._sessions.begin() as session:
            return list(
                session.scalars(
                    select(OutboundMessage.id)
                    .join(Conversation, Conversation.id == OutboundMessage.conversation_id)
                    .where(
                        OutboundMessage.state == "waiting",
                        OutboundMessage.next_try_at <= self._now(),
                        or_(
                            *(
                                (Conversation.channel == name) & (Conversation.account == account)
                                for name, account in self._channels
                            )
                        ),
                        ~blocked,
                    )
                    .order_by(OutboundMessage.id)
                    .limit(100)
                )
            )

    def _deliver(self, message_id: int) -> int:
        claimed = self._claim(message_id)
        if claimed is None:
            return 0
        channel, address, text, choices = claimed
        delivery = channel.send(address, text, choices)
        self._paces[channel.name, channel.account].used(address, self._steady())
        self._note(message_id, channel, delivery)
        return 1

    def _claim(self, message_id: int) -> tuple[Channel, str, str, Sequence[str]] | None:
        """Mark it "sending" and commit, unless somebody else has it or the pace says wait."""
        with self._sessions.begin() as session:
            message = session.get_one(OutboundMessage, message_id, with_for_update=True)
            chat = session.get_one(Conversation, message.conversation_id)
            key = chat.channel, chat.account
            if message.state != "waiting":
                return None
            if self._paces[key].ready_in(chat.address, self._steady()) > 0:
                return None
            message.state = "sending"
            message.attempts += 1
            message.next_try_at = self._now() + _LEFT_BEHIND
            return self._channels[key], chat.address, message.text, message.choices

    def _note(self, message_id: int, channel: Channel, delivery: Delivery) -> None:
        if delivery.outcome is Outcome.halted:
            pace = self._paces[channel.name, channel.account]
            pace.halt(delivery.wait.total_seconds(), self._steady())
            log.error("channel_halted", channel=channel.name, reason=delivery.reason)
        with self._sessions.begin() as session:
            message = session.get_one(OutboundMessage, message_id, with_for_update=True)
            message.failure = delivery.reason or None
            _settle(session, message, delivery, self._now())

    def _take_up_left_behind(self) -> None:
        """What a crash left "sending": again when it may be repeated, else nobody knows."""
        old = (OutboundMessage.state == "sending") & (OutboundMessage.next_try_at <= self._now())
        with self._sessions.begin() as session:
            session.execute(
                update(OutboundMessage)
                .where(old, OutboundMessage.repeatable)
                .values(state="waiting")
            )
            session.execute(update(OutboundMessage).where(old).values(state="unknown"))


def _settle(session: Session, message: OutboundMessage, delivery: Delivery, now: datetime) -> None:
    match delivery.outcome:
        case Outcome.sent:
            message.state, message.sent_at = "sent", now
            message.external_id = delivery.external_id
        case Outcome.refused:
            message.state = "refused"
        case Outcome.gone:
            message.state = "refused"
            _remember_gone(session, message.conversation_id, now)
        case Outcome.halted:
            message.attempts -= 1
            _again(message, delivery, now)
        case Outcome.unknown if not message.repeatable:
            message.state = "unknown"
        case _ if message.attempts >= ATTEMPTS:
            message.state = "unknown" if delivery.outcome is Outcome.unknown else "refused"
        case _:
            _again(message, delivery, now)


def _again(message: OutboundMessage, delivery: Delivery, now: datetime) -> None:
    grown = delivery.wait * 2 ** max(0, message.attempts - 1)
    wait = delivery.wait if delivery.outcome is Outcome.halted else min(grown, _LONGEST_WAIT)
    message.state, message.next_try_at = "waiting", now + wait


def _remember_gone(session: Session, conversation_id: int, now: datetime) -> None:
    """Nothing else is tried on this chat until its person writes again."""
    chat = session.get_one(Conversation, conversation_id)
    chat.unreachable_since = now
    session.execute(
        update(OutboundMessage)
        .where(
            OutboundMessage.conversation_id == conversation_id, OutboundMessage.state == "waiting"
        )
        .values(state="refused", failure="chat_gone")
    )
