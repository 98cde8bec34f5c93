"""The labelled samples: no figure is silently wrong, and nearly all are read exactly."""

import json
from pathlib import Path

import pytest

from qcdc_core.reading.score import read_case, score, tally

_FILE = Path(__file__).parents[1] / "samples" / "figures.jsonl"
_FEWEST = 0.98  # share of messages read exactly


@pytest.fixture(scope="module")
def counted() -> dict[str, int]:
    cases = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]
    return tally(score(one, read_case(one)) for one in cases if one["split"] == "tune")


def test_no_figure_is_silently_wrong(counted: dict[str, int]) -> None:
    """A value that differs from the label, or that has none, is never taken without a question."""
    assert counted["wrong"] == 0


def test_nearly_every_message_is_read_exactly(counted: dict[str, int]) -> None:
    """Every value, question, period and the intent are as labelled."""
    assert counted["exact"] >= _FEWEST * counted["messages"]
