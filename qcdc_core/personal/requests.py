"""Requests about personal data and their clocks (Nghị định 356/2025/NĐ-CP Điều 5).

Answered within 2 working days; done within the days of KINDS, counted as calendar days: the
decree does not say working days there, and calendar days are the stricter reading. One extension,
whose reason must be told.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.messages.tables import Conversation
from qcdc_core.personal.subject import Subject
from qcdc_core.personal.tables import DataRequest
from qcdc_core.users.tables import User

ANSWER_WORKING_DAYS = 2
COPY_OPENS = timedelta(days=7)
CHAT = "chat"
PAPER = "paper"


@dataclass(frozen=True)
class Clock:
    """Days to carry a request out, and the most that one extension may add."""

    days: int
    extension: int


KINDS: Mapping[str, Clock] = {
    "copy": Clock(10, 10),
    "correct": Clock(10, 10),
    "withdraw": Clock(15, 15),
    "restrict": Clock(15, 15),
    "object": Clock(15, 15),
    "erase": Clock(20, 20),
}


def note_done(
    session: Session,
    kind: str,
    subject: Subject,
    calendar: ReportingCalendar,
    now: datetime,
    *,
    chat: Conversation | None = None,
    counts: Mapping[str, int] | None = None,
) -> DataRequest:
    """A request made in a chat and carried out at once; it stands in register and audit.

    ``chat``: the copy is opened from there, with a key. Somebody erased leaves no chat behind.
    """
    request = _new(kind, CHAT, subject.person_id, calendar, now)
    request.answered_at = request.done_at = now
    request.counts = dict(counts or {})
    if chat is not None:
        request.key = secrets.token_urlsafe(32)
        request.conversation_id = chat.id
    session.add(request)
    session.flush()
    record(session, now, CHAT, f"personal.{kind}", _name(request), **request.counts)
    return request


def receive(
    session: Session,
    kind: str,
    person_id: int | None,
    user: User,
    calendar: ReportingCalendar,
    received_at: datetime,
    now: datetime,
) -> DataRequest:
    """A request that came on paper; the clocks run from the day it came.

    Raises Refusal unknown_kind, received_later.
    """
    if kind not in KINDS:
        raise Refusal("unknown_kind")
    if received_at > now:
        raise Refusal("received_later")
    request = _new(kind, PAPER, person_id, calendar, received_at)
    request.made_by = user.id
    session.add(request)
    session.flush()
    record(session, now, user.login, "personal.received", _name(request), kind=kind)
    return request


def finish(
    session: Session,
    request_id: int,
    user: User,
    outcome: str,
    now: datetime,
    counts: Mapping[str, Any] | None = None,
) -> DataRequest:
    """Note that it was carried out, by whom. Raises Refusal unknown_request, request_done."""
    request = open_one(session, request_id)
    request.done_at = now
    request.answered_at = request.answered_at or now
    request.done_by = user.id
    request.outcome = outcome.strip()[:1000] or None
    request.counts = dict(counts or {})
    record(session, now, user.login, f"personal.{request.kind}", _name(request), **request.counts)
    return request


def answered(session: Session, request_id: int, user: User, now: datetime) -> DataRequest:
    """Note that the person was told that it is in hand: the first clock stops.

    Raises Refusal unknown_request, request_done, told_already.
    """
    request = open_one(session, request_id)
    if request.answered_at is not None:
        raise Refusal("told_already")
    request.answered_at = now
    record(session, now, user.login, "personal.answered", _name(request))
    return request


def extend(
    session: Session, request_id: int, user: User, reason: str, now: datetime
) -> DataRequest:
    """Once, by the most that is allowed; the reason must be told to the person.

    Raises Refusal unknown_request, request_done, extended_already, extension_reason, too_late.
    """
    request = open_one(session, request_id)
    if request.extended_for is not None:
        raise Refusal("extended_already")
    if not reason.strip():
        raise Refusal("extension_reason")
    if local_day(now) > request.due_on:
        raise Refusal("too_late")
    request.extended_for = reason.strip()[:1000]
    request.due_on += timedelta(days=KINDS[request.kind].extension)
    request.answered_at = request.answered_at or now
    record(session, now, user.login, "personal.extended", _name(request))
    return request


def copied(session: Session, request: DataRequest, user: User, now: datetime) -> None:
    """Note that the officer took the copy, to print it."""
    record(session, now, user.login, "personal.copied", _name(request))


def open_one(session: Session, request_id: int) -> DataRequest:
    """Locked. Raises Refusal unknown_request, request_done."""
    request = session.get(DataRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None:
        raise Refusal("unknown_request")
    if request.done_at is not None:
        raise Refusal("request_done")
    return request


def register(session: Session, limit: int = 200) -> Sequence[DataRequest]:
    """Open ones first, the nearest deadline first; then those done, the latest first."""
    done = session.scalars(
        select(DataRequest)
        .where(DataRequest.done_at.is_not(None))
        .order_by(DataRequest.done_at.desc(), DataRequest.id.desc())
        .limit(limit)
    ).all()
    return [*waiting(session), *done]


def waiting(session: Session) -> Sequence[DataRequest]:
    """The open ones, the nearest deadline first."""
    return session.scalars(
        select(DataRequest)
        .where(DataRequest.done_at.is_(None))
        .order_by(DataRequest.due_on, DataRequest.id)
    ).all()


def late(request: DataRequest, today: date) -> bool:
    """Whether one of its two clocks has run out."""
    if request.done_at is not None:
        return False
    return request.due_on < today or (request.answered_at is None and request.answer_on < today)


def copy_for(session: Session, key: str, chat_id: int, now: datetime) -> DataRequest | None:
    """The copy that this chat asked for; None for any other chat, and after COPY_OPENS."""
    found = session.scalar(select(DataRequest).where(DataRequest.key == key))
    if found is None or found.conversation_id != chat_id:
        return None
    since = found.done_at or found.received_at
    return found if now < since + COPY_OPENS else None


def _new(
    kind: str,
    origin: str,
    person_id: int | None,
    calendar: ReportingCalendar,
    received_at: datetime,
) -> DataRequest:
    day = local_day(received_at)
    return DataRequest(
        kind=kind,
        origin=origin,
        person_id=person_id,
        received_at=received_at,
        answer_on=calendar.working_day_after(day, ANSWER_WORKING_DAYS),
        due_on=day + timedelta(days=KINDS[kind].days),
        counts={},
    )


def _name(request: DataRequest) -> str:
    """For the audit: never the person's name."""
    person = f", person {request.person_id}" if request.person_id is not None else ""
    return f"request {request.id}{person}"
