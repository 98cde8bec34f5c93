"""Where a person can be reached now."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from qcdc_core.messages import ledger, outbox
from qcdc_core.messages.inbox import conversation_at, receive
from qcdc_core.messages.reach import reachable
from qcdc_core.messages.tables import Conversation
from qcdc_core.people.tables import Person


class Somebody:
    """A person with a chat on each channel; ``writes`` is a message of theirs."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        person = Person(joined_at=now)
        session.add(person)
        session.flush()
        self.id = person.id
        self.chats: dict[str, Conversation] = {}
        for channel in ("web", "telegram", "zalo-bot", "zalo-oa"):
            chat = conversation_at(session, channel, "a", "x", now)
            chat.person_id = person.id
            self.chats[channel] = chat

    def writes(self, channel: str, **ago: int) -> None:
        at = self.now - timedelta(**ago)
        number = f"{channel}{at}"
        receive(self.session, self.chats[channel], number, "một", at)
        ledger.open_window(self.session, self.chats[channel], at)

    def ways(self) -> list[str]:
        return [chat.channel for chat in reachable(self.session, self.id, self.now)]


@pytest.fixture
def somebody(session: Session, now: datetime) -> Somebody:
    return Somebody(session, now)


def test_what_rings_comes_first_and_then_the_chat_used_last(somebody: Somebody) -> None:
    """A web page says nothing until it is opened."""
    somebody.writes("telegram", days=3)
    somebody.writes("zalo-oa", days=1)
    somebody.writes("web", hours=1)
    assert somebody.ways() == ["zalo-oa", "telegram", "zalo-bot", "web"]


def test_who_is_writing_just_now_is_answered_there(somebody: Somebody) -> None:
    """Whatever the channel."""
    somebody.writes("telegram", days=3)
    somebody.writes("web", minutes=5)
    assert somebody.ways()[0] == "web"


def test_closed_windows_and_blocked_chats_are_left_out(somebody: Somebody) -> None:
    """Empty when nothing is left."""
    somebody.writes("zalo-oa", days=8)
    somebody.chats["telegram"].unreachable_since = somebody.now
    ledger.rest(somebody.session, "zalo-bot", "a", somebody.now + timedelta(hours=1), "quota_used")
    assert somebody.ways() == ["web"]
    somebody.chats["web"].person_id = None
    assert somebody.ways() == []


def test_a_notice_goes_to_the_chat_it_is_about_among_equals(somebody: Somebody) -> None:
    """But not to a page when a telephone would ring."""
    for wanted, got in (("telegram", "telegram"), ("web", "zalo-bot")):
        somebody.writes("zalo-bot", hours=2)
        prefer = somebody.chats[wanted].id
        put = outbox.put_for_person(
            somebody.session, somebody.id, "hai", somebody.now, prefer=prefer
        )
        assert put is not None
        assert put.conversation_id == somebody.chats[got].id


def test_a_notice_waits_where_only_a_rest_stands_in_the_way(somebody: Somebody) -> None:
    """And is not written at all when nothing would ever take it."""
    for channel, chat in somebody.chats.items():
        chat.unreachable_since = None if channel == "zalo-bot" else somebody.now
    ledger.rest(somebody.session, "zalo-bot", "a", somebody.now + timedelta(hours=1), "quota_used")
    put = outbox.put_for_person(somebody.session, somebody.id, "hai", somebody.now)
    assert put is not None
    assert put.conversation_id == somebody.chats["zalo-bot"].id
    somebody.chats["zalo-bot"].unreachable_since = somebody.now
    assert outbox.put_for_person(somebody.session, somebody.id, "hai", somebody.now) is None
