"""A fake of the platforms, channels that talk to it, and Sơn Lang's tree."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from bot.sender import Sender
from qcdc_core.config import Settings
from qcdc_core.people import invite
from tests.builders import build_province
from tests.fakes.platforms import TELEGRAM_TOKEN, ZALO_TOKEN, Platforms, platforms


@dataclass
class Clock:
    """Told time: ``steady`` in seconds for paces, ``now`` for the calendar; both move together."""

    moment: datetime
    steady: float = 0.0

    def now(self) -> datetime:
        return self.moment

    def passes(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.steady += seconds


@dataclass
class System:
    """What a channel test needs."""

    fake: Platforms
    telegram: Telegram
    zalo: ZaloBot
    sender: Sender
    sessions: sessionmaker[Session]
    settings: Settings
    clock: Clock
    codes: list[str] = field(default_factory=list)

    def delivers(self) -> None:
        """Everything that can go out goes out, with the pauses that the paces want."""
        for _ in range(12):
            self.sender.deliver_due()
            self.clock.passes(1.01)


@pytest.fixture(scope="session")
def fake_server() -> Iterator[Platforms]:
    with platforms() as fake:
        yield fake


@pytest.fixture
def fake(fake_server: Platforms) -> Platforms:
    for one in (fake_server.sent, fake_server.faults, fake_server.updates, fake_server.events):
        one.clear()
    fake_server.webhooks.clear()
    fake_server.slow = 0.0
    return fake_server


@pytest.fixture
def system(fake: Platforms, sessions: sessionmaker[Session], now: datetime) -> System:
    clock = Clock(now)
    telegram = Telegram(TELEGRAM_TOKEN, f"{fake.address}/telegram", timeout=0.5)
    zalo = ZaloBot(ZALO_TOKEN, f"{fake.address}/zalo", timeout=0.5)
    sender = Sender(sessions, [telegram, zalo], clock.now, lambda: clock.steady)
    with sessions.begin() as session:
        province = build_province(session)
        codes = [
            invite(session, province.village.id, "Trưởng thôn", now),
            invite(session, province.second_village.id, "Trưởng thôn", now),
        ]
    settings = Settings(
        telegram_token=SecretStr(TELEGRAM_TOKEN),
        telegram_base_url=f"{fake.address}/telegram",
        zalo_bot_token=SecretStr(ZALO_TOKEN),
        zalo_base_url=f"{fake.address}/zalo",
        secret_key=SecretStr("khóa thử"),
        _env_file=None,
    )
    return System(fake, telegram, zalo, sender, sessions, settings, clock, codes)
