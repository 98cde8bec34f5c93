"""The reporting calendar at every edge, for both presets."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdc_core.clock import LOCAL
from qcdc_core.errors import BadData
from qcdc_core.forms.calendar import Closed, ReportingCalendar, Window, _preset, presets
from qcdc_core.periods import Period, PeriodKind

KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "half", "nine_months", "year")
TILING: tuple[PeriodKind, ...] = ("month", "quarter", "half", "year")

both_presets = pytest.mark.parametrize("code", ["nd09", "duong_lich"])
days = st.dates(date(1950, 1, 1), date(2400, 12, 31))
years = st.integers(1950, 2400)


@st.composite
def periods(draw: st.DrawFn, kinds: tuple[PeriodKind, ...] = KINDS) -> Period:
    kind = draw(st.sampled_from(kinds))
    count = {"month": 12, "quarter": 4, "half": 2, "nine_months": 1, "year": 1}[kind]
    return Period(draw(years), kind, draw(st.integers(1, count)))


def calendar(code: str, **extra: object) -> ReportingCalendar:
    return ReportingCalendar(presets()[code], **extra)  # type: ignore[arg-type]


def last_second(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59, 999999), LOCAL)


def first_second(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)


# --- Windows ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "period", "first", "last"),
    [
        ("nd09", "2026-10", "2026-09-15", "2026-10-14"),
        ("nd09", "2026-01", "2025-12-15", "2026-01-14"),
        ("nd09", "2026-12", "2026-11-15", "2026-12-14"),
        ("nd09", "2024-03", "2024-02-15", "2024-03-14"),
        ("nd09", "2026-Q1", "2025-12-15", "2026-03-14"),
        ("nd09", "2026-Q4", "2026-09-15", "2026-12-14"),
        ("nd09", "2026-H1", "2025-12-15", "2026-06-14"),
        ("nd09", "2026-9M", "2025-12-15", "2026-09-14"),
        ("nd09", "2026", "2025-12-15", "2026-12-14"),
        ("duong_lich", "2024-02", "2024-02-01", "2024-02-29"),
        ("duong_lich", "2026-02", "2026-02-01", "2026-02-28"),
        ("duong_lich", "2100-02", "2100-02-01", "2100-02-28"),
        ("duong_lich", "2026-12", "2026-12-01", "2026-12-31"),
        ("duong_lich", "2026-Q4", "2026-10-01", "2026-12-31"),
        ("duong_lich", "2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_covers_its_days(code: str, period: str, first: str, last: str) -> None:
    """Nghị định 09/2019, Điều 12, and calendar months: leap years and year ends too."""
    window = calendar(code).window(Period.parse(period))
    assert (window.first.isoformat(), window.last.isoformat()) == (first, last)
    assert window.last in window
    assert window.end not in window


@both_presets
@given(year=years, kind=st.sampled_from(TILING))
def test_periods_tile_the_year(code: str, year: int, kind: PeriodKind) -> None:
    """No day is in two periods and none in no period."""
    one = calendar(code)
    whole = Period(year, "year", 1)
    parts = [one.window(part) for part in whole.parts(kind)]
    assert parts[0].first == one.window(whole).first
    assert parts[-1].end == one.window(whole).end
    assert all(before.end == after.first for before, after in pairwise(parts))


@both_presets
@given(year=years)
def test_years_follow_each_other_without_a_gap(code: str, year: int) -> None:
    """The last day of a year is the eve of the next year's first."""
    one = calendar(code)
    assert one.window(Period(year, "year", 1)).end == one.window(Period(year + 1, "year", 1)).first


@both_presets
@given(day=days, kind=st.sampled_from(TILING))
def test_the_period_of_a_day_covers_it(code: str, day: date, kind: PeriodKind) -> None:
    """At month ends, leap days and year ends."""
    one = calendar(code)
    assert day in one.window(one.period_of(kind, day))


@both_presets
@given(period=periods(TILING))
def test_first_and_last_day_belong_to_the_period(code: str, period: Period) -> None:
    """The window is half-open: its end is the first day of the next period."""
    one = calendar(code)
    window = one.window(period)
    assert one.period_of(period.kind, window.first) == period
    assert one.period_of(period.kind, window.last) == period
    assert one.period_of(period.kind, window.end) == period.plus(1)


