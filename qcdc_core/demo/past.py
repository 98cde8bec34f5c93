"""What was reported so far, as the rules look at it."""

from collections.abc import Iterable
from decimal import Decimal

from qcdc_core.checking import Context
from qcdc_core.checking.context import PEER_PERIODS
from qcdc_core.checking.many import HISTORY_PERIODS
from qcdc_core.demo.model import Filing, Place, Turn, Values
from qcdc_core.forms import Form
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.periods import Period


def values_at_end(filing: Filing) -> Values:
    """The values that hold after all that happened."""
    held: dict[str, Decimal | None] = {}
    for step in filing.steps:
        if isinstance(step, Turn):
            held |= step.values
        elif step.kind == "corrected" and step.code:
            held[step.code] = step.value
    return held


class Past:
    def __init__(self, places: Iterable[Place]) -> None:
        self._values: dict[tuple[str, str], dict[Period, Values]] = {}
        self._siblings: dict[tuple[str, str], list[str]] = {}
        for place in places:
            self._siblings.setdefault((place.parent_code, place.kind), []).append(place.code)

    def remember(self, filing: Filing) -> None:
        self._of(filing.place.code, filing.form)[filing.period] = values_at_end(filing)

    def holds(self, place: Place, form: Form, period: Period) -> bool:
        return period in self._of(place.code, form)

    def context(
        self, place: Place, form: Form, period: Period, calendar: ReportingCalendar
    ) -> Context:
        own = self._of(place.code, form)
        before = [period.plus(-step) for step in range(HISTORY_PERIODS, 0, -1)]
        return Context(
            period,
            calendar.window(period).last,
            {one: own[one] for one in before if one in own},
            self._peers(place, form, before[-PEER_PERIODS:]),
        )

    def _peers(
        self, place: Place, form: Form, periods: list[Period]
    ) -> dict[str, tuple[Decimal, ...]]:
        found: dict[str, list[Decimal]] = {}
        for other in self._siblings[place.parent_code, place.kind]:
            reports = self._of(other, form) if other != place.code else {}
            for period in periods:
                for code, value in reports.get(period, {}).items():
                    if value is not None:
                        found.setdefault(code, []).append(value)
        return {code: tuple(values) for code, values in found.items()}

    def _of(self, place_code: str, form: Form) -> dict[Period, Values]:
        return self._values.setdefault((place_code, form.code), {})
