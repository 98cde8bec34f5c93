"""Days off (ngày nghỉ): shipped year by year, corrected by the installation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.errors import BadData, Refusal
from qcdc_core.forms.tables import Holiday
from qcdc_core.strict_yaml import read_yaml
from qcdc_core.users.tables import User

LONGEST_NAME = 100
_SATURDAY = 5
_ENTERED = select(Holiday)


@dataclass(frozen=True)
class DayOff:
    """``is_worked``: a day worked although it is a weekend or a shipped holiday.

    ``is_expected``: nobody has announced it yet. ``is_own``: entered by this installation.
    """

    day: date
    name: str
    is_worked: bool = False
    is_expected: bool = False
    is_own: bool = False


@dataclass(frozen=True)
class Shipped:
    """``last_day``: nothing is known of the days after it."""

    days: tuple[DayOff, ...]
    last_day: date


def days_off(session: Session) -> tuple[DayOff, ...]:
    """All known days in order; what the installation entered wins over what is shipped."""
    known = {one.day: one for one in shipped().days}
    for row in session.scalars(_ENTERED):
        known[row.day] = DayOff(row.day, row.name, is_worked=not row.is_off, is_own=True)
    return tuple(known[day] for day in sorted(known))


def enter_day(
    session: Session, day: date, name: str, user: User, now: datetime, *, is_off: bool
) -> None:
    """Say of a day that it is off, or worked.

    Raises Refusal day_unnamed, or day_is_so(day) for a weekend off and a weekday worked, which
    they are anyhow.
    """
    if not name.strip():
        raise Refusal("day_unnamed")
    is_weekend = day.weekday() >= _SATURDAY
    if is_off == is_weekend and day not in {one.day for one in shipped().days}:
        raise Refusal("day_is_so", day=day)
    row = session.get(Holiday, day) or Holiday(day=day)
    row.name, row.is_off = name.strip()[:LONGEST_NAME], is_off
    session.add(row)
    session.flush()
    record(session, now, user.login, "holiday.entered", day.isoformat(), off=is_off)


def forget_day(session: Session, day: date, user: User, now: datetime) -> None:
    """Take back what was entered: what is shipped counts again. Raises Refusal day_not_entered."""
    row = session.get(Holiday, day)
    if row is None:
        raise Refusal("day_not_entered", day=day)
    session.delete(row)
    session.flush()
    record(session, now, user.login, "holiday.forgotten", day.isoformat())


@cache
def shipped() -> Shipped:
    """What holidays.yaml holds. Raises BadData when a day stands twice or lies after the last."""
    text = resources.files("qcdc_core.forms").joinpath("holidays.yaml").read_text("utf-8")
    raw = read_yaml(text)
    days = tuple(day for entry in raw["days"] for day in _days(entry))
    if len({one.day for one in days}) != len(days):
        raise BadData("holidays.yaml: a day stands twice")
    if any(one.day > raw["last_day"] for one in days):
        raise BadData(f"holidays.yaml: a day after {raw['last_day']}")
    return Shipped(days, raw["last_day"])


def _days(entry: Mapping[str, Any]) -> Iterator[DayOff]:
    day: date = entry["from"]
    if day > entry["to"]:
        raise BadData(f"holidays.yaml: {entry['name']} ends before it begins")
    while day <= entry["to"]:
        yield DayOff(
            day,
            entry["name"],
            is_worked=entry.get("worked", False),
            is_expected=entry.get("expected", False),
        )
        day += timedelta(days=1)
