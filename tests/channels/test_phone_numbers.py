"""Telegram proves whose a shared number is; then it stands for the code of an invitation."""

import json
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from bot.channels.telegram import _button
from bot.web import create_app
from bot.web_pages.webhooks import TELEGRAM_HEADER
from qcdc_core.config import webhook_secret
from qcdc_core.messages.tables import InboundMessage
from qcdc_core.people.phones import mark, note_phone
from qcdc_core.people.tables import Post
from tests.channels.conftest import System

OWN = {"phone_number": "+84905123456", "first_name": "Hoa", "user_id": 4711}


@pytest.fixture
def client(system: System, engine: Engine) -> FlaskClient:
    return create_app(system.settings, engine, system.clock.now).test_client()


def invited(system: System, phone: str, now: datetime) -> None:
    with system.sessions.begin() as session:
        found = mark(phone, system.settings)
        assert found is not None
        note_phone(session, system.codes[0], found, now)


def sends(system: System, client: FlaskClient, text: str, **message: Any) -> str:
    body = system.fake.telegram_update(4711, text, **message)
    header = {TELEGRAM_HEADER: webhook_secret(system.settings, "telegram")}
    before = len(system.fake.texts("4711"))
    assert client.post("/hook/telegram", data=json.dumps(body), headers=header).status_code == 200
    system.delivers()
    return "\n".join(system.fake.texts("4711")[before:])


def test_a_proved_number_finds_its_invitation_and_consent_is_asked(
    system: System, client: FlaskClient, now: datetime
) -> None:
    """Nothing is kept of the number itself."""
    invited(system, "0905 123 456", now)
    sends(system, client, "chào")
    assert "Gửi số điện thoại của tôi" in sends(system, client, "Tôi có mã mời")
    assert "Mã này dành cho: Trưởng thôn" in sends(system, client, "", contact=OWN)
    assert "đầu mối báo cáo" in sends(system, client, "đồng ý")
    with system.sessions() as session:
        assert session.scalars(select(Post)).one().title == "Trưởng thôn"
        for message in session.scalars(select(InboundMessage)):
            assert "905123456" not in f"{message.text} {message.raw}"
            assert message.kind == "text" or message.raw is None


def test_only_this_button_asks_for_the_number() -> None:
    """In both languages; no other choice gives anything away."""
    for label in ("Gửi số điện thoại của tôi", "Send my telephone number"):
        assert _button(label).request_contact
    assert not _button("Gửi").request_contact


@pytest.mark.parametrize("card", [{"user_id": 4712}, {"user_id": None}])
def test_a_card_of_the_phone_book_proves_nothing(
    system: System, client: FlaskClient, now: datetime, card: dict[str, Any]
) -> None:
    """Whoever has somebody's number could join in their place."""
    invited(system, "0905123456", now)
    contact = {key: value for key, value in {**OWN, **card}.items() if value is not None}
    assert "chính người nhắn" in sends(system, client, "", contact=contact)


def test_a_number_nobody_invited_is_refused_calmly(system: System, client: FlaskClient) -> None:
    """With the two ways that are left."""
    answer = sends(system, client, "", contact=OWN)
    assert "Chưa có mã mời nào" in answer
    assert "liên kết" in answer
