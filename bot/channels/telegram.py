"""Telegram: python-telegram-bot as types, parser and HTTP client; dialogue and retries are ours."""

import asyncio
import os
import threading
from collections.abc import Coroutine, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import httpx
import telegram
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from bot.channels.attachments import Document
from bot.channels.channel import Delivery, Incoming, Outcome
from bot.channels.contact import asks_for_phone
from bot.channels.fetching import FetchError
from bot.channels.file_places import raw_of, under_id
from bot.channels.plain_text import pieces, units
from qcdc_core.evidence.kinds import LARGEST

# The library asks to choose: waits as timedelta, as all its later versions give them.
os.environ.setdefault("PTB_TIMEDELTA", "true")

T = TypeVar("T")

NAME = "telegram"
# With a wrong token every call fails: the channel rests, and the log says why.
_TOKEN_WRONG = timedelta(minutes=10)
_NETWORK_PAUSE = timedelta(seconds=15)
_POLL_SECONDS = 25
_LONGEST_CAPTION = 1024


class Telegram:
    """One bot. Its loop lives in a thread of its own as long as the process."""

    name = NAME
    longest = 4096
    has_buttons = True
    paid_a_month = 0

    def __init__(self, token: str, base_url: str | None = None, timeout: float = 10) -> None:
        self.account = token.partition(":")[0]
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True).start()
        request = HTTPXRequest(
            connection_pool_size=8, connect_timeout=5, read_timeout=timeout, pool_timeout=5
        )
        polling = HTTPXRequest(connection_pool_size=1, read_timeout=_POLL_SECONDS + 5)
        host = base_url.rstrip("/") if base_url else "https://api.telegram.org"
        self._bot = telegram.Bot(
            token,
            base_url=f"{host}/bot",
            base_file_url=f"{host}/file/bot",
            request=request,
            get_updates_request=polling,
        )

    def send(self, address: str, text: str, choices: Sequence[str]) -> Delivery:
        count = 0
        *before, last = pieces(text, self.longest)
        try:
            for piece in before:
                self._run(self._bot.send_message(address, piece))
                count += 1
            sent = self._run(self._bot.send_message(address, last, reply_markup=_keyboard(choices)))
        except TelegramError as problem:
            return _delivery(problem, count + 1)
        return Delivery(Outcome.sent, str(sent.message_id), count=count + 1)

    def send_file(
        self, address: str, text: str, choices: Sequence[str], document: Document
    ) -> Delivery:
        """The words are the file's caption; those too long for one go before it."""
        before = Delivery(Outcome.sent, count=0)
        caption: str | None = text
        if units(text) > _LONGEST_CAPTION:
            before, caption = self.send(address, text, ()), None
            if before.outcome is not Outcome.sent:
                return before
        try:
            sent = self._run(
                self._bot.send_document(
                    address,
                    document.body,
                    caption=caption,
                    filename=document.name,
                    reply_markup=_keyboard(choices),
                )
            )
        except TelegramError as problem:
            return _delivery(problem, before.count + 1)
        return Delivery(Outcome.sent, str(sent.message_id), count=before.count + 1)

    def fetch(self, source: Mapping[str, Any]) -> bytes:
        """Raises FetchError."""
        try:
            return self._run(self._fetch(str(source.get("id", ""))))
        except BadRequest as problem:
            raise FetchError("refused", final=True) from problem
        except TelegramError as problem:
            raise FetchError(type(problem).__name__) from problem

    async def _fetch(self, file_id: str) -> bytes:
        """The platform tells the size before a byte is fetched."""
        found = await self._bot.get_file(file_id)
        if (found.file_size or 0) > LARGEST:
            raise FetchError("file_too_large", final=True)
        return bytes(await found.download_as_bytearray())

    def updates(self, offset: int | None, seconds: int = _POLL_SECONDS) -> list[telegram.Update]:
        """What is new after ``offset``, waiting up to ``seconds``. Raises TelegramError."""
        return list(self._run(self._bot.get_updates(offset=offset, timeout=seconds)))

    def set_webhook(self, url: str, secret: str) -> bool:
        """Raises TelegramError."""
        return bool(
            self._run(self._bot.set_webhook(url, secret_token=secret, allowed_updates=["message"]))
        )

    def webhook(self) -> telegram.WebhookInfo:
        """Where Telegram sends messages; no ``url`` while polling. Raises TelegramError."""
        return self._run(self._bot.get_webhook_info())

    def _run(self, call: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(call, self._loop).result()


def read_update(raw: object) -> Incoming | None:
    """A message of a private chat; None for what is not one (groups, channels, other updates)."""
    try:
        update = telegram.Update.de_json(raw, None)  # type: ignore[arg-type]
        return incoming_of(update)
    except (TypeError, KeyError, ValueError, AttributeError, OverflowError):
        return None


def incoming_of(update: telegram.Update) -> Incoming | None:
    message = update.message or update.edited_message
    if message is None or message.chat.type != "private":
        return None
    if type(update.update_id) is not int or type(message.chat.id) is not int:
        return None
    return Incoming(
        external_id=str(update.update_id),
        address=str(message.chat.id),
        kind="edited" if update.message is None else _kind(message),
        text=_text(message),
        raw=_files(message),
        phone=_own_phone(message),
    )


def _files(message: telegram.Message) -> dict[str, Any]:
    """Of a photo the largest of its sizes, which stands last."""
    if message.photo:
        return raw_of(under_id(message.photo[-1].file_id))
    if message.document:
        return raw_of(under_id(message.document.file_id, message.document.file_name))
    return {}


def _own_phone(message: telegram.Message) -> str | None:
    """Any card of the phone book can be sent: only the sender's own proves anything."""
    contact, sender = message.contact, message.from_user
    if contact is None or sender is None or contact.user_id != sender.id:
        return None
    return contact.phone_number


def _kind(message: telegram.Message) -> str:
    if isinstance(message.text, str):
        return "text"
    if message.photo:
        return "image"
    if message.document:
        return "file"
    if message.contact:
        return "contact"
    return "voice" if message.voice or message.audio else "other"


def _text(message: telegram.Message) -> str:
    """`/start CODE` is what a link with an invitation code sends."""
    text = message.text or message.caption or ""
    command, _space, rest = text.partition(" ")
    return (rest or "start") if command == "/start" else text


def _keyboard(choices: Sequence[str]) -> Any:
    if not choices:
        return telegram.ReplyKeyboardRemove()
    return telegram.ReplyKeyboardMarkup(
        [[_button(label)] for label in choices], resize_keyboard=True, one_time_keyboard=True
    )


def _button(label: str) -> telegram.KeyboardButton:
    return telegram.KeyboardButton(label, request_contact=asks_for_phone(label) or None)


def _delivery(problem: TelegramError, count: int) -> Delivery:
    """By the kind of error: 403 blocked, 400 ours, 429 with a deadline, 401 and 404 the token.

    ``count``: the piece of the message that failed; the ones before have arrived.
    """
    kind = type(problem).__name__
    match problem:
        case RetryAfter():
            pause = problem.retry_after
            wait = pause if isinstance(pause, timedelta) else timedelta(seconds=pause)
            return Delivery(Outcome.halted, reason=kind, wait=wait)
        case Forbidden():
            return Delivery(Outcome.gone, reason=kind)
        case InvalidToken() | Conflict():
            return Delivery(Outcome.halted, reason=kind, wait=_TOKEN_WRONG)
        case BadRequest():
            return Delivery(Outcome.refused, reason=kind)
        case TimedOut() | NetworkError() if count == 1 and _never_left(problem):
            return Delivery(Outcome.later, reason=kind, wait=_NETWORK_PAUSE)
        case _:
            return Delivery(Outcome.unknown, reason=kind, wait=_NETWORK_PAUSE, count=count)


def _never_left(problem: TelegramError) -> bool:
    """No connection was made, so nothing can have arrived."""
    return isinstance(
        problem.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
    )
