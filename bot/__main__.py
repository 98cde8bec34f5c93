"""`python -m bot`: the process behind the chat. Sweeps up what the web process could not answer.

A message is answered where it lands; what a crash or a lock left behind is found here.
"""

import signal
import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.orm import Session, sessionmaker

from bot.worker import work_off
from qcdc_core import clock, db
from qcdc_core.config import Settings, settings
from qcdc_core.questions.reminders import remind
from qcdc_core.reports.owed import calendar_of

SWEEP_SECONDS = 2

log = structlog.get_logger()


def main() -> None:
    """Run until a signal asks to stop; the turn in hand is finished first."""
    current = settings()
    sessions = db.writing(db.engine_for(current.database_url))
    scheduler = BackgroundScheduler(timezone=clock.LOCAL)
    scheduler.add_job(
        work_off,
        "interval",
        seconds=SWEEP_SECONDS,
        args=(sessions, clock.now, current),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=60,
    )
    scheduler.add_job(
        remind_of_questions,
        "cron",
        hour="8-17",
        minute=5,
        args=(sessions, clock.now, current),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=3600,
    )
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    scheduler.start()
    log.info("worker_started", database=current.database_url.split(":", 1)[0])
    stop.wait()
    scheduler.shutdown(wait=True)


def remind_of_questions(
    sessions: sessionmaker[Session], now: Callable[[], datetime], current: Settings
) -> None:
    """In office hours: tell who answers of questions that wait too long."""
    with sessions.begin() as session:
        told = remind(session, calendar_of(session, current), now())
    if told:
        log.info("questions_reminded", count=told)


if __name__ == "__main__":
    main()
