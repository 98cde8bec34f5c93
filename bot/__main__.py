"""`python -m bot`: the process behind the chat. Sweeps up what the web process could not answer.

A message is answered where it lands; what a crash or a lock left behind is found here.
"""

import signal
import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.channel import Channel
from bot.channels.configured import telegram_of, zalo_bot_of
from bot.polling import Poller
from bot.sender import Sender
from bot.worker import work_off
from qcdc_core import clock, db
from qcdc_core.config import Settings, settings
from qcdc_core.questions.reminders import remind
from qcdc_core.reports.owed import calendar_of

SWEEP_SECONDS = 2
SEND_SECONDS = 0.3

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
    running = _talk_to_platforms(sessions, current, stop)
    stop.wait()
    for thread in running:
        thread.join(timeout=5)
    scheduler.shutdown(wait=True)


def _talk_to_platforms(
    sessions: sessionmaker[Session], current: Settings, stop: threading.Event
) -> list[threading.Thread]:
    """Starts what sends and what asks for messages; returns the threads to wait for."""
    poller = Poller(sessions, clock.now, current, stop)
    telegram, zalo_bot = telegram_of(current), zalo_bot_of(current)
    channels: list[Channel] = [one for one in (telegram, zalo_bot) if one is not None]
    if telegram is not None:
        _start_daemon(lambda: poller.telegram(telegram))
    if zalo_bot is not None:
        _start_daemon(lambda: poller.zalo_bot(zalo_bot))
    if not channels:
        return []
    sender = threading.Thread(target=_send, args=(Sender(sessions, channels, clock.now), stop))
    sender.start()
    return [sender]


def _start_daemon(target: Callable[[], None]) -> None:
    """A poll may wait for half a minute: the process does not wait for it, nothing is lost."""
    threading.Thread(target=target, daemon=True).start()


def _send(sender: Sender, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            busy = sender.deliver_due()
        except OperationalError as problem:
            log.warning("sending_put_off", error=type(problem).__name__)
            busy = 0
        if not busy:
            stop.wait(SEND_SECONDS)


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
