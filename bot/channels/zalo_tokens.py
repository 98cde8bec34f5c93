"""The one owner of an Official Account's tokens: renews them under a lease, stores before use."""

import time
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog
from pydantic import SecretStr
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.config import Settings
from qcdc_core.messages import tokens
from qcdc_core.messages.allowances import ZALO_OA
from qcdc_core.messages.tokens import Pair
from qcdc_core.sealed import Unreadable

log = structlog.get_logger()

# The access token lives 25 hours; renewed on a schedule, seldom on the way of a message.
RENEW_AFTER = timedelta(hours=12)
_SPARE = timedelta(minutes=5)
_ACCESS_LIVES = timedelta(hours=25)
_WAITS = 20
_WAIT_SECONDS = 0.25


class TokenError(Exception):
    """There is no usable token. ``kind``: missing, unreadable, refused, busy or network.

    missing, unreadable and refused need a person: `qcdc channel zalo-oa authorize`.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(f"Zalo OA token: {kind}")
        self.kind = kind


class ZaloTokens:
    """Tokens of one Official Account. Several processes may hold one of these each."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        settings: Settings,
        now: Callable[[], datetime],
        timeout: float = 10,
    ) -> None:
        self._sessions, self._settings, self._now = sessions, settings, now
        self._account = settings.zalo_oa_id or ""
        self._client = httpx.Client(
            base_url=settings.zalo_oa_oauth_url, timeout=httpx.Timeout(timeout, connect=5)
        )

    def access(self) -> SecretStr:
        """A token that is good now. Raises TokenError."""
        pair = self._held()
        if self._now() < pair.access_until - _SPARE:
            return pair.access
        return self._renewed(pair).access

    def after(self, refused: SecretStr) -> SecretStr:
        """Another token than this one, which the platform refused. Raises TokenError."""
        pair = self._held()
        if pair.access.get_secret_value() != refused.get_secret_value():
            return pair.access
        return self._renewed(pair).access

    def renew_if_old(self) -> bool:
        """By the clock, long before the platform would ask for it. Raises TokenError."""
        pair = self._held()
        if self._now() < pair.issued_at + RENEW_AFTER:
            return False
        self._renewed(pair)
        return True

    def authorise(self, code: str, verifier: str) -> None:
        """The first pair, for the code that the owner of the account was given.

        Raises TokenError.
        """
        answer = self._ask(
            {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        )
        self._store(answer)

    def _held(self) -> Pair:
        try:
            with self._sessions() as session:
                pair = tokens.held(session, ZALO_OA, self._account, self._settings)
        except Unreadable:
            raise TokenError("unreadable") from None
        if pair is None:
            raise TokenError("missing")
        return pair

    def _renewed(self, old: Pair) -> Pair:
        """Renew here, or wait for the process that is renewing."""
        by = uuid.uuid4().hex
        with self._sessions.begin() as session:
            is_ours = tokens.lease(session, ZALO_OA, self._account, old, by, self._now())
        if not is_ours:
            return self._renewed_by_another(old)
        try:
            answer = self._ask(
                {
                    "grant_type": "refresh_token",
                    "refresh_token": old.refresh.get_secret_value(),
                }
            )
        except TokenError as problem:
            with self._sessions.begin() as session:
                tokens.note_failure(session, ZALO_OA, self._account, by, problem.kind)
            raise
        log.info("zalo_oa_token_renewed", account=self._account)
        return self._store(answer)

    def _renewed_by_another(self, old: Pair) -> Pair:
        for _attempt in range(_WAITS):
            pair = self._held()
            if pair.issued_at != old.issued_at:
                return pair
            time.sleep(_WAIT_SECONDS)
        raise TokenError("busy")

    def _ask(self, fields: Mapping[str, str]) -> dict[str, Any]:
        """The platform's answer with a new pair. Raises TokenError; no cause, it holds secrets."""
        secret = self._settings.zalo_oa_app_secret
        try:
            answer = self._client.post(
                "/v4/oa/access_token",
                data={**fields, "app_id": self._settings.zalo_oa_app_id or ""},
                headers={"secret_key": secret.get_secret_value() if secret else ""},
            ).json()
        except (httpx.HTTPError, ValueError) as problem:
            log.warning("zalo_oa_token_failed", error=type(problem).__name__)
            raise TokenError("network") from None
        if not isinstance(answer, dict) or not _has_pair(answer):
            code = answer.get("error") if isinstance(answer, dict) else None
            log.error("zalo_oa_token_refused", code=code if isinstance(code, int) else None)
            raise TokenError("refused")
        return answer

    def _store(self, answer: Mapping[str, Any]) -> Pair:
        """Committed before anybody uses it: the old pair is dead from now on."""
        now = self._now()
        pair = Pair(
            access=SecretStr(answer["access_token"]),
            refresh=SecretStr(answer["refresh_token"]),
            access_until=now + _lifetime(answer.get("expires_in")),
            issued_at=now,
        )
        with self._sessions.begin() as session:
            tokens.store(session, ZALO_OA, self._account, pair, self._settings)
        return pair


def _has_pair(answer: Mapping[str, Any]) -> bool:
    return all(
        isinstance(answer.get(name), str) and answer[name]
        for name in ("access_token", "refresh_token")
    )


def _lifetime(told: Any) -> timedelta:
    """``expires_in`` is a string of seconds in the documentation, "90000"."""
    try:
        return timedelta(seconds=min(int(told), 2 * 90_000))
    except (TypeError, ValueError):
        return _ACCESS_LIVES
