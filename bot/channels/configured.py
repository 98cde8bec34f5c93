"""The channels that the settings name."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from bot.channels.telegram import Telegram
from bot.channels.zalo_account import ZaloAccount
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_tokens import ZaloTokens
from qcdc_core.config import Settings


def telegram_of(settings: Settings) -> Telegram | None:
    token = settings.telegram_token
    if token is None:
        return None
    return Telegram(token.get_secret_value(), settings.telegram_base_url)


def zalo_bot_of(settings: Settings) -> ZaloBot | None:
    token = settings.zalo_bot_token
    return ZaloBot(token.get_secret_value(), settings.zalo_base_url) if token is not None else None


def zalo_tokens_of(
    settings: Settings, sessions: sessionmaker[Session], now: Callable[[], datetime]
) -> ZaloTokens | None:
    """None unless all four settings of the Official Account are there."""
    return None if settings.zalo_oa_missing else ZaloTokens(sessions, settings, now)


def zalo_account_of(
    settings: Settings, sessions: sessionmaker[Session], now: Callable[[], datetime]
) -> ZaloAccount | None:
    tokens = zalo_tokens_of(settings, sessions, now)
    return ZaloAccount(settings, tokens) if tokens is not None else None
