"""The conversation around a report as it happened, with the words that figures came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import select

from admin.db_session import session
from qcdc_core.language import gettext as _
from qcdc_core.messages.tables import InboundMessage, OutboundMessage
from qcdc_core.reports.tables import FigureValue, Report

# What was said this long around a source message or an event belongs to it, from the first of them
# on; the rest of the chat is nobody's business here.
AROUND = timedelta(minutes=10)
MOST = 120


@dataclass(frozen=True)
class Piece:
    """A stretch of a message, and the values that came from it.

    ``begins`` are those of them whose words begin here.
    """

    text: str
    values: tuple[FigureValue, ...] = ()
    begins: tuple[FigureValue, ...] = ()


@dataclass(frozen=True)
class Bubble:
    """One message; ``id`` is that of an inbound message, None for one of ours."""

    id: int | None
    at: datetime
    pieces: tuple[Piece, ...]
    choices: tuple[str, ...] = ()
    delivery: str | None = None


def conversation_of(report: Report) -> tuple[Bubble, ...]:
    """Oldest first; empty for a report that came without a chat."""
    sources = _sources(report)
    chats = {message.conversation_id for message in sources} | (
        {report.conversation_id} if report.conversation_id else set()
    )
    moments = [message.received_at for message in sources] + [event.at for event in report.events]
    if not chats or not moments:
        return ()
    bubbles = [*_inbound(report, chats, moments), *_outbound(chats, moments)]
    near = [
        one
        for one in bubbles
        if one.at >= min(moments) and any(abs(one.at - at) <= AROUND for at in moments)
    ]
    # A reply is made in the same moment as its message is worked off: ours stand after theirs.
    return tuple(sorted(near, key=lambda one: (one.at, one.id is None))[-MOST:])


def _sources(report: Report) -> Sequence[InboundMessage]:
    ids = {value.message_id for value in report.values if value.message_id is not None}
    return session().scalars(select(InboundMessage).where(InboundMessage.id.in_(ids))).all()


# Questions about rights stand in the same chat as reports. Who reviews a report may be the very
# person that the question is about: questions and their answers are never shown with it.
def _inbound(report: Report, chats: Iterable[int], moments: Sequence[datetime]) -> list[Bubble]:
    rows = session().scalars(
        select(InboundMessage).where(
            InboundMessage.conversation_id.in_(chats),
            InboundMessage.received_at >= min(moments),
            InboundMessage.received_at <= max(moments) + AROUND,
            InboundMessage.topic.is_distinct_from("question"),
        )
    )
    return [
        Bubble(row.id, row.received_at, pieces(_words(row), _quoting(report, row.id)))
        for row in rows
    ]


def _words(message: InboundMessage) -> str:
    """A photo without words still is a message; it stands below, with the report."""
    brought_file = message.kind in ("image", "file")
    return message.text or (_("(ảnh, tệp)") if brought_file else "")


def _outbound(chats: Iterable[int], moments: Sequence[datetime]) -> list[Bubble]:
    rows = session().scalars(
        select(OutboundMessage)
        .outerjoin(InboundMessage, InboundMessage.id == OutboundMessage.reply_to)
        .where(
            OutboundMessage.conversation_id.in_(chats),
            OutboundMessage.made_at >= min(moments),
            OutboundMessage.made_at <= max(moments) + AROUND,
            InboundMessage.topic.is_distinct_from("question"),
        )
    )
    return [
        Bubble(None, row.made_at, (Piece(row.text),), tuple(row.choices), row.state) for row in rows
    ]


def _quoting(report: Report, message_id: int) -> list[FigureValue]:
    return [value for value in report.values if value.message_id == message_id]


def pieces(text: str, values: Iterable[FigureValue]) -> tuple[Piece, ...]:
    """Cut the text where quotes begin and end; quotes may lie in each other."""
    quoting = [value for value in values if _has_quote(value, text)]
    cuts = {0, len(text)}
    for value in quoting:
        cuts |= {value.quote_start or 0, value.quote_end or 0}
    steps = sorted(cuts)
    return tuple(
        Piece(
            text[start:end],
            tuple(value for value in quoting if _covers(value, start)),
            tuple(value for value in quoting if value.quote_start == start),
        )
        for start, end in pairwise(steps)
    )


def _has_quote(value: FigureValue, text: str) -> bool:
    start, end = value.quote_start, value.quote_end
    return start is not None and end is not None and 0 <= start < end <= len(text)


def _covers(value: FigureValue, place: int) -> bool:
    return (value.quote_start or 0) <= place < (value.quote_end or 0)
