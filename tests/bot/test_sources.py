"""After an answer: its details, the wording of the law, and cautions when that wording changed."""

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.law import load_knowledge
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.official import Offered, take_in_text
from tests.bot.chat import Chat
from tests.official import files

QUESTION = "bao lau phai doi thoai dinh ky mot lan o cong ty"
ARTICLE = "Điều 63"


@pytest.fixture
def asked(visitor: Chat) -> Chat:
    visitor.says("xin chào")
    visitor.says("cty tư nhân bao lâu phải tổ chức đối thoại định kỳ 1 lần")
    return visitor


def load(session: Session, folder: Path, lines: list[str], since: date, now: datetime) -> None:
    """The invented decree under the number and article that the answer cites."""
    path = files.as_text(folder / "a.txt", lines)
    offered = Offered(path, "45/2019/QH14", since, excerpt=True)
    take_in_text(session, load_knowledge(), offered, now, "test")


def lines(often: str) -> list[str]:
    return [
        "BỘ LUẬT MẪU",
        "Luật số: 45/2019/QH14",
        "Điều 63. Gà gáy",
        "1. Gà gáy là báo sáng.",
        "2. Gà gáy trong các trường hợp sau đây:",
        f"a) {often} một lần;",
        "b) Khi đói.",
    ]


def test_the_wording_is_offered_only_where_it_was_loaded(asked: Chat) -> None:
    assert "Xem nguyên văn" not in asked.choices
    assert "chưa được nạp" in asked.says("xem nguyên văn")


def test_the_wording_is_said_letter_by_letter(
    session: Session, visitor: Chat, tmp_path: Path, now: datetime
) -> None:
    """Named by place and day; the other offers stay."""
    load(session, tmp_path, lines("Mỗi sáng"), date(2021, 1, 1), now)
    visitor.says("xin chào")
    said = visitor.says("cty tư nhân bao lâu phải tổ chức đối thoại định kỳ 1 lần")
    assert ARTICLE in said
    wording = visitor.presses("Xem nguyên văn")
    assert wording.startswith("Nguyên văn ")
    assert "bản chữ từ 01/01/2021" in wording
    assert "Điều 63. Gà gáy\n" in wording
    assert "a) Mỗi sáng một lần;" in wording
    assert "Xem nguyên văn" not in visitor.choices
    assert "Hỏi cán bộ" in visitor.choices


def test_a_wording_that_changed_since_the_answer_was_checked_is_said(
    session: Session, visitor: Chat, tmp_path: Path, now: datetime
) -> None:
    """The answer still stands, but not as if nobody knew."""
    load(session, tmp_path, lines("Mỗi sáng"), date(2021, 1, 1), now)
    load(session, tmp_path, lines("Mỗi tối"), date(2026, 11, 25), now)
    visitor.waits(days=50)
    visitor.says("xin chào")
    said = visitor.says("cty tư nhân bao lâu phải tổ chức đối thoại định kỳ 1 lần")
    assert "đổi từ 25/11/2026" in said


def test_an_answer_carries_its_places_for_the_page(session: Session, asked: Chat) -> None:
    kept = session.scalars(select(OutboundMessage).order_by(OutboundMessage.id.desc())).first()
    assert kept is not None
    assert kept.cited is not None
    assert any(place.startswith("45/2019/QH14:63") for place in kept.cited["places"])
    assert date.fromisoformat(kept.cited["day"]) <= asked.now.date()
