"""Every rule of rules.yaml, with values that fit and values that do not."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdc_core.checking import Context, check, implied
from qcdc_core.checking.rules import rule_book
from qcdc_core.forms import form, forms
from qcdc_core.periods import Period
from tests.builders import CALENDAR
from tests.checking.cases import CASES, Case

PERIODS = {"month": Period.month(2026, 10), "quarter": Period.quarter(2026, 3)}


def exact(values: Mapping[str, int]) -> dict[str, Decimal]:
    return {code: Decimal(value) for code, value in values.items()}


def context(form_code: str, before: Mapping[str, int] | None = None) -> Context:
    period = PERIODS[form(form_code).every]
    history = {period.before: exact(before)} if before is not None else {}
    return Context(period, CALENDAR.window(period).last, history)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_speaks_when_its_values_do_not_fit_and_only_then(case: Case) -> None:
    """One finding on just these figures, with its severity and the answers it offers."""
    findings = check(exact(case.values), form(case.form), context(case.form, case.before))
    found = [one for one in findings if one.rule == case.rule]
    if not case.codes:
        assert found == []
        return
    [one] = found
    assert (one.codes, one.severity) == (case.codes, case.severity)
    assert {repair.code: repair.value for repair in one.repairs} == exact(case.repairs)
    assert one.text.endswith("?")
    assert "{" not in one.text


def test_every_rule_has_cases_that_fit_and_cases_that_do_not() -> None:
    """A rule added to the file without cases fails here."""
    rules = {(rule.code, rule.form.code) for rule in rule_book().rules}
    assert {(case.rule, case.form) for case in CASES if case.codes} == rules
    assert {(case.rule, case.form) for case in CASES if not case.codes} == rules


def test_every_check_of_every_rule_fails_in_a_case_of_its_own() -> None:
    """A rule of three checks needs three cases that fail."""
    for rule in rule_book().rules:
        failing = [
            case
            for case in CASES
            if case.codes and (case.rule, case.form) == (rule.code, rule.form.code)
        ]
        assert len(failing) >= len(rule.checks), rule.code


def test_missing_figures_are_not_judged() -> None:
    """Nobody is asked about a sum while half of it is still to come."""
    assert (
        check(
            exact({"hoa_giai_vu": 5, "hoa_giai_thanh": 2}),
            form("thon_thang"),
            context("thon_thang"),
        )
        == ()
    )


def test_errors_stand_before_warnings() -> None:
    """What stops the confirmation is asked first."""
    values = {"hop_thon": 2, "hop_thon_luot": 0, "hoa_giai_vu": 5, "hoa_giai_thanh": 1}
    values |= {"hoa_giai_khong_thanh": 1, "hoa_giai_dang": 0}
    findings = check(exact(values), form("thon_thang"), context("thon_thang", {}))
    assert [one.severity for one in findings] == ["error", "warning"]


def test_a_rule_that_leans_on_a_period_nobody_reported_only_warns() -> None:
    """A unit that starts in the middle of the year is not stopped by what was before it."""
    [finding] = check(exact({"don_ton_dau": 2}), form("xa_thang"), context("xa_thang"))
    assert (finding.rule, finding.severity) == ("don_noi_ky", "warning")


def test_a_figure_the_others_leave_at_nothing_is_implied() -> None:
    """'Hòa giải 3, thành 2, không thành 1' leaves none open; with 4 there is nothing implied."""
    of, past = form("thon_thang"), context("thon_thang", {"hoa_giai_dang": 0})
    settled = {"hoa_giai_thanh": 2, "hoa_giai_khong_thanh": 1, "hop_thon": 1}
    assert implied(exact(settled | {"hoa_giai_vu": 3}), of, past) == ("hoa_giai_dang",)
    assert implied(exact(settled | {"hoa_giai_vu": 4}), of, past) == ()


def test_the_criteria_of_the_day_count() -> None:
    """19 criteria until 14/02/2026, 10 from the day Quyết định 51/2025/QĐ-TTg is in force."""
    values, of = exact({"ntm_tieu_chi": 15}), form("xa_thang")
    for day, codes in ((date(2026, 2, 14), []), (date(2026, 2, 15), ["ntm_toi_da"])):
        found = check(values, of, Context(Period.month(2026, 2), day))
        assert [one.rule for one in found] == codes


def test_a_yearly_flag_may_go_back_in_a_new_year() -> None:
    """The conference of last year says nothing about this one."""
    period = Period.quarter(2026, 1)
    history = {period.before: exact({"hoi_nghi_nld": 1})}
    past = Context(period, CALENDAR.window(period).last, history)
    assert check(exact({"hoi_nghi_nld": 0}), form("doanh_nghiep_quy"), past) == ()


def test_a_backlog_is_never_negative() -> None:
    """More settled than received in one period does not make the next one stricter."""
    before = {"kien_nghi_nhan": 0, "kien_nghi_giai_quyet": 9}
    values = exact({"kien_nghi_nhan": 2, "kien_nghi_giai_quyet": 2})
    assert check(values, form("thon_thang"), context("thon_thang", before)) == ()


@pytest.mark.parametrize("code", forms())
@given(data=st.data())
def test_whatever_is_known_and_unknown_checking_never_fails(code: str, data: st.DataObject) -> None:
    """A sentence never names a figure that may be missing when it is said."""
    values = st.none() | st.integers(0, 300).map(Decimal)
    some = st.dictionaries(st.sampled_from(form(code).codes), values)
    period = PERIODS[form(code).every]
    history = {period.before: data.draw(some)} if data.draw(st.booleans()) else {}
    past = Context(period, CALENDAR.window(period).last, history)
    for finding in check(data.draw(some), form(code), past):
        assert finding.codes
        assert finding.text
