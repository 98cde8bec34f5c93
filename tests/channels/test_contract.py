"""What every channel promises, whatever the platform; the double in memory promises it too."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from bot.channels.channel import Channel, Delivery, Incoming, Outcome
from bot.channels.plain_text import LETTERS, units
from bot.channels.telegram import Telegram, read_update
from bot.channels.zalo_account import ZaloAccount
from bot.channels.zalo_account_events import read_event as read_account_event
from bot.channels.zalo_bot import ZaloBot, read_event
from bot.channels.zalo_tokens import ZaloTokens
from tests.channels.conftest import System
from tests.fakes.memory_channel import MemoryChannel
from tests.fakes.official_account import OA_ID
from tests.fakes.platforms import TELEGRAM_TOKEN, ZALO_TOKEN

NAMES = ("telegram", "zalo-bot", "zalo-oa", "memory")
CHAT = "4711"
DEAD = "http://127.0.0.1:9"
# What the platform says, and what it means: the same few outcomes everywhere.
FAULTS = {
    "telegram": {"gone": "403", "halted": "429 30", "unknown": "502"},
    "zalo-bot": {"later": "403", "halted": "429", "unknown": "502 html", "refused": "400"},
    "zalo-oa": {
        "gone": "-213",
        "halted": "-32",
        "later": "-200",
        "unknown": "502",
        "refused": "-201",
        "closed": "-230",
        "free_used": "-311",
    },
    "memory": {str(one): str(one) for one in Outcome if one is not Outcome.sent},
}


@dataclass
class Subject:
    """A channel, what people got through it, and a way to make it fail."""

    channel: Channel
    shown: Callable[[], list[str]]
    labels: Callable[[], list[str]]
    fails: Callable[[str], None]

    def send(self, text: str, choices: tuple[str, ...] = ()) -> Delivery:
        return self.channel.send(CHAT, text, choices)


@pytest.fixture(params=NAMES)
def subject(request: pytest.FixtureRequest, system: System) -> Subject:
    if request.param == "memory":
        memory = MemoryChannel()
        return Subject(
            memory,
            lambda: [text for _chat, text in memory.sent],
            list,
            lambda fault: memory.outcomes.append(Outcome(fault)),
        )
    fake = system.fake
    fake.oa.touched(CHAT, system.clock.now())
    channels: dict[str, Channel] = {
        "telegram": system.telegram,
        "zalo-bot": system.zalo,
        "zalo-oa": system.oa,
    }
    faults = fake.oa.faults if request.param == "zalo-oa" else fake.faults
    return Subject(
        channels[request.param],
        lambda: fake.texts(CHAT),
        lambda: list(fake.sent[-1].buttons),
        faults.append,
    )


def test_what_is_sent_is_shown_and_named(subject: Subject) -> None:
    """The platform's own name for it is kept as evidence."""
    delivery = subject.send("Đã nhận, 12.500.000 đồng.")
    assert delivery.outcome is Outcome.sent
    assert delivery.external_id
    assert delivery.count == 1
    assert subject.shown() == ["Đã nhận, 12.500.000 đồng."]


def test_every_choice_can_be_seen(subject: Subject) -> None:
    """As a button, or as a line with its letter; never only one of them."""
    subject.send("Gửi phiếu này?", ("Gửi", "Sửa", "Để sau"))
    lines = subject.shown()[-1].splitlines()
    if subject.channel.has_buttons:
        assert lines == ["Gửi phiếu này?"]
        assert subject.labels() == ["Gửi", "Sửa", "Để sau"]
    else:
        labels = zip(LETTERS, ("Gửi", "Sửa", "Để sau"), strict=False)
        assert lines == ["Gửi phiếu này?", *(f"{letter}. {label}" for letter, label in labels)]


@pytest.mark.parametrize(
    "text",
    ["đoạn văn dài " * 700, "\n\n".join(["đoạn văn " * 100] * 9), "😀" * 4000, "a" * 9000],
)
def test_a_long_text_arrives_whole_in_pieces_that_fit(subject: Subject, text: str) -> None:
    """Counted as the platforms count, in UTF-16 units; the ledger is told how many there were."""
    delivery = subject.send(text)
    shown = subject.shown()
    assert delivery.count == len(shown) > 1
    assert max(units(piece) for piece in shown) <= subject.channel.longest
    assert "".join("".join(shown).split()) == "".join(text.split())


