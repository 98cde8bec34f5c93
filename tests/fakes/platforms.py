"""One local server that speaks like Telegram, Zalo Bot Platform and Zalo OA, with faults.

What it says follows the measured facts: Telegram's errors are HTTP statuses, Zalo's come with
HTTP 200. ``faults`` are used up one by one, in order, by the next sends.
"""

import itertools
import json
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.fakes.official_account import OfficialAccount, add_routes

TELEGRAM_TOKEN = "123456:telegram-test-token"
ZALO_TOKEN = "654321:zalo-test-token"
LONG_TEXT = {"telegram": 4096, "zalo-bot": 2000}


@dataclass
class Sent:
    """A message as a person would see it; ``buttons`` are labels."""

    chat: str
    text: str
    buttons: tuple[str, ...] = ()


@dataclass
class Platforms:
    """The user's side of the fake: write, and see what came."""

    address: str = ""
    sent: list[Sent] = field(default_factory=list)
    faults: deque[str] = field(default_factory=deque)
    updates: deque[dict[str, Any]] = field(default_factory=deque)
    events: deque[dict[str, Any]] = field(default_factory=deque)
    webhooks: dict[str, dict[str, str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    documents: dict[str, bytes] = field(default_factory=dict)
    file_faults: deque[int] = field(default_factory=deque)
    slow: float = 0.0
    poll_hold: float = 0.05
    oa: OfficialAccount = field(default_factory=OfficialAccount)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1000))

    def telegram_update(self, chat: int, text: str, **message: Any) -> dict[str, Any]:
        """An update that is not delivered yet: for webhooks, and to be put into ``updates``."""
        number = next(self._numbers)
        who = {"id": chat, "is_bot": False, "first_name": "Y Hoa"}
        return {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": 1_790_000_000,
                "chat": {"id": chat, "type": "private", "first_name": "Y Hoa"},
                "from": who,
                **({"text": text} if text else {}),
                **message,
            },
        }

    def zalo_event(
        self, chat: str, text: str, event: str = "message.text.received", **message: Any
    ) -> dict[str, Any]:
        result = {
            "event_name": event,
            "message": {
                "from": {"id": chat, "display_name": "Y Hoa", "is_bot": False},
                "chat": {"id": chat, "chat_type": "PRIVATE"},
                "message_id": f"z{next(self._numbers)}",
                "date": 1_790_000_000_000,
                **({"text": text} if text else {}),
                **message,
            },
        }
        return {"ok": True, "result": result}

    def reset(self) -> None:
        for held in (self.sent, self.faults, self.updates, self.events, self.webhooks):
            held.clear()
        self.files.clear()
        self.documents.clear()
        self.file_faults.clear()
        self.slow = 0.0
        self.oa.reset()

    def texts(self, chat: str) -> list[str]:
        return [one.text for one in self.sent if one.chat == chat]


class _Handler(WSGIRequestHandler):
    """Zalo's headers ``access_token`` and ``secret_key`` have a sign that this server drops."""

    def make_environ(self) -> dict[str, Any]:
        environ = super().make_environ()
        for name, value in self.headers.items():
            if "_" in name:
                environ[f"HTTP_{name.upper()}"] = value
        return environ


@contextmanager
def platforms() -> Iterator[Platforms]:
    """A running fake; stopped at the end."""
    fake = Platforms()
    fake.oa.tell = lambda user, text: fake.sent.append(Sent(user, text))
    server = make_server("127.0.0.1", 0, _app(fake), threaded=True, request_handler=_Handler)
    fake.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()


def _app(fake: Platforms) -> Flask:
    app = Flask("fake")

    @app.post(f"/telegram/bot{TELEGRAM_TOKEN}/<method>")
    def telegram(method: str) -> Any:
        body = {**request.form.to_dict(), **(request.get_json(silent=True) or {})}
        return _telegram(fake, method, body)

    @app.post("/telegram/bot<_token>/<_method>")
    def telegram_stranger(_token: str, _method: str) -> Any:
        return _status(401, "Unauthorized")

    @app.post(f"/zalo/bot{ZALO_TOKEN}/<method>")
    def zalo(method: str) -> Any:
        return _zalo(fake, method, request.get_json())

    @app.post("/zalo/bot<_token>/<_method>")
    def zalo_stranger(_token: str, _method: str) -> Any:
        return {"ok": False, "error_code": 401, "description": "Unauthorized"}

    @app.get("/media/<name>")
    @app.get(f"/telegram/file/bot{TELEGRAM_TOKEN}/media/<name>")
    def media(name: str) -> Any:
        if fake.file_faults:
            return "", fake.file_faults.popleft()
        return (fake.files[name], 200) if name in fake.files else ("", 404)

    add_routes(app, fake.oa)
    return app


def _status(code: int, description: str, **parameters: Any) -> Any:
    body = {"ok": False, "error_code": code, "description": description}
    return ({**body, "parameters": parameters} if parameters else body), code


