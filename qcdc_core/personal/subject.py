"""Whose data it is: a person with all their chats, or a chat of somebody who never joined."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage
from qcdc_core.people.linking import chats_of
from qcdc_core.people.tables import ChannelLink


@dataclass(frozen=True)
class Stay:
    """A chat that was the person's between two moments and is somebody else's, or nobody's, now."""

    conversation_id: int
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Subject:
    """``person_id`` is None for somebody who never joined; then there is one chat."""

    person_id: int | None
    chats: tuple[Conversation, ...]
    former: tuple[Stay, ...] = ()

    @property
    def chat_ids(self) -> tuple[int, ...]:
        return tuple(chat.id for chat in self.chats)

    @property
    def wrote(self) -> ColumnElement[bool]:
        """Condition: the messages that this person wrote."""
        return or_(
            InboundMessage.conversation_id.in_(self.chat_ids),
            *(
                and_(
                    InboundMessage.conversation_id == stay.conversation_id,
                    InboundMessage.received_at.between(stay.since, stay.until),
                )
                for stay in self.former
            ),
        )

    @property
    def was_told(self) -> ColumnElement[bool]:
        """Condition: the messages that were written to this person."""
        return or_(
            OutboundMessage.conversation_id.in_(self.chat_ids),
            *(
                and_(
                    OutboundMessage.conversation_id == stay.conversation_id,
                    OutboundMessage.made_at.between(stay.since, stay.until),
                )
                for stay in self.former
            ),
        )


def subject_in(session: Session, chat: Conversation) -> Subject:
    """Of whoever writes in this chat."""
    if chat.person_id is None:
        return Subject(None, (chat,))
    return subject_of(session, chat.person_id)


def subject_of(session: Session, person_id: int) -> Subject:
    """All chats that are or were the person's."""
    stays = tuple(
        Stay(row.conversation_id, row.linked_at, row.unlinked_at)
        for row in session.scalars(select(ChannelLink).where(ChannelLink.person_id == person_id))
        if row.unlinked_at is not None
    )
    return Subject(person_id, tuple(chats_of(session, person_id)), stays)
