"""The ticker's work for reminders: keep the plan, hand over what is due."""

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from qcdc_core import reminders
from qcdc_core.config import Settings
from qcdc_core.reports.owed import calendar_of


def plan_reminders(sessions: sessionmaker[Session], now: datetime, current: Settings) -> int:
    """Rows for the next days, as rules and reports stand now."""
    with sessions.begin() as session:
        return reminders.plan(session, calendar_of(session, current), now)


def send_reminders(sessions: sessionmaker[Session], now: datetime, current: Settings) -> int:
    """Each in its own transaction: a crash between two loses neither and repeats neither."""
    with sessions.begin() as session:
        waiting = reminders.due_now(session, now)
        at = reminders.situation(session, current, now) if waiting else None
    sent = 0
    for reminder_id in waiting:
        with sessions.begin() as session:
            row = reminders.hand_over(session, reminder_id, at) if at is not None else None
            sent += row is not None and row.state == "sent"
    return sent
