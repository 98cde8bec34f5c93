"""The five forms as they are promised in the domain's dictionary."""

from typing import Any

import pytest

from qcdc_core.errors import BadData
from qcdc_core.forms import form, forms, forms_owed_by
from qcdc_core.forms.catalog import _form
from qcdc_core.units.kinds import KIND_WORDS


@pytest.mark.parametrize(
    ("code", "count", "every"),
    [
        ("thon_thang", 12, "month"),
        ("xa_thang", 17, "month"),
        ("co_quan_quy", 11, "quarter"),
        ("doanh_nghiep_quy", 14, "quarter"),
        ("chi_dao_quy", 6, "quarter"),
    ],
)
def test_the_forms_hold_their_figures(code: str, count: int, every: str) -> None:
    """Codes are public names: CLI, API and exports rely on them."""
    assert len(form(code).figures) == count
    assert form(code).every == every


def test_there_are_five_forms_and_sixty_figures() -> None:
    """What the domain's dictionary counts."""
    assert len(forms()) == 5
    assert sum(len(one.figures) for one in forms().values()) == 60


def test_every_kind_of_unit_named_by_a_form_exists() -> None:
    """A misspelled kind would owe nothing, silently."""
    assert {kind for one in forms().values() for kind in one.unit_kinds} <= set(KIND_WORDS)


def test_a_commune_owes_two_forms_and_a_district_that_of_its_standing_office() -> None:
    """Districts reported until 2025-06-30; later there is no unit of that kind."""
    assert [one.code for one in forms_owed_by("xa")] == ["xa_thang", "chi_dao_quy"]
    assert [one.code for one in forms_owed_by("huyen")] == ["chi_dao_quy"]


def test_a_ward_may_say_that_new_rural_criteria_do_not_apply() -> None:
    """A phường is no rural commune; without this it could never complete its report."""
    assert form("xa_thang").figure("ntm_tieu_chi").may_not_apply
    assert form("xa_thang").figure("dat_ntm").may_not_apply


def test_an_unknown_form_or_figure_is_a_key_error() -> None:
    """A caller's mistake, not the sender's."""
    with pytest.raises(KeyError):
        form("thon_nam")
    with pytest.raises(KeyError):
        form("thon_thang").figure("tiep_dan")


FIGURE = {"code": "a", "name": "A", "short": "A", "unit": "vụ", "kind": "flow"}


def raw_form(**changes: Any) -> dict[str, Any]:
    raw = {
        "name": "F",
        "every": "month",
        "unit_kinds": ["thon"],
        "sector": "xa",
        "figures": [FIGURE],
    }
    return raw | changes


@pytest.mark.parametrize(
    "raw",
    [
        raw_form(figures=[FIGURE, FIGURE]),
        raw_form(figures=[FIGURE | {"kind": "sum"}]),
        raw_form(figures=[FIGURE | {"colour": "red"}]),
        raw_form(every="week"),
    ],
    ids=["a figure twice", "unknown kind", "unknown field", "unknown frequency"],
)
def test_a_form_that_does_not_hold_together_is_refused(raw: dict[str, Any]) -> None:
    """At the start, with the form's name, not at night in a report."""
    with pytest.raises(BadData, match="thu"):
        _form("thu", raw)
