"""Zalo Official Account: a thin client of its OpenAPI. Success is what the body says."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any

import httpx
from pydantic import SecretStr

from bot.channels import network
from bot.channels.channel import Delivery, Outcome
from bot.channels.fetching import fetch_address
from bot.channels.plain_text import pieces, with_choices
from bot.channels.zalo_tokens import TokenError, ZaloTokens
from qcdc_core.config import Settings
from qcdc_core.messages.allowances import ZALO_OA

NAME = ZALO_OA


class Retry(StrEnum):
    """What an error code asks for (platforms' table of error codes, read November 2026)."""

    token = "token"  # noqa: S105 - renew the token and repeat once
    soon = "soon"  # a fault over there
    rate = "rate"  # too many requests in this minute
    quota = "quota"  # the account's messages are used up
    morning = "morning"  # nothing at night
    setup = "setup"  # tier, permission or billing: a person must act
    closed = "closed"  # outside the window of this person
    free_used = "free_used"  # this person's free messages are used up
    gone = "gone"  # blocked, unfollowed, or inactive for long
    never = "never"  # our own mistake


_BY_CODE = {
    **dict.fromkeys((-216, -220, -124), Retry.token),
    -200: Retry.soon,
    -32: Retry.rate,
    -211: Retry.quota,
    -234: Retry.morning,
    **dict.fromkeys((-212, -221, -223, -224, -320, -321), Retry.setup),
    **dict.fromkeys((-230, -232, -305), Retry.closed),
    **dict.fromkeys((-218, -311), Retry.free_used),
    **dict.fromkeys((-213, -217, -227, -244), Retry.gone),
    **dict.fromkeys((-201, -210, -233, -240), Retry.never),
}
_DELIVERIES = {
    Retry.token: (Outcome.halted, timedelta(minutes=10)),
    Retry.soon: (Outcome.later, timedelta(seconds=30)),
    Retry.rate: (Outcome.halted, timedelta(minutes=1)),
    Retry.quota: (Outcome.halted, timedelta(hours=6)),
    Retry.morning: (Outcome.later, timedelta(hours=1)),
    Retry.setup: (Outcome.halted, timedelta(hours=1)),
    Retry.closed: (Outcome.closed, timedelta()),
    Retry.free_used: (Outcome.free_used, timedelta()),
    Retry.gone: (Outcome.gone, timedelta()),
    Retry.never: (Outcome.refused, timedelta()),
}
_WITHOUT_TOKEN = timedelta(minutes=10)
_SOON = timedelta(minutes=1)


class ZaloAccountError(Exception):
    """The platform said no. ``code`` is the body's own; the text never holds a token."""

    def __init__(self, code: int) -> None:
        super().__init__(f"Zalo OA: error {code}")
        self.code = code
        self.retry = _BY_CODE.get(code, Retry.soon)


class ZaloAccount:
    """One Official Account; it writes consultation messages, which need an open window."""

    name = NAME
    longest = 2000
    has_buttons = False

    def __init__(self, settings: Settings, tokens: ZaloTokens, timeout: float = 10) -> None:
        self.account = settings.zalo_oa_id or ""
        self.paid_a_month = settings.zalo_oa_paid_a_month
        self._relay = settings.zalo_oa_base_url
        self._tokens = tokens
        self._client = httpx.Client(
            base_url=settings.zalo_oa_base_url, timeout=httpx.Timeout(timeout, connect=5)
        )

    def send(self, address: str, text: str, choices: Sequence[str]) -> Delivery:
        result: Any = {}
        count = 0
        try:
            for piece in pieces(with_choices(text, choices), self.longest):
                result = self.consult(address, piece)
                count += 1
        except ZaloAccountError as problem:
            outcome, wait = _DELIVERIES[problem.retry]
            return Delivery(outcome, reason=f"error {problem.code}", wait=wait)
        except TokenError as problem:
            wait = _SOON if problem.kind in ("busy", "network") else _WITHOUT_TOKEN
            return Delivery(Outcome.halted, reason=f"token {problem.kind}", wait=wait)
        except (httpx.HTTPError, ValueError) as problem:
            return network.failed(problem, count + 1)
        return Delivery(Outcome.sent, _message_id(result), count=count)

    def fetch(self, source: Mapping[str, Any]) -> bytes:
        """Raises FetchError."""
        return fetch_address(str(source.get("url", "")), self._relay)

    def consult(self, user: str, text: str) -> Any:
        """One consultation message; the ``data`` of the answer.

        A token that is refused is renewed once. Raises ZaloAccountError, TokenError,
        httpx.HTTPError, and ValueError for what is no JSON.
        """
        body = {"recipient": {"user_id": user}, "message": {"text": text}}
        token = self._tokens.access()
        try:
            return self._post("/v3.0/oa/message/cs", token, body)
        except ZaloAccountError as problem:
            if problem.retry is not Retry.token:
                raise
        return self._post("/v3.0/oa/message/cs", self._tokens.after(token), body)

    def _post(self, path: str, token: SecretStr, body: dict[str, Any]) -> Any:
        """HTTP 200 comes with errors too: ``error`` in the body decides."""
        headers = {"access_token": token.get_secret_value()}
        answer = self._client.post(path, json=body, headers=headers).json()
        if not isinstance(answer, dict) or not isinstance(answer.get("error"), int):
            raise ValueError("no answer of the platform")  # noqa: TRY004 - like other broken JSON
        if answer["error"] != 0:
            raise ZaloAccountError(answer["error"])
        return answer.get("data")


def _message_id(result: Any) -> str | None:
    found = result.get("message_id") if isinstance(result, dict) else None
    return None if found is None else str(found)
