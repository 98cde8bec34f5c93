"""`qcdc channel …`: what is registered with a platform is remembered for the doctor."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.channel_command import channel
from qcdc_core import db, webhooks
from qcdc_core.config import settings
from qcdc_core.migrations import upgrade
from tests.fakes.platforms import TELEGRAM_TOKEN, ZALO_TOKEN, Platforms


@pytest.fixture(autouse=True)
def configured(fake: Platforms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'q.db'}",
        "SECRET_KEY": "khóa thử",
        "PUBLIC_URL": "https://chat.example.vn/",
        "TELEGRAM_TOKEN": TELEGRAM_TOKEN,
        "TELEGRAM_BASE_URL": f"{fake.address}/telegram",
        "ZALO_BOT_TOKEN": ZALO_TOKEN,
        "ZALO_BASE_URL": f"{fake.address}/zalo",
    }.items():
        monkeypatch.setenv(f"QCDC_{name}", value)
    settings.cache_clear()
    upgrade(settings().database_url)
    yield
    settings.cache_clear()


def run(*words: str) -> Result:
    return CliRunner().invoke(channel, list(words))


@pytest.mark.parametrize("name", ["telegram", "zalo-bot"])
def test_a_webhook_that_was_set_is_remembered(fake: Platforms, name: str) -> None:
    """The very address that the platform has; the secret is printed nowhere."""
    answer = run("set-webhook", name)
    assert answer.exit_code == 0, answer.output
    url = fake.webhooks[name]["url"]
    assert url == f"https://chat.example.vn/hook/{name}"
    assert fake.webhooks[name]["secret_token"] not in answer.output
    with db.reading(db.engine_for(settings().database_url)).begin() as session:
        assert webhooks.registered(session) == {name: url}
