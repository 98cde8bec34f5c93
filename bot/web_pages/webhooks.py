"""Webhooks: the secret first, then the message into the inbox, and only then 200."""

import hmac
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from flask import Flask, abort, request
from flask_wtf import CSRFProtect
from sqlalchemy.exc import OperationalError

from bot.channels import telegram, zalo_account, zalo_bot
from bot.channels import zalo_account_events as events
from bot.channels.channel import Incoming
from bot.channels.receiving import answer, store
from bot.web_pages.parts import parts
from qcdc_core.config import Settings, webhook_secret

log = structlog.get_logger()

TELEGRAM_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ZALO_HEADER = "X-Bot-Api-Secret-Token"
ACCOUNT_HEADER = "X-ZEvent-Signature"
TIME_HEADER = "X-ZEvent-Timestamp"
OLDEST_EVENT = timedelta(days=1)


def init_app(app: Flask, csrf: CSRFProtect) -> None:
    """Machines call these: a secret in a header stands for the token of a form."""
    views = {
        "/hook/telegram": _telegram,
        "/hook/zalo-bot": _zalo_bot,
        "/hook/zalo-oa": _zalo_account,
    }
    for path, view in views.items():
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


def _zalo_account() -> str:
    """The signature is over the raw body, so that is read first; its length is limited."""
    settings = parts().settings
    if settings.zalo_oa_missing:
        abort(404)
    body = _body()
    shown = request.headers.get(ACCOUNT_HEADER, "")
    if not shown and body.strip() == b"{}":
        return ""  # Zalo tries an address so before it saves it
    event = events.event_of(_read(body))
    if event is None or not _is_signed(settings, body, shown, event):
        log.warning("webhook_signature_wrong", channel=zalo_account.NAME)
        abort(403)
    oa_id = settings.zalo_oa_id or ""
    return _keep(zalo_account.NAME, oa_id, events.read_event(event, oa_id))


def _is_signed(settings: Settings, body: bytes, shown: str, event: Mapping[str, Any]) -> bool:
    """By our secret, and not a copy of long ago: the platform repeats for two hours at most."""
    at = events.moment_of(event)
    if at is None or abs(parts().now() - at) > OLDEST_EVENT or settings.zalo_oa_secret_key is None:
        return False
    timestamps = {request.headers.get(TIME_HEADER, ""), str(event["timestamp"])} - {""}
    secret = settings.zalo_oa_secret_key.get_secret_value()
    return events.is_signed(shown, settings.zalo_oa_app_id or "", body, timestamps, secret)


def _take(
    channel: str, account: str, header: str, read: Callable[[object], Incoming | None]
) -> str:
    if not _has_secret(parts().settings, channel, header):
        abort(403)
    return _keep(channel, account, read(_read(_body())))


def _keep(channel: str, account: str, incoming: Incoming | None) -> str:
    """What is not a message for us is answered 200 too, or it would come again for a day."""
    if incoming is None:
        return ""
    try:
        chat = store(parts().writing, channel, account, incoming, parts().now(), parts().settings)
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


def _body() -> bytes:
    """Refused when too large, also without a told length: Werkzeug then only stops reading."""
    body = request.get_data(cache=False)
    if request.content_length is None and len(body) >= (request.max_content_length or 0):
        abort(413)
    return body


def _read(body: bytes) -> Any:
    """None for what is no JSON, or nested deeper than any message is."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
