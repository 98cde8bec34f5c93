"""Reading from the database what a report is compared with."""

from datetime import date
from decimal import Decimal
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from qcdc_core.checking.check import Context
from qcdc_core.forms import Form
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.periods import Period
from qcdc_core.reports.past import history
from qcdc_core.reports.tables import FigureValue, Report
from qcdc_core.units.tree import Tree, tree_near

PEER_PERIODS = 3


def context_for(
    session: Session, unit_id: int, form: Form, period: Period, calendar: ReportingCalendar
) -> Context:
    """The unit's last 12 periods and its peers' last 3; both may be empty."""
    last_day = calendar.window(period).last
    return Context(
        period=period,
        last_day=last_day,
        history=history(session, unit_id, form, period),
        peers=_peers(session, unit_id, form, period, last_day),
    )


def _peers(
    session: Session, unit_id: int, form: Form, period: Period, day: date
) -> dict[str, tuple[Decimal, ...]]:
    """Values of units of the same kind under the same parent in the last periods, by figure."""
    others = siblings(tree_near(session, day, unit_id), unit_id)
    periods = [str(period.plus(-step)) for step in range(1, PEER_PERIODS + 1)]
    named = {"units": list(others), "form": form.code, "periods": periods}
    rows = session.execute(_known_values(), named)
    found: dict[str, list[Decimal]] = {}
    for code, value in rows:
        if value is not None:
            found.setdefault(code, []).append(value)
    return {code: tuple(values) for code, values in found.items()}


@cache
def _known_values() -> Select[str, Decimal | None]:
    return (
        select(FigureValue.code, FigureValue.value)
        .join(Report, Report.id == FigureValue.report_id)
        .where(
            Report.unit_id.in_(bindparam("units", expanding=True)),
            Report.form == bindparam("form"),
            Report.period.in_(bindparam("periods", expanding=True)),
            FigureValue.replaced_at.is_(None),
            FigureValue.value.is_not(None),
        )
    )


def siblings(tree: Tree, unit_id: int) -> set[int]:
    """Units of the same kind under the same parent on the tree's day; none for an unknown unit."""
    if unit_id not in tree:
        return set()
    unit = tree.node(unit_id)
    return {
        other.id
        for other in tree.children(unit.parent_id if unit.parent_id in tree else None)
        if other.kind == unit.kind and other.id != unit_id
    }
