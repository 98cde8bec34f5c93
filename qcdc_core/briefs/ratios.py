"""Indicators: numerator and denominator over the same units; a share is never typed or averaged."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from qcdc_core.briefs.gather import Gathered
from qcdc_core.briefs.held import FormData, UnitValue
from qcdc_core.briefs.model import Coverage
from qcdc_core.briefs.rollup import comparable_parts
from qcdc_core.forms.indicators import FigureOf, Indicator, Measure, Ratio
from qcdc_core.periods import Period

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Counted:
    """What a measure came to; ``ids`` are FigureValues it rests on."""

    value: Decimal
    ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Share:
    """``value`` is None for a zero denominator: neither 0% nor 100%."""

    numerator: Counted
    denominator: Counted
    value: Decimal | None
    coverage: Coverage

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(sorted({*self.numerator.ids, *self.denominator.ids}))


def share(gathered: Gathered, indicator: Indicator, within: frozenset[int] | None = None) -> Share:
    """The indicator over all units, or over those named in ``within``."""
    times = _HUNDRED if indicator.form == "percent" else Decimal(1)
    return _share(gathered, indicator.ratio, times, within)


def share_beside(gathered: Gathered, indicator: Indicator) -> Share | None:
    """The second ratio printed with the first; None when the indicator has none."""
    if indicator.beside is None:
        return None
    return _share(gathered, indicator.beside, _HUNDRED, None)


def _share(
    gathered: Gathered, ratio: Ratio, times: Decimal, within: frozenset[int] | None
) -> Share:
    paired = _Paired(gathered, ratio, within)
    numerator = _count(paired, ratio.numerator)
    denominator = _count(paired, ratio.denominator)
    value = None if denominator.value == 0 else times * numerator.value / denominator.value
    return Share(numerator, denominator, value, paired.coverage)


@dataclass(frozen=True)
class _Paired:
    """Counts both sides of a ratio over the same answers.

    A unit that gave one side only (on time, but not late) would push the share up or down, so the
    parts in which it did not answer all figures are left out, and the coverage says so.
    """

    gathered: Gathered
    ratio: Ratio
    within: frozenset[int] | None

    def data(self, measure: Measure, form: str) -> FormData:
        source = self.gathered.from_year_start if measure.from_year_start else self.gathered.data
        return source[form]

    def units(self, measure: Measure, form: str) -> list[int]:
        data = self.data(measure, form)
        return sorted(unit for unit in data.units if self._is_meant(unit, measure))

    def _is_meant(self, unit: int, measure: Measure) -> bool:
        if self.within is not None and unit not in self.within:
            return False
        if measure.kinds is not None and self.gathered.nodes[unit].kind not in measure.kinds:
            return False
        return measure.among is None or self._has(measure.among, unit)

    def _has(self, of: FigureOf, unit: int) -> bool:
        found = self.gathered.data[of.form].unit_value(of.code, unit)
        return found is not None and found.value == 1

    def value(self, measure: Measure, of: FigureOf, unit: int) -> UnitValue | None:
        data = self.data(measure, of.form)
        parts = comparable_parts(self.gathered, data, of)
        if measure.what == "sum":
            complete = self._complete_parts(data, of.form, unit)
            parts = complete if parts is None else complete & parts
        return data.unit_value(of.code, unit, parts)

    def _complete_parts(self, data: FormData, form: str, unit: int) -> frozenset[Period]:
        codes = [one.code for one in self.ratio.figures if one.form == form]
        flows = [code for code in codes if data.form.figure(code).kind == "flow"] or codes
        held = [set(data.held[code].get(unit, {})) for code in flows]
        stocks_known = all(data.held[code].get(unit) for code in codes)
        return frozenset(set.intersection(*held)) if stocks_known else frozenset()

    @property
    def coverage(self) -> Coverage:
        """Units whose answers stand below or above the line, of those in scope."""
        figures = self.ratio.figures
        if not figures:
            return Coverage(0, 0)
        numerator = self.ratio.numerator
        answered = partly = expected = 0
        for form in dict.fromkeys(one.form for one in figures):
            codes = [one for one in figures if one.form == form]
            for unit in self.units(_without_among(numerator), form):
                values = [self.value(numerator, one, unit) for one in codes]
                known = [one for one in values if one is not None]
                whole = len(known) == len(values) and all(one.is_whole for one in known)
                expected += 1
                answered += whole
                partly += bool(known) and not whole
        return Coverage(answered, expected, partly)


def _without_among(measure: Measure) -> Measure:
    return Measure(measure.what, measure.name, measure.of, measure.kinds)


def _count(paired: _Paired, measure: Measure) -> Counted:
    return _COUNTERS[measure.what](paired, measure)


def _sum(paired: _Paired, measure: Measure) -> Counted:
    found = [one for one in _values(paired, measure) if one.value is not None]
    value = sum((one.value for one in found if one.value is not None), Decimal(0))
    return Counted(value, tuple(value_id for one in found for value_id in one.ids))


def _having(paired: _Paired, measure: Measure) -> Counted:
    """Units for which at least one of the figures is có, or at least 1."""
    ids: list[int] = []
    count = 0
    for form in dict.fromkeys(one.form for one in measure.of):
        for unit in paired.units(measure, form):
            found = [paired.value(measure, one, unit) for one in measure.of if one.form == form]
            having = [one for one in found if one is not None and one.value]
            count += bool(having)
            ids += [value_id for one in having for value_id in one.ids]
    return Counted(Decimal(count), tuple(ids))


def _answered(paired: _Paired, measure: Measure) -> Counted:
    found = [one for one in _values(paired, measure) if one.applies]
    return Counted(Decimal(len(found)), tuple(value_id for one in found for value_id in one.ids))


def _units(paired: _Paired, measure: Measure) -> Counted:
    forms = dict.fromkeys(one.form for one in measure.of)
    return Counted(Decimal(sum(len(paired.units(measure, form)) for form in forms)))


def _values(paired: _Paired, measure: Measure) -> Iterator[UnitValue]:
    for of in measure.of:
        for unit in paired.units(measure, of.form):
            found = paired.value(measure, of, unit)
            if found is not None:
                yield found


def _reports(is_meant: Callable[[FormData], int]) -> Callable[[_Paired, Measure], Counted]:
    def count(paired: _Paired, _measure: Measure) -> Counted:
        data = paired.gathered.data.values()
        return Counted(Decimal(sum(is_meant(one) for one in data)))

    return count


_COUNTERS: Mapping[str, Callable[[_Paired, Measure], Counted]] = {
    "sum": _sum,
    "having": _having,
    "answered": _answered,
    "units": _units,
    "reports_sent": _reports(lambda data: len(data.reports)),
    "reports_owed": _reports(lambda data: data.owed),
    "reports_in_time": _reports(lambda data: sum(one.in_time for one in data.reports)),
}
