"""Indicators that do not hold together do not load; the shipped ones do."""

from typing import Any

import pytest

from qcdc_core.errors import BadData
from qcdc_core.forms.indicators import indicator_book, read_indicators

SETTLED = {"what": "sum", "of": ["thon_thang.hoa_giai_thanh"], "name": "vụ thành"}
CASES = {"what": "sum", "of": ["thon_thang.hoa_giai_vu"], "name": "vụ"}


def raw_book(**changes: Any) -> dict[str, Any]:
    """One right indicator; a change to None takes the key away."""
    right = {"name": "Tỷ lệ", "numerator": SETTLED, "denominator": CASES}
    changed = {key: value for key, value in (right | changes).items() if value is not None}
    return {"indicators": {"thu": changed}}


@pytest.mark.parametrize(
    "changes",
    [
        {"name": None},
        {"numerator": None},
        {"denominator": None},
        {"numerator": {"what": "sum", "of": ["thon_thang.hoa_giai_thanh"]}},
        {"numerator": SETTLED | {"of": ["thon_thang.khong_co"]}},
        {"numerator": SETTLED | {"of": ["khong_co.hoa_giai_thanh"]}},
        {"numerator": SETTLED | {"of": ["hoa_giai_thanh"]}},
        {"numerator": SETTLED | {"of": []}},
        {"numerator": SETTLED | {"what": "average"}},
        {"numerator": SETTLED | {"among": "doanh_nghiep_quy.khong_co"}},
        {"numerator": SETTLED | {"since": "month"}},
        {"form": "promille"},
        {"beside": {"numerator": SETTLED}},
    ],
    ids=[
        "no name",
        "no numerator",
        "no denominator",
        "a numerator without a name",
        "unknown figure",
        "unknown form",
        "a figure without its form",
        "a measure of nothing",
        "unknown measure",
        "unknown flag",
        "unknown start",
        "unknown kind of number",
        "a second ratio without a denominator",
    ],
)
def test_an_indicator_that_does_not_hold_together_is_refused(changes: dict[str, Any]) -> None:
    """At the start and by name, not in the brief of a quarter."""
    assert read_indicators(raw_book()).indicators["thu"].ratio.numerator.name == "vụ thành"
    with pytest.raises(BadData, match="thu"):
        read_indicators(raw_book(**changes))


@pytest.mark.parametrize(
    ("unit", "of"),
    [
        ("lượt", ["xa_thang.tiep_dan", "xa_thang.don_nhan"]),
        ("đơn", ["xa_thang.tiep_dan"]),
        ("lượt", ["xa_thang.khong_co"]),
    ],
    ids=["two units", "another unit", "unknown figure"],
)
def test_figures_are_added_up_only_in_one_unit(unit: str, of: list[str]) -> None:
    """Visits and letters make no sum."""
    together = {"thu": {"name": "Thử", "unit": unit, "of": of}}
    with pytest.raises(BadData, match="thu"):
        read_indicators({"indicators": {}, "together": together})


def test_a_scale_of_an_unknown_figure_is_refused() -> None:
    """A misspelled figure would be compared across two sets of criteria."""
    with pytest.raises(BadData, match="scales"):
        read_indicators({"indicators": {}, "scales": {"xa_thang.ntm": "ntm"}})


def test_every_share_names_what_stands_above_and_below_the_line() -> None:
    """62,5% of what is always said: 5/8 of those with a union, 5/89 of all."""
    book = indicator_book()
    assert len(book.indicators) == 18
    for one in book.indicators.values():
        assert one.ratio.numerator.name
        assert one.ratio.denominator.name
    assert book.indicators["ty_le_hoi_nghi_nld"].beside is not None
