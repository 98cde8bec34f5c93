"""A whole report by Telegram and by Zalo over real sockets: webhook or poll in, sender out."""

import io
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from bot.polling import Poller
from bot.web import create_app
from bot.web_pages.webhooks import ACCOUNT_HEADER, TELEGRAM_HEADER, ZALO_HEADER
from qcdc_core.config import webhook_secret
from qcdc_core.messages.tables import InboundMessage
from qcdc_core.reports import notices
from qcdc_core.reports.tables import FigureValue, Report
from qcdc_core.units.tables import Unit
from tests.builders import user
from tests.channels.conftest import System
from tests.fakes.official_account import headers_for

HEADERS = {"telegram": TELEGRAM_HEADER, "zalo-bot": ZALO_HEADER, "zalo-oa": ACCOUNT_HEADER}
# A body whose event cannot be read cannot be signed by the Official Account either.
CALM = {"telegram": (200, 413), "zalo-bot": (200, 413), "zalo-oa": (200, 403, 413)}
FIGURES = "họp 2 cuộc 96 người, hòa giải 3 vụ thành 2 không thành 1, góp 12tr5"


@dataclass
class Phone:
    """Somebody on a platform; ``says`` delivers by webhook and returns what came back."""

    system: System
    client: FlaskClient
    name: str
    chat: str
    bodies: list[dict[str, Any]] = field(default_factory=list)

    def says(self, text: str) -> str:
        self.bodies.append(self.body(text))
        return self.delivers(self.bodies[-1])

    def delivers(self, body: dict[str, Any]) -> str:
        before = len(self.system.fake.texts(self.chat))
        data = json.dumps(body)
        answer = self.client.post(f"/hook/{self.name}", data=data, headers=self.headers(data))
        assert answer.status_code == 200
        self.system.delivers()
        return "\n".join(self.system.fake.texts(self.chat)[before:])

    def body(self, text: str) -> dict[str, Any]:
        match self.name:
            case "telegram":
                return self.system.fake.telegram_update(int(self.chat), text)
            case "zalo-bot":
                return self.system.fake.zalo_event(self.chat, text)
        event: dict[str, Any] = self.system.fake.oa.event(self.chat, text)
        return event

    def headers(self, data: str | bytes) -> dict[str, str]:
        if self.name == "zalo-oa":
            body = data.encode() if isinstance(data, str) else data
            return headers_for(body, now=self.system.fake.oa.now)
        header = TELEGRAM_HEADER if self.name == "telegram" else ZALO_HEADER
        return {header: webhook_secret(self.system.settings, self.name)}


@pytest.fixture
def client(system: System, engine: Engine) -> FlaskClient:
    return create_app(system.settings, engine, system.clock.now).test_client()


@pytest.fixture(params=["telegram", "zalo-bot", "zalo-oa"])
def phone(request: pytest.FixtureRequest, system: System, client: FlaskClient) -> Phone:
    return Phone(system, client, request.param, "4711")


def joined(phone: Phone) -> Phone:
    phone.says("xin chào")
    phone.says(phone.system.codes[0])
    assert "đầu mối báo cáo" in phone.says("đồng ý")
    return phone


def counts(system: System) -> tuple[int, int]:
    with system.sessions() as session:
        reports = session.scalar(select(func.count()).select_from(Report)) or 0
        messages = session.scalar(select(func.count()).select_from(InboundMessage)) or 0
        return reports, messages


def test_join_report_and_receipt(phone: Phone) -> None:
    """The same dialogue as on the web, with what this platform can show."""
    joined(phone)
    assert "Tiền đóng góp: 12.500.000 đồng" in phone.says(FIGURES)
    phone.says("khong co")
    assert "Đã nhận lúc" in phone.says("gửi")
    assert counts(phone.system)[0] == 1


