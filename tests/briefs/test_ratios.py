"""Shares: numerator and denominator over the same answers, never typed, never averaged."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from qcdc_core.briefs import Brief
from qcdc_core.briefs.model import Coverage, Number
from qcdc_core.briefs.printing import amount_text, count_text, millions_text, share_text
from qcdc_core.periods import Period
from tests import builders
from tests.briefs.quarter import QUARTER, SEPTEMBER, brief_of, text_of
from tests.builders import build_province, zeros

ENTERPRISE = "doanh_nghiep_quy"


def parts(number: Number) -> tuple[int, int]:
    assert number.numerator is not None
    assert number.denominator is not None
    return int(number.numerator.value), int(number.denominator.value)


def test_a_share_carries_numerator_and_denominator_with_their_names(brief: Brief) -> None:
    """3 of 7 cases, whatever the months and villages say one by one."""
    rate = brief.number("ty_le_hoa_giai_thanh")
    assert parts(rate) == (3, 7)
    assert rate.text == "42,86%"
    assert rate.denominator is not None
    assert rate.denominator.name == "vụ hòa giải thành, không thành và đang hòa giải"
    assert "tỷ lệ hòa giải thành 42,86% (03/07 vụ)" in text_of(brief)


def test_shares_of_communes_are_not_averaged(brief: Brief) -> None:
    """11 of 13 in communes and 2 of 3 in the agency are 13 of 16, not the mean of two shares."""
    rate = brief.number("ty_le_giai_quyet_don")
    assert parts(rate) == (13, 16)
    assert rate.text == "81,25%"


def test_a_share_of_nothing_is_neither_nought_nor_whole(brief: Brief) -> None:
    """No files were received: a dash."""
    rate = brief.number("ty_le_truc_tuyen")
    assert (rate.value, rate.text, parts(rate)) == (None, "–", (0, 0))


def test_a_unit_that_gave_one_side_only_is_left_out_of_both(session: Session) -> None:
    """On time without late would push the share up."""
    place = build_province(session)
    whole = zeros("xa_thang", ho_so_dung_han=6, ho_so_tre_han=2)
    builders.report(session, place.commune, "xa_thang", SEPTEMBER, whole)
    half = {"ho_so_dung_han": Decimal(90)}
    builders.report(session, place.other_commune, "xa_thang", SEPTEMBER, half)
    brief = brief_of(session, period=SEPTEMBER)
    rate = brief.number("ty_le_ho_so_dung_han")
    assert parts(rate) == (6, 8)
    assert rate.coverage == Coverage(1, 2, 0)
    assert brief.number("xa_thang.ho_so_dung_han").value == 96


def test_both_bases_of_the_workers_conference_are_printed(session: Session) -> None:
    """One of the two with a union, and one of all three: 62,5% must never hide its base."""
    place = build_province(session)
    units = [place.enterprise] + [
        builders.add_unit(
            session,
            f"DN{n}",
            "doanh_nghiep",
            f"Công ty {n}",
            place.province.id,
            valid_from=builders.SINCE,
        )
        for n in (2, 3)
    ]
    for unit, union, held in zip(units, (1, 1, 0), (1, 0, 1), strict=True):
        values = zeros(ENTERPRISE, lao_dong=9, to_chuc_cong_doan=union, hoi_nghi_nld=held)
        builders.report(session, unit, ENTERPRISE, QUARTER, values)
    brief = brief_of(session)
    assert parts(brief.number("ty_le_hoi_nghi_nld")) == (1, 2)
    assert parts(brief.number("ty_le_hoi_nghi_nld.tren_tat_ca")) == (2, 3)
    text = text_of(brief)
    assert "01/02 doanh nghiệp có tổ chức công đoàn đã tổ chức hội nghị" in text
    assert "02/03, 66,67%" in text


def test_since_the_year_began_counts_from_its_first_month(session: Session) -> None:
    """A dialogue in February is one, in the third quarter too; the other commune had none."""
    place = build_province(session)
    for month, held in ((2, 1), (7, 0)):
        values = zeros("xa_thang", doi_thoai=held)
        builders.report(session, place.commune, "xa_thang", Period.month(2026, month), values)
    brief = brief_of(session)
    assert parts(brief.number("ty_le_xa_doi_thoai")) == (1, 2)
    assert brief.number("xa_thang.doi_thoai").value == 0


def test_a_dialogue_of_the_last_year_is_none_of_this(session: Session) -> None:
    """The year begins on 15/12 of the year before, by Nghị định 09/2019."""
    place = build_province(session)
    for period, held in ((Period.month(2025, 12), 1), (Period.month(2026, 7), 0)):
        values = zeros("xa_thang", doi_thoai=held)
        builders.report(session, place.commune, "xa_thang", period, values)
    assert parts(brief_of(session).number("ty_le_xa_doi_thoai")) == (0, 2)


def test_criteria_of_two_sets_are_never_added(session: Session) -> None:
    """15 of 19 in January and 8 of 10 since 15/02/2026: the quarter's mean is that of the new."""
    place = build_province(session)
    for unit, month, reached in ((place.commune, 3, 8), (place.other_commune, 1, 15)):
        values = zeros("xa_thang", ntm_tieu_chi=reached)
        builders.report(session, unit, "xa_thang", Period.month(2026, month), values)
    mean = brief_of(session, period=Period.quarter(2026, 1)).number("bq_tieu_chi_ntm")
    assert parts(mean) == (8, 1)


def test_reports_sent_and_in_time_are_shares_of_those_owed(brief: Brief) -> None:
    """15 of 20, all of them in time."""
    assert parts(brief.number("ty_le_bao_cao")) == (15, 20)
    assert parts(brief.number("ty_le_bao_cao.tren_tat_ca")) == (15, 20)
    assert "Đã nhận 15/20 phiếu số liệu phải nộp (75%)" in text_of(brief)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("94.115", "percent", "94,12%"),
        ("94.1149", "percent", "94,11%"),
        ("0.005", "percent", "0,01%"),
        ("100", "percent", "100%"),
        ("62.5", "percent", "62,5%"),
        ("15.565", "mean", "15,57"),
        (None, "percent", "–"),
        (None, "mean", "–"),
    ],
)
def test_shares_are_rounded_half_up_to_two_decimals(
    value: str | None, form: str, text: str
) -> None:
    """16/17 is 94,12%, never cut to 94,11%."""
    assert share_text(None if value is None else Decimal(value), form) == text


@pytest.mark.parametrize(
    ("value", "text"), [("0", "0"), ("1", "01"), ("9", "09"), ("10", "10"), ("1250", "1.250")]
)
def test_counts_under_ten_take_a_leading_zero(value: str, text: str) -> None:
    """As in the reports of the committees; zero stays 0."""
    assert count_text(Decimal(value)) == text
    assert count_text(None) == "–"


def test_money_in_millions_loses_no_dong() -> None:
    """However many decimals it takes."""
    assert millions_text(Decimal(11_796_900_001)) == "11.796,900001"
    assert amount_text(Decimal(999_999), "đồng") == ("999.999", "đồng")
    assert amount_text(Decimal(12_500_000), "đồng") == ("12,5", "triệu đồng")
