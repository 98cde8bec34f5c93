"""Outliers: counts of 0–20 and amounts, beside the unit's own past and its peers."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcdc_core.checking.unusual import FEWEST_OWN, FEWEST_PEERS, MOST, likelier, unusual
from qcdc_core.forms import Figure, form, forms

MEETINGS = form("thon_thang").figure("hop_thon")
MONEY = form("thon_thang").figure("dong_gop_tien")
STAFF = form("doanh_nghiep_quy").figure("lao_dong")

counts = st.integers(0, 20)


def exact(values: Sequence[int]) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


def is_odd(figure: Figure, value: int, own: Sequence[int] = (), peers: Sequence[int] = ()) -> bool:
    return unusual(figure, Decimal(value), exact(own), exact(peers)) is not None


@pytest.mark.parametrize(
    ("value", "own", "odd"),
    [
        (2, [2, 2, 2, 2], False),
        (7, [2, 2, 2, 2], False),
        (13, [2, 2, 2, 2], True),
        (0, [2, 2, 2, 2], False),
        (3, [0, 0, 0, 0], False),
        (8, [0, 0, 0, 0], True),
        (20, [18, 19, 20, 17, 18], False),
        (2, [18, 19, 20, 17, 18], True),
        (0, [6, 20, 12, 3, 18, 16], False),
        (0, [16, 17, 16, 15, 18, 16], True),
        (20, [2, 2, 2, 2, 20], True),
    ],
    ids=[
        "as always",
        "two and seven meetings are both ordinary",
        "six times as many",
        "a quiet month",
        "the first few cases ever",
        "many where there was never one",
        "a large village stays large",
        "a large village falls silent",
        "a unit whose numbers jump may have none",
        "a unit as large and steady may not",
        "one odd month in the past does not make the next one right",
    ],
)
def test_small_counts_are_judged_by_the_units_own_past(
    value: int, own: list[int], *, odd: bool
) -> None:
    """The median and its spread, on a scale where small counts have the same chance of jumping."""
    assert is_odd(MEETINGS, value, own) is odd


def test_a_finding_tells_what_is_usual() -> None:
    """The median of the past, as it would be reported."""
    found = unusual(MEETINGS, Decimal(20), exact([1, 2, 2, 3, 2]), ())
    assert found is not None
    assert found.usual == 2


def test_few_past_values_say_nothing() -> None:
    """Three months are no past: anything up to the ceiling is taken."""
    few = [2] * (FEWEST_OWN - 1)
    assert not is_odd(MEETINGS, 99, few)
    assert is_odd(MEETINGS, 99, [*few, 2])


def test_peers_judge_where_there_is_no_own_past() -> None:
    """Seven values of neighbours are too few, eight are enough."""
    few = [2] * (FEWEST_PEERS - 1)
    assert not is_odd(MEETINGS, 15, [2], few)
    assert is_odd(MEETINGS, 15, [2], [*few, 2])


def test_own_past_outweighs_the_peers() -> None:
    """A unit that was always larger than its neighbours is not odd."""
    assert not is_odd(MEETINGS, 15, [14, 15, 16, 15], [2] * 20)
    assert is_odd(MEETINGS, 15, [2, 2, 2, 2], [15] * 20)


def test_an_amount_may_be_five_times_the_usual_but_not_ten() -> None:
    """Ten times as much money is most often one zero too many."""
    usual = [10_000_000, 12_000_000, 11_000_000, 12_500_000]
    assert not is_odd(MONEY, 50_000_000, usual)
    assert is_odd(MONEY, 120_000_000, usual)


def test_nothing_given_is_never_odd_and_never_the_usual() -> None:
    """People give in some months only."""
    assert not is_odd(MONEY, 0, [10_000_000] * 6)
    assert not is_odd(MONEY, 90_000_000, [0, 0, 0, 0, 0, 10_000_000])


def test_a_state_is_held_against_the_ceiling_only() -> None:
    """A factory may double its staff."""
    assert not is_odd(STAFF, 900, [100, 100, 100, 100])
    assert is_odd(STAFF, MOST["người"] + 1)


def test_above_the_ceiling_no_past_is_needed() -> None:
    """Nobody held 101 meetings in a month; nothing usual is claimed then."""
    found = unusual(MEETINGS, Decimal(101), (), ())
    assert found is not None
    assert found.usual is None


def test_every_unit_of_measure_has_a_ceiling() -> None:
    """A figure in a new unit would have none, silently."""
    units = {figure.unit for one in forms().values() for figure in one if figure.kind != "flag"}
    assert units == set(MOST)


@pytest.mark.parametrize(
    ("figure", "value", "own", "answers"),
    [
        (MONEY, 125_000_000, [12_000_000] * 4, [12_500_000]),
        (MEETINGS, 30, [3] * 4, [3]),
        (MEETINGS, 33, [3] * 4, []),
        (MEETINGS, 2000, [2] * 4, [2]),
        (MEETINGS, 90, [40] * 4, []),
    ],
    ids=[
        "one zero too many",
        "a small count",
        "no whole number without the last digit",
        "three zeros",
        "a tenth would be as odd",
    ],
)
def test_the_likelier_number_is_offered_where_it_would_be_ordinary(
    figure: Figure, value: int, own: list[int], answers: list[int]
) -> None:
    """A slip of zeros is mended with one answer."""
    assert likelier(figure, Decimal(value), exact(own), ()) == exact(answers)


@given(past=st.lists(counts, min_size=FEWEST_OWN, max_size=12), value=counts)
def test_what_lies_within_a_steady_past_is_never_odd(past: list[int], value: int) -> None:
    """Between the smallest and the largest neighbours of the median nothing is asked."""
    ordered = sorted(past)
    middle = ordered[len(ordered) // 2]
    assert not is_odd(MEETINGS, middle, past)
    if not is_odd(MEETINGS, value, past):
        between = (value + middle) // 2
        assert not is_odd(MEETINGS, between, past)


@given(past=st.lists(counts, max_size=FEWEST_OWN - 1), value=st.integers(0, 100))
def test_with_too_short_a_past_nothing_is_ever_asked(past: list[int], value: int) -> None:
    """Whatever the few values are."""
    assert not is_odd(MEETINGS, value, past)
