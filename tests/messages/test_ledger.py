"""Windows and quotas are kept where every process sees them, and asked before anything is sent."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from qcdc_core.messages import ledger
from qcdc_core.messages.inbox import conversation_at
from qcdc_core.messages.ledger import Standing, verdict
from qcdc_core.messages.tables import Conversation


@pytest.fixture
def oa(session: Session, now: datetime) -> Conversation:
    return conversation_at(session, "zalo-oa", "oa1", "user1", now)


@pytest.fixture
def bot(session: Session, now: datetime) -> Conversation:
    return conversation_at(session, "zalo-bot", "bot1", "user1", now)


def reason(session: Session, chat: Conversation, now: datetime) -> str:
    found = verdict(session, chat, now)
    return found.reason or str(found.standing)


def test_a_chat_of_an_official_account_is_open_for_seven_days(
    session: Session, oa: Conversation, now: datetime
) -> None:
    """From the last sign of life; before the first one nothing may be written."""
    assert reason(session, oa, now) == "window_closed"
    ledger.open_window(session, oa, now)
    assert reason(session, oa, now) == "open"
    assert reason(session, oa, now + timedelta(days=7)) == "window_closed"


def test_eight_messages_are_free_within_48_hours(
    session: Session, oa: Conversation, now: datetime
) -> None:
    """The ninth is refused, and so is one after two days; a new sign of life opens anew."""
    ledger.open_window(session, oa, now)
    for _ in range(8):
        assert reason(session, oa, now) == "open"
        ledger.note_sent(session, oa, now)
    assert reason(session, oa, now) == "free_used"
    ledger.open_window(session, oa, now + timedelta(hours=1))
    assert reason(session, oa, now + timedelta(hours=1)) == "open"
    assert reason(session, oa, now + timedelta(hours=49)) == "free_used"


def test_a_long_message_uses_one_free_message_for_each_piece(
    session: Session, oa: Conversation, now: datetime
) -> None:
    """What the free ones do not cover is paid, and counted so."""
    ledger.open_window(session, oa, now)
    ledger.note_sent(session, oa, now, 7)
    ledger.note_sent(session, oa, now, 3)
    assert ledger.sent_in_month(session, "zalo-oa", "oa1", now) == 10
    assert ledger.paid_in_month(session, "zalo-oa", "oa1", now) == 2


def test_paid_messages_go_out_as_far_as_the_installation_pays(
    session: Session, oa: Conversation, now: datetime
) -> None:
    """Two a month, after the free ones; the next month begins at nought."""
    ledger.serve(session, "zalo-oa", "oa1", now, paid_a_month=2)
    ledger.open_window(session, oa, now)
    later = now + timedelta(days=3)
    for _ in range(2):
        ledger.serve(session, "zalo-oa", "oa1", later, paid_a_month=2)
        assert verdict(session, oa, later).is_paid
        ledger.note_sent(session, oa, later)
    assert reason(session, oa, later) == "free_used"
    november = datetime(2026, 11, 2, tzinfo=UTC)
    ledger.open_window(session, oa, november - timedelta(days=3))
    ledger.serve(session, "zalo-oa", "oa1", november, paid_a_month=2)
    assert verdict(session, oa, november).is_paid


def test_an_old_sign_of_life_that_arrives_late_gives_nothing_back(
    session: Session, oa: Conversation, now: datetime
) -> None:
    """Platforms deliver out of order."""
    ledger.open_window(session, oa, now)
    ledger.note_sent(session, oa, now, 8)
    ledger.open_window(session, oa, now - timedelta(hours=1))
    assert reason(session, oa, now) == "free_used"


def test_the_platform_has_the_last_word(session: Session, oa: Conversation, now: datetime) -> None:
    """It may count otherwise than we do."""
    ledger.open_window(session, oa, now)
    ledger.use_up_free(session, oa)
    assert reason(session, oa, now) == "free_used"
    ledger.close_window(session, oa, now)
    assert reason(session, oa, now) == "window_closed"


def test_the_month_of_a_zalo_bot_ends_at_three_thousand(
    session: Session, bot: Conversation, now: datetime
) -> None:
    """Nothing more until the first of the next month in Việt Nam."""
    ledger.note_sent(session, bot, now, 2999)
    assert reason(session, bot, now) == "open"
    ledger.note_sent(session, bot, now)
    found = verdict(session, bot, now)
    assert (found.standing, found.reason) == (Standing.resting, "quota_used")
    assert found.until == datetime(2026, 10, 31, 17, tzinfo=UTC)
    assert reason(session, bot, datetime(2026, 10, 31, 17, tzinfo=UTC)) == "open"


def test_an_account_rests_until_the_platforms_deadline(
    session: Session, bot: Conversation, now: datetime
) -> None:
    """For all its chats."""
    ledger.rest(session, "zalo-bot", "bot1", now + timedelta(hours=6), "error 429")
    assert reason(session, bot, now) == "error 429"
    assert reason(session, bot, now + timedelta(hours=6)) == "open"


def test_a_chat_that_is_gone_or_whose_channel_is_not_used_any_more_is_closed(
    session: Session, bot: Conversation, now: datetime
) -> None:
    """A token that was taken away leaves chats behind."""
    ledger.serve(session, "zalo-bot", "bot1", now)
    assert reason(session, bot, now) == "open"
    assert reason(session, bot, now + timedelta(days=2)) == "open"  # the sender is down
    ledger.serve(session, "telegram", "t", now + timedelta(days=2))
    assert reason(session, bot, now + timedelta(days=2)) == "not_served"
    bot.unreachable_since = now
    assert reason(session, bot, now) == "chat_gone"


def test_december_is_followed_by_january() -> None:
    """In local time."""
    assert ledger.next_month(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)) == datetime(
        2026, 12, 31, 17, tzinfo=UTC
    )
    assert ledger.month_of(datetime(2026, 12, 31, 17, tzinfo=UTC)) == "2027-01"
