"""One person, several chats: a code given in one chat and typed in the other joins them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from qcdc_core.errors import Refusal
from qcdc_core.messages.tables import Conversation
from qcdc_core.people.invitations import bare_code, new_code
from qcdc_core.people.tables import ChannelLink, LinkCode, Person

VALID = timedelta(minutes=10)


@dataclass(frozen=True)
class Linked:
    """``first`` gave the code, ``second`` is the chat where it was typed."""

    person_id: int
    first: Conversation
    second: Conversation


def give_code(session: Session, chat: Conversation, now: datetime) -> str:
    """A code for the person of this chat; the one given before is good no longer.

    It looks like an invitation code, is not stored, and lives ten minutes. Raises Refusal
    not_joined.
    """
    if chat.person_id is None:
        raise Refusal("not_joined")
    session.execute(
        delete(LinkCode).where(LinkCode.person_id == chat.person_id, LinkCode.used_at.is_(None))
    )
    code = new_code()
    session.add(
        LinkCode(
            code_digest=_digest(code),
            person_id=chat.person_id,
            conversation_id=chat.id,
            made_at=now,
            expires_at=now + VALID,
        )
    )
    session.flush()
    return code


def link(session: Session, code: str, chat: Conversation, now: datetime) -> Linked | None:
    """Give this chat to the person whose code it is; None when no such code was given.

    Raises Refusal link_used, link_expired, linked_already (it is their chat: nothing to do), or
    linked_elsewhere(code_id, person_id): somebody reports in this chat, by the books another one.
    """
    found = session.scalar(
        select(LinkCode).where(LinkCode.code_digest == _digest(code)).with_for_update()
    )
    if found is None:
        return None
    _check(found, now)
    if chat.person_id == found.person_id:
        raise Refusal("linked_already")
    if chat.person_id is not None:
        raise Refusal("linked_elsewhere", code_id=found.id, person_id=found.person_id)
    return link_by(session, found, chat, now)


def good_code(session: Session, code_id: int, now: datetime) -> LinkCode:
    """The code that stood when somebody was asked; raises Refusal link_used or link_expired."""
    found = session.get(LinkCode, code_id, with_for_update=True)
    if found is None:  # a newer one took its place
        raise Refusal("link_expired")
    _check(found, now)
    return found


def _check(found: LinkCode, now: datetime) -> None:
    if found.used_at is not None:
        raise Refusal("link_used")
    if now >= found.expires_at:
        raise Refusal("link_expired")


def link_by(session: Session, found: LinkCode, chat: Conversation, now: datetime) -> Linked:
    """Use the code up for this chat, whoever it belonged to."""
    # A turn of the person in another chat ends first: order belongs to the person.
    session.get_one(Person, found.person_id, with_for_update=True)
    found.used_at = now
    chat.person_id = found.person_id
    session.add(ChannelLink(conversation_id=chat.id, person_id=found.person_id, linked_at=now))
    session.flush()
    return Linked(found.person_id, session.get_one(Conversation, found.conversation_id), chat)


def chats_of(session: Session, person_id: int) -> Sequence[Conversation]:
    """All chats of a person, oldest first."""
    return session.scalars(
        select(Conversation).where(Conversation.person_id == person_id).order_by(Conversation.id)
    ).all()


def linked_at(session: Session, chat: Conversation) -> datetime | None:
    """When this chat was linked to its person; None for the chat in which they joined."""
    return session.scalar(
        select(ChannelLink.linked_at)
        .where(ChannelLink.conversation_id == chat.id, ChannelLink.unlinked_at.is_(None))
        .order_by(ChannelLink.id.desc())
        .limit(1)
    )


def unlink(session: Session, person_id: int, conversation_id: int, now: datetime) -> Conversation:
    """Take a chat away from its person; what was written there stays, posts stay with the person.

    Raises Refusal not_linked (another's chat, or gone already), only_chat.
    """
    chats = {chat.id: chat for chat in chats_of(session, person_id)}
    chat = chats.get(conversation_id)
    if chat is None:
        raise Refusal("not_linked")
    if len(chats) == 1:
        raise Refusal("only_chat")
    chat.person_id = None
    rows = session.scalars(
        select(ChannelLink).where(
            ChannelLink.conversation_id == chat.id, ChannelLink.unlinked_at.is_(None)
        )
    ).all()
    for row in rows:
        row.unlinked_at = now
    if not rows:  # the chat in which they joined: what was written there stays the person's
        since = session.get_one(Person, person_id).joined_at
        session.add(
            ChannelLink(
                conversation_id=chat.id, person_id=person_id, linked_at=since, unlinked_at=now
            )
        )
    session.execute(
        delete(LinkCode).where(LinkCode.person_id == person_id, LinkCode.used_at.is_(None))
    )
    session.flush()
    return chat


def _digest(code: str) -> str:
    return hashlib.sha256(f"link {bare_code(code)}".encode()).hexdigest()
