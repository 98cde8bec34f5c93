"""The sender: hands the outbox to the platforms in order, and notes what became of each row.

A row is marked "sending" before the platform is called. Found so after a crash, nobody knows
whether it arrived: it goes out again when it may be repeated, and rests as "unknown" when not.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Row, Select, Update, bindparam, exists, or_, select, update
from sqlalchemy.orm import Session, aliased, sessionmaker

from bot import settling
from bot.channels.attachments import CarriesFiles, Document, document_of
from bot.channels.channel import Channel, Delivery, Outcome
from bot.rate_limit import Pace
from bot.settling import ATTEMPTS
from qcdc_core import db
from qcdc_core.config import Settings
from qcdc_core.db import Moment
from qcdc_core.messages import ledger
from qcdc_core.messages.ledger import Standing
from qcdc_core.messages.tables import Conversation, OutboundMessage

log = structlog.get_logger()

_SERVE_EVERY = timedelta(minutes=1)
# Each look takes the write lock, and after a crash minutes pass anyway before it finds anything.
_LOOK_BEHIND_SECONDS = 1.0
# Longer than any call may take: what is "sending" since then was left by a crash.
_LEFT_BEHIND = timedelta(minutes=3)
# A quota of a month is the longest that anything waits for.
_LONGEST_REST = timedelta(days=32)
_CLOCKS_DIFFER = timedelta(minutes=5)


_Due = Row[int, str, str, str]


@dataclass(frozen=True)
class _Claimed:
    """A row of the outbox that is marked "sending" here."""

    message_id: int
    channel: Channel
    address: str
    text: str
    choices: Sequence[str]
    has_file: bool


class Sender:
    """Delivers for the given channels; one of them at a time for a database."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        channels: Sequence[Channel],
        now: Callable[[], datetime],
        steady: Callable[[], float] = time.monotonic,
        settings: Settings | None = None,
    ) -> None:
        self._sessions = sessions
        self._channels = {(one.name, one.account): one for one in channels}
        self._paces = {key: Pace() for key in self._channels}
        self._now = now
        self._steady = steady
        self._settings = settings
        self._served_at: datetime | None = None
        self._looked_behind_at: float | None = None
        self._next_ones = _next_ones(tuple(self._channels))

    def deliver_due(self) -> int:
        """Send what may be sent now; returns how many were handed to a platform."""
        self._serve()
        self._take_up_left_behind()
        due = deque(self._due())
        claimed = self._claim_first(due)
        sent = 0
        while claimed is not None:
            delivery = self._hand_over(claimed)
            sent += 1
            claimed = self._note(claimed, delivery, due)
        return sent

    def _is_ready(self, channel: tuple[str, str], address: str) -> bool:
        return self._paces[channel].ready_in(address, self._steady()) <= 0

    def _serve(self) -> None:
        """Say now and then which accounts are looked after here."""
        now = self._now()
        if self._served_at is not None and now - self._served_at < _SERVE_EVERY:
            return
        with self._sessions.begin() as session:
            for one in self._channels.values():
                paid = one.paid_a_month
                ledger.serve(session, one.name, one.account, now, paid_a_month=paid)
        self._served_at = now

    def _due(self) -> Sequence[_Due]:
        """The next message of each chat, oldest first, and the chat."""
        with self._sessions() as session:
            db.only_read(session)
            return session.execute(self._next_ones, {"now": self._now()}).all()

    def _claim_first(self, due: deque[_Due]) -> _Claimed | None:
        """Without the write lock while all that is due waits for its pace."""
        self._drop_unready(due)
        if not due:
            return None
        with self._sessions.begin() as session:
            return self._claim_next(session, due)

    def _claim_next(self, session: Session, due: deque[_Due]) -> _Claimed | None:
        """The first of those due that may go now; the others before it are taken off the list."""
        self._drop_unready(due)
        while due:
            claimed = self._claim(session, due.popleft()[0])
            if claimed is not None:
                return claimed
            self._drop_unready(due)
        return None

    def _drop_unready(self, due: deque[_Due]) -> None:
        while due and not self._is_ready((due[0][1], due[0][2]), due[0][3]):
            due.popleft()

    def _claim(self, session: Session, message_id: int) -> _Claimed | None:
        """Mark it "sending", unless somebody else has it or it may not go now."""
        message = session.get_one(OutboundMessage, message_id, with_for_update=True)
        chat = session.get_one(Conversation, message.conversation_id)
        channel = self._channels[chat.channel, chat.account]
        if message.state != "waiting" or not _may_go(session, message, chat, self._now()):
            return None
        message.state = "sending"
        message.attempts += 1
        message.next_try_at = self._now() + _LEFT_BEHIND
        has_file = message.attachment is not None
        return _Claimed(message_id, channel, chat.address, message.text, message.choices, has_file)

    def _hand_over(self, claimed: _Claimed) -> Delivery:
        channel, address = claimed.channel, claimed.address
        document = self._document(claimed.message_id) if claimed.has_file else None
        if document is not None and isinstance(channel, CarriesFiles):
            delivery = channel.send_file(address, claimed.text, claimed.choices, document)
        else:
            delivery = channel.send(address, claimed.text, claimed.choices)
        self._paces[channel.name, channel.account].used(address, self._steady())
        return delivery

    def _document(self, message_id: int) -> Document | None:
        """Made outside the claim, which holds the write lock; None when there is no file any more.

        Without settings no file is made.
        """
        with self._sessions() as session:
            db.only_read(session)
            message = session.get_one(OutboundMessage, message_id)
            if message.attachment is None or self._settings is None:
                return None
            chat = session.get_one(Conversation, message.conversation_id)
            return document_of(session, message.attachment, chat, self._settings, self._now())

    def _note(self, claimed: _Claimed, delivery: Delivery, due: deque[_Due]) -> _Claimed | None:
        """What became of it; returns the next one, claimed.

        On SQLite in the same transaction: each takes the write lock, for which whoever writes just
        then waits. Elsewhere the claim may wait for another sender's row, and an outcome that is
        known must not wait with it: killed meanwhile, it would be sent once more.
        """
        now = self._now()
        with self._sessions.begin() as session:
            if delivery.outcome is Outcome.halted:
                self._halt(session, claimed.channel, delivery)
            message = session.get_one(OutboundMessage, claimed.message_id, with_for_update=True)
            message.failure = delivery.reason or None
            settling.settle(session, message, delivery, now)
            if session.get_bind().dialect.name == "sqlite":
                return self._claim_next(session, due)
        return self._claim_first(due)

    def _halt(self, session: Session, channel: Channel, delivery: Delivery) -> None:
        """In the ledger too, for other processes and for the next start."""
        self._paces[channel.name, channel.account].halt(
            delivery.wait.total_seconds(), self._steady()
        )
        until = self._now() + delivery.wait
        ledger.rest(session, channel.name, channel.account, until, delivery.reason)
        log.error("channel_halted", channel=channel.name, reason=delivery.reason)

    def _take_up_left_behind(self) -> None:
        """What a crash left "sending": again when it may be repeated, else nobody knows."""
        last, steady = self._looked_behind_at, self._steady()
        if last is not None and abs(steady - last) < _LOOK_BEHIND_SECONDS:
            return
        self._looked_behind_at = steady
        with self._sessions.begin() as session:
            session.execute(_waiting_too_long(self._now()))
            old = (OutboundMessage.state == "sending") & (
                OutboundMessage.next_try_at <= self._now()
            )
            session.execute(
                update(OutboundMessage)
                .where(old, OutboundMessage.repeatable, OutboundMessage.attempts < ATTEMPTS)
                .values(state="waiting")
            )
            session.execute(update(OutboundMessage).where(old).values(state="unknown"))


