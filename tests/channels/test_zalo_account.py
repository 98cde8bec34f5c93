"""The Official Account: proofs of its webhook, followers, windows, and what lies outside them."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from bot.web import create_app
from qcdc_core.messages import ledger, outbox
from qcdc_core.messages.inbox import conversation_at
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage
from qcdc_core.people.tables import Person
from tests.channels.conftest import System
from tests.fakes.official_account import OA_ID, headers_for, signed

HOOK = "/hook/zalo-oa"


@pytest.fixture
def client(system: System, engine: Engine) -> FlaskClient:
    return create_app(system.settings, engine, system.clock.now).test_client()


def post(client: FlaskClient, body: Any, headers: Mapping[str, str] | None = None) -> int:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(HOOK, data=data, headers=headers or headers_for(data)).status_code


def stored(system: System) -> list[InboundMessage]:
    with system.sessions() as session:
        return list(session.scalars(select(InboundMessage).order_by(InboundMessage.id)))


def states(system: System) -> list[tuple[str, str | None]]:
    with system.sessions() as session:
        rows = session.scalars(select(OutboundMessage).order_by(OutboundMessage.id))
        return [(row.state, row.failure) for row in rows]


# --- The webhook ------------------------------------------------------------------------------


def test_the_signature_covers_the_raw_body(system: System, client: FlaskClient) -> None:
    """With the body's own timestamp, or with that of a header."""
    for with_time in (False, True):
        body = json.dumps(system.fake.oa.event("u1", "chào"), indent=1).encode()
        assert post(client, body, headers_for(body, with_time=with_time)) == 200
    assert len(stored(system)) == 2


def test_a_changed_body_another_secret_or_no_signature_is_refused(
    system: System, client: FlaskClient
) -> None:
    """Nothing is stored."""
    body = json.dumps(system.fake.oa.event("u1", "họp 2 cuộc")).encode()
    stamp = json.loads(body)["timestamp"]
    assert post(client, body.replace(b"2", b"3", 1), headers_for(body)) == 403
    for shown in ("", "mac=", "mac=é", signed(body, stamp, "sai"), signed(body, "1")):
        assert post(client, body, {"X-ZEvent-Signature": shown.encode().decode("latin-1")}) == 403
    assert stored(system) == []


def test_an_old_copy_is_refused(system: System, client: FlaskClient) -> None:
    """A day old: the platform itself repeats for two hours."""
    body = json.dumps(system.fake.oa.event("u1", "chào")).encode()
    system.clock.passes(2 * 3600)
    assert post(client, body) == 200
    system.clock.passes(23 * 3600)
    assert post(client, body) == 403


def test_the_trial_before_saving_an_address_is_answered(
    system: System, client: FlaskClient
) -> None:
    """Unsigned, an empty object, no effect; anything else without a signature is refused."""
    assert client.post(HOOK, data=b"{}").status_code == 200
    assert client.post(HOOK, data=b'{"event_name": "follow"}').status_code == 403
    assert stored(system) == []


def test_a_repeated_delivery_changes_nothing(system: System, client: FlaskClient) -> None:
    """Same body, with the number of the attempt in a header."""
    body = json.dumps(system.fake.oa.event("u1", "chào")).encode()
    assert post(client, body) == 200
    assert post(client, body, {**headers_for(body), "num_retry": "1"}) == 200
    assert len(stored(system)) == 1


@pytest.mark.parametrize("wrapper", ["data", "result"])
def test_a_wrapped_body_is_read_too(system: System, client: FlaskClient, wrapper: str) -> None:
    """Relays put events into an envelope."""
    event = system.fake.oa.event("u1", "chào")
    body = json.dumps({wrapper: event}).encode()
    assert post(client, body, {"X-ZEvent-Signature": signed(body, event["timestamp"])}) == 200
    assert [one.text for one in stored(system)] == ["chào"]


