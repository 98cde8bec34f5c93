"""The work of the ticker's jobs: each opens its own transactions and returns how much it did."""

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from bot.channels.configured import zalo_tokens_of
from bot.channels.zalo_tokens import TokenError
from qcdc_core.clock import local
from qcdc_core.config import Settings
from qcdc_core.personal.retention import tidy
from qcdc_core.questions.reminders import remind
from qcdc_core.reports.owed import calendar_of

OFFICE_HOURS = range(8, 18)
# More than a day ever brings; the rest of a first run is done an hour later.
MOST_ROUNDS = 200


def remind_of_questions(sessions: sessionmaker[Session], now: datetime, current: Settings) -> int:
    """In office hours: tell who answers of questions that wait too long."""
    if local(now).hour not in OFFICE_HOURS:
        return 0
    with sessions.begin() as session:
        return remind(session, calendar_of(session, current), now)


def renew_tokens(sessions: sessionmaker[Session], now: datetime, current: Settings) -> int:
    """The Official Account's tokens, twice a day; a failure is noted where doctor sees it."""
    tokens = zalo_tokens_of(current, sessions, lambda: now)
    if tokens is None:
        return 0
    try:
        return int(tokens.renew_if_old())
    except TokenError:
        return 0


def keep_to_schedule(sessions: sessionmaker[Session], now: datetime, _current: Settings) -> int:
    """Erase what is older than the schedule of retention allows, in short transactions."""
    total = 0
    for _round in range(MOST_ROUNDS):
        with sessions.begin() as session:
            count = tidy(session, now)
        total += count
        if not count:
            break
    return total
