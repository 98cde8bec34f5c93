"""Carrying the schedule out: what is older than its term is erased, a handful at a time.

Whatever calls `tidy` commits; called until it returns 0, everything that is due is gone. A run that
breaks off loses nothing and is simply begun again.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime

from sqlalchemy import ColumnElement, Text, and_, cast, delete, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from qcdc_core import audit
from qcdc_core.briefs.tables import CompiledBrief
from qcdc_core.clock import local_day, midnight
from qcdc_core.db import Base
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage
from qcdc_core.people.tables import Consent, Invitation, LinkCode, Person, Post
from qcdc_core.periods import Period
from qcdc_core.personal.erase import ERASED, erase, forget_received, forget_told
from qcdc_core.personal.schedule import LONGEST_FOR_MESSAGES, TERMS, later
from qcdc_core.personal.subject import Subject, subject_of
from qcdc_core.personal.tables import DataRequest
from qcdc_core.questions import erase as erase_question
from qcdc_core.questions.tables import AskedQuestion
from qcdc_core.reminders.tables import Reminder
from qcdc_core.reports.tables import Draft
from qcdc_core.users.tables import User

ACTOR = "retention"
# Of each kind in one transaction, so that a village head's message waits for a moment at most.
BATCH = 100
# Deleting an entry of the audit is quick, and every batch of them leaves an entry of its own.
AUDIT_BATCH = 2000

_Tidy = Callable[[Session, datetime], int]


def tidy(session: Session, now: datetime) -> int:
    """Erase at most BATCH of each kind of TERMS; returns how many, 0 when nothing is due."""
    counts = {kind: work(session, now) for kind, work in _WORK.items()}
    done = {kind: count for kind, count in counts.items() if count}
    if done:
        audit.record(session, now, ACTOR, "personal.retention", "schedule", **done)
    session.flush()
    return sum(done.values())


def _since(now: datetime, kind: str) -> datetime:
    """What happened before this moment has had its term."""
    return later(now, -TERMS[kind])


def _messages(session: Session, now: datetime) -> int:
    """Words go; the rows stay, as the ground of figures and against a message coming twice."""
    quarters = list(_quarters_over(session, now))
    proofs = select(Consent.message_id).where(Consent.message_id.is_not(None))
    wrote = session.scalars(
        select(InboundMessage.id)
        .where(
            _within(InboundMessage.received_at, quarters),
            _has_words(),
            InboundMessage.id.not_in(proofs),
        )
        .order_by(InboundMessage.id)
        .limit(BATCH)
    ).all()
    told = session.scalars(
        select(OutboundMessage.id)
        .where(_within(OutboundMessage.made_at, quarters), OutboundMessage.text != "")
        .order_by(OutboundMessage.id)
        .limit(BATCH)
    ).all()
    forget_received(session, wrote, now)
    forget_told(session, OutboundMessage.id.in_(told))
    return len(wrote) + len(told)


def _has_words() -> ColumnElement[bool]:
    """A payload that was taken away is the JSON null, not an SQL one."""
    payload = cast(InboundMessage.raw, Text)
    return or_(InboundMessage.text != "", payload.is_not(None) & (payload != "null"))


def _quarters_over(session: Session, now: datetime) -> Iterator[Period]:
    """The quarters whose messages have had their term, from the oldest message on."""
    first = session.scalar(select(func.min(InboundMessage.received_at)))
    if first is None:
        return
    briefs = _last_compiled(session)
    quarter, this = _quarter(first), _quarter(now)
    while quarter != this:
        end = _begin(quarter.plus(1))
        term = later(end, LONGEST_FOR_MESSAGES)
        if quarter in briefs:
            term = min(term, later(briefs[quarter], TERMS["messages"]))
        if term <= now:
            yield quarter
        quarter = quarter.plus(1)


def _last_compiled(session: Session) -> dict[Period, datetime]:
    rows = session.execute(
        select(CompiledBrief.period, func.max(CompiledBrief.compiled_at)).group_by(
            CompiledBrief.period
        )
    )
    return {Period.parse(period): at for period, at in rows}


def _quarter(moment: datetime) -> Period:
    day = local_day(moment)
    return Period.month(day.year, day.month).within("quarter")


def _begin(quarter: Period) -> datetime:
    return midnight(date(quarter.year, quarter.first_month, 1))


def _within(
    column: InstrumentedAttribute[datetime], quarters: Collection[Period]
) -> ColumnElement[bool]:
    spans = (and_(column >= _begin(one), column < _begin(one.plus(1))) for one in quarters)
    return or_(false(), *spans)


def _questions(session: Session, now: datetime) -> int:
    ids = session.scalars(
        select(AskedQuestion.id)
        .where(
            AskedQuestion.state == "answered",
            AskedQuestion.answered_at < _since(now, "questions"),
        )
        .limit(BATCH)
    ).all()
    for question_id in ids:
        erase_question(session, question_id)
    return len(ids)


def _identity(session: Session, now: datetime) -> int:
    """Of reporters without a post since the term; not of officers who still sign in."""
    since = _since(now, "identity")
    posted = exists().where(
        Post.person_id == Person.id,
        or_(Post.valid_to.is_(None), Post.valid_to > local_day(since)),
    )
    officer = exists().where(User.person_id == Person.id, User.active)
    ids = session.scalars(
        select(Person.id)
        .where(Person.erased_at.is_(None), Person.joined_at < since, ~posted, ~officer)
        .limit(BATCH)
    ).all()
    for person_id in ids:
        erase(session, subject_of(session, person_id), now)
        audit.record(session, now, ACTOR, "personal.erase", f"person {person_id}")
    return len(ids)


def _strangers(session: Session, now: datetime) -> int:
    """Chats that never were, or are no longer, anybody's."""
    since = _since(now, "strangers")
    recent = exists().where(
        InboundMessage.conversation_id == Conversation.id, InboundMessage.received_at >= since
    )
    chats = session.scalars(
        select(Conversation)
        .where(
            Conversation.person_id.is_(None),
            Conversation.opened_at < since,
            Conversation.address.not_like(f"{ERASED}%"),
            ~recent,
        )
        .limit(BATCH)
    ).all()
    for chat in chats:
        erase(session, Subject(None, (chat,)), now)
    return len(chats)


