"""The messages of a village's month, and what the database holds of it."""

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.forms import form
from qcdc_core.periods import Period
from qcdc_core.reports.past import values_in
from qcdc_core.reports.tables import Report

VILLAGE = form("thon_thang")
OCTOBER = Period.parse("2026-10")
BREATH = "họp 2 cuộc 96 người, hòa giải 3 vụ thành 2 không thành 1, góp 12tr5"
REST = "ngày công 40, đất hiến 0, kiến nghị 4 giải quyết 3, giám sát 1"


def stored(session: Session, unit_id: int, period: Period = OCTOBER) -> dict[str, Decimal | None]:
    return values_in(session, unit_id, VILLAGE, period)


def reports(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Report)) or 0
