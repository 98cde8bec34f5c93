"""How well the reader does on labelled messages: exact, asked back, missed, silently wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from qcdc_core.forms import form
from qcdc_core.reading.reader import read
from qcdc_core.reading.values import Reading


@dataclass(frozen=True, slots=True)
class Score:
    """What became of one message's labels.

    ``asked``: figures asked though they were certain; ``missed``: certain or doubtful figures
    that the reader did not see; ``wrong``: values taken without a question that differ from the
    label, or that have none.
    """

    exact: bool
    asked: tuple[str, ...]
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def as_line(reading: Reading) -> dict[str, Any]:
    """The reading as the command line prints it."""
    return {
        "intent": str(reading.intent),
        "figures": {code: figure.value for code, figure in reading.figures.items()},
        "ask": sorted({doubt.code for doubt in reading.asks}),
        "not_applicable": sorted(reading.not_applicable),
        "period": str(reading.period) if reading.period else None,
    }


def read_case(case: Mapping[str, Any]) -> dict[str, Any]:
    """Read one labelled message (tests/samples/README.md says what a case holds)."""
    return as_line(read(case["text"], form(case["form"]), date.fromisoformat(case["today"])))


def score(case: Mapping[str, Any], line: Mapping[str, Any]) -> Score:
    """Compare a printed reading with the labels of its case."""
    labels = {code: Decimal(str(value)) for code, value in case["figures"].items()}
    found = line["figures"]
    known = set(found) | set(line["ask"]) | set(line["not_applicable"])
    expected = set(labels) | set(case["ask"]) | set(case["not_applicable"])
    return Score(
        exact=_is_exact(case, line, labels),
        asked=tuple(sorted(set(line["ask"]) - set(case["ask"]))),
        missed=tuple(sorted(expected - known)),
        wrong=tuple(sorted(code for code in found if labels.get(code) != found[code])),
    )


def _is_exact(
    case: Mapping[str, Any], line: Mapping[str, Any], labels: Mapping[str, Decimal]
) -> bool:
    return (
        bool(line["figures"] == labels)
        and line["intent"] == case["intent"]
        and line["ask"] == sorted(case["ask"])
        and line["not_applicable"] == sorted(case["not_applicable"])
        and line["period"] == case["period"]
    )


def tally(scores: Iterable[Score]) -> dict[str, int]:
    """Messages by what became of them; a message may be both asked back and missed."""
    counted = {"messages": 0, "exact": 0, "asked": 0, "missed": 0, "wrong": 0}
    for one in scores:
        counted["messages"] += 1
        counted["exact"] += one.exact
        counted["asked"] += bool(one.asked)
        counted["missed"] += bool(one.missed)
        counted["wrong"] += bool(one.wrong)
    return counted
