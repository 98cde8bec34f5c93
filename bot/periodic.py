"""The work of the ticker's jobs: each opens its own transactions and returns how much it did."""

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.clock import local
from qcdc_core.config import Settings
from qcdc_core.questions.reminders import remind
from qcdc_core.reports.owed import calendar_of

OFFICE_HOURS = range(8, 18)


def remind_of_questions(sessions: sessionmaker[Session], now: datetime, current: Settings) -> int:
    """In office hours: tell who answers of questions that wait too long."""
    if local(now).hour not in OFFICE_HOURS:
        return 0
    with sessions.begin() as session:
        return remind(session, calendar_of(session, current), now)
