"""The web chat as a browser without script, and as its own script, meet it."""

import json
import re
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from bot.web import create_app
from bot.web_pages import chat as chat_page
from qcdc_core import db
from qcdc_core.config import Settings
from qcdc_core.messages import inbox, outbox
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage
from qcdc_core.people import invite
from qcdc_core.people.tables import Post
from qcdc_core.units import add_unit


class Clock:
    """Each look is a second later, so that messages have an order."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


class Visitor:
    """A browser on the chat: ``sends`` as the script does, ``submits`` as the plain form does."""

    def __init__(self, app: Flask) -> None:
        self.http: FlaskClient = app.test_client()
        self.cursor = "0.0"
        self.html = ""
        self.opens()

    def opens(self, address: str = "/") -> TestResponse:
        response = self.http.get(address)
        self.html = response.text
        return response

    @property
    def token(self) -> str:
        found = re.search(r'data-token="([^"]+)"', self.html)
        assert found
        return found[1]

    def posts(self, body: Any, **headers: str) -> TestResponse:
        headers = {"X-CSRFToken": self.token, "Content-Type": "application/json"} | headers
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.http.post("/messages", data=data, headers=headers)

    def sends(self, text: str, message_id: str | None = None) -> TestResponse:
        message_id = message_id or str(uuid.uuid4())
        return self.posts({"id": message_id, "text": text, "after": self.cursor})

    def submits(self, **fields: str) -> TestResponse:
        form = {"csrf_token": self.token, "id": str(uuid.uuid4())} | fields
        return self.http.post("/messages", data=form)

    def asks(self, cursor: str | None = None) -> dict[str, Any]:
        response = self.http.get("/messages", query_string={"after": cursor or self.cursor})
        assert response.status_code == 200
        news: dict[str, Any] = response.get_json()
        self.cursor = news["cursor"]
        return news


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, var=tmp_path, secret_key="ký thử", committee="Ban Chỉ đạo thử")


@pytest.fixture
def app(engine: Engine, settings: Settings, now: datetime) -> Flask:
    return create_app(settings, engine, Clock(now))


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def reading(engine: Engine) -> Iterator[Session]:
    with db.reading(engine)() as session:
        yield session


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def texts(news: dict[str, Any]) -> list[str]:
    return [entry["text"] for entry in news["messages"]]


def test_a_first_visit_stores_nothing(visitor: Visitor, reading: Session) -> None:
    """Who only looks leaves no trace; the greeting says that it is a machine and offers answers."""
    assert "trợ lý tự động" in visitor.html
    assert 'value="Tôi có mã mời"' in visitor.html
    visitor.asks()
    assert count(reading, Conversation) == 0


def test_the_cookie_is_a_signed_secret_of_this_site(app: Flask) -> None:
    """Scripts cannot read it, other sites cannot send it with a form, and it lasts."""
    cookie = app.test_client().get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert "Expires=" in cookie


def test_cookies_go_over_https_only_where_told(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    """Behind an HTTPS server nothing travels in the clear."""
    app = create_app(settings.model_copy(update={"secure_cookies": True}), engine, Clock(now))
    response = app.test_client().get("/", base_url="https://localhost")
    assert "; Secure" in response.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in response.headers


def test_a_message_is_stored_and_answered_at_once(visitor: Visitor, reading: Session) -> None:
    """The answer comes with the very request; the greeting is not said a second time."""
    news = visitor.sends("Tôi có mã mời").get_json()
    sides = [entry["side"] for entry in news["messages"]]
    assert sides == ["machine", "person", "machine"]
    assert "mã mời" in texts(news)[2]
    assert news["waiting"] is False
    assert reading.scalars(select(InboundMessage)).one().state == "done"
    replies = reading.scalars(select(OutboundMessage)).all()
    assert [(reply.state, reply.sent_at is not None) for reply in replies] == [("sent", True)] * 2


def test_the_place_is_kept_after_a_reload(visitor: Visitor) -> None:
    """The conversation is the browser's; a page opened anew shows all of it."""
    visitor.sends("Tôi có mã mời")
    visitor.opens()
    assert visitor.html.count('class="entry') == 3 + 1  # and the script's pattern of a bubble
    assert "Gửi mã mời vào đây" in visitor.html


