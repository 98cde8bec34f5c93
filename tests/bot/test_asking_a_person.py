"""A person behind the answers: handed over unnamed, answered in the same chat, known next time."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.errors import Refusal
from qcdc_core.messages.tables import InboundMessage, OutboundMessage
from qcdc_core.questions import answer, overdue, waiting
from qcdc_core.questions.models import keep_as_model
from qcdc_core.questions.opinions import weak_sources
from qcdc_core.reports.owed import calendar_of
from qcdc_core.units.tables import Unit
from qcdc_core.users.tables import User
from tests.bot.chat import Chat
from tests.builders import user

UNSURE = "xã em tự ý bán cây cổ thụ ở sân đình có cần dân biểu quyết không"
CITED = "10/2022/QH15:15"


@pytest.fixture
def officer(session: Session, units: dict[str, int]) -> User:
    return user(session, "ha", "office", session.get_one(Unit, units["MH"]))


def handed_over(chat: Chat, question: str = UNSURE) -> str:
    chat.says(question)
    return chat.says("hỏi cán bộ")


def newest(session: Session, chat: Chat) -> str:
    return (
        session.scalars(
            select(OutboundMessage.text)
            .where(OutboundMessage.conversation_id == chat.conversation.id)
            .order_by(OutboundMessage.id.desc())
        ).first()
        or ""
    )


def test_a_question_reaches_the_inbox_without_a_name(visitor: Chat, session: Session) -> None:
    """The asker is told what happens next and how to take it back."""
    said = handed_over(visitor)
    assert "không kèm tên" in said
    assert "rút câu hỏi" in said
    assert [one.text for one in waiting(session)] == [UNSURE]


def test_every_answer_offers_a_person(visitor: Chat) -> None:
    """By a button, and by words where there are none."""
    visitor.says("cty ko tổ chức hnnld thì bị phạt bao nhiêu")
    assert "Hỏi cán bộ" in visitor.choices


def test_the_same_question_is_not_handed_over_twice(visitor: Chat, session: Session) -> None:
    """The machine is silent on the matter while a person has it."""
    handed_over(visitor)
    assert "đã chuyển cán bộ" in visitor.says(UNSURE)
    visitor.says("hỏi cán bộ")
    assert len(waiting(session)) == 1


def test_the_answer_comes_into_the_same_chat(
    visitor: Chat, session: Session, officer: User
) -> None:
    """With the question, the words of the person, and the law in words."""
    handed_over(visitor)
    answer(session, waiting(session)[0].id, officer, "Có, phải họp dân.", [CITED], visitor.now)
    text = newest(session, visitor)
    assert UNSURE in text
    assert "Có, phải họp dân." in text
    assert "Điều 15" in text
    assert waiting(session) == []


@pytest.mark.parametrize(
    ("text", "citations", "code"),
    [
        ("   ", (), "no_answer"),
        ("x" * 2001, (), "answer_too_long"),
        ("Có.", ("Điều 15",), "unknown_citation"),
        ("Có.", ("10/2022/QH15:400",), "unknown_citation"),
        ("Có.", ("12/2022/NĐ-CP:15",), "lapsed_citation"),
    ],
)
def test_a_bad_answer_is_refused_and_nothing_is_sent(
    visitor: Chat,
    session: Session,
    officer: User,
    text: str,
    citations: tuple[str, ...],
    code: str,
) -> None:
    """Empty, too long, citing what is not there or no longer in force."""
    handed_over(visitor)
    before = newest(session, visitor)
    with pytest.raises(Refusal) as refused:
        answer(session, waiting(session)[0].id, officer, text, citations, visitor.now)
    assert refused.value.code == code
    assert newest(session, visitor) == before
    assert len(waiting(session)) == 1


def test_a_question_is_answered_once(visitor: Chat, session: Session, officer: User) -> None:
    """Two officers, one answer."""
    handed_over(visitor)
    [question] = waiting(session)
    answer(session, question.id, officer, "Có.", [CITED], visitor.now)
    with pytest.raises(Refusal) as refused:
        answer(session, question.id, officer, "Không.", [CITED], visitor.now)
    assert refused.value.code == "already_answered"


def test_a_model_answer_answers_the_same_question_next_time(
    visitor: Chat, village: Chat, session: Session, officer: User
) -> None:
    """Whoever asks, accents or not; another question stays another."""
    handed_over(visitor)
    [question] = waiting(session)
    answer(session, question.id, officer, "Có, phải họp dân.", [CITED], visitor.now)
    keep_as_model(session, question.id, officer, visitor.now)
    again = village.says("xa em tu y ban cay co thu o san dinh co can dan bieu quyet ko")
    assert "Có, phải họp dân." in again
    assert "Điều 15" in again
    assert "Có, phải họp dân." not in village.says(UNSURE.replace("sân đình", "sân trường"))


def test_a_model_answer_needs_a_citation(visitor: Chat, session: Session, officer: User) -> None:
    """What the law says must be said with the law."""
    handed_over(visitor)
    [question] = waiting(session)
    answer(session, question.id, officer, "Có, phải họp dân.", [], visitor.now)
    with pytest.raises(Refusal) as refused:
        keep_as_model(session, question.id, officer, visitor.now)
    assert refused.value.code == "model_needs_citation"


def test_a_question_can_be_withdrawn(visitor: Chat, session: Session) -> None:
    """Its words leave the inbox and the log."""
    handed_over(visitor)
    assert "Đã rút và xóa 1 câu hỏi" in visitor.says("rút câu hỏi")
    assert waiting(session) == []
    texts = [*session.scalars(select(InboundMessage.text))]
    texts += session.scalars(select(OutboundMessage.text))
    assert not any(UNSURE in text for text in texts)


def test_an_answer_called_wrong_goes_to_a_person_and_is_counted(
    visitor: Chat, session: Session
) -> None:
    """The weak card is named, the asker is not left alone."""
    visitor.says("cty ko tổ chức hnnld thì bị phạt bao nhiêu")
    visitor.presses("Chưa đúng")
    assert [one.why for one in waiting(session)] == ["not_right"]
    [weak] = weak_sources(session)
    assert (weak.good, weak.bad) == (0, 1)


def test_thanks_are_counted(visitor: Chat, session: Session) -> None:
    """And nothing is handed over."""
    visitor.says("cty ko tổ chức hnnld thì bị phạt bao nhiêu")
    visitor.says("👍")
    assert waiting(session) == []
    assert weak_sources(session) == []


def test_a_question_while_reporting_does_not_cover_the_report(
    village: Chat, session: Session
) -> None:
    """The way to a person stays open in words; the draft's question stands."""
    village.says("họp 2 cuộc 96 người")
    village.says(UNSURE)
    assert "Hỏi cán bộ" not in village.choices
    village.says("hỏi cán bộ")
    assert len(waiting(session)) == 1
    village.says("khong co")
    assert "Gửi" in village.choices