def test_events_that_are_no_message_of_a_person_are_taken_calmly(
    system: System, client: FlaskClient
) -> None:
    """Echoes, receipts, other accounts, kinds that came later."""
    for name in (
        "oa_send_text",
        "user_received_message",
        "user_seen_message",
        "anonymous_send_text",
    ):
        assert post(client, system.fake.oa.event("u1", "x", name)) == 200
    other = system.fake.oa.event("u1", "chào")
    other["recipient"] = {"id": "another account"}
    broken = [
        {**system.fake.oa.event("u1", "chào"), "message": message}
        for message in (None, [], {"msg_id": 5}, {"msg_id": "", "text": "x"}, {"text": "x"})
    ]
    nobody = {**system.fake.oa.event("u1", "chào"), "sender": {"id": None}}
    for body in (other, nobody, *broken):
        assert post(client, body) == 200
    assert stored(system) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("user_send_image", "image"),
        ("user_send_file", "file"),
        ("user_send_sticker", "sticker"),
        ("user_send_audio", "voice"),
        ("user_send_location", "other"),
        ("user_send_something_new", "other"),
    ],
)
def test_what_is_no_text_is_answered_with_a_sentence(
    system: System, client: FlaskClient, name: str, kind: str
) -> None:
    """Also kinds that nobody knows yet."""
    post(client, system.fake.oa.event("u1", "chào"))
    assert post(client, system.fake.oa.event("u1", "", name)) == 200
    system.delivers()
    assert stored(system)[-1].kind == kind
    assert "Chỉ đọc được chữ" in system.fake.texts("u1")[-1]


def test_who_begins_to_follow_is_greeted_and_who_leaves_is_left_alone(
    system: System, client: FlaskClient
) -> None:
    """Coming back opens the chat again."""
    post(client, system.fake.oa.follower("u1"))
    system.delivers()
    assert "trợ lý tự động" in system.fake.texts("u1")[0]
    system.clock.passes(60)
    post(client, system.fake.oa.follower("u1", "unfollow"))
    with system.sessions.begin() as session:
        chat = session.scalars(select(Conversation)).one()
        assert chat.unreachable_since is not None
        outbox.put(session, chat.id, "nhắc hạn", system.clock.now())
    system.delivers()
    assert states(system)[-1] == ("refused", "chat_gone")
    post(client, system.fake.oa.event("u1", "chào"))
    with system.sessions() as session:
        assert session.scalars(select(Conversation)).one().unreachable_since is None


def test_a_late_word_that_somebody_left_does_not_close_a_chat_in_use(
    system: System, client: FlaskClient
) -> None:
    """Platforms deliver out of order."""
    left = system.fake.oa.follower("u1", "unfollow")
    system.clock.passes(60)
    post(client, system.fake.oa.event("u1", "chào"))
    post(client, left)
    with system.sessions() as session:
        assert session.scalars(select(Conversation)).one().unreachable_since is None


# --- Windows and the other chat -----------------------------------------------------------------


def somebody(system: System, *channels: str) -> dict[str, int]:
    """One person with a chat on each of these; all wrote just now."""
    accounts = {"zalo-oa": OA_ID, "telegram": "123456", "zalo-bot": "654321", "web": "web"}
    now = system.clock.now()
    with system.sessions.begin() as session:
        person = Person(joined_at=now)
        session.add(person)
        session.flush()
        found = {}
        for name in channels:
            chat = conversation_at(session, name, accounts[name], "77", now)
            chat.person_id = person.id
            ledger.open_window(session, chat, now)
            found[name] = chat.id
    system.fake.oa.touched("77", now)
    return found


def notice(system: System, chat: int, text: str = "nhắc hạn") -> None:
    with system.sessions.begin() as session:
        outbox.put(session, chat, text, system.clock.now(), choices=("Gửi",), repeatable=True)


def where(system: System) -> list[str]:
    """The channel of each message in the outbox that was not refused."""
    with system.sessions() as session:
        return list(
            session.scalars(
                select(Conversation.channel)
                .join(OutboundMessage, OutboundMessage.conversation_id == Conversation.id)
                .where(OutboundMessage.state != "refused")
                .order_by(OutboundMessage.id)
            )
        )


def test_outside_the_window_nothing_is_tried_and_the_other_chat_is_used(system: System) -> None:
    """With the same words and choices; the row that did not go says why and what it became."""
    chats = somebody(system, "zalo-oa", "telegram")
    system.clock.passes(8 * 86400)
    notice(system, chats["zalo-oa"])
    system.delivers()
    assert system.fake.oa.posted == 0
    assert states(system) == [("refused", "window_closed"), ("sent", None)]
    assert [(one.text, one.buttons) for one in system.fake.sent] == [("nhắc hạn", ("Gửi",))]
    with system.sessions() as session:
        first, second = session.scalars(select(OutboundMessage).order_by(OutboundMessage.id))
        assert second.moved_from == first.id


def test_without_another_chat_the_refusal_stands(system: System) -> None:
    """A clear outcome, not a loop."""
    chats = somebody(system, "zalo-oa")
    system.clock.passes(8 * 86400)
    notice(system, chats["zalo-oa"])
    system.delivers()
    assert (system.fake.oa.posted, states(system)) == (0, [("refused", "window_closed")])