def test_two_browsers_do_not_see_each_other(app: Flask, visitor: Visitor) -> None:
    """An address is one browser's."""
    visitor.sends("một câu riêng")
    other = Visitor(app)
    assert "một câu riêng" not in other.html
    assert other.asks("0.0")["messages"] == []


def test_a_changed_cookie_opens_no_conversation(app: Flask, visitor: Visitor) -> None:
    """The signature holds the address."""
    visitor.sends("một câu riêng")
    cookie = visitor.http.get_cookie("qcdc_chat")
    assert cookie
    stranger = app.test_client()
    stranger.set_cookie("qcdc_chat", cookie.value[:-3] + "abc")
    assert "một câu riêng" not in stranger.get("/").text


def test_a_message_sent_again_changes_nothing(visitor: Visitor, reading: Session) -> None:
    """After a lost connection the page sends with the same id: stored and answered once."""
    message_id = str(uuid.uuid4())
    first = visitor.sends("Tôi có mã mời", message_id).get_json()
    assert visitor.sends("Tôi có mã mời", message_id).get_json() == first
    assert count(reading, InboundMessage) == 1
    assert count(reading, OutboundMessage) == 2


def test_other_words_under_a_used_id_are_not_lost(visitor: Visitor, reading: Session) -> None:
    """A form taken back from the browser's memory still has the id of what it sent."""
    message_id = str(uuid.uuid4())
    visitor.submits(id=message_id, text="Tôi có mã mời")
    visitor.submits(id=message_id, text="7K3F-92")
    typed = reading.scalars(select(InboundMessage.text).order_by(InboundMessage.id)).all()
    assert typed == ["Tôi có mã mời", "7K3F-92"]


def test_the_chat_works_without_script(visitor: Visitor) -> None:
    """A form, a page: nothing else is needed."""
    response = visitor.submits(text="Tôi có mã mời")
    assert (response.status_code, response.location) == (303, "/#newest")
    visitor.opens()
    assert "Gửi mã mời vào đây" in visitor.html


def test_joining_by_code_on_the_page(
    visitor: Visitor, sessions: sessionmaker[Session], reading: Session, now: datetime
) -> None:
    """From the first visit to a post, by the buttons of the page."""
    with sessions.begin() as session:
        unit = add_unit(session, "MH", "tinh", "Minh Họa", None, valid_from=now.date())
        village = add_unit(session, "MH-D", "thon", "Đông", unit.id, valid_from=now.date())
        code = invite(session, village.id, "Trưởng thôn", now)
    visitor.submits(text=code)
    visitor.opens()
    assert '<button class="button" name="text" value="Đồng ý">' in visitor.html
    visitor.submits(text="Đồng ý")
    assert reading.scalars(select(Post)).one().title == "Trưởng thôn"


def test_only_the_last_reply_has_buttons(visitor: Visitor) -> None:
    """What was offered before is quiet text; pressing it would answer another question."""
    visitor.sends("Tôi có mã mời")
    visitor.opens()
    assert '<button class="button" name="text"' not in visitor.html
    assert "Tôi có mã mời · Tôi muốn hỏi" in visitor.html


def test_what_was_written_is_never_markup(visitor: Visitor) -> None:
    """On the page and in what the script inserts."""
    news = visitor.sends("<script>alert('x')</script> & <b>").get_json()
    assert "<b>" not in news["messages"][1]["html"]
    visitor.opens()
    assert "<script>alert" not in visitor.html
    assert "&lt;script&gt;" in visitor.html


def test_letters_are_composed_and_pictures_of_letters_kept(
    visitor: Visitor, reading: Session
) -> None:
    """Phones send decomposed Vietnamese; an emoji made of several signs stays whole."""
    visitor.sends("Ho\u0323p tho\u0302n 👩‍🌾 2 cuo\u0323\u0302c\r\nhết")
    assert reading.scalar(select(InboundMessage.text)) == "Họp thôn 👩‍🌾 2 cuộc\nhết"


