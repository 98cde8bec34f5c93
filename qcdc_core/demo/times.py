"""When people send and officers read: evenings at home, office hours in offices."""

from datetime import date, datetime, time, timedelta
from random import Random

from qcdc_core.clock import LOCAL
from qcdc_core.demo.model import Place
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.periods import Period

_SATURDAY = 5
LATE = {"co_quan": 0.03, "doanh_nghiep": 0.1}
MISSING = {"xa": 0.0, "phuong": 0.0, "tinh": 0.0, "co_quan": 0.015, "doanh_nghiep": 0.05}
LATE_ELSE, MISSING_ELSE = 0.06, 0.015
EARLY = 0.25


def sending(
    place: Place,
    period: Period,
    calendar: ReportingCalendar,
    rng: Random,
    *,
    latest: bool,
    sure: bool,
) -> datetime | None:
    """None for a unit that forgot; of the ``latest`` finished period more are still missing.

    ``sure``: neither missing nor late.
    """
    forgets, is_late = rng.random(), rng.random()
    if not sure and forgets < MISSING.get(place.kind, MISSING_ELSE) * (4 if latest else 1):
        return None
    last, due = calendar.window(period).last, calendar.due(period)
    if not sure and is_late < LATE.get(place.kind, LATE_ELSE):
        day = due + timedelta(days=rng.randint(1, min(5, calendar.preset.grace_days)))
    else:
        day = last + timedelta(days=rng.randint(0, (due - last).days))
    return _at_their_hour(place, day, rng)


def early_sending(
    place: Place, period: Period, calendar: ReportingCalendar, rng: Random
) -> datetime | None:
    """A few send the running period's figures before it ends."""
    if rng.random() >= EARLY:
        return None
    window = calendar.window(period)
    days = (window.end - window.first).days
    return _at_their_hour(
        place, window.first + timedelta(days=rng.randint(days // 6, days // 2)), rng
    )


def office_time(after: datetime, rng: Random, days: int = 3) -> datetime:
    """In office hours on one of the working days that follow."""
    day = after.astimezone(LOCAL).date() + timedelta(days=rng.randint(1, days))
    return _at_a_desk(day, rng)


def soon(after: datetime, rng: Random, least: int = 2, most: int = 50) -> datetime:
    """Minutes later, with seconds, as people type."""
    return after + timedelta(minutes=rng.randint(least, most), seconds=rng.randint(0, 59))


def _at_their_hour(place: Place, day: date, rng: Random) -> datetime:
    if place.kind in ("tinh", "xa", "phuong", "co_quan", "doanh_nghiep"):
        return _at_a_desk(day, rng)
    hour = rng.choice((6, 11, 12, 17, 18, 19, 19, 20, 20, 21))
    return _moment(day, hour, rng)


def _at_a_desk(day: date, rng: Random) -> datetime:
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return _moment(day, rng.choice((8, 9, 9, 10, 14, 15, 16)), rng)


def _moment(day: date, hour: int, rng: Random) -> datetime:
    return datetime.combine(day, time(hour, rng.randint(0, 59), rng.randint(0, 59)), LOCAL)
