"""What one form's units reported in the parts of a period, and the value of each unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from qcdc_core.forms import Figure, Form
from qcdc_core.periods import Period


@dataclass(frozen=True)
class Held:
    """A value that holds; ``value`` is None where the figure does not apply to the unit."""

    id: int
    value: Decimal | None


@dataclass(frozen=True)
class ReportLine:
    """``counts``: sent or accepted, and over the very days of the brief's part."""

    id: int
    unit_id: int
    part: Period
    number: str
    state: str
    in_time: bool
    fits: bool
    counts: bool


@dataclass(frozen=True)
class UnitValue:
    """A unit's value over all parts. ``applies`` is False when it said "không áp dụng"."""

    value: Decimal | None
    ids: tuple[int, ...]
    answered_parts: int
    expected_parts: int
    applies: bool = True

    @property
    def is_whole(self) -> bool:
        return self.answered_parts >= self.expected_parts


@dataclass(frozen=True)
class FormData:
    """``held``: figure code → unit id → part → value. ``expected``: units that owe each part."""

    form: Form
    parts: tuple[Period, ...]
    expected: Mapping[Period, frozenset[int]]
    held: Mapping[str, Mapping[int, Mapping[Period, Held]]]
    reports: tuple[ReportLine, ...]

    @property
    def units(self) -> frozenset[int]:
        """Every unit that owes at least one part."""
        return frozenset().union(*self.expected.values())

    @property
    def owed(self) -> int:
        """How many reports are owed."""
        return sum(len(units) for units in self.expected.values())

    def parts_owed(self, unit_id: int) -> tuple[Period, ...]:
        return tuple(part for part in self.parts if unit_id in self.expected[part])

    def unit_value(
        self, code: str, unit_id: int, parts: frozenset[Period] | None = None
    ) -> UnitValue | None:
        """None when the unit did not answer; ``parts`` narrows what is looked at."""
        found = self.held[code].get(unit_id, {})
        held = {
            part: found[part]
            for part in self.parts
            if part in found and (parts is None or part in parts)
        }
        if not held:
            return None
        return _over_time(self.form.figure(code), held, len(self.parts_owed(unit_id)))


def _over_time(figure: Figure, held: Mapping[Period, Held], expected_parts: int) -> UnitValue:
    """A flow adds up; a stock takes the last part that has one (the first, for stock_at start).

    A flag about the year ("trong năm") stays có once it was; any other flag takes the last.
    """
    answers = list(held.values())
    applying = [one for one in answers if one.value is not None]
    if not applying:
        return UnitValue(None, (answers[-1].id,), len(answers), expected_parts, applies=False)
    if figure.kind == "flow":
        value = sum((one.value for one in applying if one.value is not None), Decimal(0))
        ids = tuple(one.id for one in applying)
        return UnitValue(value, ids, len(answers), expected_parts)
    chosen = _chosen(figure, applying)
    # A state needs one answer only, whatever the number of months.
    return UnitValue(chosen.value, (chosen.id,), expected_parts, expected_parts)


def _chosen(figure: Figure, held: list[Held]) -> Held:
    if figure.kind == "flag" and figure.yearly:
        return next((one for one in held if one.value), held[-1])
    return held[0] if figure.stock_at == "start" else held[-1]
