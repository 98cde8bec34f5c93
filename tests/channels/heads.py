"""Heads of a village on the four channels, over sockets, and the days that pass."""

import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import httpx
from sqlalchemy import Engine
from werkzeug.serving import make_server

from bot.fetching import Fetcher, Source
from bot.reminding import plan_reminders, send_reminders
from bot.web import create_app
from qcdc_core.clock import LOCAL
from tests.channels.conftest import System
from tests.channels.photos import photo
from tests.channels.test_conversations import Phone

CHANNELS = ("telegram", "zalo-bot", "zalo-oa", "web")


class Browser:
    """Somebody on the chat page, by the same requests as its script."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, follow_redirects=True)
        found = re.search(r'data-token="([^"]+)"', self.http.get("/").text)
        assert found is not None
        self.headers = {"X-CSRFToken": found[1]}
        self.cursor = "0.0"

    def says(self, text: str) -> str:
        body = {"id": str(uuid.uuid4()), "text": text, "after": self.cursor}
        answer = self.http.post("/messages", json=body, headers=self.headers)
        assert answer.status_code == 200
        return self.hears()

    def sends_photo(self, body: bytes) -> str:
        """By the form of the page."""
        fields = {"csrf_token": self.headers["X-CSRFToken"], "id": str(uuid.uuid4())}
        answer = self.http.post("/messages/tep", data=fields, files={"file": ("so.jpg", body)})
        assert answer.status_code == 200
        return self.hears()

    def fetches_file(self) -> bytes:
        """What the last link of the page gives."""
        link = re.findall(r'href="(/tep/[^"]+)"', self.http.get("/").text)[-1]
        return self.http.get(link).content

    def hears(self) -> str:
        news = self.http.get("/messages", params={"after": self.cursor}).json()
        self.cursor = news["cursor"]
        ours = [one["text"] for one in news["messages"] if one["side"] == "machine"]
        return "\n".join(ours)


class Messenger:
    """The same for somebody on a platform."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.says = phone.says
        self.seen = 0

    def sends_photo(self, body: bytes) -> str:
        """Announced by webhook, fetched by the worker."""
        system = self.phone.system
        said = self.phone.delivers(photo(self.phone, body))
        channels: list[Source] = [system.telegram, system.zalo, system.oa]
        Fetcher(system.sessions, channels, system.clock.now, system.settings).fetch_due()
        return said + self.hears()

    def fetches_file(self) -> bytes | None:
        """None where the platform brings no files."""
        return next(iter(self.phone.system.fake.documents.values()), None)

    def hears(self) -> str:
        """What came since it was last asked; answers to ``says`` included."""
        self.phone.system.delivers()
        texts = self.phone.system.fake.texts(self.phone.chat)
        new, self.seen = texts[self.seen :], len(texts)
        return "\n".join(new)


@contextmanager
def head_on(channel: str, system: System, engine: Engine) -> Iterator[Browser | Messenger]:
    """The head of thôn Đông, who has just joined on that channel."""
    app = create_app(system.settings, engine, system.clock.now)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found: Browser | Messenger
    if channel == "web":
        found = Browser(f"http://127.0.0.1:{server.server_port}")
    else:
        found = Messenger(Phone(system, app.test_client(), channel, "4711"))
    for text in ("xin chào", system.codes[0]):
        found.says(text)
    assert "đầu mối báo cáo" in found.says("đồng ý")
    found.hears()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def at(system: System, text: str) -> None:
    """The ticker's work at '14/10 09:00', every half an hour on the way there."""
    end = datetime.strptime(f"2026/{text}", "%Y/%d/%m %H:%M").replace(tzinfo=LOCAL)
    while system.clock.moment < end:
        left = (end - system.clock.moment).total_seconds()
        system.clock.passes(min(1800.0, left))
        plan_reminders(system.sessions, system.clock.now(), system.settings)
        send_reminders(system.sessions, system.clock.now(), system.settings)
