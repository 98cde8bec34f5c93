"""First contact, consent, and joining by code."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.people import invite
from qcdc_core.people.tables import Consent, Person, Post
from tests.bot.chat import Chat


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_first_words_say_that_it_is_a_machine(visitor: Chat) -> None:
    """Nobody takes it for an officer."""
    assert "trợ lý tự động" in visitor.says("chào")
    assert visitor.choices == ("Tôi có mã mời", "Tôi muốn hỏi")


def test_joining_by_code_asks_consent_first(
    visitor: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """Nothing about a person is stored before an explicit yes; then the consent can be proved."""
    code = invite(session, units["MH-SL-D"], "Trưởng thôn", now, person_name="Đinh Văn A")
    answer = visitor.says(f"  {code.lower()} ")
    assert "Trưởng thôn, thôn Đông" in answer
    assert "hệ thống lưu" in answer
    assert count(session, Person) == 0
    answer = visitor.presses("Đồng ý")
    assert "tháng 10/2026, hạn 16/10/2026" in answer
    post = session.scalars(select(Post)).one()
    assert (post.unit_id, post.title) == (units["MH-SL-D"], "Trưởng thôn")
    consents = session.scalars(select(Consent).order_by(Consent.id)).all()
    assert [one.purpose for one in consents] == ["reporting", "reminding"]
    assert all(one.message_id is not None for one in consents)
    assert all(len(one.notice_digest) == 64 for one in consents)


def test_the_full_notice_can_be_read_before_agreeing(
    visitor: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """Consent is informed: purpose, data, rights."""
    visitor.says(invite(session, units["MH-SL-D"], "Trưởng thôn", now))
    assert "Mục đích" in visitor.presses("Xem đầy đủ")
    assert "đầu mối báo cáo" in visitor.says("dong y")


def test_without_consent_nothing_is_kept_and_the_code_stays_good(
    visitor: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """No is an answer."""
    code = invite(session, units["MH-SL-D"], "Trưởng thôn", now)
    visitor.says(code)
    assert "mã mời vẫn dùng được" in visitor.says("không đồng ý")
    assert count(session, Person) == 0
    visitor.says(code)
    assert "đầu mối báo cáo" in visitor.says("ok")


def test_silence_is_no_consent(
    visitor: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """Another message leaves the question standing."""
    visitor.says(invite(session, units["MH-SL-D"], "Trưởng thôn", now))
    visitor.says("họp 2 cuộc 96 người")
    assert count(session, Person) == 0
    assert visitor.choices[0] == "Đồng ý"


def test_a_code_works_once(
    visitor: Chat, session: Session, units: dict[str, int], now: datetime, settings: object
) -> None:
    """A code that was passed on gives nothing to the second person."""
    code = invite(session, units["MH-SL-D"], "Trưởng thôn", now)
    visitor.says(code)
    visitor.says("đồng ý")
    other = Chat(session, now, visitor.settings, "other")
    assert "đã được dùng" in other.says(code)
    assert count(session, Person) == 1


def test_an_expired_code_says_since_when(
    visitor: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """The sentence names the day and what to do."""
    code = invite(session, units["MH-SL-D"], "Trưởng thôn", now, days_valid=1)
    visitor.waits(days=3)
    answer = visitor.says(code)
    assert "14/10/2026" in answer
    assert "mã mới" in answer


def test_guessing_codes_is_stopped_and_can_go_on_later(
    visitor: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """After five wrong codes even a right one waits; a quarter of an hour later it works."""
    for number in range(5):
        assert "Không có mã mời này" in visitor.says(f"AAA{number}-99")
    code = invite(session, units["MH-SL-D"], "Trưởng thôn", now)
    assert "nhiều lần" in visitor.says(code)
    visitor.waits(minutes=16)
    assert "Mã này dành cho" in visitor.says(code)


def test_figures_before_joining_are_not_taken(visitor: Chat, session: Session) -> None:
    """It says that nothing was recorded and what to do."""
    visitor.says("chào")
    assert "mã mời" in visitor.says("họp 2 cuộc 96 người, hòa giải 3 vụ")


def test_a_second_code_gives_a_second_post(
    village: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """One person may answer for two units."""
    village.says(invite(session, units["MH-SL-T"], "Trưởng thôn", now))
    assert "thôn Tây" in village.says("đồng ý")
    assert count(session, Person) == 1
    assert count(session, Post) == 2
