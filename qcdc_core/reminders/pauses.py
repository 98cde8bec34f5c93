"""Who is not to be reminded: a person by their own wish, a unit's holders by the office."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.periods import Period
from qcdc_core.reminders.tables import ReminderPause
from qcdc_core.units.tree import Node
from qcdc_core.users.tables import User


def pauses_of(
    session: Session, people: Collection[int], units: Collection[int], today: date
) -> tuple[ReminderPause, ...]:
    """Those of these people and units that hold today."""
    theirs = or_(ReminderPause.person_id.in_(people), ReminderPause.unit_id.in_(units))
    rows = session.scalars(select(ReminderPause).where(theirs, *_holding(today)))
    return tuple(rows.all())


def why_paused(
    pauses: Iterable[ReminderPause], person_id: int, unit_id: int, period: Period
) -> str | None:
    """Code paused (the unit, by the office) or asked_not (by the person); None when neither."""
    for one in pauses:
        if one.period not in (None, str(period)):
            continue
        if one.unit_id == unit_id:
            return "paused"
        if one.person_id == person_id:
            return "asked_not"
    return None


def ask_not(session: Session, person_id: int, periods: Iterable[Period], now: datetime) -> None:
    """The person wants no reminder of these periods; asking twice changes nothing."""
    known = {one.period for one in pauses_of(session, [person_id], (), local_day(now))}
    session.add_all(
        ReminderPause(person_id=person_id, period=str(period), made_at=now)
        for period in dict.fromkeys(periods)
        if str(period) not in known
    )
    session.flush()


def go_on(session: Session, person_id: int, now: datetime) -> bool:
    """Lift what the person asked for; whether there was anything. The office's pauses stay."""
    return _lift(pauses_of(session, [person_id], (), local_day(now)), now) > 0


def pause(
    session: Session, unit: Node, period: Period, until: date | None, user: User, now: datetime
) -> None:
    """Nobody is reminded of this unit's period, up to that day or at all. Raises pause_past."""
    if until is not None and until < local_day(now):
        raise Refusal("pause_past")
    _lift(_of_unit(session, unit.id, period, now), now)
    session.add(
        ReminderPause(
            unit_id=unit.id, period=str(period), until=until, user_id=user.id, made_at=now
        )
    )
    session.flush()
    day = until.isoformat() if until else None
    record(session, now, user.login, "reminder.paused", f"{unit.code} {period}", until=day)


def resume(session: Session, unit: Node, period: Period, user: User, now: datetime) -> None:
    """The office lifts its pause; what a person asked for stays. Raises Refusal not_paused."""
    if not _lift(_of_unit(session, unit.id, period, now), now):
        raise Refusal("not_paused")
    record(session, now, user.login, "reminder.resumed", f"{unit.code} {period}")


def _of_unit(
    session: Session, unit_id: int, period: Period, now: datetime
) -> tuple[ReminderPause, ...]:
    found = pauses_of(session, (), [unit_id], local_day(now))
    return tuple(one for one in found if one.period == str(period))


def _lift(rows: Collection[ReminderPause], now: datetime) -> int:
    for one in rows:
        one.lifted_at = now
    return len(rows)


def _holding(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        ReminderPause.lifted_at.is_(None),
        or_(ReminderPause.until.is_(None), ReminderPause.until >= today),
    )
