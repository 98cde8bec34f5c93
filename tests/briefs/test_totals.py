"""Totals over units and months: flows, states and flags; what nobody answered is never a 0."""

from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.briefs import Brief
from qcdc_core.briefs.model import Coverage
from qcdc_core.reports.record import find_report
from qcdc_core.reports.review import accept, correct, return_figures
from qcdc_core.reports.tables import FigureValue, Report
from tests import builders
from tests.briefs.quarter import AUGUST, JULY, NOW, SEPTEMBER, brief_of, text_of
from tests.builders import Province, zeros


def value(brief: Brief, number_id: str) -> Decimal | None:
    return brief.number(number_id).value


def report_of(session: Session, place: Province, month: builders.Period) -> Report:
    found = find_report(session, place.village.id, builders.form("thon_thang"), month)
    assert found is not None
    return found


def test_a_flow_adds_up_over_months_and_units(brief: Brief) -> None:
    """1+2+3 meetings of thôn Đông, 1+1 of thôn Tây, three of làng Kon Brung."""
    assert value(brief, "thon_thang.hop_thon") == 11
    assert value(brief, "thon_thang.hop_thon_luot") == 285
    assert value(brief, "thon_thang.dong_gop_tien") == 12_500_000
    assert value(brief, "thon_thang.hien_dat") == Decimal("120.25")


def test_a_state_is_that_of_the_last_month(brief: Brief) -> None:
    """2 open cases in thôn Đông in September, 1 in thôn Tây since August; months never add up."""
    assert value(brief, "thon_thang.hoa_giai_dang") == 3
    assert value(brief, "xa_thang.don_ton_cuoi") == 2


def test_a_state_at_the_beginning_is_that_of_the_first_month(brief: Brief) -> None:
    """2 letters at the start of July, not the 0 of September."""
    assert value(brief, "xa_thang.don_ton_dau") == 2


def test_a_flag_counts_the_units_that_say_yes(brief: Brief) -> None:
    """One of the two communes has a board; a month more does not count it twice."""
    assert value(brief, "xa_thang.ban_ttnd") == 1
    assert brief.number("xa_thang.ban_ttnd").coverage == Coverage(2, 2)


def test_what_does_not_apply_is_neither_yes_nor_no(brief: Brief) -> None:
    """The ward is no rural commune: the mean is over the other one alone."""
    mean = brief.number("bq_tieu_chi_ntm")
    assert mean.value == 8
    assert mean.denominator is not None
    assert mean.denominator.value == 1


def test_what_nobody_answered_is_a_dash(brief: Brief) -> None:
    """Làng Kon Brung left mediation out: its commune has no number there, not a zero."""
    number = brief.number("thon_thang.hoa_giai_vu.don_vi.MH-DR")
    assert (number.value, number.text, number.coverage) == (None, "–", Coverage(0, 1))


def test_coverage_tells_who_answered_all_some_or_nothing(brief: Brief) -> None:
    """Two villages answered all three months, one only two; for mediation one answered none."""
    assert brief.number("thon_thang.hop_thon").coverage == Coverage(2, 3, 1)
    assert brief.number("thon_thang.hoa_giai_vu").coverage == Coverage(1, 3, 1)
    assert "(Số liệu đầy đủ của 02/03 đơn vị; 01 đơn vị thiếu một số kỳ.)" in text_of(brief)


def test_figures_of_two_forms_are_added_where_the_brief_says_so(brief: Brief) -> None:
    """12 letters of communes and 3 of agencies; either stays readable alone."""
    assert value(brief, "don_nhan") == 15
    assert value(brief, "xa_thang.don_nhan") == 12
    assert value(brief, "co_quan_quy.don_nhan") == 3
    assert brief.number("don_nhan").coverage == Coverage(2, 3, 1)


def test_the_communes_add_up_to_the_whole(brief: Brief) -> None:
    """In every column of the annex."""
    [table] = [one for one in brief.tables if one.key == "theo_xa"]
    *communes, whole = table.rows
    for column in range(2, len(table.columns)):
        parts = [value(brief, row[column].number or "") or 0 for row in communes]
        assert sum(parts) == value(brief, whole[column].number or ""), table.columns[column].title


def test_a_number_rests_on_the_values_that_hold(
    session: Session, place: Province, brief: Brief
) -> None:
    """One value for each village and month that answered."""
    ids = brief.number("thon_thang.hop_thon").sources
    rows = session.scalars(select(FigureValue).where(FigureValue.id.in_(ids))).all()
    assert len(rows) == len(ids) == 8
    assert {row.code for row in rows} == {"hop_thon"}
    assert sum((row.value or Decimal(0) for row in rows), Decimal(0)) == 11


