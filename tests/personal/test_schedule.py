"""The written schedule of retention: complete, and counted in calendar months."""

from datetime import datetime

from qcdc_core.clock import LOCAL
from qcdc_core.personal.schedule import TERMS, later, schedule


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def test_every_kind_says_what_from_when_and_why() -> None:
    """A line for each term, none without words."""
    lines = list(schedule())
    assert [line.kind for line in lines] == list(TERMS)
    assert all(line.what and line.since and line.why and line.months > 0 for line in lines)


def test_months_are_counted_by_the_calendar() -> None:
    """The same day where there is one, else the last of the month; back over a year too."""
    assert later(at("2026-01-31 08:00"), 1) == at("2026-02-28 08:00")
    assert later(at("2024-02-29 08:00"), 12) == at("2025-02-28 08:00")
    assert later(at("2026-11-15 08:00"), 3) == at("2027-02-15 08:00")
    assert later(at("2026-03-31 23:00"), -13) == at("2025-02-28 23:00")