def test_a_report_is_returned_and_mended_on_the_platform(phone: Phone) -> None:
    """The officer's question arrives in the chat; the correction comes back."""
    joined(phone)
    phone.says(FIGURES)
    phone.says("khong co")
    phone.says("gửi")
    with phone.system.sessions.begin() as session:
        report = session.scalars(select(Report)).one()
        commune = session.scalars(select(Unit).where(Unit.code == "MH-SL")).one()
        officer = user(session, "hoa", "officer", commune)
        asked = {"hop_thon": "Biên bản chỉ có 1 cuộc."}
        notices.ask_back(session, report.id, officer, asked, phone.system.clock.now())
    phone.system.delivers()
    assert "Biên bản chỉ có 1 cuộc" in phone.system.fake.texts(phone.chat)[-1]
    assert "2 cuộc → 1 cuộc" in phone.says("sửa 1")
    phone.says("gửi")
    with phone.system.sessions() as session:
        held = select(FigureValue.value).where(
            FigureValue.code == "hop_thon", FigureValue.replaced_at.is_(None)
        )
        assert session.scalars(held).one() == 1


def test_a_question_is_answered_with_its_citation(phone: Phone) -> None:
    """Without enrolling."""
    phone.says("xin chào")
    assert "Căn cứ" in phone.says("cty ko tổ chức hnnld thì bị phạt bao nhiêu")


def test_a_letter_chooses_where_there_are_no_buttons(system: System, client: FlaskClient) -> None:
    """And a bare number stays a figure."""
    phone = joined(Phone(system, client, "zalo-bot", "4711"))
    answer = phone.says("hòa giải 5 vụ thành 3 không thành 1")
    assert "A. Đang hòa giải 1 vụ" in answer
    assert "Đang hòa giải: 1 vụ" in phone.says("a")


def test_the_same_delivery_twice_changes_nothing(phone: Phone) -> None:
    """Every message of the month again: no second report, no second answer."""
    joined(phone)
    phone.says(FIGURES)
    phone.says("khong co")
    phone.says("gửi")
    before = counts(phone.system), len(phone.system.fake.sent)
    for body in phone.bodies:
        assert phone.delivers(body) == ""
    assert (counts(phone.system), len(phone.system.fake.sent)) == before


def test_who_erases_their_data_is_told_that_it_is_done(phone: Phone) -> None:
    """Also by an Official Account, whose leave to write stands with the chat that is gone."""
    joined(phone)
    phone.says("xóa dữ liệu")
    assert "Đã xóa dữ liệu cá nhân" in phone.says("xóa hết")


def test_a_flat_body_of_zalo_is_read_too(system: System, client: FlaskClient) -> None:
    """At least one live platform sends it without its wrapper."""
    phone = Phone(system, client, "zalo-bot", "4711")
    assert "trợ lý tự động" in phone.delivers(phone.body("chào")["result"])


@pytest.mark.parametrize("secret", ["", "sai", "é"])
def test_a_wrong_secret_is_refused_and_nothing_is_stored(phone: Phone, secret: str) -> None:
    """Nothing of the body is looked at that is not needed for the proof."""
    header = HEADERS[phone.name]
    answer = phone.client.post(
        f"/hook/{phone.name}",
        data=json.dumps(phone.body("chào")),
        headers={header: secret.encode().decode("latin-1")},
    )
    assert answer.status_code == 403
    assert counts(phone.system) == (0, 0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b'{"update_id": 1}',
        b'{"update_id": "a", "message": {"chat": 5}}',
        b'{"result": {"message": {"chat": {"id": 5}, "message_id": []}}}',
        b'{"message": {"message_id": 1, "date": "x", "chat": {"id": 1, "type": "private"}}}',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"update_id": 1, "update_id": 2}',
    ],
)
def test_a_body_that_is_no_message_is_taken_calmly(phone: Phone, data: bytes) -> None:
    """200 and nothing stored, or the platform would bring it again for a day."""
    answer = phone.client.post(f"/hook/{phone.name}", data=data, headers=phone.headers(data))
    assert answer.status_code in CALM[phone.name]
    assert counts(phone.system) == (0, 0)