def test_waiting_longer_than_two_working_days_is_overdue(
    visitor: Chat, session: Session, now: datetime
) -> None:
    """Asked on Tuesday evening: due on Thursday, overdue on Friday."""
    handed_over(visitor)
    calendar = calendar_of(session, visitor.settings)
    visitor.waits(days=2)
    assert list(overdue(session, calendar, visitor.now)) == []
    visitor.waits(days=1)
    assert len(overdue(session, calendar, visitor.now)) == 1


def test_questions_are_told_apart_from_reports(village: Chat, session: Session) -> None:
    """So that the officer who reviews the report is not shown them."""
    village.says("họp 2 cuộc 96 người")
    village.says(UNSURE)
    village.says("hỏi cán bộ")
    asked = session.scalars(
        select(InboundMessage.text)
        .where(InboundMessage.topic == "question")
        .order_by(InboundMessage.id)
    ).all()
    assert list(asked) == [UNSURE, "hỏi cán bộ"]


def test_an_unsure_question_offers_the_nearest_ones(visitor: Chat) -> None:
    """Nothing is guessed: no place is cited until one is chosen; a person stays within reach."""
    said = visitor.says(UNSURE)
    assert "không trả lời đoán" in said
    assert "Căn cứ" not in said
    assert visitor.choices[-1] == "Hỏi cán bộ"
    assert 1 <= len(visitor.choices) - 1 <= 3
    answer = visitor.presses(visitor.choices[0])
    assert "Căn cứ" in answer
    assert "Đúng ý" in visitor.choices


def test_none_of_the_nearest_questions_may_be_meant(visitor: Chat, session: Session) -> None:
    """Then a person answers what was asked, in its own words."""
    visitor.says(UNSURE)
    visitor.presses("Hỏi cán bộ")
    assert [one.text for one in waiting(session)] == [UNSURE]


def test_in_the_middle_of_a_report_the_nearest_questions_are_only_named(village: Chat) -> None:
    """The report's own question stands."""
    village.says("họp 2 cuộc 96 người")
    said = village.says(UNSURE)
    assert "- " in said
    assert "Hỏi cán bộ" not in village.choices
