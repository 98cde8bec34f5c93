"""What is older than its term goes by itself; figures, proofs and whatever is younger stay."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from bot.periodic import keep_to_schedule
from bot.ticker import JOBS
from qcdc_core import audit
from qcdc_core.audit.tables import AuditEntry
from qcdc_core.briefs.tables import CompiledBrief
from qcdc_core.config import Settings
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage
from qcdc_core.people import invite
from qcdc_core.people.tables import Consent, Invitation, Person, Post
from qcdc_core.personal.retention import tidy
from qcdc_core.personal.tables import DataRequest
from qcdc_core.questions.tables import AskedQuestion
from qcdc_core.reminders.tables import Reminder
from qcdc_core.reports.tables import Draft, FigureValue
from qcdc_core.users.tables import User
from tests.bot.chat import Chat
from tests.bot.stored import BREATH, REST

MONTH = timedelta(days=31)


def compiled(session: Session, unit_id: int, period: str, at: datetime) -> None:
    session.add(
        CompiledBrief(
            unit_id=unit_id, period=period, compiled_at=at, content={}, content_digest="0" * 64
        )
    )
    session.flush()


def tidied(session: Session, now: datetime) -> None:
    """Until nothing is due."""
    while tidy(session, now):
        session.expire_all()


def words_of(session: Session, chat: Chat) -> set[str]:
    return set(
        session.scalars(
            select(InboundMessage.text).where(
                InboundMessage.conversation_id == chat.conversation.id
            )
        )
    )


def reported(chat: Chat) -> None:
    chat.says(BREATH)
    chat.says(REST)
    chat.presses("Gửi")


def values(session: Session) -> list[tuple[str, object]]:
    rows = session.execute(select(FigureValue.code, FigureValue.value).order_by(FigureValue.id))
    return [(code, value) for code, value in rows]


def test_words_go_a_year_after_the_brief_and_figures_stay(
    village: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """Both sides' words; not the message that gave consent, which is proof for five years."""
    reported(village)
    sent = values(session)
    brief_at = now + MONTH
    compiled(session, units["MH"], "2026-Q4", brief_at)
    tidied(session, brief_at + 11 * MONTH)
    assert BREATH in words_of(session, village)
    tidied(session, brief_at + 12 * MONTH)
    assert words_of(session, village) == {"", "Đồng ý"}
    told = session.scalars(select(OutboundMessage.text).where(OutboundMessage.made_at <= now))
    assert set(told) == {""}
    assert values(session) == sent
    assert session.scalar(select(Person.erased_at)) is None


def test_without_a_brief_words_go_two_years_after_their_quarter(
    village: Chat, session: Session
) -> None:
    """Nothing is kept for ever because nobody compiled."""
    village.says("hòa giải 3 vụ")
    village.session.execute(update(Post).values(valid_to=None))
    tidied(session, datetime(2028, 12, 31, 16, tzinfo=UTC))
    assert "hòa giải 3 vụ" in words_of(session, village)
    tidied(session, datetime(2028, 12, 31, 17, 1, tzinfo=UTC))
    assert "hòa giải 3 vụ" not in words_of(session, village)


def test_a_reporter_is_forgotten_a_year_after_the_last_post(
    village: Chat, session: Session, now: datetime
) -> None:
    """Name, chat and words; the consent stays as proof, the figures stay the unit's."""
    reported(village)
    sent = values(session)
    person = session.get_one(Person, village.conversation.person_id)
    person.name = "Đinh Văn Ẩn"
    session.execute(update(Post).values(valid_to=(now + MONTH).date()))
    tidied(session, now + 12 * MONTH)
    assert person.name == "Đinh Văn Ẩn"
    tidied(session, now + 14 * MONTH)
    assert (person.name, person.erased_at) == (None, now + 14 * MONTH)
    assert words_of(session, village) == {""}
    assert session.scalars(select(Consent)).all()
    assert values(session) == sent
    assert audit.first_broken(session) is None


