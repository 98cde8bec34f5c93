"""Checking the values of one report against all rules of its form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from qcdc_core.checking import expression
from qcdc_core.checking.finding import Finding, Repair, Severity
from qcdc_core.checking.rules import Backlog, Check, RepairRule, Rule, rule_book
from qcdc_core.checking.unusual import likelier, unusual
from qcdc_core.db import plain
from qcdc_core.forms import Figure, Form
from qcdc_core.forms.shown import shown
from qcdc_core.language import gettext as _
from qcdc_core.language import number
from qcdc_core.periods import Period

Values = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Context:
    """What a report is compared with.

    ``history``: the unit's earlier values, oldest period first; ``peers``: values of like units
    under the same parent in the last periods; ``last_day`` of the report's window.
    """

    period: Period
    last_day: date
    history: Mapping[Period, Values] = field(default_factory=dict)
    peers: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)

    @property
    def before(self) -> Values | None:
        """The values of the period just before; None when it was not reported."""
        return self.history.get(self.period.before)

    def own(self, code: str) -> tuple[Decimal, ...]:
        values = (past.get(code) for past in self.history.values())
        return tuple(value for value in values if value is not None)


def check(values: Values, form: Form, context: Context) -> tuple[Finding, ...]:
    """All findings, errors first; empty when everything fits. Missing figures are not judged."""
    findings = [
        finding for rule in rule_book().of(form) for finding in _findings(rule, values, context)
    ]
    return tuple(sorted(findings, key=lambda finding: finding.severity != "error"))


def implied(values: Values, form: Form, context: Context) -> tuple[str, ...]:
    """Missing figures that the others leave at 0: 'hòa giải 3, thành 2, không thành 1'.

    They are read back like all others, and count only when the sender confirms.
    """
    return tuple(
        one.assumed_zero
        for rule in rule_book().of(form)
        for one in rule.checks
        if one.assumed_zero and one.assumed_zero not in values
        if _fits(rule, one, values, context)
    )


def _fits(rule: Rule, one: Check, values: Values, context: Context) -> bool:
    known = _known(rule, one, values, context)
    if one.condition and not _holds(one.condition, known):
        return False
    sides = _sides(one, known)
    return sides is not None and expression.comparison(one.holds).holds(*sides)


def _findings(rule: Rule, values: Values, context: Context) -> Iterator[Finding]:
    if rule.builtin is not None:
        yield from _BUILTINS[rule.builtin.name](rule, rule.builtin.sentence, values, context)
    for one in rule.checks:
        finding = _finding(rule, one, values, context)
        if finding is not None:
            yield finding


def _finding(rule: Rule, one: Check, values: Values, context: Context) -> Finding | None:
    known = _known(rule, one, values, context)
    if one.condition and not _holds(one.condition, known):
        return None
    sides = _sides(one, known)
    if sides is None or expression.comparison(one.holds).holds(*sides):
        return None
    left, right = sides
    more = left > right
    text = _(one.more if more else one.less).format(
        **_fields(known),
        left=number(left),
        right=number(right),
        difference=number(abs(left - right)),
    )
    known |= {"left": left, "right": right}
    repairs = tuple(
        repair
        for raw in one.repairs
        if raw.when in ("any", "more" if more else "less")
        for repair in _repair(raw, known)
    )
    return Finding(
        rule=rule.code,
        severity=_severity(rule, one, context),
        codes=_codes(one, rule.form),
        text=text,
        repairs=repairs,
    )


def _severity(rule: Rule, one: Check, context: Context) -> Severity:
    """A rule that leans on a period nobody reported cannot stop anybody."""
    leans = any(word.startswith("before.") for word in _names(one))
    return "warning" if leans and context.before is None else rule.severity


def _known(rule: Rule, one: Check, values: Values, context: Context) -> dict[str, Decimal]:
    before = context.before or {}
    known = {code: value for code, value in values.items() if value is not None}
    if one.assumed_zero:
        known.setdefault(one.assumed_zero, Decimal(0))
    known |= {f"before.{code}": before.get(code) or Decimal(0) for code in rule.form.codes}
    known |= rule_book().limits_on(context.last_day)
    if rule.backlog is not None:
        known["backlog"] = _backlog(rule.backlog, context)
    return known


def _backlog(backlog: Backlog, context: Context) -> Decimal:
    """What earlier periods left open, never negative."""
    opened = sum(context.own(backlog.opened), Decimal(0))
    closed = sum((sum(context.own(code), Decimal(0)) for code in backlog.closed), Decimal(0))
    return max(opened - closed, Decimal(0))


def _holds(text: str, known: Mapping[str, Decimal]) -> bool:
    read = expression.comparison(text)
    left, right = expression.value_of(read.left, known), expression.value_of(read.right, known)
    return left is not None and right is not None and read.holds(left, right)


def _sides(one: Check, known: Mapping[str, Decimal]) -> tuple[Decimal, Decimal] | None:
    read = expression.comparison(one.holds)
    left, right = expression.value_of(read.left, known), expression.value_of(read.right, known)
    return None if left is None or right is None else (left, right)


def _names(one: Check) -> tuple[str, ...]:
    read = expression.comparison(one.holds)
    return (*expression.names(read.left), *expression.names(read.right))


def _codes(one: Check, form: Form) -> tuple[str, ...]:
    return tuple(name for name in _names(one) if name in form)


def _fields(known: Mapping[str, Decimal]) -> dict[str, str]:
    return {name.replace(".", "_"): number(value) for name, value in known.items()}


def _repair(raw: RepairRule, known: Mapping[str, Decimal]) -> Iterator[Repair]:
    value = expression.value_of(expression.amount(raw.to), known)
    if value is not None and value >= 0:
        label = _(raw.label).format(**_fields(known), to=number(value))
        yield Repair(raw.code, plain(value), label)


def _unusual_findings(
    rule: Rule, sentence: str, values: Values, context: Context
) -> Iterator[Finding]:
    for figure in rule.form:
        value = values.get(figure.code)
        if value is None or figure.kind == "flag":
            continue
        own, peers = context.own(figure.code), context.peers.get(figure.code, ())
        found = unusual(figure, value, own, peers)
        if found is not None:
            repairs = tuple(
                Repair(figure.code, other, shown(figure, other))
                for other in likelier(figure, value, own, peers)
            )
            text = _(sentence).format(
                name=figure.short, value=shown(figure, value), usual=_usual(figure, found.usual)
            )
            yield Finding(rule.code, rule.severity, (figure.code,), text, figure.code, repairs)


def _usual(figure: Figure, usual: Decimal | None) -> str:
    if usual is None:
        return _("Số này lớn khác thường")
    return _("Các kỳ trước khoảng {usual}").format(usual=shown(figure, usual))


def _way_back_findings(
    rule: Rule, sentence: str, values: Values, context: Context
) -> Iterator[Finding]:
    this_year = [
        past for period, past in context.history.items() if period.year == context.period.year
    ]
    for figure in rule.form:
        was = any(past.get(figure.code) == 1 for past in this_year)
        if figure.yearly and was and values.get(figure.code) == 0:
            text = _(sentence).format(name=figure.short)
            yield Finding(rule.code, rule.severity, (figure.code,), text, figure.code)


_BUILTINS: Mapping[str, Callable[[Rule, str, Values, Context], Iterator[Finding]]] = {
    "unusual": _unusual_findings,
    "no_way_back": _way_back_findings,
}
