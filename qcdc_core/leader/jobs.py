"""Periodic jobs: when one is due stands in its row, so that a restart neither skips nor repeats."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from qcdc_core.leader.tables import PeriodicJob

RETRY = timedelta(minutes=5)


def claim_job(session: Session, name: str, every: timedelta, now: datetime) -> bool:
    """Whether the job is due and this process has it; a job never seen before is due at once.

    Runs that were missed are made up for by one. A longer wait than ``every`` was written by a
    clock that was ahead.
    """
    is_due = or_(PeriodicJob.next_at <= now, PeriodicJob.next_at > now + every)
    claimed = session.scalar(
        update(PeriodicJob)
        .where(PeriodicJob.name == name, is_due)
        .values(next_at=now + every, started_at=now)
        .returning(PeriodicJob.name)
        .execution_options(synchronize_session=False)
    )
    return claimed is not None or _is_new(session, name, every, now)


def finish_job(session: Session, name: str, now: datetime, failure: str | None = None) -> None:
    """Note how the run ended; one that failed is due again after RETRY at the latest."""
    job = session.get_one(PeriodicJob, name, populate_existing=True)
    job.done_at = now
    job.failure = failure[:100] if failure else None
    if failure:
        job.next_at = min(job.next_at, now + RETRY)


def _is_new(session: Session, name: str, every: timedelta, now: datetime) -> bool:
    if session.get(PeriodicJob, name, populate_existing=True) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(PeriodicJob(name=name, next_at=now + every, started_at=now))
    except IntegrityError:
        return False
    return True
