"""A conversation as it is shown: messages of both sides in the order in which they came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from bot.web_pages.cursor import Cursor
from qcdc_core.language import gettext as _
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage

CHANNEL = "web"
ACCOUNT = "web"
SHOWN = 100


@dataclass(frozen=True)
class Cited:
    """The places of the law under an answer, as `Citation` writes them, and the day it told of."""

    places: tuple[str, ...]
    day: str

    @classmethod
    def of(cls, stored: dict[str, Any] | None) -> Self | None:
        return cls(tuple(stored["places"]), stored["day"]) if stored else None


@dataclass(frozen=True)
class Entry:
    """One message. ``side``: person or machine.

    ``id`` is the one that the page gave to what was typed on it; ``undelivered`` marks a reply
    that is shown for the first time.
    """

    side: str
    number: int
    text: str
    at: datetime
    id: str = ""
    choices: tuple[str, ...] = ()
    cited: Cited | None = None
    attachment: dict[str, Any] | None = None
    undelivered: bool = False

    @property
    def key(self) -> str:
        return f"{self.side}-{self.number}"


@dataclass(frozen=True)
class Transcript:
    """``waiting``: something is not answered yet. ``older``: there is more before the first."""

    entries: tuple[Entry, ...]
    cursor: Cursor
    waiting: bool
    older: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers that can still be pressed: those of the last message."""
        return self.entries[-1].choices if self.entries else ()


NOTHING = Transcript((), Cursor(), waiting=False)


def conversation_id(session: Session, address: str) -> int | None:
    return session.scalar(
        select(Conversation.id).where(
            Conversation.channel == CHANNEL,
            Conversation.account == ACCOUNT,
            Conversation.address == address,
        )
    )


def latest(session: Session, conversation: int, before: datetime | None = None) -> Transcript:
    """The last SHOWN messages, or the last ones before a moment."""
    typed = select(InboundMessage).order_by(InboundMessage.id.desc())
    replied = select(OutboundMessage).order_by(OutboundMessage.id.desc())
    if before is not None:
        typed = typed.where(InboundMessage.received_at < before)
        replied = replied.where(OutboundMessage.made_at < before)
    inbound = session.scalars(
        typed.where(InboundMessage.conversation_id == conversation).limit(SHOWN + 1)
    ).all()
    outbound = session.scalars(
        replied.where(OutboundMessage.conversation_id == conversation).limit(SHOWN + 1)
    ).all()
    entries = _in_order(inbound, outbound)
    return Transcript(
        entries[-SHOWN:],
        Cursor().moved(inbound, outbound),
        _waits(session, conversation),
        older=len(entries) > SHOWN,
    )


def since(session: Session, conversation: int, cursor: Cursor) -> Transcript:
    """The first SHOWN messages of each side after the cursor.

    A reply of another process may become visible after a later one was shown: whatever was never
    handed out comes along, whatever its number.
    """
    inbound = session.scalars(
        select(InboundMessage)
        .where(InboundMessage.conversation_id == conversation, InboundMessage.id > cursor.inbound)
        .order_by(InboundMessage.id)
        .limit(SHOWN)
    ).all()
    outbound = session.scalars(
        select(OutboundMessage)
        .where(
            OutboundMessage.conversation_id == conversation,
            or_(OutboundMessage.id > cursor.outbound, OutboundMessage.state == "waiting"),
        )
        .order_by(OutboundMessage.id)
        .limit(SHOWN)
    ).all()
    return Transcript(
        _in_order(inbound, outbound),
        cursor.moved(inbound, outbound),
        _waits(session, conversation),
    )


def hand_out(sessions: sessionmaker[Session], shown: Transcript, now: datetime) -> None:
    """Note that replies were delivered; nothing is written when none is new."""
    new = [entry.number for entry in shown.entries if entry.undelivered]
    if not new:
        return
    with sessions.begin() as session:
        session.execute(
            update(OutboundMessage)
            .where(OutboundMessage.id.in_(new), OutboundMessage.state == "waiting")
            .values(state="sent", sent_at=now)
        )


def _in_order(
    inbound: Sequence[InboundMessage], outbound: Sequence[OutboundMessage]
) -> tuple[Entry, ...]:
    # Of one moment: what was said unasked, then what was typed, then the answer to it.
    placed = [((one.received_at, 1, one.id), _typed(one)) for one in inbound]
    placed += [
        ((one.made_at, 0 if one.reply_to is None else 2, one.id), _replied(one)) for one in outbound
    ]
    return tuple(entry for _place, entry in sorted(placed, key=lambda pair: pair[0]))


def _waits(session: Session, conversation: int) -> bool:
    waiting = exists().where(
        InboundMessage.conversation_id == conversation, InboundMessage.state == "waiting"
    )
    return bool(session.scalar(select(waiting)))


def _typed(one: InboundMessage) -> Entry:
    raw = one.raw or {}
    text = one.text
    if one.kind == "file" and not text:
        text = _("Ảnh, tệp: {name}").format(name=raw.get("name", ""))
    return Entry("person", one.id, text, one.received_at, id=raw.get("id", ""))


def _replied(one: OutboundMessage) -> Entry:
    return Entry(
        "machine",
        one.id,
        one.text,
        one.made_at,
        choices=tuple(one.choices),
        cited=Cited.of(one.cited),
        attachment=one.attachment,
        undelivered=one.state == "waiting",
    )