@pytest.mark.parametrize("meaning", [str(one) for one in Outcome if one is not Outcome.sent])
def test_a_refusal_is_an_outcome_and_no_exception(subject: Subject, meaning: str) -> None:
    """And one that asks for patience says how long."""
    fault = FAULTS[subject.channel.name].get(meaning)
    if fault is None:
        pytest.skip(f"{subject.channel.name} has no word for {meaning}")
    subject.fails(fault)
    delivery = subject.send("một")
    assert delivery.outcome == meaning
    assert delivery.reason
    assert bool(delivery.wait) or meaning not in ("halted", "later")


def test_after_a_failure_the_channel_works_on(subject: Subject) -> None:
    """No state is left behind."""
    subject.fails(FAULTS[subject.channel.name]["halted"])
    subject.send("một")
    assert subject.send("hai").outcome is Outcome.sent


def dead(name: str, system: System) -> Channel:
    match name:
        case "telegram":
            return Telegram(TELEGRAM_TOKEN, DEAD, timeout=0.5)
        case "zalo-bot":
            return ZaloBot(ZALO_TOKEN, DEAD, timeout=0.5)
    settings = system.settings.model_copy(update={"zalo_oa_base_url": DEAD})
    return ZaloAccount(settings, system.tokens, timeout=0.5)


@pytest.mark.parametrize("name", ["telegram", "zalo-bot", "zalo-oa"])
def test_a_platform_that_cannot_be_reached_means_later(system: System, name: str) -> None:
    """Nothing has left the house; the reason shows no secret and no address."""
    delivery = dead(name, system).send(CHAT, "một", ())
    assert delivery.outcome is Outcome.later
    for secret in (TELEGRAM_TOKEN, ZALO_TOKEN, system.fake.oa.access, "127.0.0.1"):
        assert secret not in str(delivery)


def wrong(name: str, system: System) -> Channel:
    match name:
        case "telegram":
            return Telegram("123456:geheim", f"{system.fake.address}/telegram", timeout=0.5)
        case "zalo-bot":
            return ZaloBot("654321:geheim", f"{system.fake.address}/zalo", timeout=0.5)
    settings = system.settings.model_copy(update={"zalo_oa_app_secret": SecretStr("geheim")})
    system.fake.oa.rotate()  # somebody else authorised: the pair that is held is dead
    tokens = ZaloTokens(system.sessions, settings, system.clock.now)
    return ZaloAccount(settings, tokens)


@pytest.mark.parametrize("name", ["telegram", "zalo-bot", "zalo-oa"])
def test_a_wrong_token_halts_the_channel(system: System, name: str) -> None:
    """Every call would fail: rest, and say which kind of error it was."""
    delivery = wrong(name, system).send(CHAT, "một", ())
    assert delivery.outcome is Outcome.halted
    assert delivery.wait.total_seconds() >= 60
    assert "geheim" not in str(delivery)


def read(name: str, system: System, text: str) -> Callable[[], Incoming | None]:
    match name:
        case "telegram":
            update = system.fake.telegram_update(int(CHAT), text)
            return lambda: read_update(update)
        case "zalo-bot":
            event = system.fake.zalo_event(CHAT, text)
            return lambda: read_event(event)
    told = system.fake.oa.event(CHAT, text)
    return lambda: read_account_event(told, OA_ID)


@pytest.mark.parametrize("name", ["telegram", "zalo-bot", "zalo-oa"])
def test_a_message_is_read_with_its_chat_its_words_and_one_name(system: System, name: str) -> None:
    """The same delivery read twice has the same name, two messages have two."""
    once = read(name, system, "họp 2 cuộc")
    first, again, other = once(), once(), read(name, system, "họp 2 cuộc")()
    assert first is not None
    assert other is not None
    assert (first.address, first.kind, first.text) == (CHAT, "text", "họp 2 cuộc")
    assert first == again
    assert first.external_id != other.external_id
