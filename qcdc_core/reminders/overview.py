"""Where the reminders of a form and period stand: who owes and why, who was told, what is next."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from qcdc_core.clock import local_day, midnight
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.messages.tables import Conversation, OutboundMessage
from qcdc_core.people import consent
from qcdc_core.people.tables import Person, Post
from qcdc_core.reminders.duties import Term, is_unfinished
from qcdc_core.reminders.pauses import pauses_of, why_paused
from qcdc_core.reminders.tables import Reminder, ReminderPause
from qcdc_core.reports.owed import Owed, owed_for
from qcdc_core.reports.tables import Draft
from qcdc_core.units.tree import Node

TOLD = ("sent", "held", "refused")


@dataclass(frozen=True)
class Past:
    """A reminder that went out or could not. ``channel`` is None for one that has no message.

    ``outcome``: waiting, sending, sent, refused or unknown, as the message stands; else why there
    is none (paused, asked_not, unreachable).
    """

    person_id: int
    at: datetime
    origin: str
    channel: str | None
    outcome: str


@dataclass(frozen=True)
class Holder:
    """Who answers for the unit.

    ``held``: no_consent, asked_not or no_channel; None when a reminder would reach the person.
    ``wish_at``: when the person asked to be told; ``next_at``: when the next one is planned.
    """

    person_id: int
    title: str
    name: str | None
    channels: tuple[str, ...]
    held: str | None
    wish_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True)
class Line:
    """A report that is not done. ``why``: not_begun, draft, gaps or returned.

    ``past``: the latest first; ``pause``: the office's, while it holds.
    """

    owed: Owed
    why: str
    holders: tuple[Holder, ...]
    past: tuple[Past, ...]
    pause: ReminderPause | None

    @property
    def can_be_told(self) -> bool:
        return self.pause is None and any(one.held is None for one in self.holders)


@dataclass(frozen=True)
class _Known:
    """What was read for all lines at once."""

    posts: Mapping[int, list[tuple[Post, Person]]]
    channels: Mapping[int, tuple[str, ...]]
    planned: Mapping[int, list[Reminder]]
    past: Mapping[tuple[int, str], list[Past]]
    pauses: tuple[ReminderPause, ...]
    unwilling: frozenset[int]
    drafts: frozenset[int]


def lines(
    session: Session, term: Term, units: Iterable[Node], calendar: ReportingCalendar, now: datetime
) -> tuple[Line, ...]:
    """One for each of these units whose report is not done, by code; empty when all are."""
    owed = [
        one
        for one in owed_for(session, units, term.form, term.period, calendar)
        if is_unfinished(one)
    ]
    if not owed:
        return ()
    began = midnight(calendar.window(term.period).first)
    known = _known(session, term, {one.unit.id for one in owed}, began, local_day(now))
    found = (_line(one, term, known) for one in owed)
    return tuple(sorted(found, key=lambda one: one.owed.unit.code))


def _known(
    session: Session, term: Term, unit_ids: set[int], began: datetime, today: date
) -> _Known:
    posts = _posts(session, unit_ids, today)
    people = {person.id for holders in posts.values() for _post, person in holders}
    return _Known(
        posts=posts,
        channels=_channels(session, people),
        planned=_planned(session, people),
        past=_past(session, term, people, began),
        pauses=pauses_of(session, people, unit_ids, today),
        unwilling=consent.unwilling(session, consent.REMINDING),
        drafts=frozenset(
            session.scalars(
                select(Draft.unit_id).where(
                    Draft.form == term.form.code, Draft.period == str(term.period)
                )
            )
        ),
    )


def _line(owed: Owed, term: Term, known: _Known) -> Line:
    holders = tuple(
        _holder(post, person, owed, term, known)
        for post, person in known.posts.get(owed.unit.id, ())
    )
    past = [
        one for holder in holders for one in known.past.get((holder.person_id, owed.unit.code), ())
    ]
    return Line(
        owed,
        _why(owed, known),
        holders,
        tuple(sorted(past, key=lambda one: one.at, reverse=True)),
        next((one for one in known.pauses if _is_about(one, owed)), None),
    )


def _why(owed: Owed, known: _Known) -> str:
    if owed.state == "returned":
        return "returned"
    if owed.report is not None:
        return "gaps"
    return "draft" if owed.unit.id in known.drafts else "not_begun"


def _is_about(pause: ReminderPause, owed: Owed) -> bool:
    return pause.unit_id == owed.unit.id and pause.period in (None, str(owed.period))


def _holder(post: Post, person: Person, owed: Owed, term: Term, known: _Known) -> Holder:
    planned = known.planned.get(person.id, ())
    wishes = [row.due_at for row in planned if row.origin == "wish"]
    coming = [
        row.due_at for row in planned if row.origin != "rule" or term.begun("person", row.due_at)
    ]
    return Holder(
        person.id,
        post.title,
        person.name,
        known.channels.get(person.id, ()),
        _held(person.id, owed, known),
        min(wishes, default=None),
        min(coming, default=None),
    )


def _held(person_id: int, owed: Owed, known: _Known) -> str | None:
    if person_id in known.unwilling:
        return "no_consent"
    own = [one for one in known.pauses if one.person_id is not None]
    if why_paused(own, person_id, owed.unit.id, owed.period):
        return "asked_not"
    return None if known.channels.get(person_id) else "no_channel"


def _posts(
    session: Session, unit_ids: Collection[int], today: date
) -> dict[int, list[tuple[Post, Person]]]:
    rows = session.execute(
        select(Post, Person)
        .join(Person, Person.id == Post.person_id)
        .where(Post.unit_id.in_(unit_ids), Post.valid_from <= today)
        .where(or_(Post.valid_to.is_(None), Post.valid_to > today))
        .order_by(Post.id)
    )
    found: dict[int, list[tuple[Post, Person]]] = {}
    for post, person in rows:
        found.setdefault(post.unit_id, []).append((post, person))
    return found


def _channels(session: Session, people: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Channels on which a person has a chat that still takes something."""
    rows = session.execute(
        select(Conversation.person_id, Conversation.channel)
        .where(Conversation.person_id.in_(people), Conversation.unreachable_since.is_(None))
        .order_by(Conversation.channel)
    )
    found: dict[int, dict[str, None]] = {}
    for person_id, channel in rows:
        if person_id is not None:
            found.setdefault(person_id, {})[channel] = None
    return {person_id: tuple(channels) for person_id, channels in found.items()}


