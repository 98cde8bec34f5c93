"""The chain holds when several sessions write to it at the same moment."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.audit import first_broken, record
from qcdc_core.audit.tables import AuditEntry
from tests.at_once import Work, at_once


def writing(actor: str, now: datetime) -> Work:
    def work(session: Session, meet: Callable[[], None]) -> None:
        meet()
        for number in range(20):
            record(session, now, actor, "signed_in", str(number))

    return work


def test_entries_of_the_same_moment_stand_in_one_chain(
    sessions: sessionmaker[Session], now: datetime
) -> None:
    """Two officers at work at once must never look like somebody tampering."""
    with sessions.begin() as session:
        record(session, now, "first", "signed_in", "0")
    at_once(sessions, *(writing(name, now) for name in ("a", "b", "c")))
    with sessions() as session:
        assert session.scalar(select(func.count(AuditEntry.id))) == 61
        assert first_broken(session) is None
