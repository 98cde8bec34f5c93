"""What a crash proof finds at the end: every promise checked against what people sent and saw."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.channels.plain_text import WITHOUT_BUTTONS, pieces, with_choices
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage
from qcdc_core.people.consent import PURPOSES
from qcdc_core.people.tables import Consent, Person, Post
from qcdc_core.reports.tables import Draft, FigureValue, Report, ReportEvent
from qcdc_core.units.tables import Unit
from tests.fakes.platforms import LONG_TEXT, Sent
from tests.proofs.villagers import CONFIRMING, MESSAGES_EACH, Villager

EVENTS = ("sent", "resent")


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def unsettled(session: Session) -> int:
    """Messages that a worker or a sender still has to deal with."""
    inbox = select(func.count()).where(InboundMessage.state == "waiting")
    outbox = select(func.count()).where(OutboundMessage.state.in_(("waiting", "sending")))
    return (session.scalar(inbox) or 0) + (session.scalar(outbox) or 0)


def broken(session: Session, villagers: Sequence[Villager], sent: Sequence[Sent]) -> list[str]:
    """A sentence for each promise that does not hold; empty when all do."""
    return [
        *_wrong_reports(session, villagers),
        *_wrong_people(session, villagers),
        *_wrong_answers(session, villagers),
        *_wrong_deliveries(session, sent),
        *_wrong_order(session, sent),
    ]


def tallies(session: Session, sent: Sequence[Sent]) -> dict[str, int]:
    """The counts that the proof prints."""
    arrived = Counter((one.chat, one.text) for one in sent)
    receipts = [
        arrived[address, texts[0]] - 1
        for address, row, texts in _outbound(session)
        if row.reply_to in _confirmations(session)
    ]
    attempts = select(func.sum(OutboundMessage.attempts))
    retried = select(func.count()).where(InboundMessage.attempts > 0)
    return {
        "reports": count(session, Report),
        "figure values": count(session, FigureValue),
        "messages stored": count(session, InboundMessage),
        "turns taken again after an error": session.scalar(retried) or 0,
        "answers": count(session, OutboundMessage),
        "deliveries of answers begun again": (session.scalar(attempts) or 0)
        - count(session, OutboundMessage),
        "answers that came": len(sent),
        "receipts delivered once": receipts.count(0),
        "receipts repeated after an unknown outcome": len(receipts) - receipts.count(0),
    }


def _wrong_reports(session: Session, villagers: Sequence[Villager]) -> Iterator[str]:
    """Each confirmed exactly once, corrected exactly once, with the right figures."""
    by_unit = defaultdict(list)
    for code, report in session.execute(
        select(Unit.code, Report).join(Report, Report.unit_id == Unit.id)
    ):
        by_unit[code].append(report)
    for one in villagers:
        reports = by_unit.pop(one.unit_code, [])
        if len(reports) != 1:
            yield f"{one.unit_code}: {len(reports)} reports"
            continue
        held, replaced = _values(session, reports[0].id)
        if held != one.held() or replaced != 1:
            yield f"{one.unit_code}: holds {held}, {replaced} replaced"
        events = tuple(event.kind for event in reports[0].events)
        if events != EVENTS:
            yield f"{one.unit_code}: events {events}"
    yield from (f"{code}: a report of nobody" for code in by_unit)


def _values(session: Session, report_id: int) -> tuple[dict[str, Decimal | None], int]:
    rows = session.scalars(select(FigureValue).where(FigureValue.report_id == report_id)).all()
    held = {row.code: row.value for row in rows if row.replaced_at is None}
    return held, len(rows) - len(held)


def _wrong_people(session: Session, villagers: Sequence[Villager]) -> Iterator[str]:
    for table in (Person, Post, Conversation, Report):
        if count(session, table) != len(villagers):
            yield f"{count(session, table)} rows of {table.__name__}"
    if count(session, Consent) != len(PURPOSES) * len(villagers):
        yield f"{count(session, Consent)} consents"
    if count(session, Draft):
        yield f"{count(session, Draft)} drafts are left"
    if count(session, ReportEvent) != len(EVENTS) * len(villagers):
        yield f"{count(session, ReportEvent)} events"


def _wrong_answers(session: Session, villagers: Sequence[Villager]) -> Iterator[str]:
    """Every message is stored once, was worked off, and has exactly one answer."""
    if count(session, InboundMessage) != MESSAGES_EACH * len(villagers):
        yield f"{count(session, InboundMessage)} messages are stored"
    undone = select(InboundMessage.id, InboundMessage.state).where(InboundMessage.state != "done")
    yield from (f"message {number} is {state}" for number, state in session.execute(undone))
    answers = Counter(session.scalars(select(OutboundMessage.reply_to)).all())
    for number in session.scalars(select(InboundMessage.id)):
        if answers[number] != 1:
            yield f"message {number} has {answers[number]} answers"


def _wrong_deliveries(session: Session, sent: Sequence[Sent]) -> Iterator[str]:
    """At least once each; and once exactly where no attempt had an unknown outcome."""
    arrived = Counter((one.chat, one.text) for one in sent)
    least: Counter[tuple[str, str]] = Counter()
    most: Counter[tuple[str, str]] = Counter()
    for address, row, texts in _outbound(session):
        if row.state != "sent":
            yield f"answer {row.id} is {row.state}"
        for text in texts:
            least[address, text] += 1
            most[address, text] += row.attempts
    for key, number in arrived.items():
        if not least[key] <= number <= most[key]:
            yield f"{key} came {number} times, not {least[key]} to {most[key]}"
    yield from (f"{key} never came" for key in least if not arrived[key])


def _wrong_order(session: Session, sent: Sequence[Sent]) -> Iterator[str]:
    """The first coming of each answer in a chat follows the order in which they were written."""
    written = defaultdict(list)
    for address, _row, texts in _outbound(session):
        written[address] += texts
    came = defaultdict(list)
    for one in sent:
        came[one.chat].append(one.text)
    for address, texts in written.items():
        if list(dict.fromkeys(came[address])) != list(dict.fromkeys(texts)):
            yield f"{address}: answers came in another order"


def _outbound(session: Session) -> Iterator[tuple[str, OutboundMessage, list[str]]]:
    """Each answer with its chat and the texts it is on the platform."""
    rows = session.execute(
        select(Conversation, OutboundMessage)
        .join(OutboundMessage, OutboundMessage.conversation_id == Conversation.id)
        .order_by(OutboundMessage.id)
    )
    for chat, row in rows:
        lettered = chat.channel in WITHOUT_BUTTONS
        text = with_choices(row.text, row.choices) if lettered else row.text
        yield chat.address, row, list(pieces(text, LONG_TEXT[chat.channel]))


def _confirmations(session: Session) -> set[int]:
    said = select(InboundMessage.id).where(func.lower(InboundMessage.text) == CONFIRMING)
    return set(session.scalars(said))
