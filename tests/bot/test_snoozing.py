"""A village head answers a reminder: later, tomorrow, not at all, and again."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.reminders import due_now, hand_over, plan, situation
from qcdc_core.reminders.tables import Reminder
from qcdc_core.reports.owed import calendar_of
from tests.bot.chat import Chat
from tests.bot.conftest import joined
from tests.reminders.conftest import local


@pytest.fixture
def head(session: Session, units: dict[str, int], settings: Settings) -> Chat:
    """The head of thôn Đông on Monday 12 October at 10:00; due on Friday 16 October."""
    return joined(session, units["MH-SL-D"], "Trưởng thôn", local("2026-10-12 10:00"), settings)


def passes(chat: Chat, moment: str) -> list[str]:
    """The ticker's work every hour up to that moment; what was written to this chat."""
    end, said = local(moment), []
    while chat.now < end:
        chat.waits(minutes=60 - chat.now.minute)
        plan(chat.session, calendar_of(chat.session, chat.settings), chat.now)
        at = situation(chat.session, chat.settings, chat.now)
        for reminder_id in due_now(chat.session, chat.now):
            row = hand_over(chat.session, reminder_id, at)
            if row is not None and row.message_id is not None:
                said.append(f"{chat.now:%d/%m %H:%M}")
    return said


def test_the_button_of_a_reminder_moves_it_to_tomorrow_morning(head: Chat) -> None:
    """And the answer says when."""
    assert passes(head, "2026-10-13 09:00") == ["13/10 08:00"]
    shown = head.session.scalars(select(OutboundMessage).order_by(OutboundMessage.id)).all()[-1]
    answer = head.says(shown.choices[0])
    assert answer.startswith("Sẽ nhắc lúc 08:00 ngày 14/10/2026, hạn 16/10/2026")
    assert passes(head, "2026-10-16 09:00") == ["14/10 08:00", "16/10 08:00"]


def test_a_reminder_that_lay_before_the_wished_moment_does_not_come(head: Chat) -> None:
    """Asked on Monday for Wednesday afternoon: nothing on Tuesday, and one on Wednesday."""
    passes(head, "2026-10-12 12:00")
    assert "14:00 ngày 14/10/2026" in head.says("nhac lai chieu thu tu")
    assert passes(head, "2026-10-15 20:00") == ["14/10 14:00"]
    dropped = head.session.scalars(select(Reminder).where(Reminder.why == "snoozed")).all()
    assert [row.state for row in dropped] == ["dropped"]


def test_a_second_wish_moves_the_first(head: Chat) -> None:
    """One row, one reminder."""
    head.says("mai nhắc")
    head.says("3 ngày nữa nhắc")
    assert passes(head, "2026-10-15 20:00") == ["15/10 08:00"]


def test_a_wish_beyond_the_due_day_says_so(head: Chat) -> None:
    """With the due day, and until when it is taken."""
    answer = head.says("tuần sau nhắc")
    assert "Lúc đó đã quá hạn 16/10/2026; phiếu vẫn nhận đến hết 26/10/2026" in answer
    assert passes(head, "2026-10-20 20:00") == ["19/10 08:00"]


def test_a_wish_beyond_the_closing_is_cut_to_the_last_day(head: Chat) -> None:
    """After it nothing is taken, and a reminder would help nobody."""
    answer = head.says("20 ngày nữa nhắc")
    assert "khóa sau ngày 26/10/2026" in answer
    assert "08:00 ngày 26/10/2026" in answer


def test_a_wish_at_night_is_put_into_the_hours_of_the_day(head: Chat) -> None:
    """22:00 becomes 07:00; a Saturday that was asked for is a Saturday."""
    assert "07:00 ngày 14/10/2026" in head.says("10h tối mai nhắc")
    assert "08:00 ngày 17/10/2026" in head.says("thứ bảy nhắc")
    assert passes(head, "2026-10-17 20:00") == ["17/10 08:00"]


def test_no_more_reminders_is_honoured_for_this_period(head: Chat) -> None:
    """The next period begins anew; the rows say why nothing went out."""
    assert "Không nhắc tháng 10/2026" in head.says("không nhắc nữa")
    assert passes(head, "2026-10-27 20:00") == []
    held = head.session.scalars(select(Reminder).where(Reminder.state == "held")).all()
    assert {row.why for row in held} == {"asked_not"}
    assert passes(head, "2026-11-16 20:00") == ["16/11 08:00"]


def test_reminders_can_be_asked_for_again(head: Chat) -> None:
    """By a word, or by naming a time."""
    head.says("dung nhac nua")
    assert "như lịch chung" in head.says("nhắc tôi")
    assert passes(head, "2026-10-13 20:00") == ["13/10 08:00"]
    head.says("thôi nhắc")
    head.says("mai nhắc")
    assert passes(head, "2026-10-14 20:00") == ["14/10 08:00"]


def test_putting_off_keeps_what_was_typed(head: Chat) -> None:
    """'Để mai' in the middle of a report: the draft waits, and the reminder speaks of it."""
    head.says("họp 2 cuộc 96 người")
    assert "Sẽ nhắc lúc 08:00 ngày 13/10/2026" in head.says("để mai")
    assert passes(head, "2026-10-13 09:00") == ["13/10 08:00"]
    last = head.session.scalars(select(OutboundMessage).order_by(OutboundMessage.id)).all()[-1]
    assert "đang nhập dở" in last.text


def test_who_owes_nothing_has_nothing_to_put_off(
    head: Chat, session: Session, settings: Settings
) -> None:
    """Said plainly."""
    for text in ("tháng 10 không phát sinh", "gửi"):
        head.says(text)
    assert "không có phiếu nào cần nhắc" in head.says("mai nhắc")
    assert "không có phiếu nào cần nhắc" in head.says("không nhắc nữa")