@pytest.mark.parametrize(
    ("code", "why"),
    [("-230", "window_closed"), ("-232", "window_closed"), ("-311", "free_used")],
)
def test_the_platforms_own_count_is_believed(system: System, code: str, why: str) -> None:
    """When it says no, the next message is not tried any more."""
    chats = somebody(system, "zalo-oa", "web")
    system.fake.oa.faults.append(code)
    notice(system, chats["zalo-oa"], "một")
    notice(system, chats["zalo-oa"], "hai")
    system.delivers()
    assert system.fake.oa.posted == 1
    assert states(system)[:2] == [("refused", why)] * 2
    assert where(system) == ["web", "web"]


def test_the_ninth_message_is_not_sent_at_somebodys_cost(system: System) -> None:
    """Unless the installation pays."""
    chats = somebody(system, "zalo-oa")
    for number in range(9):
        notice(system, chats["zalo-oa"], str(number))
    system.delivers()
    assert len(system.fake.sent) == 8
    assert states(system)[-1] == ("refused", "free_used")
    assert system.fake.oa.paid == 0
    system.oa.paid_a_month = 1
    system.clock.passes(61)
    for number in range(2):
        notice(system, chats["zalo-oa"], str(number))
    system.delivers()
    assert system.fake.oa.paid == 1


@pytest.mark.parametrize("code", ["-213", "-217", "-227", "-244"])
def test_who_blocked_the_account_is_reached_elsewhere(system: System, code: str) -> None:
    """All that waited there goes along, in order."""
    chats = somebody(system, "zalo-oa", "telegram")
    system.fake.oa.faults.append(code)
    notice(system, chats["zalo-oa"], "một")
    notice(system, chats["zalo-oa"], "hai")
    system.delivers()
    assert [one.text for one in system.fake.sent] == ["một", "hai"]
    assert where(system) == ["telegram", "telegram"]


def test_a_message_that_fails_everywhere_comes_to_rest(system: System) -> None:
    """Each chat is tried once."""
    chats = somebody(system, "zalo-oa", "telegram")
    system.clock.passes(8 * 86400)
    system.fake.faults.append("403")
    notice(system, chats["zalo-oa"])
    system.delivers()
    assert [state for state, _why in states(system)] == ["refused", "refused"]


def test_an_answer_stays_under_what_it_answers(system: System, client: FlaskClient) -> None:
    """Only what the program says of its own accord goes elsewhere."""
    somebody(system, "zalo-oa", "telegram")
    post(client, system.fake.oa.event("77", "chào"))
    system.fake.oa.faults.append("-230")
    system.delivers()
    assert states(system) == [("refused", "window_closed")]


@pytest.mark.parametrize("code", ["-224", "-321", "-211"])
def test_a_fault_of_the_account_halts_it_and_what_can_goes_elsewhere(
    system: System, code: str
) -> None:
    """Tier, billing, quota: nobody waits for hours who can be reached otherwise."""
    chats = somebody(system, "zalo-oa", "telegram")
    system.fake.oa.faults.append(code)
    notice(system, chats["zalo-oa"])
    system.delivers()
    assert where(system) == ["telegram"]
    assert system.fake.oa.posted == 1


def test_the_month_of_the_zalo_bot_is_counted(system: System) -> None:
    """At 3,000 it rests until the next month, and other chats are used."""
    chats = somebody(system, "zalo-bot", "telegram")
    with system.sessions.begin() as session:
        bot = session.get_one(Conversation, chats["zalo-bot"])
        ledger.note_sent(session, bot, system.clock.now(), 2999)
    for text in ("một", "hai"):
        notice(system, chats["zalo-bot"], text)
    system.delivers()
    assert where(system) == ["zalo-bot", "telegram"]


def test_a_rest_outlives_the_process(system: System) -> None:
    """A new sender asks the ledger, and goes on when the time has come."""
    chats = somebody(system, "zalo-oa")
    system.fake.oa.faults.append("-32")
    notice(system, chats["zalo-oa"])
    system.sender.deliver_due()
    with system.sessions() as session:
        chat = session.get_one(Conversation, chats["zalo-oa"])
        found = ledger.verdict(session, chat, system.clock.now())
        assert found.until == system.clock.now() + timedelta(minutes=1)
    system.clock.passes(61)
    system.delivers()
    assert system.fake.texts("77") == ["nhắc hạn\nA. Gửi"]
