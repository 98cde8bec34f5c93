"""Reminding by hand: somebody of the office points at reports that are not done yet.

The message goes out in the hours of reminding, by the same way as those of the rules, and not a
second time on a day unless that is said.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.clock import midnight
from qcdc_core.errors import Refusal
from qcdc_core.people.tables import Person
from qcdc_core.reminders.due import Situation, detail_of, hand_over
from qcdc_core.reminders.duties import Duty, unfinished
from qcdc_core.reminders.hours import next_allowed
from qcdc_core.reminders.tables import Reminder
from qcdc_core.reports.owed import Owed
from qcdc_core.users.tables import User


def remind(
    session: Session, duty: Duty, at: Situation, user: User, *, again: bool = False
) -> tuple[Reminder, ...]:
    """A row for each holder of the unit, handed over already when the hour allows it.

    ``again``: also to who was told today. Raises Refusal not_owed(unit, period),
    nobody_to_remind(unit), told_today(unit).
    """
    owed = unfinished(session, [duty], at.calendar).get(duty)
    if owed is None:
        raise Refusal("not_owed", unit=duty.unit.full_name, period=duty.term.period)
    people = _holders(duty, at)
    if not people:
        raise Refusal("nobody_to_remind", unit=duty.unit.full_name)
    _take_turns(session, people)
    if not again:
        people -= told_today(session, people, at)
    if not people:
        raise Refusal("told_today", unit=duty.unit.full_name)
    rows = _rows(session, {one: [owed] for one in people}, at, user)
    _audit(session, duty, at, user, len(rows))
    for row in rows:
        if row.due_at == at.now:
            hand_over(session, row.id, at)
    return tuple(rows)


def remind_all(session: Session, duties: Iterable[Duty], at: Situation, user: User) -> int:
    """Rows for the ticker to hand over; who was told today is left out. How many people."""
    found = unfinished(session, duties, at.calendar)
    by_person: dict[int, list[Owed]] = {}
    for duty, owed in found.items():
        for person_id in _holders(duty, at):
            by_person.setdefault(person_id, []).append(owed)
    _take_turns(session, by_person)
    for person_id in told_today(session, by_person, at):
        del by_person[person_id]
    rows = _rows(session, by_person, at, user)
    if rows:
        _audit(session, next(iter(found)), at, user, len(rows))
    return len(rows)


def told_today(session: Session, people: Collection[int], at: Situation) -> set[int]:
    """Those who had a reminder today, or for whom one by hand waits."""
    today = and_(Reminder.state == "sent", Reminder.done_at >= midnight(at.today))
    waits = and_(Reminder.state == "planned", Reminder.origin == "office")
    rows = session.scalars(
        select(Reminder.person_id).where(Reminder.person_id.in_(people), or_(today, waits))
    )
    return {one for one in rows if one is not None}


def _holders(duty: Duty, at: Situation) -> set[int]:
    """People who answer for the unit and agree to be reminded."""
    return {
        person_id
        for person_id, units in at.units.items()
        if any(unit.id == duty.unit.id for unit in units)
    }


def _rows(
    session: Session, by_person: dict[int, list[Owed]], at: Situation, user: User
) -> list[Reminder]:
    due_at = next_allowed(at.now, at.calendar)
    rows = [
        Reminder(
            key=_key(session, person_id, at),
            audience="person",
            person_id=person_id,
            origin="office",
            due_at=due_at,
            detail=[detail_of(one) for one in owed],
            made_at=at.now,
            made_by=user.id,
        )
        for person_id, owed in sorted(by_person.items())
    ]
    session.add_all(rows)
    session.flush()
    return rows


def _key(session: Session, person_id: int, at: Situation) -> str:
    before = select(func.count()).where(Reminder.person_id == person_id)
    return f"office:{person_id}:{at.now.isoformat()}:{session.scalar(before)}"


def _take_turns(session: Session, people: Iterable[int]) -> None:
    """Two who press at once: the second waits, and then finds the rows of the first."""
    ids = select(Person.id).where(Person.id.in_(people)).order_by(Person.id)
    session.scalars(ids.with_for_update()).all()


def _audit(session: Session, duty: Duty, at: Situation, user: User, count: int) -> None:
    subject = f"{duty.unit.code} {duty.term.form.code} {duty.term.period}"
    record(session, at.now, user.login, "reminder.by_hand", subject, count=count)