@both_presets
@given(day=days)
def test_the_last_finished_period_is_over_and_the_next_is_not(code: str, day: date) -> None:
    """Also in the last second of a period's last day, and in the first second after."""
    one = calendar(code)
    for now in (first_second(day), last_second(day)):
        finished = one.last_finished("month", now)
        assert one.window(finished).end <= day < one.window(finished.plus(1)).end


def test_nine_months_do_not_hold_the_fourth_quarter() -> None:
    """There is no nine-month period of a day in October."""
    with pytest.raises(ValueError, match="nine_months"):
        calendar("duong_lich").period_of("nine_months", date(2026, 10, 1))


# --- Due days -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2026-10", "2026-10-16"),  # 14/10 is a Wednesday
        ("2026-08", "2026-08-18"),  # 14/8 is a Friday: Monday, Tuesday
        ("2026-11", "2026-11-17"),  # 14/11 is a Saturday
        ("2026-06", "2026-06-16"),  # 14/6 is a Sunday
    ],
)
def test_due_days_are_working_days(period: str, due: str) -> None:
    """Two working days after the cut (Điều 13); weekends do not count."""
    assert calendar("nd09").due(Period.parse(period)).isoformat() == due


def test_holidays_put_the_due_day_off() -> None:
    """The days before Tết are not working days once they are entered."""
    tet = frozenset(date(2026, 2, 16) + timedelta(days=step) for step in range(5))
    assert calendar("nd09", holidays=tet).due(Period.parse("2026-02")) == date(2026, 2, 24)


def test_a_weekend_holiday_changes_nothing() -> None:
    """A holiday on a Sunday takes no working day away by itself."""
    sunday = frozenset({date(2026, 11, 15)})
    assert calendar("nd09", holidays=sunday).due(Period.parse("2026-11")) == date(2026, 11, 17)


@both_presets
@given(period=periods(), holidays=st.frozensets(days, max_size=40))
def test_exactly_two_working_days_lie_up_to_the_due_day(
    code: str, period: Period, holidays: frozenset[date]
) -> None:
    """Whatever the holidays, the due day itself is a working day."""
    one = calendar(code, holidays=holidays)
    after = [
        one.window(period).end + timedelta(days=step)
        for step in range((one.due(period) - one.window(period).last).days)
    ]
    working = [day for day in after if day.weekday() < 5 and day not in holidays]
    assert len(working) == 2
    assert working[-1] == one.due(period)
    assert one.last_day_taken(period) == one.due(period) + timedelta(days=10)


# --- Four reasons for closed --------------------------------------------------------------------


@both_presets
@given(period=periods())
def test_a_period_opens_with_its_first_second_and_closes_after_the_last(
    code: str, period: Period
) -> None:
    """Not begun, taken, taken in grace, over: each boundary to the microsecond."""
    one = calendar(code)
    first, last = one.window(period).first, one.last_day_taken(period)
    eve = first - timedelta(days=1)
    assert one.why_closed(period, last_second(eve)) is Closed.NOT_BEGUN
    assert one.why_closed(period, first_second(first)) is None
    assert one.why_closed(period, last_second(one.due(period))) is None
    assert one.why_closed(period, last_second(last)) is None
    assert one.why_closed(period, first_second(last + timedelta(days=1))) is Closed.GRACE_OVER


def test_the_day_is_that_of_viet_nam() -> None:
    """17:00 UTC is midnight in Hà Nội."""
    one, period = calendar("nd09"), Period.parse("2026-10")
    last = one.last_day_taken(period)
    before = datetime.combine(last, time(16, 59, 59), UTC)
    assert one.why_closed(period, before) is None
    assert one.why_closed(period, before + timedelta(seconds=1)) is Closed.GRACE_OVER


def test_a_moment_without_a_zone_is_refused() -> None:
    """Nobody could say which day it is in."""
    naive = datetime(2026, 10, 1)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="zone"):
        calendar("nd09").why_closed(Period.parse("2026-10"), naive)


@both_presets
@given(period=periods(TILING))
def test_periods_before_the_start_of_collecting_are_not_taken(code: str, period: Period) -> None:
    """The first period that begins on the day of the start is; the one before says why not."""
    plain = calendar(code)
    first = plain.window(period).first
    one = calendar(code, begins=first)
    now = first_second(first)
    assert one.why_closed(period, now) is None
    assert one.why_closed(period.before, now) is Closed.BEFORE_START
    late = calendar(code, begins=first + timedelta(days=1))
    assert late.why_closed(period, now) is Closed.BEFORE_START


