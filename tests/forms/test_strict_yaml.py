"""Shipped YAML is read strictly."""

import pytest

from qcdc_core.errors import BadData
from qcdc_core.strict_yaml import read_yaml


def test_a_code_that_stands_twice_is_refused() -> None:
    """Plain YAML would keep the last one and drop the first without a word."""
    with pytest.raises(BadData, match=r"'hop_thon' stands twice .* line 2"):
        read_yaml("rules:\n  hop_thon: 1\n  khac: 2\n  hop_thon: 3\n")


def test_a_code_that_stands_twice_inside_a_list_is_refused() -> None:
    """Figures are written as groups in braces."""
    with pytest.raises(BadData, match="'unit'"):
        read_yaml("- {code: a, unit: vụ, unit: cuộc}")


def test_what_is_no_yaml_is_bad_data() -> None:
    """One kind of error for every wrong file."""
    with pytest.raises(BadData, match="not readable"):
        read_yaml("a: [1, 2")


def test_the_same_code_in_two_groups_is_right() -> None:
    """Two forms may ask for the same figure."""
    assert read_yaml("a: {x: 1}\nb: {x: 2}") == {"a": {"x": 1}, "b": {"x": 2}}
