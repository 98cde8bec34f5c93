"""Who is not to be reminded: by their own wish for a period, or by the office for a while."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.periods import Period
from qcdc_core.reminders.tables import ReminderPause
from qcdc_core.users.tables import User


def pauses_of(session: Session, person_id: int, today: date) -> list[ReminderPause]:
    """Those that hold today; empty when the person may be reminded of everything."""
    return list(
        session.scalars(
            select(ReminderPause).where(ReminderPause.person_id == person_id, *_holding(today))
        )
    )


def all_pauses(session: Session, today: date) -> Mapping[int, list[ReminderPause]]:
    """Those that hold today, by person."""
    found: dict[int, list[ReminderPause]] = {}
    for row in session.scalars(select(ReminderPause).where(*_holding(today))):
        found.setdefault(row.person_id, []).append(row)
    return found


def why_paused(pauses: Iterable[ReminderPause], period: Period) -> str | None:
    """The code paused (by the office) or asked_not (by the person); None when it is not paused."""
    for one in pauses:
        if one.period is None or one.period == str(period):
            return "asked_not" if one.user_id is None else "paused"
    return None


def ask_not(session: Session, person_id: int, periods: Iterable[Period], now: datetime) -> None:
    """The person wants no reminder of these periods; asking twice changes nothing."""
    known = {one.period for one in pauses_of(session, person_id, local_day(now))}
    session.add_all(
        ReminderPause(person_id=person_id, period=str(period), made_at=now)
        for period in dict.fromkeys(periods)
        if str(period) not in known
    )
    session.flush()


def pause(session: Session, person_id: int, until: date | None, user: User, now: datetime) -> None:
    """No reminder up to that day, or until it is lifted. Raises Refusal pause_past."""
    if until is not None and until < local_day(now):
        raise Refusal("pause_past")
    lift_all(session, person_id, now, by_office=True)
    session.add(ReminderPause(person_id=person_id, until=until, user_id=user.id, made_at=now))
    session.flush()
    day = until.isoformat() if until else None
    record(session, now, user.login, "reminder.paused", f"person {person_id}", until=day)


def resume(session: Session, person_id: int, user: User, now: datetime) -> None:
    """The office lifts its pause; what the person asked for stays. Raises Refusal not_paused."""
    if not lift_all(session, person_id, now, by_office=True):
        raise Refusal("not_paused")
    record(session, now, user.login, "reminder.resumed", f"person {person_id}")


def lift_all(session: Session, person_id: int, now: datetime, *, by_office: bool) -> int:
    """End the pauses of the office, or those the person asked for; how many there were."""
    rows = [
        one
        for one in pauses_of(session, person_id, local_day(now))
        if (one.user_id is not None) is by_office
    ]
    for one in rows:
        one.lifted_at = now
    session.flush()
    return len(rows)


def _holding(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        ReminderPause.lifted_at.is_(None),
        or_(ReminderPause.until.is_(None), ReminderPause.until >= today),
    )
