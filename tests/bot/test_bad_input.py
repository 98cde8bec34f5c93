"""Messages that hold no figures that can be taken: a clear sentence, nothing stored."""

import pytest
from sqlalchemy.orm import Session

from tests.bot.chat import Chat
from tests.bot.stored import reports


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tháng 8 họp 2 cuộc 50 người", "khóa sổ"),
        ("tháng 12 họp 2 cuộc 50 người", "chưa bắt đầu"),
    ],
)
def test_a_closed_period_is_refused_kindly(
    village: Chat, session: Session, text: str, words: str
) -> None:
    """What, why, and what is open; nothing is recorded."""
    answer = village.says(text)
    assert words in answer
    assert "tháng 10/2026" in answer
    assert reports(session) == 0


def test_a_long_message_is_refused_whole(village: Chat, session: Session) -> None:
    """Nothing is cut silently."""
    assert "4000" in village.says("họp 2 cuộc " * 500)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_message_gets_an_answer(village: Chat, text: str) -> None:
    """With a hint what to write."""
    assert "trống" in village.says(text)


def test_an_image_gets_a_sentence(village: Chat) -> None:
    """And nothing is recorded."""
    assert "chưa đọc được ảnh" in village.says("", kind="image")


@pytest.mark.parametrize("text", ["👍👍👍", "😀", "asdf qwer", "12345678901234567890"])
def test_noise_changes_nothing(village: Chat, session: Session, text: str) -> None:
    """Emoji, keys at random, a number without a name."""
    village.says(text)
    assert reports(session) == 0
