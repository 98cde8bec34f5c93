"""What becomes of messages on their way out: in order, paced, repeated only when that is safe."""

import pytest
from sqlalchemy import select

from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.sender import Sender
from qcdc_core.messages import outbox
from qcdc_core.messages.inbox import conversation_at
from qcdc_core.messages.tables import Conversation, OutboundMessage
from tests.channels.conftest import System
from tests.fakes.platforms import TELEGRAM_TOKEN, ZALO_TOKEN

CHANNELS = {
    "telegram": (TELEGRAM_TOKEN.partition(":")[0], "77"),
    "zalo-bot": (ZALO_TOKEN.partition(":")[0], "zalo77"),
}
both = pytest.mark.parametrize("channel", list(CHANNELS))


def put(
    system: System,
    channel: str,
    *texts: str,
    repeatable: bool = True,
    choices: tuple[str, ...] = (),
) -> None:
    account, address = CHANNELS[channel]
    with system.sessions.begin() as session:
        chat = conversation_at(session, channel, account, address, system.clock.now())
        for text in texts:
            outbox.put(
                session,
                chat.id,
                text,
                system.clock.now(),
                choices=choices,
                repeatable=repeatable,
            )


def states(system: System) -> list[str]:
    with system.sessions() as session:
        return [*session.scalars(select(OutboundMessage.state).order_by(OutboundMessage.id))]


@both
def test_messages_arrive_once_and_in_order(system: System, channel: str) -> None:
    """And are known as sent, with the platform's own id."""
    put(system, channel, "một", "hai", "ba")
    system.delivers()
    assert system.fake.texts(CHANNELS[channel][1]) == ["một", "hai", "ba"]
    assert states(system) == ["sent"] * 3
    with system.sessions() as session:
        assert all(session.scalars(select(OutboundMessage.external_id)))


def test_choices_are_buttons_where_there_are_buttons(system: System) -> None:
    """A pressed button sends its label."""
    put(system, "telegram", "Gửi phiếu này?", choices=("Gửi", "Sửa"))
    system.delivers()
    assert system.fake.sent[0].buttons == ("Gửi", "Sửa")


def test_choices_are_lettered_lines_elsewhere(system: System) -> None:
    """Letters, since a bare number is always a figure."""
    put(system, "zalo-bot", "Gửi phiếu này?", choices=("Gửi", "Sửa"))
    system.delivers()
    assert system.fake.sent[0].text == "Gửi phiếu này?\nA. Gửi\nB. Sửa"


@both
def test_a_long_text_is_parted_at_its_paragraphs(system: System, channel: str) -> None:
    """Nothing is lost and nothing is too long for the platform."""
    text = "\n\n".join(["đoạn văn dài " * 60] * 9)
    put(system, channel, text)
    system.delivers()
    parts = system.fake.texts(CHANNELS[channel][1])
    assert len(parts) > 1
    assert "".join("".join(parts).split()) == "".join(text.split())


@both
def test_one_chat_gets_at_most_one_message_a_second(system: System, channel: str) -> None:
    """The second one waits."""
    put(system, channel, "một", "hai")
    system.sender.deliver_due()
    system.sender.deliver_due()
    assert len(system.fake.sent) == 1
    system.clock.passes(1.01)
    system.sender.deliver_due()
    assert len(system.fake.sent) == 2


def test_a_flood_answer_halts_the_channel_until_its_deadline(system: System) -> None:
    """429 with seconds: nothing goes out before, everything afterwards, and nothing is lost."""
    system.fake.faults.append("429 30")
    put(system, "telegram", "một")
    system.sender.deliver_due()
    system.clock.passes(29)
    system.sender.deliver_due()
    assert system.fake.sent == []
    system.clock.passes(2)
    system.sender.deliver_due()
    assert system.fake.texts("77") == ["một"]


def test_a_quota_of_the_month_halts_zalo_alone(system: System) -> None:
    """Zalo's 429 names no time: hours; Telegram goes on."""
    system.fake.faults.append("429")
    put(system, "zalo-bot", "một")
    system.sender.deliver_due()
    put(system, "telegram", "hai")
    system.delivers()
    assert system.fake.texts("77") == ["hai"]
    assert system.fake.texts("zalo77") == []
    system.clock.passes(6 * 3600)
    system.delivers()
    assert system.fake.texts("zalo77") == ["một"]


