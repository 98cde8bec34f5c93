"""Being reminded on each of the four channels, over sockets: asked for, put off, by the rules."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select

from bot.web import create_app
from qcdc_core.messages.tables import OutboundMessage
from tests.channels.conftest import System
from tests.channels.heads import CHANNELS, Browser, Messenger, at, head_on
from tests.channels.test_conversations import FIGURES, Phone, joined


@pytest.fixture(params=CHANNELS)
def head(
    request: pytest.FixtureRequest, system: System, engine: Engine
) -> Iterator[Browser | Messenger]:
    with head_on(request.param, system, engine) as found:
        yield found


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