def test_a_large_body_of_untold_length_is_refused_not_cut(phone: Phone) -> None:
    """A message cut off and answered 200 would be lost."""
    answer = phone.client.post(
        f"/hook/{phone.name}",
        input_stream=io.BytesIO(b'{"a": "' + b"x" * 70_000 + b'"}'),
        headers=phone.headers(b"{}"),
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413


def test_a_body_of_ten_megabytes_is_refused(phone: Phone) -> None:
    """Cheaply: by its length."""
    answer = phone.client.post(
        f"/hook/{phone.name}", data=b"x" * 10_000_000, headers=phone.headers(b"{}")
    )
    assert answer.status_code == 413


def test_a_channel_without_a_token_has_no_webhook(engine: Engine, system: System) -> None:
    """Nothing to probe."""
    none = {"telegram_token": None, "zalo_bot_token": None, "zalo_oa_secret_key": None}
    bare = system.settings.model_copy(update=none)
    client = create_app(bare, engine, system.clock.now).test_client()
    for name in HEADERS:
        assert client.post(f"/hook/{name}").status_code == 404


def test_an_image_gets_a_sentence(phone: Phone) -> None:
    """Of no report yet: it is asked whose it is, not swallowed."""
    joined(phone)
    if phone.name == "telegram":
        photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
        body = phone.system.fake.telegram_update(int(phone.chat), "", photo=photo)
    elif phone.name == "zalo-bot":
        body = phone.system.fake.zalo_event(
            phone.chat, "", "message.image.received", photo="http://127.0.0.1/x.jpg"
        )
    else:
        attached = [{"type": "image", "payload": {"url": "http://127.0.0.1/x.jpg"}}]
        body = phone.system.fake.oa.event(phone.chat, "", "user_send_image", attachments=attached)
    assert "kèm phiếu nào" in phone.delivers(body)


def test_an_event_of_an_unknown_kind_is_answered_calmly(
    system: System, client: FlaskClient
) -> None:
    """Content that the law withholds from the bot, and whatever comes later."""
    phone = joined(Phone(system, client, "zalo-bot", "4711"))
    body = system.fake.zalo_event(phone.chat, "", "message.unsupported.received")
    assert "Chỉ đọc được chữ" in phone.delivers(body)


def test_an_edited_message_is_not_read_again(system: System, client: FlaskClient) -> None:
    """The first text stands; the sender is told to write anew."""
    phone = joined(Phone(system, client, "telegram", "4711"))
    body = system.fake.telegram_update(4711, "họp 5 cuộc")
    body["edited_message"] = body.pop("message")
    assert "tin mới" in phone.delivers(body)


def test_groups_are_left_alone(system: System, client: FlaskClient) -> None:
    """Figures and questions belong into a private chat."""
    phone = Phone(system, client, "telegram", "4711")
    body = phone.body("họp 2 cuộc")
    body["message"]["chat"] = {"id": -5, "type": "group", "title": "Thôn"}
    phone.delivers(body)
    assert counts(system) == (0, 0)


def polled(system: System, poll: Callable[[Poller], None], done: Callable[[], bool]) -> None:
    """Let a poller run until ``done``, ten seconds at most."""
    stop = threading.Event()
    poller = Poller(system.sessions, system.clock.now, system.settings, stop)
    thread = threading.Thread(target=poll, args=(poller,), daemon=True)
    thread.start()
    for _ in range(200):
        if done():
            break
        time.sleep(0.05)
    stop.set()
    thread.join(timeout=5)
    assert done()


def test_messages_are_fetched_where_no_webhook_is_set(system: System) -> None:
    """Both platforms; Telegram's repeats fall away by their id."""
    system.fake.updates.append(system.fake.telegram_update(4711, "chào"))
    polled(system, lambda one: one.telegram(system.telegram, 0), lambda: not system.fake.updates)
    system.fake.events.append(system.fake.zalo_event("z1", "chào"))
    polled(system, lambda one: one.zalo_bot(system.zalo, 0), lambda: counts(system)[1] == 2)
    system.delivers()
    assert "trợ lý tự động" in system.fake.texts("4711")[0]
    assert "trợ lý tự động" in system.fake.texts("z1")[0]
