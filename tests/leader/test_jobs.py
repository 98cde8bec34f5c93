"""A periodic job runs once per term, whoever asks and however often the process restarts."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from qcdc_core import leader
from qcdc_core.leader.jobs import RETRY
from qcdc_core.leader.tables import PeriodicJob

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
DAY = timedelta(days=1)


def is_due(session: Session, at: datetime) -> bool:
    return leader.claim_job(session, "retention", DAY, at)


def test_a_job_is_due_once_per_term(session: Session) -> None:
    """At once when it is new, then a term later."""
    assert is_due(session, NOW)
    assert not is_due(session, NOW)
    assert not is_due(session, NOW + DAY - timedelta(seconds=1))
    assert is_due(session, NOW + DAY)


def test_runs_that_were_missed_are_made_up_for_by_one(session: Session) -> None:
    """A machine that was off for a week does not run seven times."""
    assert is_due(session, NOW)
    assert is_due(session, NOW + 7 * DAY)
    assert not is_due(session, NOW + 7 * DAY)
    assert not is_due(session, NOW + 8 * DAY - timedelta(seconds=1))


def test_a_run_that_failed_is_tried_again_soon(session: Session) -> None:
    """With the kind of error kept until a run goes well."""
    assert is_due(session, NOW)
    leader.finish_job(session, "retention", NOW, "KeyError")
    session.flush()
    assert session.get_one(PeriodicJob, "retention").failure == "KeyError"
    assert is_due(session, NOW + RETRY)
    leader.finish_job(session, "retention", NOW + RETRY)
    session.flush()
    assert session.get_one(PeriodicJob, "retention").failure is None
    assert not is_due(session, NOW + 2 * RETRY)
