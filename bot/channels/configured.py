"""The channels that the settings name."""

from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot
from qcdc_core.config import Settings


def telegram_of(settings: Settings) -> Telegram | None:
    token = settings.telegram_token
    if token is None:
        return None
    return Telegram(token.get_secret_value(), settings.telegram_base_url)


def zalo_bot_of(settings: Settings) -> ZaloBot | None:
    token = settings.zalo_bot_token
    return ZaloBot(token.get_secret_value(), settings.zalo_base_url) if token is not None else None
