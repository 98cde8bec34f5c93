"""The lease: taken by a conditional update, so that two processes never both have it."""

from datetime import datetime, timedelta

from sqlalchemy import case, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from qcdc_core.leader.tables import Lease

# The lease of the process that does what happens by the clock.
TICKER = "ticker"
# Several ticks long: a busy moment costs nobody the lead, a dead process costs a minute and a half.
LENGTH = timedelta(seconds=90)


def hold(
    session: Session, name: str, holder: str, now: datetime, length: timedelta = LENGTH
) -> bool:
    """Take the lease when it is free or over, or keep it; False while somebody else leads.

    One that ends later than any lease lasts was written by a clock that was ahead: it is over.
    """
    is_over = or_(Lease.until <= now, Lease.until > now + 2 * length)
    held = session.scalar(
        update(Lease)
        .where(Lease.name == name, or_(Lease.holder == holder, is_over))
        .values(
            holder=holder,
            taken_at=case((Lease.holder == holder, Lease.taken_at), else_=now),
            renewed_at=now,
            until=now + length,
        )
        .returning(Lease.name)
        .execution_options(synchronize_session=False)
    )
    return held is not None or _is_first(session, name, holder, now, length)


def give_up(session: Session, name: str, holder: str, now: datetime) -> None:
    """Let the next one lead at once; nothing happens when somebody else holds the lease."""
    session.execute(
        update(Lease)
        .where(Lease.name == name, Lease.holder == holder, Lease.until > now)
        .values(until=now)
        .execution_options(synchronize_session=False)
    )


def _is_first(session: Session, name: str, holder: str, now: datetime, length: timedelta) -> bool:
    """Whether nobody ever held this lease; two may find so, and one of them writes it."""
    if session.get(Lease, name, populate_existing=True) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(
                Lease(name=name, holder=holder, taken_at=now, renewed_at=now, until=now + length)
            )
    except IntegrityError:
        return False
    return True
