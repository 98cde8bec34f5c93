"""What the public face takes, refuses and gives away: cookies, limits, headers, bad input."""

import re
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.web import create_app
from qcdc_core import db
from qcdc_core.config import Settings
from qcdc_core.messages import inbox
from qcdc_core.messages.tables import Conversation, InboundMessage
from tests.bot.web_pages.visitor import Clock, Visitor, count


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


def test_a_changed_cookie_opens_no_conversation(app: Flask, visitor: Visitor) -> None:
    """The signature holds the address."""
    visitor.sends("một câu riêng")
    cookie = visitor.http.get_cookie("qcdc_chat")
    assert cookie
    stranger = app.test_client()
    stranger.set_cookie("qcdc_chat", cookie.value[:-3] + "abc")
    assert "một câu riêng" not in stranger.get("/").text


def test_what_was_written_is_never_markup(visitor: Visitor) -> None:
    """On the page and in what the script inserts."""
    news = visitor.sends("<script>alert('x')</script> & <b>").get_json()
    assert "<b>" not in news["messages"][1]["html"]
    visitor.opens()
    assert "<script>alert" not in visitor.html
    assert "&lt;script&gt;" in visitor.html


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
    assert "chỉ nhận chữ" in response.text


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