def _telegram(fake: Platforms, method: str, body: dict[str, Any]) -> Any:
    match method:
        case "getMe":
            me = {"id": 123456, "is_bot": True, "first_name": "Bot", "username": "a_bot"}
            return {"ok": True, "result": me}
        case "sendMessage" | "sendDocument" | "getFile" as one:
            return _TELEGRAM[one](fake, body)
        case "getUpdates":
            return _telegram_updates(fake, body)
        case "setWebhook":
            fake.webhooks["telegram"] = {key: body[key] for key in ("url", "secret_token")}
            return {"ok": True, "result": True}
        case "getWebhookInfo":
            url = fake.webhooks.get("telegram", {}).get("url", "")
            result = {"url": url, "has_custom_certificate": False, "pending_update_count": 0}
            return {"ok": True, "result": result}
    return _status(404, "Not Found")


def _telegram_send(fake: Platforms, body: dict[str, Any]) -> Any:
    fault = fake.faults.popleft() if fake.faults else ""
    if fault.startswith("429"):
        return _status(429, "Too Many Requests", retry_after=int(fault.partition(" ")[2] or 3))
    if fault == "403":
        return _status(403, "Forbidden: bot was blocked by the user")
    if fault == "502":
        return Response("<html>Bad Gateway</html>", 502, mimetype="text/html")
    if len(body["text"]) > LONG_TEXT["telegram"]:
        return _status(400, "Bad Request: message is too long")
    keyboard = json.loads(body.get("reply_markup") or "{}").get("keyboard", [])
    labels = tuple(one if isinstance(one, str) else one["text"] for row in keyboard for one in row)
    fake.sent.append(Sent(str(body["chat_id"]), body["text"], labels))
    _spoil_answer(fake, fault)
    chat = {"id": int(body["chat_id"]), "type": "private"}
    result = {"message_id": len(fake.sent), "date": 1_790_000_000, "chat": chat, "text": "x"}
    return {"ok": True, "result": result}


def _telegram_file(fake: Platforms, body: dict[str, Any]) -> Any:
    name = body["file_id"]
    if name not in fake.files:
        return _status(400, "Bad Request: invalid file_id")
    size = len(fake.files[name])
    found = {"file_id": name, "file_unique_id": name, "file_size": size}
    return {"ok": True, "result": {**found, "file_path": f"media/{name}"}}


def _telegram_document(fake: Platforms, body: dict[str, Any]) -> Any:
    answer = _telegram_send(fake, {**body, "text": body.get("caption", "")})
    if isinstance(answer, dict):
        given = request.files["document"]
        fake.documents[given.filename or ""] = given.read()
    return answer


_TELEGRAM = {
    "sendMessage": _telegram_send,
    "sendDocument": _telegram_document,
    "getFile": _telegram_file,
}


def _spoil_answer(fake: Platforms, fault: str) -> None:
    """The message is with its person; the sender waits in vain, or is hung up on."""
    if fault == "slow":
        time.sleep(fake.slow)
    elif fault == "cut":
        request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)


def _telegram_updates(fake: Platforms, body: dict[str, Any]) -> Any:
    offset = int(body.get("offset") or 0)
    while fake.updates and fake.updates[0]["update_id"] < offset:
        fake.updates.popleft()
    if not fake.updates:
        time.sleep(fake.poll_hold)
    return {"ok": True, "result": list(fake.updates)}


def _zalo(fake: Platforms, method: str, body: dict[str, Any]) -> Any:
    match method:
        case "sendMessage":
            return _zalo_send(fake, body)
        case "getUpdates":
            if fake.events:
                return fake.events.popleft()
            time.sleep(fake.poll_hold)
            return {"ok": False, "error_code": 408, "description": "Request timeout"}
        case "setWebhook":
            fake.webhooks["zalo-bot"] = dict(body)
            return {"ok": True, "result": {"url": body["url"], "updated_at": 1_790_000_000_000}}
        case "getWebhookInfo":
            url = fake.webhooks.get("zalo-bot", {}).get("url", "")
            return {"ok": True, "result": {"url": url, "updated_at": 1_790_000_000_000}}
    return {"ok": False, "error_code": 404, "description": "Not found"}


def _zalo_send(fake: Platforms, body: dict[str, Any]) -> Any:
    fault = fake.faults.popleft() if fake.faults else ""
    if fault.isdecimal():
        return {"ok": False, "error_code": int(fault), "description": "fault"}
    if fault == "502 html":
        return Response("<html>Bad Gateway</html>", 502, mimetype="text/html")
    if len(body["text"]) > LONG_TEXT["zalo-bot"]:
        return {"ok": False, "error_code": 400, "description": "text too long"}
    fake.sent.append(Sent(body["chat_id"], body["text"]))
    _spoil_answer(fake, fault)
    return {"ok": True, "result": {"message_id": f"s{len(fake.sent)}", "date": 1_790_000_000_000}}