def test_signs_that_cannot_be_stored_or_that_deceive_are_removed(
    visitor: Visitor, reading: Session
) -> None:
    """NUL, half a surrogate pair, and marks that would show 12 as 21."""
    assert visitor.sends("họp\x00 \ud800\u202e12\x07 cuộc").status_code == 200
    assert reading.scalar(select(InboundMessage.text)) == "họp 12 cuộc"


@pytest.mark.parametrize("text", ["", "  \n ", "\u0000"])
def test_an_empty_message_gets_a_hint(visitor: Visitor, reading: Session, text: str) -> None:
    """Nothing is stored and nothing goes wrong."""
    response = visitor.sends(text)
    assert (response.status_code, response.get_json()["error"]) == (400, "empty")
    assert count(reading, Conversation) == 0


def test_a_long_message_is_refused_and_stays_in_its_box(visitor: Visitor, reading: Session) -> None:
    """4,000 signs are taken; one more is not, and nothing is cut or lost."""
    assert visitor.sends("ậ" * 4000).status_code == 200
    response = visitor.sends("ậ" * 4001)
    assert (response.status_code, response.get_json()["error"]) == (413, "too_long")
    response = visitor.submits(text="dài " * 1001)
    assert response.status_code == 413
    assert "dài " * 1001 in response.text
    assert 'id="notice" role="status">' in response.text
    assert count(reading, InboundMessage) == 1


def test_a_huge_request_is_refused_unread(visitor: Visitor) -> None:
    """64 KiB hold any message that is taken."""
    response = visitor.posts("x" * 70_000)
    assert (response.status_code, response.get_json()["error"]) == (413, "too_large")
    assert visitor.submits(text="x" * 70_000).status_code == 413


@pytest.mark.parametrize("content_type", ["text/plain", "image/jpeg", "multipart/form-data"])
def test_other_contents_are_refused_with_a_sentence(visitor: Visitor, content_type: str) -> None:
    """A picture gets words, not a crash."""
    response = visitor.posts(b"\xff\xd8\xff", **{"Content-Type": content_type})
    assert response.status_code == 415
    assert "chưa nhận ảnh" in response.text


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "1",
        '{"text": "a"}',
        '{"id": "x", "text": "a"}',
        {"id": str(uuid.uuid4()), "text": 1},
        {"id": str(uuid.uuid4()), "text": "a", "more": 1},
        {"id": str(uuid.uuid4()), "text": "a", "after": "1"},
    ],
)
def test_malformed_requests_store_nothing(visitor: Visitor, reading: Session, body: Any) -> None:
    """Strict at the door."""
    response = visitor.posts(body)
    assert (response.status_code, response.get_json()["error"]) == (400, "malformed")
    assert count(reading, InboundMessage) == 0


@pytest.mark.parametrize("cursor", ["", "1", "a.b", "1.2.3", "-1.0", "9" * 30 + ".0"])
def test_a_cursor_that_is_none_is_refused(visitor: Visitor, cursor: str) -> None:
    """Also one too large for the database."""
    assert visitor.http.get("/messages", query_string={"after": cursor}).status_code == 400


def test_another_site_cannot_send(visitor: Visitor, reading: Session) -> None:
    """Without the token nothing is taken; the page gets a new one, and what was typed stays."""
    response = visitor.posts({"id": str(uuid.uuid4()), "text": "a"}, **{"X-CSRFToken": "wrong"})
    assert (response.status_code, response.get_json()["error"]) == (400, "csrf")
    again = {"X-CSRFToken": response.get_json()["csrf"]}
    response = visitor.submits(csrf_token="wrong", text="chưa gửi được")
    assert response.status_code == 400
    assert "chưa gửi được</textarea>" in response.text
    assert count(reading, InboundMessage) == 0
    assert visitor.posts({"id": str(uuid.uuid4()), "text": "a"}, **again).status_code == 200


