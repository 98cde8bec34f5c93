"""Reading from the database what a report is compared with."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.checking.check import Context
from qcdc_core.forms import Form
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.periods import Period
from qcdc_core.reports.past import history
from qcdc_core.reports.tables import FigureValue, Report
from qcdc_core.units.tables import UnitState

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
    siblings = _siblings(session, unit_id, day)
    periods = [str(period.plus(-step)) for step in range(1, PEER_PERIODS + 1)]
    rows = session.execute(
        select(FigureValue.code, FigureValue.value)
        .join(Report, Report.id == FigureValue.report_id)
        .where(
            Report.unit_id.in_(siblings),
            Report.form == form.code,
            Report.period.in_(periods),
            FigureValue.replaced_at.is_(None),
            FigureValue.value.is_not(None),
        )
    )
    found: dict[str, list[Decimal]] = {}
    for code, value in rows:
        if value is not None:
            found.setdefault(code, []).append(value)
    return {code: tuple(values) for code, values in found.items()}


def _siblings(session: Session, unit_id: int, day: date) -> list[int]:
    own = session.scalar(
        select(UnitState)
        .where(UnitState.unit_id == unit_id, UnitState.valid_from <= day)
        .order_by(UnitState.valid_from.desc())
        .limit(1)
    )
    if own is None:
        return []
    return list(
        session.scalars(
            select(UnitState.unit_id).where(
                UnitState.parent_id == own.parent_id,
                UnitState.kind == own.kind,
                UnitState.unit_id != unit_id,
                UnitState.valid_from <= day,
            )
        )
    )
