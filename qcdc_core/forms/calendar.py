"""The reporting calendar (lịch báo cáo): which days a period covers, when it is due, when closed.

Windows are half-open intervals of local days. Source of the 15th–14th cut: Nghị định
09/2019/NĐ-CP, Điều 12; of the two working days: Điều 13 (domain/reporting-regime.md §1).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from qcdc_core.clock import local_day
from qcdc_core.errors import BadData
from qcdc_core.periods import Period, PeriodKind
from qcdc_core.strict_yaml import read_yaml

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Window:
    """Local days from ``first`` up to, not including, ``end``."""

    first: date
    end: date

    @property
    def last(self) -> date:
        return self.end - _ONE_DAY

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day < self.end


class Closed(StrEnum):
    """Why a period takes no figures now; each has its own sentence for the sender."""

    NOT_BEGUN = "not_begun"
    GRACE_OVER = "grace_over"
    CLOSED_EARLY = "closed_early"
    BEFORE_START = "before_start"


@dataclass(frozen=True)
class Preset:
    code: str
    name: str
    month_starts_on: int | None
    due_working_days: int
    grace_days: int


@dataclass(frozen=True)
class ReportingCalendar:
    """A preset with what the installation added: early closings, holidays, first day.

    ``early_closings`` maps a period (often a year) to the last day that it covers. ``worked``:
    weekend days that are working days.
    """

    preset: Preset
    early_closings: Mapping[Period, date] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    begins: date | None = None

    def window(self, period: Period) -> Window:
        """The days of the period, cut by an early closing; empty when it begins after one."""
        first, end = self._uncut(period)
        closing = self.closing_of(period)
        if closing is None:
            return Window(first, end)
        cut = min(end, closing + _ONE_DAY)
        return Window(min(first, cut), cut)

    def closing_of(self, period: Period) -> date | None:
        """The early closing that cuts this period's days, or None when none does."""
        end = self._uncut(period)[1]
        days = [
            day
            for closed, day in self.early_closings.items()
            if closed.contains(period) and day + _ONE_DAY < end
        ]
        return min(days, default=None)

    def due(self, period: Period) -> date:
        """The last day on which a report is in time."""
        return self.working_day_after(self.window(period).last, self.preset.due_working_days)

    def working_day_after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, weekends and holidays left out."""
        left = count
        while left:
            day += _ONE_DAY
            left -= self.is_working_day(day)
        return day

    def is_working_day(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.holidays)

    def last_day_taken(self, period: Period) -> date:
        """The last day of grace; on the day after, the period is closed."""
        return self.due(period) + timedelta(days=self.preset.grace_days)

    def why_closed(self, period: Period, now: datetime) -> Closed | None:
        """None while figures of the period are taken."""
        today = local_day(now)
        window = self.window(period)
        if self.begins is not None and self._uncut(period)[0] < self.begins:
            return Closed.BEFORE_START
        if window.first == window.end:
            return Closed.CLOSED_EARLY
        if today < window.first:
            return Closed.NOT_BEGUN
        if today > self.last_day_taken(period):
            return Closed.CLOSED_EARLY if self.closing_of(period) else Closed.GRACE_OVER
        return None

    def period_of(self, kind: PeriodKind, day: date) -> Period:
        """The period of that kind whose uncut window holds the day.

        Raises ValueError for nine months in the fourth quarter.
        """
        month = Period.month(day.year, day.month)
        if self._uncut(month)[1] <= day:
            month = month.plus(1)
        return month.within(kind)

    def taken(self, kind: PeriodKind, now: datetime) -> tuple[Period, ...]:
        """Periods of that kind that take figures now, oldest first."""
        current = self.period_of(kind, local_day(now))
        near = (current.plus(step) for step in range(-3, 2))
        return tuple(period for period in near if self.why_closed(period, now) is None)

    def last_finished(self, kind: PeriodKind, now: datetime) -> Period:
        """The latest period whose days are all past."""
        return self.period_of(kind, local_day(now)).before

    def _uncut(self, period: Period) -> tuple[date, date]:
        return (
            self._month_start(period.year, period.first_month),
            self._month_start(period.year, period.last_month + 1),
        )

    def _month_start(self, year: int, month: int) -> date:
        """The first day of a month's window; month 13 is January of the next year."""
        if self.preset.month_starts_on is None:
            return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        index = year * 12 + month - 2
        return date(index // 12, index % 12 + 1, self.preset.month_starts_on)


def _preset(code: str, raw: Mapping[str, Any]) -> Preset:
    start = raw["month_starts_on"]
    if start is not None and not 1 <= start <= 28:
        raise BadData(f"calendar.yaml, {code}: a month cannot start on day {start} of every month")
    if raw["due_working_days"] < 1 or raw["grace_days"] < 0:
        raise BadData(f"calendar.yaml, {code}: due days and grace cannot be negative")
    return Preset(code=code, **raw)


@cache
def presets() -> Mapping[str, Preset]:
    """The shipped calendars by code. Raises BadData when the file is wrong."""
    text = resources.files("qcdc_core.forms").joinpath("calendar.yaml").read_text("utf-8")
    return {code: _preset(code, raw) for code, raw in read_yaml(text).items()}