def test_replies_of_others_arrive_by_themselves(
    visitor: Visitor, sessions: sessionmaker[Session], reading: Session, now: datetime
) -> None:
    """What an officer's page wrote is handed out once after the cursor, and noted as sent."""
    visitor.sends("Tôi muốn hỏi")
    visitor.asks("0.0")
    assert visitor.asks()["messages"] == []
    chat = reading.scalars(select(Conversation)).one()
    later = now + timedelta(hours=1)
    with sessions.begin() as session:
        outbox.put(session, chat.id, "Cán bộ xã hỏi lại", later, choices=["Sửa"])
    before = visitor.cursor
    news = visitor.asks()
    assert (texts(news), news["choices"]) == (["Cán bộ xã hỏi lại"], ["Sửa"])
    assert visitor.asks()["messages"] == []
    assert texts(visitor.asks(before)) == ["Cán bộ xã hỏi lại"]
    with sessions() as session:
        states = session.scalars(select(OutboundMessage.state)).all()
    assert set(states) == {"sent"}


def test_a_reply_that_became_visible_late_is_not_passed_over(
    visitor: Visitor, engine: Engine, sessions: sessionmaker[Session]
) -> None:
    """Two processes may commit in another order than they numbered."""
    visitor.sends("Tôi muốn hỏi")
    news = visitor.asks("0.0")
    with sessions.begin() as session:
        session.execute(
            update(OutboundMessage)
            .where(OutboundMessage.id == int(news["cursor"].split(".")[1]))
            .values(state="waiting", sent_at=None)
        )
    assert len(visitor.asks(news["cursor"])["messages"]) == 1
    assert visitor.asks(news["cursor"])["messages"] == []


