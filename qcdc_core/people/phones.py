"""Telephone numbers of people who are invited: never stored, only recognised.

A messenger that proves whose number it is (Telegram's own contact) then stands for the code.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.people.invitations import find_invitation
from qcdc_core.people.tables import Invitation
from qcdc_core.sealed import fingerprint

_COUNTRY = "84"
_SHORTEST, _LONGEST = 9, 15


def normalised(phone: str) -> str | None:
    """'0905 123 456', '+84905123456' and '84905123456' are one number; None for what is none."""
    digits = "".join(sign for sign in phone if sign.isdecimal() and sign.isascii())
    if digits.startswith("0") and not digits.startswith("00"):
        digits = _COUNTRY + digits[1:]
    digits = digits.removeprefix("00")
    return digits if _SHORTEST <= len(digits) <= _LONGEST else None


def mark(phone: str, settings: Settings | None = None) -> str | None:
    """What stands for a number in the database; useless without the data key."""
    known = normalised(phone)
    return None if known is None else fingerprint(known, settings)


def note_phone(session: Session, code: str, phone_mark: str, now: datetime) -> None:
    """This number may stand for the code. Raises what `find_invitation` raises."""
    find_invitation(session, code, now).phone_mark = phone_mark


def invitations_with(session: Session, phone_mark: str, now: datetime) -> Sequence[Invitation]:
    """Those made for this number that can still be taken up, oldest first."""
    return session.scalars(
        select(Invitation)
        .where(
            Invitation.phone_mark == phone_mark,
            Invitation.used_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.id)
    ).all()
