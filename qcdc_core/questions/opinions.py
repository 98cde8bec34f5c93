"""What askers thought of answers; the cards that disappoint most come first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from qcdc_core.questions.tables import Opinion


@dataclass(frozen=True)
class WeakSource:
    """A card (or model answer) with the numbers of askers it served and failed."""

    source: str
    good: int
    bad: int


def keep_opinion(
    session: Session, message_id: int, source: str, question: str, *, good: bool, now: datetime
) -> None:
    """One opinion for each answer; a second one takes the place of the first."""
    found = session.scalar(
        select(Opinion).where(Opinion.message_id == message_id, Opinion.source == source)
    )
    if found is None:
        found = Opinion(message_id=message_id, source=source, question=question)
        session.add(found)
    found.good, found.at = good, now
    session.flush()


def weak_sources(session: Session, limit: int = 20) -> Sequence[WeakSource]:
    """Sources that at least one asker called wrong, most often first."""
    bad = func.sum(case((Opinion.good, 0), else_=1))
    good = func.sum(case((Opinion.good, 1), else_=0))
    rows = session.execute(
        select(Opinion.source, good, bad)
        .where(Opinion.source != "")
        .group_by(Opinion.source)
        .having(bad > 0)
        .order_by(bad.desc(), Opinion.source)
        .limit(limit)
    )
    return [WeakSource(source, int(yes), int(no)) for source, yes, no in rows]
