"""The ticker's lease and jobs, webhooks and tokens, the data key: well, and what to do when not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session

from qcdc_core import leader, webhooks
from qcdc_core.config import Settings
from qcdc_core.health.data_key import data_key_fits
from qcdc_core.health.reachable import platforms_reach
from qcdc_core.health.result import Result
from qcdc_core.health.ticker import ticker_well
from qcdc_core.leader.lease import LENGTH
from qcdc_core.messages.tables import ChannelToken
from qcdc_core.people import invite
from qcdc_core.people.phones import note_phone
from qcdc_core.sealed import seal
from tests.builders import build_province

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
SECRET = "AAH-bi_mat-0123"
BOTH = Settings(
    telegram_token=SecretStr(f"110201543:{SECRET}"),
    zalo_bot_token=SecretStr(f"123456789:{SECRET}"),
    public_url="https://bao-cao.example.vn",
    _env_file=None,
)


def seen(results: object) -> list[tuple[str, bool]]:
    return [(one.code, one.is_well) for one in results]  # type: ignore[attr-defined]


# --- The ticker ----------------------------------------------------------------------------------


def test_a_process_that_leads_is_well(session: Session) -> None:
    """As long as it renews its lease."""
    leader.hold(session, leader.TICKER, "may-1:42", NOW)
    assert seen(ticker_well(session, NOW + LENGTH / 2)) == [("ticker", True)]
    assert seen(ticker_well(session, NOW + LENGTH)) == [("ticker", False)]


def test_a_process_that_never_ran_is_told(session: Session) -> None:
    """Nobody is reminded then."""
    [result] = ticker_well(session, NOW)
    assert (result.code, result.is_well) == ("ticker", False)
    assert "Procfile" in result.text


def test_a_job_that_failed_is_told_by_its_kind_of_error(session: Session) -> None:
    """Until it goes well again."""
    leader.hold(session, leader.TICKER, "may-1:42", NOW)
    leader.claim_job(session, "reminders_sent", timedelta(minutes=1), NOW)
    leader.finish_job(session, "reminders_sent", NOW, "KeyError")
    session.flush()
    _lease, jobs = ticker_well(session, NOW)
    assert (jobs.code, jobs.is_well) == ("jobs", False)
    assert "reminders_sent (KeyError)" in jobs.text
    leader.finish_job(session, "reminders_sent", NOW)
    session.flush()
    assert len(list(ticker_well(session, NOW))) == 1


# --- Tokens and webhooks -------------------------------------------------------------------------


def test_the_web_chat_alone_needs_no_platform(session: Session) -> None:
    """An empty token of `.env.example` is none."""
    assert seen(platforms_reach(session, Settings(_env_file=None))) == []
    empty = Settings(telegram_token=SecretStr(""), _env_file=None)
    assert seen(platforms_reach(session, empty)) == []


def test_channels_that_fetch_their_messages_are_well(session: Session) -> None:
    """No webhook was registered."""
    assert seen(platforms_reach(session, BOTH)) == [("token", True), ("webhook", True)] * 2


def test_a_webhook_of_another_address_is_told(session: Session) -> None:
    """Of the one channel whose it is, with the command that mends it."""
    for channel in ("telegram", "zalo-bot"):
        address = webhooks.address_of("https://bao-cao.example.vn/", channel)
        webhooks.remember(session, channel, address, NOW)
    assert all(one.is_well for one in platforms_reach(session, BOTH))
    webhooks.remember(session, "zalo-bot", "https://cu.example.vn/hook/zalo-bot", NOW)
    [wrong] = [one for one in platforms_reach(session, BOTH) if not one.is_well]
    assert "qcdc channel zalo-bot set-webhook" in wrong.text
    assert "https://cu.example.vn/hook/zalo-bot" in wrong.text


def test_a_webhook_without_a_public_address_is_told(session: Session) -> None:
    """It was taken out of the settings since."""
    webhooks.remember(session, "telegram", "https://cu.example.vn/hook/telegram", NOW)
    bare = BOTH.model_copy(update={"public_url": None})
    assert seen(platforms_reach(session, bare))[1] == ("webhook", False)


@pytest.mark.parametrize("token", ["110201543", f'"110201543:{SECRET}"', f"110201543:{SECRET} "])
def test_a_token_that_looks_like_none_is_told_without_it(session: Session, token: str) -> None:
    """Half copied, in quotes, with a space."""
    settings = BOTH.model_copy(update={"telegram_token": SecretStr(token)})
    [wrong] = [one for one in platforms_reach(session, settings) if not one.is_well]
    assert "QCDC_TELEGRAM_TOKEN" in wrong.text
    assert "110201543" not in wrong.text


# --- The data key --------------------------------------------------------------------------------


@pytest.fixture
def keyed(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path, data_key=SecretStr("khóa một"), _env_file=None)


def examined(session: Session, settings: Settings, **changed: object) -> Result:
    return data_key_fits(session, settings.model_copy(update=changed))


def seal_token(session: Session, settings: Settings) -> None:
    session.add(
        ChannelToken(
            channel="zalo-oa", account="oa1", access_sealed=seal("a", settings),
            refresh_sealed=seal("b", settings), access_until=NOW, issued_at=NOW,
        )
    )  # fmt: skip
    session.flush()


def test_without_sealed_data_a_key_may_be_made_later(session: Session, keyed: Settings) -> None:
    """And examining makes none."""
    assert examined(session, keyed, data_key=None).is_well
    assert not (keyed.var / "data_key").exists()


def test_a_key_that_reads_what_is_sealed_is_well(session: Session, keyed: Settings) -> None:
    """Also when a new one stands before it."""
    seal_token(session, keyed)
    assert examined(session, keyed).is_well
    assert examined(session, keyed, data_key=SecretStr("khóa hai,khóa một")).is_well


@pytest.mark.parametrize("key", [SecretStr("khóa hai"), None])
def test_a_key_that_is_lost_or_another_is_told(
    session: Session, keyed: Settings, key: SecretStr | None
) -> None:
    """Before Zalo falls silent; no key is made to cover it up."""
    seal_token(session, keyed)
    result = examined(session, keyed, data_key=key)
    assert not result.is_well
    assert "QCDC_DATA_KEY" in result.text
    assert not (keyed.var / "data_key").exists()


def test_invitations_known_by_telephone_need_the_key_too(session: Session, keyed: Settings) -> None:
    """Their numbers are recognised with it."""
    code = invite(session, build_province(session).village.id, "Trưởng thôn", NOW)
    note_phone(session, code, "f" * 64, NOW)
    session.flush()
    assert not examined(session, keyed, data_key=None).is_well
