"""`qcdc channel zalo-oa`: leave from the owner, the steps in the console, how things stand."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

from bot.channel_command import channel
from bot.zalo_account_command import code_in
from qcdc_core import db
from qcdc_core.config import settings
from qcdc_core.messages.tokens import held
from tests.fakes.official_account import APP_ID, APP_SECRET, OA_ID, SECRET_KEY
from tests.fakes.platforms import Platforms


@pytest.fixture(autouse=True)
def configured(fake: Platforms, configure: Callable[[Mapping[str, str]], None]) -> None:
    configure(
        {
            "DATA_KEY": "khóa dữ liệu thử",
            "PUBLIC_URL": "https://chat.example.vn",
            "ZALO_OA_ID": OA_ID,
            "ZALO_OA_APP_ID": APP_ID,
            "ZALO_OA_APP_SECRET": APP_SECRET,
            "ZALO_OA_SECRET_KEY": SECRET_KEY,
            "ZALO_OA_OAUTH_URL": f"{fake.address}/oauth",
        }
    )


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(channel, ["zalo-oa", *words], input=typed)


def test_the_owner_gives_leave_once(fake: Platforms, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that Zalo comes back to is pasted; the pair is stored sealed and not shown."""
    signs = iter(["v" * 43, "trang-thai"])
    monkeypatch.setattr("bot.zalo_account_command._random", lambda _length: next(signs))
    asked = run("authorize", typed="https://x?nothing\n")
    assert asked.exit_code == 1
    address = re.search(r"http://\S+", asked.output)
    assert address is not None
    query = parse_qs(urlsplit(address.group()).query)
    assert query["app_id"] == [APP_ID]
    fake.oa.codes["ma-mot-lan"] = query["code_challenge"][0]
    signs = iter(["v" * 43, "trang-thai"])
    back = f"https://chat.example.vn/?code=ma-mot-lan&oa_id={OA_ID}&state=trang-thai"
    answer = run("authorize", typed=f"{back}\n")
    assert answer.exit_code == 0, answer.output
    assert fake.oa.access not in answer.output
    with db.reading(db.engine_for(settings().database_url)).begin() as session:
        pair = held(session, "zalo-oa", OA_ID, settings())
    assert pair is not None
    assert pair.access.get_secret_value() == fake.oa.access
    assert "quyền gia hạn đến" in run("info").output


def test_a_code_that_zalo_refuses_is_a_sentence(
    fake: Platforms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, no secret."""
    monkeypatch.setattr("bot.zalo_account_command._random", lambda _length: "s")
    answer = run("authorize", typed="https://chat.example.vn/?code=khac&state=s\n")
    assert answer.exit_code == 1
    assert "Zalo chưa cấp mã truy cập (refused)" in answer.output
    assert APP_SECRET not in answer.output


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("https://x/?code=abc&state=s", "abc"),
        ("  https://x/?state=s&code=abc  ", "abc"),
        ("https://x/?code=abc&state=other", None),
        ("https://x/?code=abc", None),
        ("https://x/?state=s", None),
        ("abc", None),
        ("", None),
    ],
)
def test_only_the_answer_to_this_request_is_taken(pasted: str, code: str | None) -> None:
    """Somebody else's address would link somebody else's account."""
    assert code_in(pasted, "s") == code


def test_the_console_steps_name_the_address_and_the_events() -> None:
    """Zalo has no command for it."""
    shown = run("set-webhook").output
    assert "https://chat.example.vn/hook/zalo-oa" in shown
    assert "user_send_text" in shown
    assert SECRET_KEY not in shown


def test_before_any_leave_and_any_message_info_says_so() -> None:
    """And what to do."""
    shown = run("info").output
    assert "authorize" in shown
    assert "Chưa có tin nào đến" in shown


def test_missing_settings_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is asked of Zalo."""
    monkeypatch.delenv("QCDC_ZALO_OA_APP_SECRET")
    settings.cache_clear()
    for command in ("info", "set-webhook", "authorize"):
        shown = run(command)
        assert shown.exit_code == 1
        assert "QCDC_ZALO_OA_APP_SECRET" in shown.output
