"""Zalo Bot Platform: a thin client of its Bot API. Success is what the body says."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import httpx

from bot.channels import network
from bot.channels.channel import Delivery, Incoming, Outcome
from bot.channels.fetching import fetch_address
from bot.channels.file_places import at_address, raw_of
from bot.channels.plain_text import pieces, with_choices

NAME = "zalo-bot"
HOST = "https://bot-api.zaloplatforms.com"

_POLL_SECONDS = 25
_EMPTY_POLL = 408
_KINDS = {
    "message.text.received": "text",
    "message.image.received": "image",
    "message.voice.received": "voice",
}
# What an error code asks for; Zalo's 403 is a server fault, its 429 the quota of the month.
_BY_CODE = {
    400: (Outcome.refused, timedelta()),
    401: (Outcome.halted, timedelta(minutes=10)),
    403: (Outcome.later, timedelta(seconds=30)),
    404: (Outcome.refused, timedelta()),
    408: (Outcome.unknown, timedelta(seconds=30)),
    429: (Outcome.halted, timedelta(hours=6)),
}


class ZaloError(Exception):
    """The platform said no. ``code`` is the body's own; the text never holds the token."""

    def __init__(self, method: str, code: int) -> None:
        super().__init__(f"{method}: error {code}")
        self.code = code


class ZaloBot:
    """One bot of the platform. Its token stands in addresses, so no exception of httpx leaves."""

    name = NAME
    longest = 2000
    has_buttons = False
    paid_a_month = 0

    def __init__(self, token: str, base_url: str | None = None, timeout: float = 10) -> None:
        self.account = token.partition(":")[0]
        self._relay = base_url
        self._client = httpx.Client(
            base_url=f"{(base_url or HOST).rstrip('/')}/bot{token}/",
            timeout=httpx.Timeout(timeout, connect=5),
        )

    def send(self, address: str, text: str, choices: Sequence[str]) -> Delivery:
        result: Any = {}
        count = 0
        try:
            for piece in pieces(with_choices(text, choices), self.longest):
                result = self.call("sendMessage", {"chat_id": address, "text": piece})
                count += 1
        except ZaloError as problem:
            outcome, wait = _BY_CODE.get(problem.code, (Outcome.later, timedelta(minutes=1)))
            return Delivery(outcome, reason=f"error {problem.code}", wait=wait)
        except (httpx.HTTPError, ValueError) as problem:
            return network.failed(problem, count + 1)
        return Delivery(Outcome.sent, _message_id(result), count=count)

    def call(self, method: str, body: Mapping[str, Any], timeout: float | None = None) -> Any:
        """The ``result``. Raises ZaloError, httpx.HTTPError, and ValueError for what is no JSON."""
        limit = timeout if timeout is not None else httpx.USE_CLIENT_DEFAULT
        answer = self._client.post(method, json=dict(body), timeout=limit).json()
        if isinstance(answer, dict) and answer.get("ok") is True:
            return answer.get("result")
        raise ZaloError(method, _code(answer))

    def fetch(self, source: Mapping[str, Any]) -> bytes:
        """Raises FetchError."""
        return fetch_address(str(source.get("url", "")), self._relay)

    def update(self, seconds: int = _POLL_SECONDS) -> Any:
        """One event, or None when none came; raises what `call` raises."""
        try:
            return self.call("getUpdates", {"timeout": seconds}, timeout=seconds + 5)
        except ZaloError as problem:
            if problem.code == _EMPTY_POLL:
                return None
            raise


def read_event(raw: object) -> Incoming | None:
    """A message of a private chat, wrapped in ``result`` or flat; None for what is not one."""
    if not isinstance(raw, dict):
        return None
    event = raw.get("result", raw)
    message = event.get("message") if isinstance(event, dict) else None
    if not isinstance(message, dict):
        return None
    chat, message_id = message.get("chat"), message.get("message_id")
    if not isinstance(chat, dict) or chat.get("chat_type", "PRIVATE") != "PRIVATE":
        return None
    if not isinstance(chat.get("id"), str) or not isinstance(message_id, str):
        return None
    kind = _KINDS.get(str(event.get("event_name")), "other")
    text = message.get("text") if kind == "text" else message.get("caption")
    raw = raw_of(at_address(message.get("photo"))) if kind == "image" else {}
    return Incoming(message_id, chat["id"], kind, text if isinstance(text, str) else "", raw)


def _message_id(result: Any) -> str | None:
    found = result.get("message_id") if isinstance(result, dict) else None
    return None if found is None else str(found)


def _code(answer: Any) -> int:
    if not isinstance(answer, dict):
        return 0
    code = answer.get("error_code", answer.get("errorCode"))
    return code if isinstance(code, int) else 0
