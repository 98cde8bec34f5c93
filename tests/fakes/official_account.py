"""The third dialect: a Zalo Official Account with its token endpoint, windows and signatures.

Like the real one it answers HTTP 200 to everything it refuses, gives each refresh token once, and
kills an access token when the next is issued. ``now`` is a clock that tests set.
"""

import base64
import hashlib
import itertools
import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, Response, request

OA_ID = "2468013579"
APP_ID = "1122334455"
APP_SECRET = "bi-mat-cua-ung-dung"
SECRET_KEY = "khóa ký của OA"
LONGEST = 2000
OPEN, FREE_FOR, FREE = timedelta(days=7), timedelta(hours=48), 8


@dataclass
class Window:
    """What the platform knows of one person."""

    contact_at: datetime
    sent: int = 0


@dataclass
class OfficialAccount:
    """``faults``: error codes, "slow", "502", used up one by one by the next sends.

    ``token_faults``: "refuse", "502", "lost" (rotates, but the answer does not arrive).
    """

    tell: Callable[[str, str], None] = lambda _user, _text: None
    now: datetime = datetime(2026, 10, 13, 12, 42, tzinfo=UTC)
    access: str = ""
    refresh: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    windows: dict[str, Window] = field(default_factory=dict)
    faults: deque[str] = field(default_factory=deque)
    token_faults: deque[str] = field(default_factory=deque)
    refreshed: int = 0
    posted: int = 0
    paid: int = 0
    slow: float = 0.0
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def reset(self) -> None:
        for held in (self.codes, self.windows, self.faults, self.token_faults):
            held.clear()
        self.refreshed = self.posted = self.paid = 0
        self.slow = 0.0
        self.rotate()

    def rotate(self) -> dict[str, Any]:
        """A new pair; the old one is dead."""
        number = next(self._numbers)
        self.access, self.refresh = f"truy-cap-{number}", f"lam-moi-{number}"
        return {
            "access_token": self.access,
            "refresh_token": self.refresh,
            "expires_in": "90000",
        }

    def touched(self, user: str, at: datetime) -> None:
        """The person did something: the window opens anew."""
        self.windows[user] = Window(at)

    # --- the user's side ----------------------------------------------------------------------

    def event(self, user: str, text: str, name: str = "user_send_text", **more: Any) -> Any:
        """A message of a person, not yet signed."""
        self.touched(user, self.now)
        message = {"msg_id": f"oa{next(self._numbers)}", **({"text": text} if text else {}), **more}
        return {
            "app_id": APP_ID,
            "event_name": name,
            "timestamp": self._stamp(),
            "sender": {"id": user},
            "recipient": {"id": OA_ID},
            "user_id_by_app": f"app-{user}",
            "message": message,
        }

    def follower(self, user: str, name: str = "follow") -> Any:
        if name == "follow":
            self.touched(user, self.now)
        return {
            "app_id": APP_ID,
            "event_name": name,
            "timestamp": self._stamp(),
            "oa_id": OA_ID,
            "follower": {"id": user},
            "source": "oa_profile",
        }

    def _stamp(self) -> str:
        return str(int(self.now.timestamp() * 1000))


def signed(body: bytes, timestamp: str, secret: str = SECRET_KEY) -> str:
    """The header's value for a body."""
    return (
        "mac="
        + hashlib.sha256(APP_ID.encode() + body + timestamp.encode() + secret.encode()).hexdigest()
    )


def headers_for(
    body: bytes, *, now: datetime | None = None, with_time: bool = False
) -> dict[str, str]:
    """As Zalo sends them: some bring another timestamp in a header of its own."""
    stamp = "1790000000999" if with_time else _stamp_in(body, now)
    more = {"X-ZEvent-Timestamp": stamp} if with_time else {}
    return {"X-ZEvent-Signature": signed(body, stamp), **more}


def _stamp_in(body: bytes, now: datetime | None) -> str:
    try:
        return str(json.loads(body)["timestamp"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return str(int(now.timestamp() * 1000)) if now else "0"


def add_routes(app: Flask, oa: OfficialAccount) -> None:
    @app.post("/oauth/v4/oa/access_token")
    def token() -> Any:
        return _token(oa)

    @app.post("/oa/v3.0/oa/message/cs")
    def consult() -> Any:
        return _consult(oa, request.get_json())


def _token(oa: OfficialAccount) -> Any:
    fault = oa.token_faults.popleft() if oa.token_faults else ""
    if fault == "502":
        return Response("<html>Bad Gateway</html>", 502, mimetype="text/html")
    form = request.form
    known = form["app_id"] == APP_ID and request.headers["secret_key"] == APP_SECRET
    if form["grant_type"] == "authorization_code":
        good = form["code"] in oa.codes and _challenge(form["code_verifier"]) == oa.codes.pop(
            form["code"]
        )
    else:
        good = form["refresh_token"] == oa.refresh
    if not known or not good or fault == "refuse":
        return {"error": -14014, "error_name": "Invalid refresh token", "error_reason": "used"}
    pair = oa.rotate()
    oa.refreshed += 1
    if fault == "lost":
        return Response("<html>Gateway Timeout</html>", 504, mimetype="text/html")
    if oa.slow:
        time.sleep(oa.slow)
    return pair


def _challenge(verifier: str) -> str:
    return (
        base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    )


def _refused(code: int) -> dict[str, Any]:
    return {"error": code, "message": "fault", "data": {}}


def _consult(oa: OfficialAccount, body: dict[str, Any]) -> Any:
    oa.posted += 1
    fault = oa.faults.popleft() if oa.faults else ""
    if fault == "502":
        return Response("<html>Bad Gateway</html>", 502, mimetype="text/html")
    if fault and fault != "slow":
        return _refused(int(fault))
    if request.headers.get("access_token") != oa.access:
        return _refused(-216)
    user, text = body["recipient"]["user_id"], body["message"]["text"]
    refused = _not_now(oa, user, text)
    if refused is not None:
        return _refused(refused)
    oa.tell(user, text)
    if fault == "slow":
        time.sleep(oa.slow)
    data = {"message_id": f"m{next(oa._numbers)}", "user_id": user}
    return {"error": 0, "message": "Success", "data": data}


def _not_now(oa: OfficialAccount, user: str, text: str) -> int | None:
    """Why this may not be sent; None when it may, and is counted."""
    window = oa.windows.get(user)
    if len(text.encode("utf-16-le")) // 2 > LONGEST:
        return -210
    if window is None or oa.now - window.contact_at > OPEN:
        return -230
    is_free = window.sent < FREE and oa.now - window.contact_at <= FREE_FOR
    oa.paid += not is_free
    window.sent += 1
    return None
