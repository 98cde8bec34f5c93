"""Who answers questions is reminded, once, of those that wait too long."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.language import gettext as _
from qcdc_core.messages import outbox
from qcdc_core.questions.inbox import overdue
from qcdc_core.questions.tables import AskedQuestion
from qcdc_core.users.tables import User

_ANSWERING = ("office", "admin")


def remind(session: Session, calendar: ReportingCalendar, now: datetime) -> int:
    """Tell whoever took a question on, or else the whole office, in their own chats.

    Each question is told once; returns how many were. One whose people have no chat stays
    untold: the admin's first page shows it as late all the same.
    """
    late = [one for one in overdue(session, calendar, now) if one.reminded_at is None]
    told = [one for one in late if _tell(session, one, now)]
    for question in told:
        question.reminded_at = now
    return len(told)


def _tell(session: Session, question: AskedQuestion, now: datetime) -> bool:
    text = _(
        "Câu hỏi chờ trả lời quá 2 ngày làm việc: “{question}”. Mở trang Câu hỏi để trả lời."
    ).format(question=question.text[:300])
    sent = [
        outbox.put_for_person(session, person_id, text, now)
        for person_id in _people(session, question)
    ]
    return any(one is not None for one in sent)


def _people(session: Session, question: AskedQuestion) -> Sequence[int]:
    wanted = select(User.person_id).where(User.active, User.person_id.is_not(None)).distinct()
    if question.assigned_to is not None:
        wanted = wanted.where(User.id == question.assigned_to)
    else:
        wanted = wanted.where(User.role.in_(_ANSWERING))
    return [one for one in session.scalars(wanted) if one is not None]
