"""One-time invitation codes (mã mời): made, looked up, and taken up with consent."""

import hashlib
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.messages.tables import Conversation
from qcdc_core.people import consent
from qcdc_core.people.tables import Invitation, Person, Post

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B: the code is read aloud over bad lines and typed on small keys.
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
LENGTH = 6
DAYS_VALID = 30
FEWEST_LETTERS = 2


@dataclass(frozen=True)
class Taken:
    """What taking up an invitation made."""

    person: Person
    post: Post


def new_code() -> str:
    """'7K3F-92', about 200 million codes; attempts are limited where they are typed.

    Letters and digits both occur, so that no amount and no word is taken for a code.
    """
    while True:
        signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if looks_like_code(signs):
            return f"{signs[:4]}-{signs[4:]}"


def looks_like_code(text: str) -> bool:
    """Whether the text can be a code made here; '125000', '2026-10' or '12tr50' cannot."""
    bare = bare_code(text)
    letters = sum(sign.isalpha() for sign in bare)
    return len(bare) == LENGTH and set(bare) <= set(ALPHABET) and FEWEST_LETTERS <= letters < LENGTH


def looks_like_mistyped_code(text: str) -> bool:
    """Whether a stranger probably meant a code: its shape, with signs that no code has."""
    return (
        re.fullmatch(r"\s*(?=.*[A-Za-z])[A-Za-z0-9]{4}\s*-\s*[A-Za-z0-9]{2}\s*", text) is not None
    )


def invite(
    session: Session,
    unit_id: int,
    title: str,
    now: datetime,
    *,
    person_name: str | None = None,
    days_valid: int = DAYS_VALID,
    code: str | None = None,
) -> str:
    """Make an invitation and return its code, which is not stored and cannot be shown again."""
    code = code or new_code()
    session.add(
        Invitation(
            code_digest=_digest(code),
            unit_id=unit_id,
            title=title,
            person_name=person_name,
            made_at=now,
            expires_at=now + timedelta(days=days_valid),
        )
    )
    session.flush()
    return code


def find_invitation(session: Session, code: str, now: datetime) -> Invitation:
    """The invitation of a code that can still be used.

    Raises Refusal invitation_unknown, invitation_used or invitation_expired(expired_on).
    """
    found = session.scalar(
        select(Invitation).where(Invitation.code_digest == _digest(code)).with_for_update()
    )
    if found is None:
        raise Refusal("invitation_unknown")
    if found.used_at is not None:
        raise Refusal("invitation_used")
    if now >= found.expires_at:
        raise Refusal("invitation_expired", expired_on=local_day(found.expires_at))
    return found


def open_invitations(session: Session, now: datetime) -> Sequence[Invitation]:
    """Those that can still be used, oldest first."""
    return session.scalars(
        select(Invitation)
        .where(Invitation.used_at.is_(None), Invitation.expires_at > now)
        .order_by(Invitation.id)
    ).all()


def take_up(
    session: Session,
    invitation: Invitation,
    conversation: Conversation,
    notice: consent.Notice,
    now: datetime,
    message_id: int | None = None,
    purposes: Collection[str] = consent.PURPOSES,
) -> Taken:
    """Record the consent to this very notice and give the post to the person of this chat.

    A person who has posts already gets one more. Raises Refusal invitation_used.
    """
    # Two chats may hold the same code while they read the notice: lock, then look again.
    session.refresh(invitation, with_for_update=True)
    if invitation.used_at is not None:
        raise Refusal("invitation_used")
    person = _person_of(session, conversation, invitation.person_name, now)
    post = Post(
        person_id=person.id,
        unit_id=invitation.unit_id,
        title=invitation.title,
        valid_from=local_day(now),
    )
    session.add(post)
    consent.give(session, person.id, purposes, notice, now, message_id)
    invitation.used_at = now
    invitation.used_by = person.id
    session.flush()
    return Taken(person, post)


def posts_of(session: Session, person_id: int, day: date) -> tuple[Post, ...]:
    """The posts that a person holds on that day, oldest first; empty when none."""
    return tuple(session.scalars(_posts_held(), {"person": person_id, "day": day}))


@cache
def _posts_held() -> Select[Post]:
    day: BindParameter[date] = bindparam("day")
    return (
        select(Post)
        .where(Post.person_id == bindparam("person"), Post.valid_from <= day)
        .where(or_(Post.valid_to.is_(None), Post.valid_to > day))
        .order_by(Post.id)
    )


def _person_of(
    session: Session, conversation: Conversation, name: str | None, now: datetime
) -> Person:
    if conversation.person_id is not None:
        return session.get_one(Person, conversation.person_id)
    person = Person(name=name, joined_at=now)
    session.add(person)
    session.flush()
    conversation.person_id = person.id
    return person


def bare_code(code: str) -> str:
    """A code as it is compared: 'a3c4-f6' and 'A3C4F6' are the same."""
    return "".join(sign for sign in code.upper() if sign not in "- .\t\n")


def _digest(code: str) -> str:
    return hashlib.sha256(bare_code(code).encode()).hexdigest()
