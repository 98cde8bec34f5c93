"""Comparison with the period before and the year before, and honesty where there is none."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from qcdc_core.briefs import Brief
from qcdc_core.periods import Period
from tests import builders
from tests.briefs import quarter
from tests.briefs.quarter import NOW, QUARTER, SEPTEMBER, brief_of, day, text_of
from tests.builders import CALENDAR, Province, build_province, zeros

VILLAGE = "thon_thang"


def month_of(session: Session, place: Province, period: Period, **values: int) -> None:
    """All three villages report the month."""
    for unit in (place.village, place.second_village, place.other_village):
        builders.report(session, unit, VILLAGE, period, zeros(VILLAGE, **values))


def three_months(session: Session, now: int, before: int, year_before: int) -> Brief:
    place = build_province(session)
    month_of(session, place, SEPTEMBER, hop_thon=now)
    month_of(session, place, SEPTEMBER.before, hop_thon=before)
    month_of(session, place, SEPTEMBER.year_before, hop_thon=year_before)
    return brief_of(session, period=SEPTEMBER)


def test_more_and_less_are_said_with_the_number_then(session: Session) -> None:
    """3 villages × 4 now, × 3 in August, × 5 a year ago."""
    brief = three_months(session, 4, 3, 5)
    assert (
        "Số cuộc họp thôn: tăng 03 cuộc so với tháng 8/2026 (09 cuộc); "
        "giảm 03 cuộc so với tháng 9/2025 (15 cuộc)." in text_of(brief)
    )
    assert brief.number("thon_thang.hop_thon.truoc").value == 9
    assert brief.number("thon_thang.hop_thon.nam_truoc").value == 15
    assert "để so sánh" not in text_of(brief)


def test_the_same_is_said_to_be_the_same(session: Session) -> None:
    """Neither more nor less."""
    assert "bằng tháng 8/2026 (12 cuộc)" in text_of(three_months(session, 4, 4, 5))


def test_a_difference_rests_on_both_numbers(session: Session) -> None:
    """It can be opened down to the six values."""
    assert len(three_months(session, 4, 3, 5).number("thon_thang.hop_thon.so_truoc").sources) == 6


def test_the_table_shows_the_windows_side_by_side(session: Session) -> None:
    """Now, the period before, the year before."""
    brief = three_months(session, 4, 3, 5)
    [table] = [one for one in brief.tables if one.key == VILLAGE]
    assert [column.title for column in table.columns][3:6] == [
        "Kỳ này",
        "Tháng 8/2026",
        "Tháng 9/2025",
    ]
    assert [cell.text for cell in table.rows[0]][3:6] == ["12", "09", "15"]


def test_without_any_earlier_report_the_brief_says_that_it_compares_nothing(
    brief: Brief,
) -> None:
    """Rather than keeping silent, or counting from zero."""
    assert "Chưa có số liệu quý II/2026, quý III/2025 để so sánh." in text_of(brief)
    assert not any(".truoc" in one or ".nam_truoc" in one for one in brief.numbers)


def test_only_the_window_without_reports_is_named(session: Session, place: Province) -> None:
    """The period before is there; the year before is not."""
    quarter.fill(session, place, QUARTER.before)
    text = text_of(brief_of(session))
    assert "Chưa có số liệu quý III/2025 để so sánh." in text
    assert "quý II/2026" in text


def test_where_not_every_unit_answered_more_and_less_are_not_said(
    session: Session, place: Province
) -> None:
    """The number then stands with how many units it is of."""
    quarter.fill(session, place, QUARTER.before)
    text = text_of(brief_of(session))
    assert "Số cuộc họp thôn: quý II/2026 là 11 cuộc (số liệu của 02/03 đơn vị)." in text


def test_a_year_has_one_earlier_window_only(session: Session) -> None:
    """The year before is the period before."""
    place = build_province(session)
    month_of(session, place, SEPTEMBER, hop_thon=1)
    text = text_of(brief_of(session, period=Period.parse("2026")))
    assert "Chưa có số liệu năm 2025 để so sánh." in text


def test_a_window_that_was_cut_short_is_not_set_beside_a_whole_one(session: Session) -> None:
    """The year closed on 30/10 has fewer days than the one before."""
    place = build_province(session)
    for year in (2025, 2026):
        month_of(session, place, Period.month(year, 9), hop_thon=year - 2020)
    calendar = replace(CALENDAR, early_closings={Period.parse("2026"): day("2026-10-30")})
    brief = brief_of(session, period=Period.parse("2026"), calendar=calendar)
    assert "Không so sánh với năm 2025 vì chốt sớm, số ngày khác nhau." in text_of(brief)
    assert "thon_thang.hop_thon.nam_truoc" not in brief.numbers


def test_two_years_closed_on_the_same_day_are_compared(session: Session) -> None:
    """Both cover the days up to 30/10."""
    place = build_province(session)
    for year in (2025, 2026):
        month_of(session, place, Period.month(year, 9), hop_thon=year - 2020)
    closings = {Period.parse(str(year)): day(f"{year}-10-30") for year in (2025, 2026)}
    calendar = replace(CALENDAR, early_closings=closings)
    brief = brief_of(session, period=Period.parse("2026"), calendar=calendar)
    assert brief.number("thon_thang.hop_thon.nam_truoc").value == 15


def test_shares_under_two_sets_of_criteria_are_not_compared(session: Session) -> None:
    """8 of 10 criteria now and 15 of 19 a year before say nothing about each other."""
    place = build_province(session)
    for period, reached in ((SEPTEMBER, 8), (SEPTEMBER.year_before, 15)):
        for unit in (place.commune, place.other_commune):
            values = zeros("xa_thang", ntm_tieu_chi=reached)
            builders.report(session, unit, "xa_thang", period, values)
    brief = brief_of(session, period=SEPTEMBER)
    [table] = [one for one in brief.tables if one.key == "chi_tieu"]
    [row] = [row for row in table.rows if "bình quân một xã" in row[1].text]
    assert [cell.text for cell in row][3:5] == ["8", "–"]
    assert "tăng" not in text_of(brief)


def test_a_unit_that_was_not_there_a_year_ago_has_nothing_to_compare(session: Session) -> None:
    """Merged on 01/07/2026."""
    place = build_province(session)
    new = builders.add_unit(
        session, "MH-M", "xa", "Mới", place.province.id, valid_from=day("2026-07-01")
    )
    builders.report(session, new, "xa_thang", SEPTEMBER, zeros("xa_thang"))
    brief = brief_of(session, "MH-M", SEPTEMBER, now=NOW + timedelta(days=1))
    assert "Chưa có số liệu tháng 8/2026, tháng 9/2025 để so sánh." in text_of(brief)
