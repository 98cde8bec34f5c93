"""The table of numbers of a brief: made here, printed elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from qcdc_core.briefs.gather import Gathered
from qcdc_core.briefs.model import Coverage, Number, Part
from qcdc_core.briefs.printing import amount_text, count_text, millions_text, share_text
from qcdc_core.briefs.ratios import Share, share, share_beside
from qcdc_core.briefs.rollup import Total, added, total
from qcdc_core.forms.indicators import FigureOf, Indicator, Ratio, indicator_book
from qcdc_core.language import gettext as _


@dataclass
class Numbers:
    """Makes each number once. ``suffix`` tells the windows apart: "", ".truoc", ".nam_truoc"."""

    gathered: Gathered
    suffix: str = ""
    made: dict[str, Number] = field(default_factory=dict)

    def figure(self, form: str, code: str, within: frozenset[int] | None = None) -> Number:
        of = FigureOf(form, code)
        figure = of.figure
        unit = _("đơn vị") if figure.kind == "flag" else figure.unit
        return self._total(str(of), _(figure.name), unit, total(self.gathered, of, within))

    def in_millions(self, form: str, code: str, within: frozenset[int] | None) -> Number:
        """An amount of đồng for a column of millions: small amounts too."""
        of = FigureOf(form, code)
        found = total(self.gathered, of, within)
        return self.add(
            Number(
                self.id(f"{of}.trieu"),
                _(of.figure.name),
                found.value,
                millions_text(found.value),
                _("triệu đồng"),
                coverage=found.coverage,
                sources=found.ids,
            )
        )

    def together(self, code: str) -> Number:
        """A figure that two forms ask for, added up."""
        meant = indicator_book().together[code]
        several = added({of: total(self.gathered, of) for of in meant.of})
        return self._total(code, _(meant.name), meant.unit, several)

    def indicator(self, code: str) -> Number:
        indicator = indicator_book().indicators[code]
        found = share(self.gathered, indicator)
        return self._share(code, indicator, indicator.ratio, found)

    def beside(self, code: str) -> Number:
        """The indicator over its second denominator. Raises KeyError when it has none."""
        indicator = indicator_book().indicators[code]
        found = share_beside(self.gathered, indicator)
        if indicator.beside is None or found is None:
            raise KeyError(code)
        return self._share(f"{code}.tren_tat_ca", indicator, indicator.beside, found)

    def count(
        self, code: str, name: str, value: int, unit: str, sources: Iterable[int] = ()
    ) -> Number:
        """A count of units or reports."""
        amount = Decimal(value)
        return self.add(
            Number(self.id(code), name, amount, count_text(amount), unit, sources=tuple(sources))
        )

    def of_all(self, code: str, name: str, part: int, whole: int, unit: str) -> Number:
        """A count printed with what it is counted out of: 45/48."""
        number = Number(
            self.id(code),
            name,
            Decimal(part),
            count_text(Decimal(part)),
            unit,
            numerator=_part(name, Decimal(part)),
            denominator=_part(name, Decimal(whole)),
        )
        return self.add(number)

    def add(self, number: Number) -> Number:
        self.made[number.id] = number
        return number

    def id(self, code: str) -> str:
        return f"{code}{self.suffix}"

    def for_units(self, unit_code: str) -> "Numbers":
        """The same table for a part of the units; ids carry the code of that part's top."""
        return Numbers(self.gathered, f"{self.suffix}.don_vi.{unit_code}", self.made)

    def _total(self, code: str, name: str, unit: str, found: Total) -> Number:
        text, printed_unit = amount_text(found.value, unit)
        return self.add(
            Number(
                self.id(code),
                name,
                found.value,
                text,
                printed_unit,
                coverage=found.coverage,
                sources=found.ids,
            )
        )

    def _share(self, code: str, indicator: Indicator, ratio: Ratio, found: Share) -> Number:
        has_coverage = bool(ratio.figures)
        return self.add(
            Number(
                self.id(code),
                _(indicator.name),
                found.value,
                share_text(found.value, indicator.form),
                "%" if indicator.form == "percent" else _(indicator.unit),
                numerator=_part(_(ratio.numerator.name), found.numerator.value),
                denominator=_part(_(ratio.denominator.name), found.denominator.value),
                coverage=found.coverage if has_coverage else None,
                sources=found.ids,
            )
        )


def fraction(number: Number) -> str:
    """'14/14', with small numbers written 04/13; "–" when the number is not a share."""
    if number.numerator is None or number.denominator is None:
        return "–"
    return f"{number.numerator.text}/{number.denominator.text}"


def is_whole(numbers: Iterable[Number]) -> bool:
    """Whether every unit expected answered all of them."""
    return all(_covered(number.coverage) for number in numbers)


def _covered(coverage: Coverage | None) -> bool:
    return coverage is None or coverage.is_whole


def _part(name: str, value: Decimal) -> Part:
    return Part(name, value, count_text(value))
