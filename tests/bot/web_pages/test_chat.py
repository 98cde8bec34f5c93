"""The web chat as a browser without script, and as its own script, meet it."""

import re
import uuid
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from bot.web_pages import chat as chat_page
from qcdc_core.messages import outbox
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage
from qcdc_core.people import invite
from qcdc_core.people.tables import Post
from qcdc_core.units import add_unit
from tests.bot.web_pages.visitor import Visitor, count, texts


def test_a_first_visit_stores_nothing(visitor: Visitor, reading: Session) -> None:
    """Who only looks leaves no trace; the greeting says that it is a machine and offers answers."""
    assert "trợ lý tự động" in visitor.html
    assert 'value="Tôi có mã mời"' in visitor.html
    visitor.asks()
    assert count(reading, Conversation) == 0


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


def test_letters_are_composed_and_pictures_of_letters_kept(
    visitor: Visitor, reading: Session
) -> None:
    """Phones send decomposed Vietnamese; an emoji made of several signs stays whole."""
    visitor.sends("Ho\u0323p tho\u0302n 👩‍🌾 2 cuo\u0323\u0302c\r\nhết")
    assert reading.scalar(select(InboundMessage.text)) == "Họp thôn 👩‍🌾 2 cuộc\nhết"


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
