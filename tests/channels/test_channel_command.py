"""`qcdc channel …`: what is registered with a platform is remembered for the doctor."""

from collections.abc import Callable, Mapping

import pytest
from click.testing import CliRunner, Result

from bot.channel_command import channel
from qcdc_core import db, webhooks
from qcdc_core.config import settings
from tests.fakes.platforms import TELEGRAM_TOKEN, ZALO_TOKEN, Platforms


@pytest.fixture(autouse=True)
def configured(fake: Platforms, configure: Callable[[Mapping[str, str]], None]) -> None:
    configure(
        {
            "SECRET_KEY": "khóa thử",
            "PUBLIC_URL": "https://chat.example.vn/",
            "TELEGRAM_TOKEN": TELEGRAM_TOKEN,
            "TELEGRAM_BASE_URL": f"{fake.address}/telegram",
            "ZALO_BOT_TOKEN": ZALO_TOKEN,
            "ZALO_BASE_URL": f"{fake.address}/zalo",
        }
    )


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