def test_earlier_values_do_not_count(session: Session, place: Province) -> None:
    """Only the corrected number is in the sum."""
    hoa = builders.user(session, "hoa", "officer", place.commune)
    correct(
        session, report_of(session, place, JULY).id, hoa, "hop_thon", Decimal(5), "theo sổ", NOW
    )
    assert value(brief_of(session), "thon_thang.hop_thon") == 15


def test_a_returned_report_does_not_count_and_is_named(session: Session, place: Province) -> None:
    """It waits for its sender; the brief says that it left it out."""
    hoa = builders.user(session, "hoa", "officer", place.commune)
    return_figures(session, report_of(session, place, JULY).id, hoa, {"hop_thon": "Sao?"}, NOW)
    brief = brief_of(session)
    assert value(brief, "thon_thang.hop_thon") == 10
    assert brief.number("thon_thang.hop_thon").coverage == Coverage(1, 3, 2)
    assert "01 phiếu đã trả lại chưa gửi lại hoặc lệch kỳ" in text_of(brief)
    [table] = [one for one in brief.tables if one.key == "con_thieu"]
    assert [row[3].text for row in table.rows if row[4].text.startswith("Đã trả lại")] == [
        "tháng 7/2026"
    ]


def test_reports_that_nobody_accepted_yet_are_counted_and_named(
    session: Session, place: Province
) -> None:
    """A footnote tells how many may still change."""
    assert brief_of(session).notes[0].text.startswith("Trong đó 15 phiếu chưa được")
    hoa = builders.user(session, "hoa", "officer", place.commune)
    accept(session, report_of(session, place, JULY).id, hoa, NOW)
    assert brief_of(session).notes[0].text.startswith("Trong đó 14 phiếu chưa được")


def test_those_who_did_not_send_are_listed(brief: Brief) -> None:
    """Each with form and months; those that sent are not in the list."""
    [table] = [one for one in brief.tables if one.key == "con_thieu"]
    assert [(row[1].text, row[3].text) for row in table.rows] == [
        ("thôn Tây, xã Sơn Lang", "tháng 9/2026"),
        ("xã Đak Rong", "tháng 7/2026, tháng 8/2026"),
        ("xã Đak Rong", "quý III/2026"),
        ("xã Sơn Lang", "quý III/2026"),
    ]
    assert (value(brief, "phieu_thieu"), value(brief, "don_vi_thieu")) == (5, 3)


def test_a_commune_compiles_its_own_villages_only(session: Session, place: Province) -> None:
    """Neither the other commune nor agencies and enterprises of the province."""
    brief = brief_of(session, "MH-SL")
    assert value(brief, "thon_thang.hop_thon") == 8
    assert value(brief, "co_quan_quy.don_nhan") is None
    assert "Không có đơn vị thuộc diện báo cáo." in text_of(brief)
    assert all(one.key != "theo_xa" for one in brief.tables)


def test_a_month_has_no_quarterly_figures_and_says_so(session: Session, place: Province) -> None:
    """Nobody reads a row of dashes as silence of the agencies."""
    brief = brief_of(session, period=SEPTEMBER)
    assert value(brief, "thon_thang.hop_thon") == 4
    assert "thu theo quý, không có số liệu tháng." in text_of(brief)
    assert "co_quan_quy" not in [one.key for one in brief.tables]


def test_a_yearly_flag_stays_yes_for_the_year(session: Session, place: Province) -> None:
    """The conference was held in the second quarter; 'no' in the third does not undo it."""
    of = "doanh_nghiep_quy"
    for number, held in ((1, 0), (2, 1)):
        quarter = builders.Period.quarter(2026, number)
        builders.report(session, place.enterprise, of, quarter, zeros(of, hoi_nghi_nld=held))
    builders.report(
        session, place.enterprise, of, AUGUST.within("quarter"), zeros(of, hoi_nghi_nld=0)
    )
    brief = brief_of(session, period=builders.Period.parse("2026-9M"))
    assert value(brief, f"{of}.hoi_nghi_nld") == 1
    assert value(brief, f"{of}.lao_dong") == 0


@pytest.mark.parametrize("unit", ["MH", "MH-SL", "MH-DR", "MH-SL-D"])
def test_every_unit_can_be_compiled(session: Session, place: Province, unit: str) -> None:
    """The province, a commune, and a single village."""
    assert brief_of(session, unit).head.unit_code == unit
