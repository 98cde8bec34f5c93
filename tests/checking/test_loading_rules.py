"""Rules that do not hold together do not load."""

from typing import Any

import pytest

from qcdc_core.checking.rules import read_rules
from qcdc_core.errors import BadData

CHECK = {"holds": "hop_thon <= giam_sat", "sentence": "Họp {hop_thon}. Số nào đúng?"}
REPAIR = {"when": "any", "set": "hop_thon", "to": "giam_sat", "label": "Họp {to} cuộc"}


def raw_rules(**changes: Any) -> dict[str, Any]:
    rule = {"severity": "error", "forms": ["thon_thang"], "checks": [CHECK]} | changes
    return {"limits": {"ntm": [{"from": "2026-02-15", "value": 10}]}, "rules": {"thu": rule}}


def with_check(**changes: Any) -> dict[str, Any]:
    """The right rule with another check; a change to None takes the key away."""
    changed = {key: value for key, value in (CHECK | changes).items() if value is not None}
    return raw_rules(checks=[changed])


WRONG = {
    "unknown severity": raw_rules(severity="fatal"),
    "unknown form": raw_rules(forms=["thon_nam"]),
    "it checks nothing": raw_rules(checks=[]),
    "unknown builtin": raw_rules(checks=[], builtin="odd", sentence="{name}?"),
    "a builtin without a sentence": raw_rules(checks=[], builtin="unusual"),
    "a builtin's sentence with an unknown field": raw_rules(
        checks=[], builtin="no_way_back", sentence="{value}?"
    ),
    "no sentence": with_check(sentence=None),
    "an empty sentence": with_check(sentence=""),
    "a sentence for one side only": with_check(sentence=None, more="Nhiều hơn. Số nào đúng?"),
    "a sentence with an unknown field": with_check(sentence="{tiep_dan}?"),
    "a sentence with a field without a name": with_check(sentence="{}?"),
    "a sentence that speaks of a backlog nobody named": with_check(sentence="{backlog}?"),
    "unknown figure": with_check(holds="hop_thon <= tiep_dan"),
    "unknown figure in the condition": with_check(**{"if": "tiep_dan = 0"}),
    "unknown figure of the period before": with_check(holds="hop_thon = before.tiep_dan"),
    "unknown limit": with_check(holds="hop_thon <= limit.tuoi"),
    "a backlog nobody named": with_check(holds="hop_thon <= backlog"),
    "unknown figure assumed": with_check(assumed_zero="tiep_dan"),
    "no comparison": with_check(holds="hop_thon + giam_sat"),
    "two comparisons": with_check(holds="0 <= hop_thon <= giam_sat"),
    "unknown comparison": with_check(holds="hop_thon != giam_sat"),
    "division": with_check(holds="hop_thon / giam_sat <= 1"),
    "a call": with_check(holds="abs(hop_thon) <= giam_sat"),
    "a fraction": with_check(holds="hop_thon <= 0.5"),
    "not readable": with_check(holds="hop_thon <="),
    "a repair of an unknown figure": with_check(repairs=[REPAIR | {"set": "tiep_dan"}]),
    "a repair to an unknown figure": with_check(repairs=[REPAIR | {"to": "tiep_dan"}]),
    "a repair that is never offered": with_check(repairs=[REPAIR | {"when": "equal"}]),
    "a label with an unknown field": with_check(repairs=[REPAIR | {"label": "{value}"}]),
}


@pytest.mark.parametrize("raw", WRONG.values(), ids=WRONG)
def test_a_rule_that_does_not_hold_together_is_refused(raw: dict[str, Any]) -> None:
    """At the start, not in the middle of somebody's report."""
    with pytest.raises(BadData, match=r"rules\.yaml"):
        read_rules(raw)


def test_a_rule_that_holds_together_loads() -> None:
    """What all wrong rules above differ from in one point."""
    [rule] = read_rules(with_check(repairs=[REPAIR])).rules
    assert (rule.code, rule.severity, rule.form.code) == ("thu", "error", "thon_thang")
