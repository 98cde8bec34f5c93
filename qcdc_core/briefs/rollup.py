"""Totals over units: flows and stocks add up, flags count units; nothing unanswered counts as 0."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from qcdc_core.briefs.gather import Gathered
from qcdc_core.briefs.held import FormData, UnitValue
from qcdc_core.briefs.model import Coverage
from qcdc_core.checking.rules import rule_book
from qcdc_core.forms.indicators import FigureOf, indicator_book
from qcdc_core.periods import Period


@dataclass(frozen=True)
class Total:
    """``value`` is None when no unit answered; ``ids`` are FigureValues it rests on."""

    value: Decimal | None
    coverage: Coverage
    ids: tuple[int, ...]


def total(gathered: Gathered, of: FigureOf, within: frozenset[int] | None = None) -> Total:
    """The figure over all units, or over those named in ``within``."""
    data = gathered.data[of.form]
    units = data.units if within is None else data.units & within
    answers = _answers(gathered, data, of, units)
    applying = [one for one in answers if one.value is not None]
    value = sum((one.value for one in applying if one.value is not None), Decimal(0))
    whole = sum(one.is_whole for one in answers)
    return Total(
        value=value if applying else None,
        coverage=Coverage(whole, len(units), len(answers) - whole),
        ids=tuple(sorted(value_id for one in applying for value_id in one.ids)),
    )


def added(totals: Mapping[FigureOf, Total]) -> Total:
    """Several figures as one; one that nobody answered adds nothing but its units."""
    values = [one.value for one in totals.values() if one.value is not None]
    return Total(
        value=sum(values, Decimal(0)) if values else None,
        coverage=_coverage_together(totals),
        ids=tuple(value_id for one in totals.values() for value_id in one.ids),
    )


def _coverage_together(totals: Mapping[FigureOf, Total]) -> Coverage:
    """Two figures of one form are answered by the same units, which count once."""
    least: dict[str, Coverage] = {}
    for of, one in totals.items():
        held = least.get(of.form)
        if held is None or one.coverage.answered < held.answered:
            least[of.form] = one.coverage
    return Coverage(
        sum(one.answered for one in least.values()),
        sum(one.expected for one in least.values()),
        sum(one.partly for one in least.values()),
    )


def _answers(
    gathered: Gathered, data: FormData, of: FigureOf, units: Iterable[int]
) -> list[UnitValue]:
    parts = comparable_parts(gathered, data, of)
    found = (data.unit_value(of.code, unit, parts) for unit in units)
    return [one for one in found if one is not None]


def comparable_parts(gathered: Gathered, data: FormData, of: FigureOf) -> frozenset[Period] | None:
    """Parts under the same limit as the last; None when the figure has no dated scale.

    Communes counted by the old 19 criteria are never added to those counted by the new 10.
    """
    scale = indicator_book().scales.get(of)
    if scale is None or not data.parts:
        return None
    days = {part: gathered.last_days[part] for part in data.parts}
    now = _limit(scale, gathered)
    return frozenset(
        part
        for part, day in days.items()
        if rule_book().limits_on(day).get(f"limit.{scale}") == now
    )


def _limit(scale: str, gathered: Gathered) -> Decimal | None:
    return rule_book().limits_on(gathered.window.last).get(f"limit.{scale}")


def same_scale(scale: str, one: Gathered, other: Gathered) -> bool:
    """Whether values of the two windows were counted under the same limit."""
    return _limit(scale, one) == _limit(scale, other)