def _planned(session: Session, people: Collection[int]) -> dict[int, list[Reminder]]:
    rows = session.scalars(
        select(Reminder).where(Reminder.person_id.in_(people), Reminder.state == "planned")
    )
    found: dict[int, list[Reminder]] = {}
    for row in rows:
        assert row.person_id is not None  # noqa: S101 - asked for by it
        found.setdefault(row.person_id, []).append(row)
    return found


def _past(
    session: Session, term: Term, people: Collection[int], began: datetime
) -> dict[tuple[int, str], list[Past]]:
    """By person and code of the unit that the reminder named; none is older than the period."""
    rows = session.scalars(
        select(Reminder).where(
            Reminder.person_id.in_(people), Reminder.state.in_(TOLD), Reminder.due_at >= began
        )
    ).all()
    rows_here = [row for row in rows if any(_is_of(one, term) for one in row.detail)]
    messages = _last_messages(session, [row.message_id for row in rows_here if row.message_id])
    found: dict[tuple[int, str], list[Past]] = {}
    for row in rows_here:
        assert row.person_id is not None  # noqa: S101 - asked for by it
        for code in (one["unit"] for one in row.detail if _is_of(one, term)):
            found.setdefault((row.person_id, code), []).append(
                _past_of(row, messages.get(row.message_id or 0))
            )
    return found


def _is_of(named: Mapping[str, str], term: Term) -> bool:
    return named["form"] == term.form.code and named["period"] == str(term.period)


def _past_of(row: Reminder, message: tuple[OutboundMessage, str] | None) -> Past:
    assert row.person_id is not None  # noqa: S101 - only persons are asked for
    at = row.done_at or row.due_at
    if message is None:
        return Past(row.person_id, at, row.origin, None, row.why or row.state)
    return Past(row.person_id, at, row.origin, message[1], message[0].state)


def _last_messages(
    session: Session, ids: Collection[int]
) -> dict[int, tuple[OutboundMessage, str]]:
    """By the first message's id: where it lies at last, after moving to another chat, and how."""
    first = _messages(session, OutboundMessage.id, ids)
    found = {one.id: (one, channel) for one, channel in first.items()}
    first_of = {one: one for one in found}
    while first_of:
        moved = _messages(session, OutboundMessage.moved_from, first_of)
        first_of = {one.id: first_of[one.moved_from or 0] for one in moved}
        found |= {first_of[one.id]: (one, channel) for one, channel in moved.items()}
    return found


def _messages(
    session: Session, column: InstrumentedAttribute[Any], ids: Collection[int]
) -> dict[OutboundMessage, str]:
    """Messages whose ``column`` is among the ids, with their channel."""
    rows = session.execute(
        select(OutboundMessage, Conversation.channel)
        .join(Conversation, Conversation.id == OutboundMessage.conversation_id)
        .where(column.in_(ids))
    )
    return {row[0]: row[1] for row in rows}
