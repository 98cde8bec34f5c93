"""Webhooks: the secret first, then the message into the inbox, and only then 200."""

import hmac
import json
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, abort, request
from flask_wtf import CSRFProtect
from sqlalchemy.exc import OperationalError

from bot.channels import telegram, zalo_bot
from bot.channels.channel import Incoming
from bot.channels.receiving import answer, store
from bot.web_pages.parts import parts
from qcdc_core.config import Settings, webhook_secret

log = structlog.get_logger()

TELEGRAM_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ZALO_HEADER = "X-Bot-Api-Secret-Token"


def init_app(app: Flask, csrf: CSRFProtect) -> None:
    """Machines call these: a secret in a header stands for the token of a form."""
    for path, view in (("/hook/telegram", _telegram), ("/hook/zalo-bot", _zalo_bot)):
        app.add_url_rule(path, view.__name__, csrf.exempt(view), methods=["POST"])


def _telegram() -> str:
    token = parts().settings.telegram_token
    if token is None:
        abort(404)
    account = token.get_secret_value().partition(":")[0]
    return _take(telegram.NAME, account, TELEGRAM_HEADER, telegram.read_update)


def _zalo_bot() -> str:
    token = parts().settings.zalo_bot_token
    if token is None:
        abort(404)
    account = token.get_secret_value().partition(":")[0]
    return _take(zalo_bot.NAME, account, ZALO_HEADER, zalo_bot.read_event)


def _take(
    channel: str, account: str, header: str, read: Callable[[object], Incoming | None]
) -> str:
    """What is not a message for us is answered 200 too, or it would come again for a day."""
    if not _has_secret(parts().settings, channel, header):
        abort(403)
    incoming = read(_body())
    if incoming is None:
        return ""
    try:
        chat = store(parts().writing, channel, account, incoming, parts().now())
    except OperationalError as problem:
        log.warning("message_put_off", channel=channel, error=type(problem).__name__)
        abort(503)  # not stored: the platform must bring it again
    if chat is not None:
        answer(parts().writing, parts().now, parts().settings, chat)
    return ""


def _has_secret(settings: Settings, channel: str, header: str) -> bool:
    """Compared in constant time, before the body is read."""
    shown = request.headers.get(header, "").encode()
    return hmac.compare_digest(shown, webhook_secret(settings, channel).encode())


def _body() -> Any:
    """None for what is no JSON, or nested deeper than any message is."""
    try:
        return json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError):
        return None
