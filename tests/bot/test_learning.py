"""What use teaches the reader: regional measures, own words, messages to look at."""

from decimal import Decimal

from sqlalchemy.orm import Session

from qcdc_core.learned import learn
from qcdc_core.learned.unread import unread
from qcdc_core.units.tables import Unit
from tests.bot.chat import Chat
from tests.bot.conftest import joined
from tests.bot.stored import stored
from tests.builders import user


def test_a_measure_of_the_region_is_asked_once(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """3 sào were 1,500 m² here; 2 sào are then 1,000 m², read back in m²."""
    assert "mỗi nơi tính một khác" in village.says("hiến 3 sào đất")
    village.says("1500 m2")
    village.says("hủy")
    assert "1.000 m²" in village.says("hiến 2 sào đất")


def test_another_village_is_asked_for_its_own_measure(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """A sào of the North is not a sào of the Centre."""
    village.says("hiến 3 sào đất")
    village.says("1500 m2")
    other = joined(session, units["MH-SL-T"], "Trưởng thôn", village.now, village.settings)
    assert "mỗi nơi tính một khác" in other.says("hiến 2 sào đất")


def test_an_impossible_measure_is_not_remembered(village: Chat) -> None:
    """3 sào of 15 m² is a slip: the next time it is asked again."""
    village.says("hiến 3 sào đất")
    village.says("15 m2")
    village.says("hủy")
    assert "mỗi nơi tính một khác" in village.says("hiến 2 sào đất")


def test_an_own_word_is_read_in_the_chat(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """Taught by the office, used by the next message."""
    office = user(session, "ha", "office", session.get_one(Unit, units["MH"]))
    learn(session, "thon_thang", "hop_thon", "khớp mặt", office, village.now)
    assert "Họp thôn: 2 cuộc" in village.says("khớp mặt 2, 60 người dự họp")


def test_a_message_that_was_not_understood_is_kept_for_a_person(
    village: Chat, session: Session
) -> None:
    """And the sender is told what to write instead."""
    village.says("khớp plei bumjơk xong")
    assert [piece.text for piece in unread(session)] == ["khớp plei bumjơk xong"]
    assert unread(session)[0].form == "thon_thang"


def test_what_was_understood_is_not_kept_as_unread(village: Chat, session: Session) -> None:
    """Only what failed needs a person."""
    village.says("họp 2 cuộc 60 người")
    assert unread(session) == []


def test_a_measure_is_kept_exactly(village: Chat, session: Session, units: dict[str, int]) -> None:
    """497 m² a sào: 4 sào are 1,988 m²."""
    village.says("hiến 2 sào đất")
    village.says("994 m2")
    village.says("hủy")
    village.says("hiến 4 sào đất")
    village.says("khong co")
    village.says("gửi")
    assert stored(session, units["MH-SL-D"])["hien_dat"] == Decimal(1988)
