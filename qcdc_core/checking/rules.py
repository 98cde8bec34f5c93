"""rules.yaml as values, checked while loading: known figures, known words, and a sentence each."""

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Literal

from qcdc_core.checking import expression
from qcdc_core.checking.finding import Severity
from qcdc_core.errors import BadData
from qcdc_core.forms import Form, forms
from qcdc_core.strict_yaml import read_yaml

# Checks that are code, each with the fields that its sentence may name.
BUILTINS = {
    "no_way_back": frozenset({"name"}),
    "unusual": frozenset({"name", "value", "usual"}),
}


@dataclass(frozen=True)
class RepairRule:
    when: Literal["any", "more", "less"]
    code: str
    to: str
    label: str


@dataclass(frozen=True)
class Check:
    """One comparison of a rule; ``more`` and ``less`` are its sentences for either side larger.

    ``assumed_zero``: a figure that counts as 0 while it is missing.
    """

    holds: str
    condition: str | None
    more: str
    less: str
    assumed_zero: str | None
    repairs: tuple[RepairRule, ...]


@dataclass(frozen=True)
class Backlog:
    opened: str
    closed: tuple[str, ...]


@dataclass(frozen=True)
class Builtin:
    """A check of ``BUILTINS`` with its sentence to the sender."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Rule:
    code: str
    severity: Severity
    form: Form
    checks: tuple[Check, ...]
    backlog: Backlog | None
    builtin: Builtin | None


@dataclass(frozen=True)
class RuleBook:
    """``limits`` maps a name to (first day, value) pairs, oldest first."""

    rules: tuple[Rule, ...]
    limits: Mapping[str, tuple[tuple[date, Decimal], ...]]

    def of(self, one: Form) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.form == one)

    def limits_on(self, day: date) -> dict[str, Decimal]:
        """Each limit in force that day, as 'limit.NAME'; one that is not in force yet is absent."""
        found = {}
        for name, steps in self.limits.items():
            for first, value in steps:
                if first <= day:
                    found[f"limit.{name}"] = value
        return found


@cache
def rule_book() -> RuleBook:
    """The shipped rules. Raises BadData naming the rule that does not hold together."""
    text = resources.files("qcdc_core.forms").joinpath("rules.yaml").read_text("utf-8")
    return read_rules(read_yaml(text))


def read_rules(raw: Mapping[str, Any]) -> RuleBook:
    limits = {
        name: tuple(sorted((step["from"], Decimal(step["value"])) for step in steps))
        for name, steps in raw.get("limits", {}).items()
    }
    rules = tuple(
        rule for name, one in raw["rules"].items() for rule in _rules(name, one, frozenset(limits))
    )
    return RuleBook(rules, limits)


def _rules(name: str, raw: Mapping[str, Any], limits: frozenset[str]) -> Iterator[Rule]:
    if raw.get("severity") not in ("error", "warning"):
        raise BadData(f"rules.yaml, {name}: severity must be error or warning")
    checks = tuple(_check(name, one) for one in raw.get("checks", ()))
    builtin = _builtin(name, raw)
    if not checks and builtin is None:
        raise BadData(f"rules.yaml, {name}: it checks nothing")
    for code in raw.get("forms", ()):
        if code not in forms():
            raise BadData(f"rules.yaml, {name}: unknown form {code!r}")
        rule = Rule(
            code=raw.get("code", name),
            severity=raw["severity"],
            form=forms()[code],
            checks=checks,
            backlog=_backlog(raw.get("backlog")),
            builtin=builtin,
        )
        _require_known_names(name, rule, limits)
        yield rule


def _builtin(name: str, raw: Mapping[str, Any]) -> Builtin | None:
    builtin, sentence = raw.get("builtin"), raw.get("sentence")
    if builtin is None:
        return None
    if builtin not in BUILTINS:
        raise BadData(f"rules.yaml, {name}: unknown builtin {builtin!r}")
    if not sentence:
        raise BadData(f"rules.yaml, {name}: it has no sentence for the sender")
    _require_fields(name, sentence, BUILTINS[builtin])
    return Builtin(builtin, sentence)


def _check(name: str, raw: Mapping[str, Any]) -> Check:
    one = raw.get("sentence")
    more, less = raw.get("more", one), raw.get("less", one)
    if not more or not less:
        raise BadData(f"rules.yaml, {name}: it has no sentence for the sender")
    repairs = tuple(_repair(name, one) for one in raw.get("repairs", ()))
    return Check(raw["holds"], raw.get("if"), more, less, raw.get("assumed_zero"), repairs)


def _repair(name: str, raw: Mapping[str, Any]) -> RepairRule:
    if raw["when"] not in ("any", "more", "less"):
        raise BadData(f"rules.yaml, {name}: a repair is offered when {raw['when']!r}?")
    return RepairRule(raw["when"], raw["set"], str(raw["to"]), raw["label"])


def _backlog(raw: Mapping[str, Any] | None) -> Backlog | None:
    if raw is None:
        return None
    closed = raw["closed"]
    return Backlog(raw["opened"], (closed,) if isinstance(closed, str) else tuple(closed))


def _require_known_names(name: str, rule: Rule, limits: frozenset[str]) -> None:
    """Every name in an expression and every field of a sentence must be there when it is used."""
    for check in rule.checks:
        read = expression.comparison(check.holds)
        used = [*expression.names(read.left), *expression.names(read.right)]
        if check.condition:
            condition = expression.comparison(check.condition)
            used += [*expression.names(condition.left), *expression.names(condition.right)]
        if check.assumed_zero:
            used.append(check.assumed_zero)
        for repair in check.repairs:
            used += [repair.code, *expression.names(expression.amount(repair.to))]
            _require_fields(name, repair.label, _fields_of(rule) | {"to"})
        for word in used:
            if not _is_known(word, rule, limits):
                raise BadData(f"rules.yaml, {name}: unknown name {word!r}")
        for sentence in (check.more, check.less):
            _require_fields(name, sentence, _fields_of(rule) | {"difference"})


def _is_known(word: str, rule: Rule, limits: frozenset[str]) -> bool:
    head, _, tail = word.partition(".")
    if head == "limit":
        return tail in limits
    if head == "before":
        return tail in rule.form
    if word == "backlog":
        return rule.backlog is not None
    return word in rule.form or word in ("left", "right")


def _fields_of(rule: Rule) -> frozenset[str]:
    codes = rule.form.codes
    backlog = {"backlog"} if rule.backlog is not None else set()
    return frozenset({"left", "right", *backlog, *codes, *(f"before_{code}" for code in codes)})


def _require_fields(name: str, sentence: str, known: frozenset[str]) -> None:
    for _, field, _, _ in string.Formatter().parse(sentence):
        if field is not None and field not in known:
            raise BadData(f"rules.yaml, {name}: a sentence names {field!r}, which nobody knows")
