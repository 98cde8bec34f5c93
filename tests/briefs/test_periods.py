"""Which days and which units a brief covers: early closings, moved villages, refusals."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from qcdc_core.briefs.model import Coverage
from qcdc_core.errors import Refusal
from qcdc_core.periods import Period
from qcdc_core.units import change_unit, close_unit
from tests import builders
from tests.briefs.quarter import (
    AUGUST,
    JULY,
    QUARTER,
    SEPTEMBER,
    brief_of,
    day,
    text_of,
)
from tests.builders import CALENDAR, Province, build_province, zeros

VILLAGE = "thon_thang"
YEAR = Period.parse("2026")
CLOSED = replace(CALENDAR, early_closings={YEAR: day("2026-10-30")})


def refusal_of(session: Session, **given: object) -> Refusal:
    with pytest.raises(Refusal) as refused:
        brief_of(session, **given)  # type: ignore[arg-type]
    return refused.value


# --- Early closing ------------------------------------------------------------------------------


def test_a_year_closed_early_ends_with_its_last_day_and_says_so(
    session: Session, place: Province
) -> None:
    """30/10 instead of 14/12, in the head and in words."""
    brief = brief_of(session, period=YEAR, calendar=CLOSED)
    assert (brief.head.last_day, brief.head.closed_early_on) == (
        day("2026-10-30"),
        day("2026-10-30"),
    )
    assert "Kỳ báo cáo chốt sớm ngày 30/10/2026" in text_of(brief)


def test_months_after_an_early_closing_are_not_owed(session: Session, place: Province) -> None:
    """Eleven months of each village, the last one short; December belongs to nobody."""
    brief = brief_of(session, period=YEAR, calendar=CLOSED)
    owed = brief.number("ty_le_bao_cao").denominator
    assert owed is not None
    assert owed.value == 11 * (3 + 2) + 4 * (1 + 1 + 3)


def test_a_report_sent_before_a_later_closing_still_counts(session: Session) -> None:
    """It was sent while its month was whole; it cannot hold days after the closing."""
    place = build_province(session)
    november = Period.month(2026, 11)
    sent = datetime(2026, 10, 20, 3, tzinfo=UTC)
    builders.report(session, place.village, VILLAGE, november, zeros(VILLAGE, hop_thon=2), at=sent)
    brief = brief_of(session, period=YEAR, calendar=CLOSED)
    assert brief.number("thon_thang.hop_thon").value == 2


def test_a_report_over_days_after_the_closing_is_left_out_and_named(session: Session) -> None:
    """Its figures may hold what happened after 30/10."""
    place = build_province(session)
    for month, values in ((9, 1), (11, 2)):
        period = Period.month(2026, month)
        builders.report(session, place.village, VILLAGE, period, zeros(VILLAGE, hop_thon=values))
    brief = brief_of(session, period=YEAR, calendar=CLOSED)
    assert brief.number("thon_thang.hop_thon").value == 1
    [table] = [one for one in brief.tables if one.key == "con_thieu"]
    assert [row[3].text for row in table.rows if "không khớp lịch" in row[4].text] == [
        "tháng 11/2026"
    ]


# --- Units that move ----------------------------------------------------------------------------


def test_months_of_a_village_that_was_merged_away_are_not_lost(session: Session) -> None:
    """July and August were reported; in September there was nobody to owe anything."""
    place = build_province(session)
    for month in (JULY, AUGUST):
        values = zeros(VILLAGE, hop_thon=2)
        builders.report(session, place.second_village, VILLAGE, month, values)
    close_unit(session, place.second_village.id, day("2026-08-20"))
    brief = brief_of(session, "MH-SL")
    assert brief.number("thon_thang.hop_thon").value == 4
    assert brief.number("thon_thang.hop_thon").coverage == Coverage(1, 2)


def test_a_village_that_moved_counts_where_it_stands_at_the_end(session: Session) -> None:
    """All its months, once, and nothing in the commune that it left."""
    place = build_province(session)
    for month in QUARTER.months():
        for unit in (place.village, place.second_village):
            builders.report(session, unit, VILLAGE, month, zeros(VILLAGE, hop_thon=1))
    change_unit(
        session, place.second_village.id, day("2026-08-20"), parent_id=place.other_commune.id
    )
    numbers = {unit: brief_of(session, unit).numbers for unit in ("MH", "MH-SL", "MH-DR")}
    held = {unit: one["thon_thang.hop_thon"].value for unit, one in numbers.items()}
    assert held == {"MH": 6, "MH-SL": 3, "MH-DR": 3}


# --- Refusals -----------------------------------------------------------------------------------


def test_a_unit_nobody_knows_is_refused(session: Session, place: Province) -> None:
    """Also one that was not there on the last day of the period."""
    assert refusal_of(session, unit="XX").code == "unknown_unit"
    old = Period.quarter(2023, 1)
    assert refusal_of(session, unit="MH", period=old).code == "unknown_unit"


def test_a_period_that_has_not_begun_is_refused(session: Session, place: Province) -> None:
    """There is nothing to compile yet."""
    assert refusal_of(session, period=Period.quarter(2027, 1)).code == "period_not_begun"


def test_a_period_before_collecting_began_is_refused(session: Session, place: Province) -> None:
    """No figures of that time are taken."""
    late = replace(CALENDAR, begins=day("2026-09-15"))
    assert refusal_of(session, calendar=late).code == "period_before_start"


def test_a_period_nobody_reported_is_refused(session: Session) -> None:
    """A brief of dashes would look like a report."""
    build_province(session)
    problem = refusal_of(session)
    assert problem.code == "nothing_reported"
    assert problem.fields["unit"] == "tỉnh Minh Họa"


def test_a_running_period_is_compiled_as_far_as_it_is_reported(
    session: Session, place: Province
) -> None:
    """The office looks at the quarter before its end."""
    inside = datetime(2026, 9, 1, 3, tzinfo=UTC)
    assert brief_of(session, now=inside, period=QUARTER).number("thon_thang.hop_thon").value == 11
    assert SEPTEMBER in QUARTER.parts("month")
