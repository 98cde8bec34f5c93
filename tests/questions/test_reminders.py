"""Questions that wait too long are told once, to who answers them."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.messages.inbox import conversation_at, receive
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.questions import assign, hand_over
from qcdc_core.questions.reminders import remind
from qcdc_core.questions.tables import AskedQuestion
from qcdc_core.units.tables import Unit
from qcdc_core.users.tables import User
from tests.builders import CALENDAR, build_province, sender, user

TEXT = "xã bán cây đa có cần hỏi dân không"


@pytest.fixture
def office(session: Session) -> User:
    province = build_province(session).province
    return user(session, "ha", "office", province, person=sender(session, province)[0])


@pytest.fixture
def question(session: Session, now: datetime, office: User) -> AskedQuestion:
    chat = conversation_at(session, "web", "web", "visitor", now)
    message = receive(session, chat, "q", TEXT, now)
    assert message is not None
    return hand_over(session, chat.id, message.id, TEXT, "unsure", now)


def letters(session: Session) -> list[str]:
    return [*session.scalars(select(OutboundMessage.text))]


def test_nobody_is_reminded_in_time(
    session: Session, question: AskedQuestion, now: datetime
) -> None:
    """Two working days are the promise."""
    assert remind(session, CALENDAR, now + timedelta(days=2)) == 0
    assert letters(session) == []


def test_the_office_is_reminded_once(
    session: Session, question: AskedQuestion, now: datetime
) -> None:
    """And not again at the next look."""
    late = now + timedelta(days=5)
    assert remind(session, CALENDAR, late) == 1
    assert remind(session, CALENDAR, late + timedelta(hours=1)) == 0
    [letter] = letters(session)
    assert TEXT in letter


def test_who_took_it_on_is_reminded_alone(
    session: Session, question: AskedQuestion, office: User, now: datetime
) -> None:
    """A colleague without a part in it is left in peace; without a chat nothing is claimed."""
    unit = session.get_one(Unit, office.unit_id)
    colleague = user(session, "rin", "office", unit)
    assign(session, question.id, colleague)
    assert remind(session, CALENDAR, now + timedelta(days=5)) == 0
    assert letters(session) == []
    assert question.reminded_at is None
