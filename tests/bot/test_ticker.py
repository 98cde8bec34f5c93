"""What happens by the clock: in one process of many, and whatever one job does to itself."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.ticker import JOBS, Job, Ticker
from qcdc_core.config import Settings
from qcdc_core.leader.lease import LENGTH
from qcdc_core.leader.tables import PeriodicJob

HOUR = timedelta(hours=1)


class Clock:
    """A moment that the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 26, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ran() -> list[tuple[str, datetime]]:
    return []


@pytest.fixture
def ticker(
    sessions: sessionmaker[Session],
    clock: Clock,
    settings: Settings,
    ran: list[tuple[str, datetime]],
) -> Callable[..., Ticker]:
    """A ticker in a process of that name; its jobs note that they ran."""

    def note(name: str) -> Job:
        def work(_sessions: object, now: datetime, _settings: object) -> int:
            if name == "broken":
                raise KeyError("nguyên văn tin nhắn")
            ran.append((name, now))
            return 1

        return Job(name, HOUR, work)

    return lambda holder, *names: Ticker(
        sessions, clock, settings, [note(name) for name in names], holder
    )


def test_a_job_runs_when_it_is_due(
    ticker: Callable[..., Ticker], clock: Clock, ran: list[tuple[str, datetime]]
) -> None:
    """Told the moment; not again before its term is over."""
    one = ticker("a", "plan")
    assert [one.tick(), one.tick()] == [1, 0]
    clock.now += HOUR
    assert one.tick() == 1
    assert ran == [("plan", clock.now - HOUR), ("plan", clock.now)]


def test_two_tickers_run_each_job_once(
    ticker: Callable[..., Ticker], clock: Clock, ran: list[tuple[str, datetime]]
) -> None:
    """The second machine looks on, and takes over when the first one falls silent."""
    first, second = ticker("a", "plan"), ticker("b", "plan")
    assert (first.tick(), second.tick()) == (1, 0)
    clock.now += HOUR
    assert (second.tick(), first.tick()) == (1, 0)
    assert len(ran) == 2


def test_a_ticker_that_stops_hands_the_lead_on(
    ticker: Callable[..., Ticker], clock: Clock, ran: list[tuple[str, datetime]]
) -> None:
    """A restart does not wait for the end of the lease, and does not run a job twice."""
    first, second = ticker("a", "plan"), ticker("b", "plan", "other")
    first.tick()
    first.stop()
    second.tick()
    assert [name for name, _now in ran] == ["plan", "other"]
    assert first.tick() == 0
    clock.now += LENGTH


def test_a_job_that_fails_stops_no_other(
    ticker: Callable[..., Ticker],
    sessions: sessionmaker[Session],
    ran: list[tuple[str, datetime]],
) -> None:
    """Its kind of error is kept for the doctor, never its words."""
    ticker("a", "broken", "plan").tick()
    assert [name for name, _now in ran] == ["plan"]
    with sessions() as session:
        assert session.get_one(PeriodicJob, "broken").failure == "KeyError"


def test_the_jobs_of_the_system_have_names_of_their_own(
    sessions: sessionmaker[Session], clock: Clock, settings: Settings
) -> None:
    """A name is the key of a job's row; all of them run on an empty database."""
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert Ticker(sessions, clock, settings).tick() == len(JOBS)
    with sessions() as session:
        assert [row.failure for row in session.query(PeriodicJob)] == [None] * len(JOBS)
