"""One process leads at a time; the next one takes over when it falls silent or gives up."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from qcdc_core import leader
from qcdc_core.leader.lease import LENGTH
from qcdc_core.leader.tables import Lease
from tests.at_once import at_once

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)


def holds(session: Session, holder: str, now: datetime = NOW) -> bool:
    return leader.hold(session, "ticker", holder, now)


def test_the_first_to_ask_leads_and_keeps_the_lead(session: Session) -> None:
    """Asking again renews it, so that a leader at work is never replaced."""
    assert holds(session, "a")
    assert not holds(session, "b")
    later = NOW + LENGTH - timedelta(seconds=1)
    assert holds(session, "a", later)
    assert not holds(session, "b", NOW + LENGTH)
    session.expire_all()
    row = session.get_one(Lease, "ticker")
    assert (row.holder, row.taken_at, row.renewed_at) == ("a", NOW, later)


def test_a_leader_that_fell_silent_is_replaced(session: Session) -> None:
    """Its lease has an end; the old one then sees that it leads no more."""
    assert holds(session, "a")
    assert holds(session, "b", NOW + LENGTH)
    assert not holds(session, "a", NOW + LENGTH)
    session.expire_all()
    assert session.get_one(Lease, "ticker").taken_at == NOW + LENGTH


def test_a_leader_that_stops_lets_the_next_one_in_at_once(session: Session) -> None:
    """But nobody ends the lease of somebody else."""
    assert holds(session, "a")
    leader.give_up(session, "ticker", "b", NOW)
    assert not holds(session, "b")
    leader.give_up(session, "ticker", "a", NOW)
    assert holds(session, "b")


def test_of_two_that_ask_at_the_same_moment_one_leads(sessions: sessionmaker[Session]) -> None:
    """On a fresh database, where both find no lease, and when an old one is over."""
    for moment in (NOW, NOW + LENGTH):
        leading: list[str] = []

        def ask(session: Session, meet: object, name: str, at: datetime = moment) -> None:
            meet()  # type: ignore[operator]
            if holds(session, name, at):
                leading.append(name)  # noqa: B023 - read before the next round

        at_once(
            sessions,
            lambda session, meet: ask(session, meet, f"a{moment}"),  # noqa: B023
            lambda session, meet: ask(session, meet, f"b{moment}"),  # noqa: B023
        )
        assert len(leading) == 1
