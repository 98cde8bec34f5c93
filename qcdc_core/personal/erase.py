"""Erasing a person: what names them and what they wrote goes; the unit's figures stay.

Overwritten or deleted, not flagged. What remains is the number of the person, which nothing leads
from or to any more, on figures, events and consents. The audit is not touched: it holds no names
of reporters and no words of messages, so that its chain stays whole.
"""

import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from qcdc_core import evidence
from qcdc_core.errors import Refusal
from qcdc_core.learned.tables import LandUnit, UnreadPiece
from qcdc_core.messages.tables import (
    ContactWindow,
    Conversation,
    InboundMessage,
    OutboundMessage,
)
from qcdc_core.people import consent
from qcdc_core.people.tables import ChannelLink, Invitation, LinkCode, Person, Post
from qcdc_core.personal.subject import Subject
from qcdc_core.personal.tables import DataRequest
from qcdc_core.personal.words import erased_words
from qcdc_core.questions import erase as erase_question
from qcdc_core.questions.tables import AskedQuestion, Opinion
from qcdc_core.reminders.tables import Reminder, ReminderPause
from qcdc_core.reports.tables import Draft, Explanation, FigureValue, ReportEvent
from qcdc_core.users.tables import User

# What the name of a chat begins with when its own was taken away.
ERASED = "erased:"
_WITH_ADDRESS = ("follow", "left")


def erase(session: Session, subject: Subject, now: datetime) -> dict[str, int]:
    """Erase the subject; returns how much of each kind there was.

    Raises Refusal erased_already.
    """
    if subject.person_id is not None:
        person = session.get_one(Person, subject.person_id, with_for_update=True)
        if person.erased_at is not None:
            raise Refusal("erased_already")
    questions = _questions(session, subject)
    messages = erase_messages(session, subject, now)
    if subject.person_id is not None:
        _reasons(session, subject.person_id)
        _duties(session, subject.person_id, now)
        _invitations(session, subject.person_id)
        _person(session, subject.person_id, now)
    _chats(session, subject, now)
    session.flush()
    return {"messages": messages, "questions": questions, "chats": len(subject.chats)}


def erase_messages(session: Session, subject: Subject, now: datetime) -> int:
    """Words and raw payloads of both sides; what waited to be sent is not sent any more."""
    ids = session.scalars(select(InboundMessage.id).where(subject.wrote)).all()
    session.execute(
        update(Explanation).where(Explanation.message_id.in_(ids)).values(reason=erased_words())
    )
    session.execute(update(LandUnit).where(LandUnit.message_id.in_(ids)).values(message_id=None))
    evidence.forget_sender(session, ids)
    forget_received(session, ids, now)
    forget_told(session, subject.was_told)
    return len(ids)


def forget_received(session: Session, ids: Sequence[int], now: datetime) -> None:
    """The words of these messages, wherever they were copied to; figures and reasons stay."""
    session.execute(update(Opinion).where(Opinion.message_id.in_(ids)).values(question=""))
    session.execute(delete(UnreadPiece).where(UnreadPiece.message_id.in_(ids)))
    for message in session.scalars(select(InboundMessage).where(InboundMessage.id.in_(ids))):
        message.text, message.raw = "", None
        if message.kind in _WITH_ADDRESS:
            message.external_id = f"{ERASED}{secrets.token_hex(16)}"
        if message.state == "waiting":
            message.state, message.done_at = "done", now
    evidence.drop_unsent(session, ids)
    session.flush()


def forget_told(session: Session, condition: ColumnElement[bool]) -> None:
    """The words of the messages that fit; none of them is sent any more."""
    for reply in session.scalars(select(OutboundMessage).where(condition)):
        reply.text, reply.choices, reply.cited = "", [], None
        reply.attachment = reply.external_id = None
        if reply.state == "waiting":
            reply.state, reply.failure = "refused", "erased"
    session.flush()


def _questions(session: Session, subject: Subject) -> int:
    ids = session.scalars(
        select(AskedQuestion.id).where(AskedQuestion.conversation_id.in_(subject.chat_ids))
    ).all()
    for question_id in ids:
        erase_question(session, question_id)
    return len(ids)


def _reasons(session: Session, person_id: int) -> None:
    words = erased_words()
    session.execute(
        update(FigureValue)
        .where(FigureValue.person_id == person_id, FigureValue.reason.is_not(None))
        .values(reason=words)
    )
    session.execute(
        update(FigureValue)
        .where(FigureValue.person_id == person_id)
        .values(quote_start=None, quote_end=None)
    )
    session.execute(
        update(ReportEvent)
        .where(ReportEvent.person_id == person_id, ReportEvent.comment.is_not(None))
        .values(comment=words)
    )


def _duties(session: Session, person_id: int, now: datetime) -> None:
    session.execute(delete(Draft).where(Draft.person_id == person_id))
    session.execute(delete(ReminderPause).where(ReminderPause.person_id == person_id))
    session.execute(
        update(Reminder)
        .where(Reminder.person_id == person_id, Reminder.state == "planned")
        .values(state="dropped", why="erased", done_at=now)
    )
    session.execute(delete(Post).where(Post.person_id == person_id))


def _invitations(session: Session, person_id: int) -> None:
    """Names go from the ones that were used; open ones made for the same person are withdrawn."""
    used = session.scalars(select(Invitation).where(Invitation.used_by == person_id)).all()
    name = _spelled(session.get_one(Person, person_id).name)
    marks = {one.phone_mark for one in used if one.phone_mark}
    unused = session.scalars(select(Invitation).where(Invitation.used_at.is_(None)))
    for one in unused.all():
        if one.phone_mark in marks or (name and _spelled(one.person_name) == name):
            session.delete(one)
    for one in used:
        one.person_name = one.phone_mark = None


def _spelled(name: str | None) -> str:
    """Without what hands differ in: capitals, spaces, the two ways to store a marked letter."""
    return " ".join(unicodedata.normalize("NFC", name or "").casefold().split())


def _person(session: Session, person_id: int, now: datetime) -> None:
    consent.withdraw(session, person_id, consent.PURPOSES, now)
    session.execute(delete(LinkCode).where(LinkCode.person_id == person_id))
    session.execute(delete(ChannelLink).where(ChannelLink.person_id == person_id))
    session.execute(update(User).where(User.person_id == person_id).values(person_id=None))
    session.execute(
        update(DataRequest)
        .where(DataRequest.person_id == person_id)
        .values(conversation_id=None, key=None, outcome=None, extended_for=None)
    )
    person = session.get_one(Person, person_id)
    person.name, person.erased_at = None, now


def _chats(session: Session, subject: Subject, now: datetime) -> None:
    """The chat's own name on its channel is replaced: whoever writes from there is a stranger."""
    session.execute(
        update(DataRequest)
        .where(DataRequest.conversation_id.in_(subject.chat_ids))
        .values(conversation_id=None, key=None)
    )
    session.execute(
        delete(ContactWindow).where(ContactWindow.conversation_id.in_(subject.chat_ids))
    )
    session.execute(delete(LinkCode).where(LinkCode.conversation_id.in_(subject.chat_ids)))
    for chat in session.scalars(
        select(Conversation).where(Conversation.id.in_(subject.chat_ids)).with_for_update()
    ):
        chat.address = f"{ERASED}{secrets.token_hex(16)}"
        chat.state, chat.person_id = {}, None
        chat.unreachable_since = now
