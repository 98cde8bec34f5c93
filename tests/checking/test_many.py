"""Findings of many reports at once."""

import pytest
from sqlalchemy.orm import Session

from qcdc_core.checking import check, context_for
from qcdc_core.checking.many import findings_of
from qcdc_core.forms import form
from qcdc_core.periods import Period
from qcdc_core.reports.past import values_in
from tests import builders
from tests.builders import CALENDAR, build_province, zeros

OCTOBER = Period.month(2026, 10)


def test_many_at_once_find_what_each_alone_finds(session: Session) -> None:
    """The list and the page of a report never disagree."""
    of = form("thon_thang")
    place = build_province(session)
    for step in range(6, 0, -1):
        usual = zeros("thon_thang", hop_thon=2, hop_thon_luot=90, dong_gop_tien=12_000_000)
        builders.report(session, place.village, of.code, OCTOBER.plus(-step), usual)
    odd = zeros("thon_thang", hoa_giai_vu=3, hoa_giai_thanh=1, dong_gop_tien=125_000_000)
    reports = [
        builders.report(session, place.village, of.code, OCTOBER, odd),
        builders.report(session, place.second_village, of.code, OCTOBER, zeros(of.code)),
    ]
    found = findings_of(session, reports, CALENDAR)
    for report in reports:
        values = values_in(session, report.unit_id, of, OCTOBER)
        context = context_for(session, report.unit_id, of, OCTOBER, CALENDAR)
        assert found[report.id] == check(values, of, context)
    assert len(found[reports[0].id]) >= 2
    assert found[reports[1].id] == ()


def test_reports_of_two_periods_are_not_mixed(session: Session) -> None:
    """Their contexts differ, so the caller groups them."""
    place = build_province(session)
    both = [
        builders.report(session, place.village, "thon_thang", period, zeros("thon_thang"))
        for period in (OCTOBER, OCTOBER.before)
    ]
    with pytest.raises(ValueError, match="several"):
        findings_of(session, both, CALENDAR)
