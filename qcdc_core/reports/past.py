"""Values reported for other periods, for checking and for showing beside the new ones."""

from decimal import Decimal
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from qcdc_core.forms import Form
from qcdc_core.periods import Period
from qcdc_core.reports.tables import FigureValue, Report


def values_in(
    session: Session, unit_id: int, of: Form, period: Period
) -> dict[str, Decimal | None]:
    """What the unit reported for that period, by code; empty when it did not report."""
    rows = session.execute(
        select(FigureValue.code, FigureValue.value)
        .join(Report, Report.id == FigureValue.report_id)
        .where(
            Report.unit_id == unit_id,
            Report.form == of.code,
            Report.period == str(period),
            FigureValue.replaced_at.is_(None),
        )
    )
    return {code: value for code, value in rows}  # noqa: C416 - rows are not pairs to a checker


def history(
    session: Session, unit_id: int, of: Form, before: Period, steps: int = 12
) -> dict[Period, dict[str, Decimal | None]]:
    """The values of the ``steps`` periods before this one, oldest first; unreported ones absent."""
    wanted = {str(before.plus(-step)): before.plus(-step) for step in range(steps, 0, -1)}
    named = {"unit": unit_id, "form": of.code, "periods": list(wanted)}
    rows = session.execute(_held_in(), named)
    found: dict[Period, dict[str, Decimal | None]] = {}
    for period, code, value in rows:
        found.setdefault(wanted[period], {})[code] = value
    return {period: found[period] for period in wanted.values() if period in found}


@cache
def _held_in() -> Select[str, str, Decimal | None]:
    return (
        select(Report.period, FigureValue.code, FigureValue.value)
        .join(Report, Report.id == FigureValue.report_id)
        .where(
            Report.unit_id == bindparam("unit"),
            Report.form == bindparam("form"),
            Report.period.in_(bindparam("periods", expanding=True)),
            FigureValue.replaced_at.is_(None),
        )
    )
