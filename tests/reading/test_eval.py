"""The labelled samples: no figure is silently wrong, and nearly all are read exactly."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qcdc_core.reading.score import read_case, score, tally
from tests.reading.written import without_marks

_FILE = Path(__file__).parents[1] / "samples" / "figures.jsonl"
_FEWEST = 0.98  # share of messages read exactly


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    every = (json.loads(line) for line in _FILE.read_text("utf-8").splitlines())
    return [one for one in every if one["split"] == "tune"]


@pytest.fixture(scope="module")
def counted(cases: list[dict[str, Any]]) -> dict[str, int]:
    return tally(score(one, read_case(one)) for one in cases)


def test_no_figure_is_silently_wrong(counted: dict[str, int]) -> None:
    """A value that differs from the label, or that has none, is never taken without a question."""
    assert counted["wrong"] == 0


def test_nearly_every_message_is_read_exactly(counted: dict[str, int]) -> None:
    """Every value, question, period and the intent are as labelled."""
    assert counted["exact"] >= _FEWEST * counted["messages"]


@pytest.mark.parametrize(
    "typed",
    [without_marks, str.upper, lambda text: text.replace(", ", "; ")],
    ids=["without marks", "in capitals", "with semicolons"],
)
def test_no_figure_is_silently_wrong_however_it_is_typed(
    cases: list[dict[str, Any]], typed: Callable[[str], str]
) -> None:
    """The labels hold for the same message without marks, in capitals, with other signs."""
    again = ({**one, "text": typed(one["text"])} for one in cases)
    assert tally(score(one, read_case(one)) for one in again)["wrong"] == 0
