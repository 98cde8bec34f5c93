"""A person's own wishes: told later, told no more for this period, told again after all."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.periods import Period
from qcdc_core.reminders.duties import Duty, duties_of, terms, unfinished, units_by_person
from qcdc_core.reminders.hours import at, next_allowed
from qcdc_core.reminders.pauses import ask_not, go_on
from qcdc_core.reminders.rules import rules
from qcdc_core.reminders.tables import Reminder
from qcdc_core.units.tree import tree_on

_MORNING = 8


@dataclass(frozen=True)
class Snoozed:
    """``due``: the nearest due day. ``last_taken``: the last day that anything owed is taken.

    ``is_cut``: the wish lay after that day, and ``moment`` is the last chance before.
    """

    moment: datetime
    due: date
    last_taken: date
    is_cut: bool

    @property
    def is_late(self) -> bool:
        """Whether the reminder comes after the due day."""
        return local_day(self.moment) > self.due


def snooze(
    session: Session,
    person_id: int,
    moment: datetime,
    calendar: ReportingCalendar,
    now: datetime,
) -> Snoozed | None:
    """Move the person's next reminder to that moment, or the next allowed hour after it.

    None when nothing is owed, or when no hour is left before all of it is closed. Reminders that
    lay before it are dropped; those after it stay.
    """
    owed = _owed(session, person_id, calendar, now)
    if not owed:
        return None
    last = max(duty.term.last_taken for duty in owed)
    wanted = next_allowed(moment, calendar, any_day=True)
    is_cut = local_day(wanted) > last
    if is_cut:
        wanted = next_allowed(max(at(last, _MORNING), now), calendar, any_day=True)
    if local_day(wanted) > last:
        return None
    go_on(session, person_id, now)
    _move(session, person_id, wanted, now)
    return Snoozed(wanted, min(duty.term.due for duty in owed), last, is_cut)


def stop(
    session: Session, person_id: int, calendar: ReportingCalendar, now: datetime
) -> tuple[Period, ...]:
    """No more reminders of the periods that are owed now; they are returned."""
    periods = tuple(
        dict.fromkeys(duty.term.period for duty in _owed(session, person_id, calendar, now))
    )
    ask_not(session, person_id, periods, now)
    for row in _planned(session, person_id):
        if row.origin == "wish":
            row.state, row.why, row.done_at = "dropped", "asked_not", now
    session.flush()
    return periods


def _owed(
    session: Session, person_id: int, calendar: ReportingCalendar, now: datetime
) -> list[Duty]:
    units = units_by_person(session, tree_on(session, local_day(now))).get(person_id, ())
    duties = duties_of(units, terms(calendar, rules(session), now))
    return list(unfinished(session, duties, calendar))


def _move(session: Session, person_id: int, wanted: datetime, now: datetime) -> None:
    rows = _planned(session, person_id)
    wish = next((row for row in rows if row.origin == "wish"), None)
    for row in rows:
        if row is not wish and local_day(row.due_at) <= local_day(wanted):
            row.state, row.why, row.done_at = "dropped", "snoozed", now
    if wish is None:
        wish = Reminder(
            key=f"wish:{person_id}:{now.isoformat()}",
            audience="person",
            person_id=person_id,
            origin="wish",
            made_at=now,
        )
        session.add(wish)
    wish.due_at = wanted
    session.flush()


def _planned(session: Session, person_id: int) -> list[Reminder]:
    return list(
        session.scalars(
            select(Reminder)
            .where(Reminder.person_id == person_id, Reminder.state == "planned")
            .with_for_update()
        )
    )
