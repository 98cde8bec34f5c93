"""The inbox of questions: handed over in a chat, answered by a person into the same chat."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.language import gettext as _
from qcdc_core.messages import outbox
from qcdc_core.messages.reach import reachable
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage
from qcdc_core.questions.citing import in_force, sentence
from qcdc_core.questions.tables import AskedQuestion
from qcdc_core.reading import fold
from qcdc_core.users.tables import User

LONGEST_ANSWER = 2000
WORKING_DAYS = 2


def hand_over(
    session: Session, conversation_id: int, message_id: int, text: str, why: str, now: datetime
) -> AskedQuestion:
    """Put a question into the inbox; returns the one that waits already when it is the same."""
    found = find_open(session, conversation_id, text)
    if found is not None:
        return found
    question = AskedQuestion(
        conversation_id=conversation_id, message_id=message_id, text=text, why=why, asked_at=now
    )
    session.add(question)
    session.flush()
    return question


def find_open(session: Session, conversation_id: int, text: str) -> AskedQuestion | None:
    """The same question, waiting for this person in any of their chats; None when there is none."""
    rows = session.scalars(
        select(AskedQuestion)
        .join(Conversation, Conversation.id == AskedQuestion.conversation_id)
        .where(_same_person(session, conversation_id), AskedQuestion.state == "open")
    )
    return next((row for row in rows if _same(row.text, text)), None)


def waiting(session: Session) -> Sequence[AskedQuestion]:
    """Open questions, who waits longest first."""
    return session.scalars(
        select(AskedQuestion)
        .where(AskedQuestion.state == "open")
        .order_by(AskedQuestion.asked_at, AskedQuestion.id)
    ).all()


def count_waiting(session: Session) -> int:
    open_ones = select(func.count()).where(AskedQuestion.state == "open")
    return session.scalar(open_ones) or 0


def assign(session: Session, question_id: int, user: User) -> AskedQuestion:
    """Somebody takes the question on. Raises Refusal unknown_question, already_answered."""
    question = _open(session, question_id)
    question.assigned_to = user.id
    return question


def answer(
    session: Session,
    question_id: int,
    user: User,
    text: str,
    citations: Sequence[str],
    now: datetime,
) -> OutboundMessage:
    """Write the answer to the chat the question came from, or where its person is reached better.

    Raises Refusal unknown_question, already_answered, no_answer, answer_too_long(limit),
    unknown_citation(citation), lapsed_citation(citation).
    """
    question = _open(session, question_id)
    words = text.strip()
    if not words:
        raise Refusal("no_answer")
    if len(words) > LONGEST_ANSWER:
        raise Refusal("answer_too_long", limit=LONGEST_ANSWER)
    cited = in_force(citations, local_day(now))
    question.state, question.answer = "answered", words
    question.citations = [str(one) for one in cited]
    question.answered_by, question.answered_at = user.id, now
    lines = [_("Cán bộ trả lời câu hỏi: “{question}”").format(question=question.text), words]
    if cited:
        lines.append(sentence(cited))
    return _deliver(session, question, "\n".join(lines), now)


def _deliver(
    session: Session, question: AskedQuestion, text: str, now: datetime
) -> OutboundMessage:
    asked_in = session.get_one(Conversation, _chat_of(question))
    person_id = asked_in.person_id
    ways = reachable(session, person_id, now, asked_in.id) if person_id is not None else []
    chat = ways[0] if ways else asked_in
    reply_to = question.message_id if chat is asked_in else None
    return outbox.put(session, chat.id, text, now, reply_to=reply_to, repeatable=True)


def erase(session: Session, question_id: int) -> AskedQuestion:
    """Forget the words and the chat; that there was a question stays for the count.

    Raises Refusal unknown_question.
    """
    question = session.get(AskedQuestion, question_id, with_for_update=True, populate_existing=True)
    if question is None:
        raise Refusal("unknown_question")
    _erase_messages(session, question)
    question.text, question.answer = "", None
    question.conversation_id = question.message_id = None
    question.state = "erased"
    return question


def _erase_messages(session: Session, question: AskedQuestion) -> None:
    """The words stand in the log too: in a message that held nothing else, and in replies."""
    message = session.get(InboundMessage, question.message_id) if question.message_id else None
    if message is not None and _same(message.text, question.text):
        message.text, message.raw = "", None
    replies = session.scalars(
        select(OutboundMessage)
        .join(Conversation, Conversation.id == OutboundMessage.conversation_id)
        .where(_same_person(session, question.conversation_id))
    )
    for reply in replies:
        if question.text and question.text in reply.text:
            reply.text = _("(đã xóa theo yêu cầu của người hỏi)")


def _same_person(session: Session, conversation_id: int | None) -> ColumnElement[bool]:
    """This chat, and the others of its person: an answer may have gone to another one."""
    chat = session.get(Conversation, conversation_id) if conversation_id is not None else None
    if chat is None or chat.person_id is None:
        return Conversation.id == conversation_id
    return Conversation.person_id == chat.person_id


def erase_all(session: Session, conversation_id: int) -> int:
    """Forget every question of a chat and its person; returns how many there were."""
    ids = session.scalars(
        select(AskedQuestion.id)
        .join(Conversation, Conversation.id == AskedQuestion.conversation_id)
        .where(_same_person(session, conversation_id))
    ).all()
    for question_id in ids:
        erase(session, question_id)
    return len(ids)


def overdue(
    session: Session, calendar: ReportingCalendar, now: datetime
) -> Sequence[AskedQuestion]:
    """Open questions that have waited for more than two working days."""
    today = local_day(now)
    return [one for one in waiting(session) if due_on(one, calendar) < today]


def due_on(question: AskedQuestion, calendar: ReportingCalendar) -> date:
    """The second working day after the day of the question."""
    return calendar.working_day_after(local_day(question.asked_at), WORKING_DAYS)


def _open(session: Session, question_id: int) -> AskedQuestion:
    question = session.get(AskedQuestion, question_id, with_for_update=True, populate_existing=True)
    if question is None or question.state == "erased":
        raise Refusal("unknown_question")
    if question.state != "open":
        raise Refusal("already_answered")
    return question


def _chat_of(question: AskedQuestion) -> int:
    """An open question always has its chat; only an erased one has none."""
    if question.conversation_id is None:
        raise Refusal("unknown_question")
    return question.conversation_id


def _same(one: str, other: str) -> bool:
    return " ".join(fold(one).split()) == " ".join(fold(other).split())
