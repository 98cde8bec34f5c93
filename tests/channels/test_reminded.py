"""Being reminded on each of the four channels, over sockets: asked for, put off, by the rules."""

import re
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime

import httpx
import pytest
from sqlalchemy import Engine, select
from werkzeug.serving import make_server

from bot.reminding import plan_reminders, send_reminders
from bot.web import create_app
from qcdc_core.clock import LOCAL
from qcdc_core.messages.tables import OutboundMessage
from tests.channels.conftest import System
from tests.channels.test_conversations import FIGURES, Phone, joined

Says = Callable[[str], str]


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

    def hears(self) -> str:
        """What came since it was last asked; answers to ``says`` included."""
        self.phone.system.delivers()
        texts = self.phone.system.fake.texts(self.phone.chat)
        new, self.seen = texts[self.seen :], len(texts)
        return "\n".join(new)


@pytest.fixture(params=["telegram", "zalo-bot", "zalo-oa", "web"])
def head(
    request: pytest.FixtureRequest, system: System, engine: Engine
) -> Iterator[Browser | Messenger]:
    """The head of thôn Đông, who has just joined on that channel."""
    app = create_app(system.settings, engine, system.clock.now)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    is_web = request.param == "web"
    found: Browser | Messenger = (
        Browser(address)
        if is_web
        else Messenger(Phone(system, app.test_client(), request.param, "4711"))
    )
    for text in ("xin chào", system.codes[0]):
        found.says(text)
    assert "đầu mối báo cáo" in found.says("đồng ý")
    found.hears()
    yield found
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


def test_a_reminder_comes_when_asked_for_put_off_and_by_the_rules(
    system: System, head: Browser | Messenger
) -> None:
    """And after the report no more."""
    assert "09:00 ngày 14/10/2026" in head.says("mai 9h nhắc")
    head.hears()
    at(system, "14/10 08:59")
    assert head.hears() == ""
    at(system, "14/10 09:01")
    assert "Còn 2 ngày đến hạn 16/10/2026" in head.hears()
    assert "08:00 ngày 15/10/2026" in head.says("nhắc lại sáng mai")
    head.hears()
    at(system, "15/10 08:01")
    assert "Còn 1 ngày đến hạn 16/10/2026" in head.hears()
    at(system, "16/10 08:01")
    assert "Hôm nay là hạn 16/10/2026" in head.hears()
    for text in (FIGURES, "khong co"):
        head.says(text)
    assert "Đã nhận lúc" in head.says("gửi")
    head.hears()
    at(system, "20/10 12:00")
    assert head.hears() == ""


def test_a_reminder_that_is_refused_comes_in_the_other_chat(system: System, engine: Engine) -> None:
    """Blocked on Telegram: the platform says so when it is sent; once, on the Official Account."""
    client = create_app(system.settings, engine, system.clock.now).test_client()
    telegram = joined(Phone(system, client, "telegram", "4711"))
    account = Phone(system, client, "zalo-oa", "oa-user-1")
    account.says("chào")
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{2}", telegram.says("nối kênh"))
    assert code is not None
    account.says(code.group())
    telegram.says("mai 9h nhắc")
    before = len(system.fake.texts("4711")), len(system.fake.texts("oa-user-1"))
    at(system, "14/10 09:01")
    system.fake.faults.append("403")
    system.delivers()
    assert len(system.fake.texts("4711")) == before[0]
    [said] = system.fake.texts("oa-user-1")[before[1] :]
    assert "Còn 2 ngày đến hạn 16/10/2026" in said
    with system.sessions() as session:
        rows = session.scalars(
            select(OutboundMessage)
            .where(OutboundMessage.text.contains("Còn 2"))
            .order_by(OutboundMessage.id)
        )
        assert [(row.state, row.repeatable) for row in rows] == [
            ("refused", False),
            ("sent", False),
        ]