def test_who_blocked_the_bot_is_remembered(system: System) -> None:
    """Nothing else is tried there; the next message of the person opens the way again."""
    system.fake.faults.append("403")
    put(system, "telegram", "một", "hai")
    system.delivers()
    assert states(system) == ["refused", "refused"]
    assert system.fake.sent == []
    with system.sessions() as session:
        assert session.scalars(select(Conversation)).one().unreachable_since is not None


def test_a_server_fault_of_zalo_is_tried_again(system: System) -> None:
    """Its 403 means that, not that somebody blocked the bot."""
    system.fake.faults.append("403")
    put(system, "zalo-bot", "một")
    system.sender.deliver_due()
    assert states(system) == ["waiting"]
    system.clock.passes(31)
    system.delivers()
    assert system.fake.texts("zalo77") == ["một"]


@both
def test_a_timeout_after_delivery_is_unknown_and_repeated_only_when_safe(
    system: System, channel: str
) -> None:
    """Nobody can say whether it arrived: what must not come twice rests."""
    system.fake.slow = 1.0
    system.fake.faults.append("slow")
    put(system, channel, "một", repeatable=False)
    system.sender.deliver_due()
    assert states(system) == ["unknown"]
    system.clock.passes(3600)
    system.delivers()
    assert len(system.fake.sent) == 1


@both
def test_an_unknown_outcome_of_a_safe_message_is_repeated(system: System, channel: str) -> None:
    """At least once."""
    system.fake.slow = 1.0
    system.fake.faults.append("slow")
    put(system, channel, "một")
    system.sender.deliver_due()
    system.clock.passes(60)
    system.delivers()
    assert states(system) == ["sent"]
    assert len(system.fake.sent) == 2


@pytest.mark.parametrize(("channel", "fault"), [("telegram", "502"), ("zalo-bot", "502 html")])
def test_an_answer_that_is_no_json_loses_nothing(system: System, channel: str, fault: str) -> None:
    """A gateway's page instead of the platform's word."""
    system.fake.faults.append(fault)
    put(system, channel, "một")
    system.sender.deliver_due()
    system.clock.passes(60)
    system.delivers()
    assert system.fake.texts(CHANNELS[channel][1]) == ["một"]


def test_what_a_crash_left_half_done_goes_out_again(system: System) -> None:
    """Marked as sending before the call: found so later, it is repeated if it may be."""
    put(system, "telegram", "một")
    put(system, "telegram", "hai", repeatable=False)
    with system.sessions.begin() as session:
        for row in session.scalars(select(OutboundMessage)):
            row.state = "sending"
    system.delivers()
    assert system.fake.texts("77") == ["một"]
    assert states(system) == ["sent", "unknown"]


def test_a_platform_that_cannot_be_reached_is_tried_later(system: System) -> None:
    """Nothing has left the house, so it is safe for every message."""
    dead = ZaloBot(ZALO_TOKEN, "http://127.0.0.1:9", timeout=0.5)
    sender = Sender(system.sessions, [dead], system.clock.now, lambda: system.clock.steady)
    put(system, "zalo-bot", "một", repeatable=False)
    sender.deliver_due()
    assert states(system) == ["waiting"]
    system.clock.passes(60)
    system.delivers()
    assert system.fake.texts("zalo77") == ["một"]


def test_a_wrong_token_halts_the_channel_and_is_in_no_reason(system: System) -> None:
    """The operator finds the kind of error, never the secret."""
    wrong = Telegram("123456:geheim", f"{system.fake.address}/telegram", timeout=0.5)
    sender = Sender(system.sessions, [wrong], system.clock.now, lambda: system.clock.steady)
    put(system, "telegram", "một")
    sender.deliver_due()
    with system.sessions() as session:
        row = session.scalars(select(OutboundMessage)).one()
        assert row.state == "waiting"
        assert row.failure == "InvalidToken"


def test_messages_of_the_web_chat_are_left_alone(system: System) -> None:
    """They are fetched by the page."""
    with system.sessions.begin() as session:
        chat = conversation_at(session, "web", "web", "x", system.clock.now())
        outbox.put(session, chat.id, "một", system.clock.now())
    system.delivers()
    assert states(system) == ["waiting"]
    assert system.fake.sent == []