def test_asking_writes_nothing_when_nothing_is_new(
    visitor: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand open pages ask; only news may cost a transaction."""
    visitor.sends("Tôi muốn hỏi")
    visitor.asks("0.0")
    monkeypatch.setattr(app.extensions["qcdc"].writing, "begin", None)
    assert visitor.asks()["messages"] == []
    assert visitor.opens().status_code == 200


def test_what_could_not_be_answered_at_once_waits(
    visitor: Visitor, reading: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message is safe when the turn cannot be taken: the page says that an answer is coming."""

    def locked(*_args: object) -> int:
        raise OperationalError("claim", None, Exception("locked"))

    monkeypatch.setattr(chat_page, "work_off", locked)
    news = visitor.sends("họp 2 cuộc").get_json()
    assert news["waiting"] is True
    assert reading.scalars(select(InboundMessage)).one().state == "waiting"
    visitor.opens()
    assert 'id="waiting" role="status">' in visitor.html


def test_a_failure_says_so_and_keeps_what_was_typed(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the log names the kind of error, never the words."""

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("họp kín ở nhà ông A")

    monkeypatch.setattr(inbox, "receive", broken)
    response = visitor.sends("họp kín ở nhà ông A")
    assert (response.status_code, response.get_json()["error"]) == (500, "failed")
    assert "họp kín</textarea>" in visitor.submits(text="họp kín").text
    assert "ông A" not in "".join(capsys.readouterr())


def test_thirty_messages_a_minute_are_enough(visitor: Visitor, app: Flask) -> None:
    """More are refused with a sentence; other visitors are not concerned."""
    for _ in range(30):
        assert visitor.sends("").status_code == 400
    response = visitor.sends("họp 2 cuộc")
    assert (response.status_code, response.get_json()["error"]) == (429, "too_many")
    assert int(response.headers["Retry-After"]) <= 61
    assert "họp 3 cuộc</textarea>" in visitor.submits(text="họp 3 cuộc").text
    assert Visitor(app).sends("họp 2 cuộc").status_code == 200


def test_older_messages_are_a_page_back(
    visitor: Visitor, sessions: sessionmaker[Session], now: datetime
) -> None:
    """A long conversation stays light: the last hundred, and a way to what was before."""
    visitor.sends("Tôi muốn hỏi")
    with sessions.begin() as session:
        chat = session.scalars(select(Conversation)).one()
        for minute in range(1, 131):
            moment = now + timedelta(minutes=minute)
            outbox.put(session, chat.id, f"tin số {minute}.", moment)
    visitor.opens()
    assert "tin số 130." in visitor.html
    assert "tin số 30." not in visitor.html
    found = re.search(r'href="(/\?before=[^"]+)"', visitor.html)
    assert found
    visitor.opens(found[1])
    assert "tin số 30." in visitor.html
    assert "tin số 31." not in visitor.html
    assert "<textarea" not in visitor.html


def test_days_are_told_apart(
    visitor: Visitor, sessions: sessionmaker[Session], now: datetime
) -> None:
    """On a clock in Việt Nam: 17:30 UTC is the next day there."""
    visitor.sends("Tôi muốn hỏi")
    with sessions.begin() as session:
        chat = session.scalars(select(Conversation)).one()
        outbox.put(session, chat.id, "Nhắc hạn", now.replace(hour=17, minute=30))
    visitor.opens()
    days = re.findall(r'class="day" data-day="[\d-]+">([^<]+)<', visitor.html)
    assert days == ["Thứ Ba, 13/10/2026", "Thứ Tư, 14/10/2026"]
    assert visitor.asks()["messages"][-1]["time"] == "00:30"


def test_signs_at_the_start_of_a_line_are_marked(
    visitor: Visitor, sessions: sessionmaker[Session], now: datetime
) -> None:
    """By their meaning, and only there."""
    visitor.sends("Tôi muốn hỏi")
    with sessions.begin() as session:
        chat = session.scalars(select(Conversation)).one()
        outbox.put(session, chat.id, "✔ Họp: 2\n! Lệch <1>\nĐúng không ?", now, repeatable=True)
    visitor.opens()
    assert '<span class="sign clear">✔\ufe0e</span> Họp: 2\n' in visitor.html
    assert '<span class="sign odd">!</span> Lệch &lt;1&gt;\nĐúng không ?</p>' in visitor.html


@pytest.mark.parametrize("address", ["/", "/messages?after=0.0", "/nowhere", "/healthz"])
def test_every_answer_is_closed_to_foreign_scripts(visitor: Visitor, address: str) -> None:
    """Only own files, nothing inline, no frames, and no cache keeps a conversation."""
    headers = visitor.http.get(address).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_pages_hold_nothing_inline(visitor: Visitor) -> None:
    """What the policy forbids would silently not work."""
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", visitor.html)


def test_the_first_load_is_light(visitor: Visitor) -> None:
    """At most 150 KB before the typeface, the script at most 8 KB: an old phone, a weak signal."""
    files = re.findall(r'(?:href|src)="(/(?:static|look)/[^"]+)"', visitor.html)
    sizes = {}
    for file in files:
        with visitor.http.get(file) as response:
            assert response.cache_control.max_age == 365 * 24 * 3600
            sizes[file.split("?")[0]] = len(response.data)
    assert sizes["/static/chat.js"] <= 8 * 1024
    assert len(visitor.html.encode()) + sum(sizes.values()) <= 150 * 1024


def test_unknown_pages_lead_back_to_the_chat(visitor: Visitor) -> None:
    """Also for a name under /look/."""
    for address in ("/nowhere", "/look/passwd"):
        response = visitor.http.get(address)
        assert response.status_code == 404
        assert 'href="/"' in response.text


def test_a_wrong_method_names_the_right_ones(visitor: Visitor) -> None:
    """405 with Allow, as HTTP asks."""
    response = visitor.http.put("/messages", headers={"X-CSRFToken": visitor.token})
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def test_health_tells_whether_the_database_answers(
    visitor: Visitor, settings: Settings, tmp_path: Path
) -> None:
    """200 or 503, for whoever watches."""
    assert visitor.http.get("/healthz").status_code == 200
    nowhere = db.make_engine("postgresql+psycopg://x@127.0.0.1:1/x")
    app = create_app(settings, nowhere)
    assert app.test_client().get("/healthz").status_code == 503
