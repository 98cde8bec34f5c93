"""Consent by purpose: given to one wording of the notice, provable, withdrawn as easily.

Luật 91/2025/QH15 Điều 9: for each purpose, no default, silence is not consent.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from qcdc_core.people.tables import Consent, ConsentNotice

REPORTING = "reporting"
REMINDING = "reminding"
PURPOSES = (REPORTING, REMINDING)


@dataclass(frozen=True)
class Notice:
    """The words that a person is shown; ``version`` names the edition of the wording."""

    version: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Count:
    """How many people agree to a purpose now, and how many took their consent back."""

    purpose: str
    held: int
    withdrawn: int


def give(
    session: Session,
    person_id: int,
    purposes: Collection[str],
    notice: Notice,
    now: datetime,
    message_id: int | None,
) -> None:
    """Record an explicit yes to these purposes; the words are kept once, under their digest."""
    if session.get(ConsentNotice, notice.digest) is None:
        session.merge(
            ConsentNotice(
                digest=notice.digest, version=notice.version, text=notice.text, first_at=now
            )
        )
        session.flush()
    for purpose in purposes:
        session.add(
            Consent(
                person_id=person_id,
                purpose=purpose,
                notice_digest=notice.digest,
                given_at=now,
                message_id=message_id,
            )
        )
    session.flush()


def withdraw(
    session: Session, person_id: int, purposes: Collection[str], now: datetime
) -> tuple[str, ...]:
    """The purposes whose consent ended now; those that had none are left out."""
    rows = session.scalars(
        select(Consent).where(
            Consent.person_id == person_id,
            Consent.purpose.in_(purposes),
            Consent.withdrawn_at.is_(None),
        )
    ).all()
    for row in rows:
        row.withdrawn_at = now
    session.flush()
    return tuple(one for one in PURPOSES if any(row.purpose == one for row in rows))


def held(session: Session, person_id: int) -> frozenset[str]:
    """The purposes that the person agrees to now."""
    return frozenset(
        session.scalars(
            select(Consent.purpose).where(
                Consent.person_id == person_id, Consent.withdrawn_at.is_(None)
            )
        )
    )


def unwilling(session: Session, purpose: str) -> frozenset[int]:
    """People who were asked and do not agree to this purpose (any more)."""
    agrees = exists().where(
        (other := Consent.__table__.alias()).c.person_id == Consent.person_id,
        other.c.purpose == purpose,
        other.c.withdrawn_at.is_(None),
    )
    return frozenset(session.scalars(select(Consent.person_id).where(~agrees).distinct()))


def counts(session: Session) -> Sequence[Count]:
    """One entry for each purpose, in the order of PURPOSES; people count once."""
    active = func.max(case((Consent.withdrawn_at.is_(None), 1), else_=0))
    found = dict.fromkeys(PURPOSES, (0, 0))
    rows = session.execute(
        select(Consent.purpose, active).group_by(Consent.purpose, Consent.person_id)
    )
    for purpose, is_held in rows:
        yes, no = found.get(purpose, (0, 0))
        found[purpose] = (yes + is_held, no + (1 - is_held))
    return [Count(purpose, *both) for purpose, both in found.items()]