def test_an_early_closing_cuts_the_year_and_what_lies_in_it() -> None:
    """Kbang closed 2020 on 30 October: the year, the quarter and the month all end there."""
    year = Period.parse("2020")
    one = calendar("nd09", early_closings={year: date(2020, 10, 30)})
    for period in ("2020", "2020-Q4", "2020-11"):
        assert one.window(Period.parse(period)).last == date(2020, 10, 30), period
    assert one.window(Period.parse("2020-10")).last == date(2020, 10, 14)
    december = one.window(Period.parse("2020-12"))
    assert december.first == december.end
    assert one.due(year) == date(2020, 11, 3)


def test_a_period_closed_early_says_so_after_its_grace() -> None:
    """And a period with no day left was closed before it began."""
    one = calendar("nd09", early_closings={Period.parse("2020"): date(2020, 10, 30)})
    november, december = Period.parse("2020-11"), Period.parse("2020-12")
    last = one.last_day_taken(november)
    assert one.why_closed(november, last_second(last)) is None
    after = first_second(last + timedelta(days=1))
    assert one.why_closed(november, after) is Closed.CLOSED_EARLY
    assert one.why_closed(december, after) is Closed.CLOSED_EARLY
    assert one.why_closed(Period.parse("2020-09"), after) is Closed.GRACE_OVER
    assert one.why_closed(Period.parse("2021-01"), after) is Closed.NOT_BEGUN


def test_of_two_closings_the_earlier_counts() -> None:
    """A month closed early inside a year closed early."""
    closings = {
        Period.parse("2020"): date(2020, 10, 30),
        Period.parse("2020-11"): date(2020, 10, 20),
    }
    one = calendar("nd09", early_closings=closings)
    assert one.window(Period.parse("2020-11")).last == date(2020, 10, 20)
    assert one.window(Period.parse("2020")).last == date(2020, 10, 30)


def test_a_closing_after_the_end_is_no_early_closing() -> None:
    """A day later than the period's own last changes nothing."""
    one = calendar("nd09", early_closings={Period.parse("2026-10"): date(2026, 10, 14)})
    assert one.closing_of(Period.parse("2026-10")) is None
    assert one.window(Period.parse("2026-10")) == Window(date(2026, 9, 15), date(2026, 10, 15))


@both_presets
@given(year=years, cut=st.integers(0, 400))
def test_parts_of_a_year_closed_early_still_tile_it(code: str, year: int, cut: int) -> None:
    """A sum over the months is a sum over the days of the shortened year."""
    whole = Period(year, "year", 1)
    first = calendar(code).window(whole).first
    one = calendar(code, early_closings={whole: first + timedelta(days=cut)})
    window = one.window(whole)
    parts = [part for part in map(one.window, whole.parts("month")) if part.first < part.end]
    assert parts[0].first == window.first
    assert parts[-1].end == window.end
    assert all(before.end == after.first for before, after in pairwise(parts))


# --- What is taken now --------------------------------------------------------------------------


@both_presets
@given(day=days, kind=st.sampled_from(("month", "quarter")))
def test_what_is_taken_now_is_open_and_nothing_open_is_left_out(
    code: str, day: date, kind: PeriodKind
) -> None:
    """A window of thirteen periods around the day is searched by hand."""
    one, now = calendar(code), last_second(day)
    current = one.period_of(kind, day)
    around = (current.plus(step) for step in range(-6, 7))
    open_now = tuple(period for period in around if one.why_closed(period, now) is None)
    assert one.taken(kind, now) == open_now
    assert current in open_now


def _bad_presets() -> Iterator[dict[str, object]]:
    good: dict[str, object] = {
        "name": "Thử",
        "month_starts_on": 15,
        "due_working_days": 2,
        "grace_days": 10,
    }
    for name, value in (
        ("month_starts_on", 29),
        ("month_starts_on", 0),
        ("due_working_days", 0),
        ("grace_days", -1),
    ):
        yield good | {name: value}


@pytest.mark.parametrize("raw", list(_bad_presets()))
def test_a_calendar_that_cannot_be_is_refused(raw: dict[str, object]) -> None:
    """Not every month has a 29th; nobody can be due before the end."""
    with pytest.raises(BadData):
        _preset("thu", raw)
