"""The same conversation with QCDC_LANGUAGE=en; figures are typed as people type them."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.language import SOURCE, speak
from qcdc_core.people import invite
from tests.bot.chat import Chat
from tests.bot.stored import BREATH, reports


@pytest.fixture
def english(session: Session, units: dict[str, int], now: datetime) -> Iterator[Chat]:
    chat = Chat(session, now, Settings(language="en", _env_file=None), "english")
    chat.says(invite(session, units["MH-SL-D"], "Trưởng thôn", now))
    chat.presses("Đồng ý")
    yield chat
    speak(SOURCE)


def test_a_report_is_read_back_and_sent_in_english(english: Chat, session: Session) -> None:
    """No sentence of the conversation stays in Vietnamese but what people type and names."""
    answer = english.says(BREATH)
    assert "12.500.000" in answer
    assert "Chưa có" not in answer
    assert "Còn thiếu" not in answer
    english.says("khong co")
    assert "Đã nhận" not in english.presses(english.choices[0])
    assert reports(session) == 1