def test_an_officer_who_signs_in_is_not_forgotten(
    village: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """Whoever has a chat as a user of the pages keeps it without a post."""
    session.execute(update(Post).values(valid_to=now.date()))
    session.add(
        User(
            login="hoa",
            name="Y Hoa",
            password_hash="-",
            role="office",
            unit_id=units["MH"],
            person_id=village.conversation.person_id,
            active=True,
            made_at=now,
        )
    )
    session.flush()
    tidied(session, now + 30 * MONTH)
    assert session.scalar(select(Person.erased_at)) is None


def test_a_stranger_is_forgotten_a_year_after_the_last_word(
    visitor: Chat, session: Session, now: datetime
) -> None:
    """Question, address and words; somebody who wrote again meanwhile is not."""
    visitor.says("nhiệm kỳ trưởng thôn mấy năm")
    visitor.waits(days=200)
    visitor.says("hội nghị người lao động là gì")
    tidied(session, now + 13 * MONTH)
    assert visitor.conversation.address == "visitor"
    tidied(session, visitor.now + 13 * MONTH)
    assert "visitor" not in session.scalars(select(Conversation.address)).all()
    assert words_of(session, visitor) == {""}


def test_an_answered_question_goes_a_year_after_its_answer(
    village: Chat, session: Session, now: datetime
) -> None:
    """One that still waits does not."""
    village.says("xyz thủ tục abc thế nào hả cán bộ")
    village.says("hỏi cán bộ")
    question = session.scalars(select(AskedQuestion)).one()
    session.execute(update(Post).values(valid_to=None))
    tidied(session, now + 13 * MONTH)
    assert question.state == "open"
    question.state, question.answer, question.answered_at = "answered", "Trả lời.", now + MONTH
    session.flush()
    tidied(session, now + 12 * MONTH)
    assert question.answer == "Trả lời."
    tidied(session, now + 14 * MONTH)
    assert (question.state, question.text, question.answer) == ("erased", "", None)


@pytest.mark.parametrize(
    ("table", "months_kept", "months_gone"),
    [(Draft, 11, 13), (Reminder, 11, 13), (Invitation, 0, 2), (Consent, 59, 61)],
)
def test_what_has_had_its_use_goes(
    village: Chat,
    session: Session,
    units: dict[str, int],
    now: datetime,
    table: type,
    months_kept: int,
    months_gone: int,
) -> None:
    """Drafts not sent, reminders told, codes not used, consents taken back."""
    village.says("hòa giải 3 vụ, thành cả")
    session.execute(update(Post).values(valid_to=None))
    session.execute(update(Consent).values(withdrawn_at=now))
    reminder = {"key": "k", "audience": "reporter", "origin": "rule", "state": "sent"}
    session.add(Reminder(**reminder, due_at=now, made_at=now))
    invite(session, units["MH-SL-T"], "Trưởng thôn", now, person_name="Y Mới")
    unused = session.scalars(select(Invitation).where(Invitation.used_at.is_(None))).one()
    unused.expires_at = now
    session.flush()

    def count() -> int:
        kept = select(table)
        if table is Invitation:
            kept = kept.where(Invitation.used_at.is_(None))
        return len(session.scalars(kept).all())

    before = count()
    assert before
    tidied(session, now + months_kept * MONTH * 0.98)
    assert count() == before
    tidied(session, now + months_gone * MONTH)
    assert count() == 0


def test_the_audit_keeps_two_years_and_stays_whole(session: Session, now: datetime) -> None:
    """What goes is counted; the chain of what stays still proves itself, and an attack shows."""
    for month in range(30):
        audit.record(session, now + month * MONTH, "hoa", "report.accepted", f"report {month}")
    late = now + 29 * MONTH
    tidied(session, late)
    left = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert left[0].at >= late - 24 * MONTH
    assert len([one for one in left if one.action == "report.accepted"]) in {24, 25}
    assert audit.first_broken(session) is None
    tidied(session, late + 100 * MONTH)
    assert audit.first_broken(session) is None
    left[-1].actor = "mallory"
    later_entry = audit.record(session, late + 101 * MONTH, "hoa", "report.accepted", "report")
    later_entry.detail = {"forged": 1}
    session.flush()
    assert audit.first_broken(session) is not None


def test_a_request_that_is_done_goes_after_five_years(session: Session, now: datetime) -> None:
    """One that waits stays whatever its age."""
    common = {"kind": "erase", "origin": "paper", "received_at": now}
    days = {"answer_on": date(2026, 12, 1), "due_on": date(2026, 12, 15)}
    session.add_all([DataRequest(**common, **days, done_at=now), DataRequest(**common, **days)])
    session.flush()
    tidied(session, now + 61 * MONTH)
    assert [one.done_at for one in session.scalars(select(DataRequest))] == [None]


def test_nothing_young_is_touched(village: Chat, session: Session, now: datetime) -> None:
    """A run on the same day does nothing and writes no entry."""
    reported(village)
    before = len(session.scalars(select(AuditEntry)).all())
    assert tidy(session, now) == 0
    assert len(session.scalars(select(AuditEntry)).all()) == before


def test_the_ticker_carries_it_out(sessions: sessionmaker[Session], now: datetime) -> None:
    """By the clock, in the leading process; nothing due is nothing done."""
    assert "retention" in {job.name for job in JOBS}
    assert keep_to_schedule(sessions, now, Settings(_env_file=None)) == 0
