"""A fake of the platforms, channels that talk to it, and Sơn Lang's tree."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.telegram import Telegram
from bot.channels.zalo_account import ZaloAccount
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_tokens import ZaloTokens
from bot.sender import Sender
from qcdc_core.config import Settings
from qcdc_core.config import settings as read_settings
from qcdc_core.messages.allowances import ZALO_OA
from qcdc_core.messages.tokens import Pair, store
from qcdc_core.migrations import upgrade
from qcdc_core.people import invite
from tests.builders import build_province
from tests.fakes.official_account import APP_ID, APP_SECRET, OA_ID, SECRET_KEY, OfficialAccount
from tests.fakes.platforms import TELEGRAM_TOKEN, ZALO_TOKEN, Platforms, platforms


@dataclass
class Clock:
    """Told time: ``steady`` in seconds for paces, ``now`` for the calendar; all move together."""

    moment: datetime
    steady: float = 0.0
    oa: OfficialAccount = field(default_factory=OfficialAccount)

    def __post_init__(self) -> None:
        self.oa.now = self.moment

    def now(self) -> datetime:
        return self.moment

    def passes(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.steady += seconds
        self.oa.now = self.moment


@dataclass
class System:
    """What a channel test needs."""

    fake: Platforms
    telegram: Telegram
    zalo: ZaloBot
    oa: ZaloAccount
    tokens: ZaloTokens
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
    fake_server.reset()
    return fake_server


@pytest.fixture
def system(fake: Platforms, sessions: sessionmaker[Session], now: datetime) -> System:
    clock = Clock(now, oa=fake.oa)
    settings = settings_for(fake)
    telegram = Telegram(TELEGRAM_TOKEN, f"{fake.address}/telegram", timeout=0.5)
    zalo = ZaloBot(ZALO_TOKEN, f"{fake.address}/zalo", timeout=0.5)
    tokens = ZaloTokens(sessions, settings, clock.now, timeout=0.5)
    oa = ZaloAccount(settings, tokens, timeout=0.5)
    sender = Sender(
        sessions, [telegram, zalo, oa], clock.now, lambda: clock.steady, settings=settings
    )
    with sessions.begin() as session:
        authorise(session, fake, settings, now)
        province = build_province(session)
        codes = [
            invite(session, province.village.id, "Trưởng thôn", now),
            invite(session, province.second_village.id, "Trưởng thôn", now),
        ]
    return System(fake, telegram, zalo, oa, tokens, sender, sessions, settings, clock, codes)


@pytest.fixture
def configure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Mapping[str, str]], None]]:
    """Settings for commands, as variables without their prefix; a database of its own."""

    def put(values: Mapping[str, str]) -> None:
        for name, value in {"DATABASE_URL": f"sqlite:///{tmp_path / 'q.db'}", **values}.items():
            monkeypatch.setenv(f"QCDC_{name}", value)
        read_settings.cache_clear()
        upgrade(read_settings().database_url)

    yield put
    read_settings.cache_clear()


def settings_for(fake: Platforms) -> Settings:
    return Settings(
        telegram_token=SecretStr(TELEGRAM_TOKEN),
        telegram_base_url=f"{fake.address}/telegram",
        zalo_bot_token=SecretStr(ZALO_TOKEN),
        zalo_base_url=f"{fake.address}/zalo",
        zalo_oa_id=OA_ID,
        zalo_oa_app_id=APP_ID,
        zalo_oa_app_secret=SecretStr(APP_SECRET),
        zalo_oa_secret_key=SecretStr(SECRET_KEY),
        zalo_oa_base_url=f"{fake.address}/oa",
        zalo_oa_oauth_url=f"{fake.address}/oauth",
        secret_key=SecretStr("khóa thử"),
        data_key=SecretStr("khóa dữ liệu thử"),
        _env_file=None,
    )


def authorise(session: Session, fake: Platforms, settings: Settings, now: datetime) -> None:
    """The owner of the account gave leave at ``now``."""
    pair = Pair(
        access=SecretStr(fake.oa.access),
        refresh=SecretStr(fake.oa.refresh),
        access_until=now + timedelta(hours=25),
        issued_at=now,
    )
    store(session, ZALO_OA, OA_ID, pair, settings)