def _next_ones(served: Sequence[tuple[str, str]]) -> Select[int, str, str, str]:
    """Of each chat of these accounts the message whose turn it is at ``now``."""
    earlier = aliased(OutboundMessage)
    blocked = exists().where(
        earlier.conversation_id == OutboundMessage.conversation_id,
        earlier.state.in_(("waiting", "sending")),
        earlier.id < OutboundMessage.id,
    )
    ours = [(Conversation.channel == name) & (Conversation.account == of) for name, of in served]
    return (
        select(OutboundMessage.id, Conversation.channel, Conversation.account, Conversation.address)
        .join(Conversation, Conversation.id == OutboundMessage.conversation_id)
        .where(OutboundMessage.state == "waiting", or_(*ours), ~blocked)
        .where(OutboundMessage.next_try_at <= bindparam("now", type_=Moment))
        .order_by(OutboundMessage.id)
        .limit(100)
    )


def _waiting_too_long(now: datetime) -> Update:
    """What a clock that was ahead put off comes now: once, then its waits are ordinary ones."""
    next_try, made = OutboundMessage.next_try_at, OutboundMessage.made_at
    made_ahead = (next_try > now + _CLOCKS_DIFFER) & (made > now + _CLOCKS_DIFFER)
    return (
        update(OutboundMessage)
        .where(OutboundMessage.state.in_(("waiting", "sending")))
        .where(or_(made_ahead & (next_try >= made), next_try > now + _LONGEST_REST))
        .values(next_try_at=now)
    )


def _may_go(session: Session, message: OutboundMessage, chat: Conversation, now: datetime) -> bool:
    """Ask the ledgers. What may not go here goes to another chat, or waits, or is refused."""
    found = ledger.verdict(session, chat, now)
    if found.standing is Standing.open:
        return True
    if found.standing is Standing.closed:
        settling.refuse(session, message, found.reason, now)
    elif found.until is not None:
        settling.wait(session, message, found.until, found.reason, now)
    return False
