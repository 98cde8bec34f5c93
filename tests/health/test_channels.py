"""What will silence a channel is said before it does."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.health.channels import channels_well
from qcdc_core.messages import ledger
from qcdc_core.messages.inbox import conversation_at
from qcdc_core.messages.tables import ChannelToken

ACCOUNT = Settings(
    zalo_oa_id="oa1",
    zalo_oa_app_id="1",
    zalo_oa_app_secret=SecretStr("x"),
    zalo_oa_secret_key=SecretStr("y"),
    _env_file=None,
)
BARE = Settings(_env_file=None)


@pytest.fixture
def wrong(session: Session, now: datetime) -> Callable[[Settings], list[str]]:
    """The codes of what is not well."""

    def codes(settings: Settings) -> list[str]:
        return [one.code for one in channels_well(session, settings, now) if not one.is_well]

    return codes


def token(session: Session, issued_at: datetime, failure: str | None = None) -> None:
    session.add(
        ChannelToken(
            channel="zalo-oa",
            account="oa1",
            access_sealed="a",
            refresh_sealed="b",
            access_until=issued_at + timedelta(hours=25),
            issued_at=issued_at,
            failure=failure,
        )
    )
    session.flush()


def test_an_installation_without_platforms_hears_nothing(session: Session, now: datetime) -> None:
    """The web chat needs no token."""
    assert list(channels_well(session, BARE, now)) == []


def test_half_of_the_settings_is_said(wrong: Callable[[Settings], list[str]]) -> None:
    """Somebody means to use the account, and it does not run."""
    half = ACCOUNT.model_copy(update={"zalo_oa_secret_key": None})
    assert wrong(half) == ["zalo_oa_settings"]


@pytest.mark.parametrize(
    ("age", "failure", "found"),
    [
        (timedelta(hours=13), None, []),
        (timedelta(hours=13), "network", []),
        (timedelta(days=2), None, ["zalo_oa_token"]),
        (timedelta(days=61), None, ["zalo_oa_token"]),
        (timedelta(days=90), None, ["zalo_oa_token"]),
        (timedelta(hours=1), "refused", ["zalo_oa_token"]),
    ],
)
def test_tokens_that_are_not_renewed_are_said_long_before_they_end(
    session: Session,
    now: datetime,
    wrong: Callable[[Settings], list[str]],
    age: timedelta,
    failure: str | None,
    found: list[str],
) -> None:
    """The refresh token lives three months; after that only the owner can help."""
    token(session, now - age, failure)
    assert wrong(ACCOUNT) == found


def test_an_account_without_leave_is_said(wrong: Callable[[Settings], list[str]]) -> None:
    """With the command that asks for it."""
    assert wrong(ACCOUNT) == ["zalo_oa_token"]


def test_a_rest_and_a_quota_nearly_used_are_said(
    session: Session, now: datetime, wrong: Callable[[Settings], list[str]]
) -> None:
    """At four fifths of the month's messages, and of the fifty people."""
    chat = conversation_at(session, "zalo-bot", "b", "0", now)
    ledger.note_sent(session, chat, now, 2399)
    assert wrong(BARE) == []
    ledger.note_sent(session, chat, now)
    ledger.rest(session, "zalo-bot", "b", now + timedelta(hours=6), "error 429")
    for number in range(1, 40):
        conversation_at(session, "zalo-bot", "b", str(number), now)
    assert wrong(BARE) == ["channel_rests", "quota", "people"]
