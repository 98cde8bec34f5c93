"""Taking a consent back: what was lawful stays, and nothing new is collected or told."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.people import consent
from qcdc_core.people.tables import LinkCode, Post
from qcdc_core.reminders.tables import Reminder
from qcdc_core.reports.tables import Draft


def withdraw(
    session: Session, person_id: int, purposes: Collection[str], now: datetime
) -> tuple[str, ...]:
    """End the consent to these purposes with all that follows; returns those that had one.

    Without reporting there is nothing to remind of: that consent ends with it.
    """
    wanted = set(purposes)
    if consent.REPORTING in wanted:
        wanted.add(consent.REMINDING)
    ended = consent.withdraw(session, person_id, wanted, now)
    if consent.REMINDING in wanted:
        _no_reminders(session, person_id, now)
    if consent.REPORTING in wanted:
        _no_posts(session, person_id, now)
    session.flush()
    return ended


def _no_reminders(session: Session, person_id: int, now: datetime) -> None:
    session.execute(
        update(Reminder)
        .where(Reminder.person_id == person_id, Reminder.state == "planned")
        .values(state="dropped", why="withdrawn", done_at=now)
    )


def _no_posts(session: Session, person_id: int, now: datetime) -> None:
    """Posts end today, what was not sent is dropped; figures that were sent stay the unit's."""
    session.execute(delete(Draft).where(Draft.person_id == person_id))
    session.execute(delete(LinkCode).where(LinkCode.person_id == person_id))
    today = local_day(now)
    for post in session.scalars(
        select(Post).where(
            Post.person_id == person_id, or_(Post.valid_to.is_(None), Post.valid_to > today)
        )
    ):
        post.valid_to = max(post.valid_from, today)
