"""Closing a period early (chốt sớm): the committee decides the last day that it covers."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.errors import Refusal
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.forms.tables import EarlyClosing
from qcdc_core.periods import Period
from qcdc_core.users.tables import User


def close_early(
    session: Session,
    calendar: ReportingCalendar,
    period: Period,
    last_day: date,
    user: User,
    now: datetime,
) -> EarlyClosing:
    """Let the period, and all inside it, end with this day.

    Raises Refusal closing_exists(period) or closing_outside(period, first, last) when the day is
    not one of the period's own days before its last.
    """
    if session.scalar(select(EarlyClosing.id).where(EarlyClosing.period == str(period))):
        raise Refusal("closing_exists", period=period)
    days = replace(calendar, early_closings={}).window(period)
    if last_day not in days or last_day == days.last:
        raise Refusal("closing_outside", period=period, first=days.first, last=days.last)
    closing = EarlyClosing(period=str(period), last_day=last_day, made_at=now, made_by=user.id)
    session.add(closing)
    session.flush()
    record(session, now, user.login, "closing.made", str(period), last_day=last_day.isoformat())
    return closing


def reopen(session: Session, closing: EarlyClosing, user: User, now: datetime) -> None:
    """The period has its own last day again."""
    session.delete(closing)
    session.flush()
    record(session, now, user.login, "closing.removed", closing.period)