def _codes(session: Session, now: datetime) -> int:
    since = _since(now, "codes")
    unused = and_(Invitation.used_at.is_(None), Invitation.expires_at < since)
    return _deleted(session, Invitation, unused) + _deleted(
        session, LinkCode, LinkCode.expires_at < since
    )


def _drafts(session: Session, now: datetime) -> int:
    return _deleted(session, Draft, Draft.changed_at < _since(now, "drafts"))


def _reminders(session: Session, now: datetime) -> int:
    over = and_(Reminder.due_at < _since(now, "reminders"), Reminder.state != "planned")
    return _deleted(session, Reminder, over)


def _consents(session: Session, now: datetime) -> int:
    return _deleted(session, Consent, Consent.withdrawn_at < _since(now, "consents"))


def _requests(session: Session, now: datetime) -> int:
    return _deleted(session, DataRequest, DataRequest.done_at < _since(now, "requests"))


def _audit(session: Session, now: datetime) -> int:
    return audit.prune(session, now, _since(now, "audit"), AUDIT_BATCH)


def _deleted(session: Session, table: type[Base], condition: ColumnElement[bool]) -> int:
    key: InstrumentedAttribute[int] = table.id  # type: ignore[attr-defined]
    ids = session.scalars(select(key).where(condition).order_by(key).limit(BATCH)).all()
    session.execute(delete(table).where(key.in_(ids)))
    return len(ids)


_WORK: dict[str, _Tidy] = {
    "messages": _messages,
    "questions": _questions,
    "identity": _identity,
    "strangers": _strangers,
    "drafts": _drafts,
    "reminders": _reminders,
    "codes": _codes,
    "consents": _consents,
    "requests": _requests,
    "audit": _audit,
}
