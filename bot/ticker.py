"""The ticker: what happens by the clock. The only place that knows APScheduler.

APScheduler ticks in memory; nothing is lost with it. Of all processes on a database the one with
the lease runs the jobs, and when a job is due stands in a row (`qcdc_core.leader`).
A new job is one more line of JOBS.
"""

import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from bot import periodic, reminding
from bot.worker import work_off
from qcdc_core import clock, leader
from qcdc_core.config import Settings
from qcdc_core.language import speak

SWEEP_SECONDS = 2
# Younger ones are in hand where they landed; two processes at them only get in each other's way.
LEFT_BEHIND = timedelta(seconds=3)
TICK_SECONDS = 15

log = structlog.get_logger()

Work = Callable[[sessionmaker[Session], datetime, Settings], int]


@dataclass(frozen=True)
class Job:
    """``work`` is told the moment, opens its own transactions and returns how much it did.

    It must bear being run again after it was broken off half-way.
    """

    name: str
    every: timedelta
    work: Work


JOBS: tuple[Job, ...] = (
    Job("questions", timedelta(hours=1), periodic.remind_of_questions),
    Job("reminders_planned", timedelta(minutes=10), reminding.plan_reminders),
    Job("reminders_sent", timedelta(seconds=30), reminding.send_reminders),
    Job("retention", timedelta(hours=1), periodic.keep_to_schedule),
    Job("zalo_oa_tokens", timedelta(minutes=10), periodic.renew_tokens),
)


class Ticker:
    """Runs the jobs that are due, as long as this process leads."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        now: Callable[[], datetime],
        settings: Settings,
        jobs: Sequence[Job] = JOBS,
        holder: str | None = None,
    ) -> None:
        self._sessions = sessions
        self._now = now
        self._settings = settings
        self._jobs = jobs
        self._holder = holder or f"{socket.gethostname()[:60]}:{os.getpid()}"

    def tick(self) -> int:
        """Returns how many jobs ran; none while another process leads or the database is busy."""
        speak(self._settings.language)
        try:
            with self._sessions.begin() as session:
                leads = leader.hold(session, leader.TICKER, self._holder, self._now())
            return sum(self._run(job) for job in self._jobs) if leads else 0
        except OperationalError as problem:
            log.warning("tick_put_off", error=type(problem).__name__)
            return 0

    def stop(self) -> None:
        """Leave the lead to whoever comes next."""
        with suppress(OperationalError), self._sessions.begin() as session:
            leader.give_up(session, leader.TICKER, self._holder, self._now())

    def _run(self, job: Job) -> bool:
        with self._sessions.begin() as session:
            if not leader.claim_job(session, job.name, job.every, self._now()):
                return False
        failure = self._failure_of(job)
        with self._sessions.begin() as session:
            leader.finish_job(session, job.name, self._now(), failure)
        return True

    def _failure_of(self, job: Job) -> str | None:
        """The kind of error, never its words: those may hold what people wrote."""
        try:
            count = job.work(self._sessions, self._now(), self._settings)
        except Exception as error:  # noqa: BLE001 - one job must not stop the others
            log.error("job_failed", job=job.name, error=type(error).__name__)  # noqa: TRY400
            return type(error).__name__
        if count:
            log.info("job_done", job=job.name, count=count)
        return None


def start(
    sessions: sessionmaker[Session], now: Callable[[], datetime], current: Settings
) -> Callable[[], None]:
    """Begin to tick and to sweep the inbox; call what comes back to stop."""
    ticker = Ticker(sessions, now, current)
    scheduler = BackgroundScheduler(timezone=clock.LOCAL)
    common = {"trigger": "interval", "coalesce": True, "max_instances": 1}
    scheduler.add_job(
        work_off,
        seconds=SWEEP_SECONDS,
        args=(sessions, now, current),
        kwargs={"left_for": LEFT_BEHIND},
        misfire_grace_time=60,
        **common,
    )
    scheduler.add_job(ticker.tick, seconds=TICK_SECONDS, misfire_grace_time=60, **common)
    scheduler.start()

    def stop() -> None:
        scheduler.shutdown(wait=True)
        ticker.stop()

    return stop
