"""Platform, database, disk and clock misbehave: nothing is lost, and all goes on by itself."""

import itertools
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot import __main__ as bot_main
from bot import polling, worker
from bot.channels.channel import Delivery, Incoming
from bot.channels.receiving import store
from bot.polling import Poller
from bot.sender import Sender
from bot.web import create_app
from bot.web_pages.webhooks import TELEGRAM_HEADER
from bot.worker import work_off
from qcdc_core import leader
from qcdc_core.config import webhook_secret
from qcdc_core.health.messages import inbox_well, outbox_well
from qcdc_core.messages.tables import InboundMessage
from tests.channels.conftest import System
from tests.channels.test_sender import CHANNELS, both, put, states

HOUR = 3600.0
MESSAGE = Incoming("1", "77", "text", "chào")
Hook = Callable[[dict[str, Any]], int]


@pytest.fixture
def hook(system: System, engine: Engine) -> Hook:
    """Telegram calls; the status that it is told."""
    client = create_app(system.settings, engine, system.clock.now).test_client()
    headers = {TELEGRAM_HEADER: webhook_secret(system.settings, "telegram")}
    return lambda body: client.post("/hook/telegram", json=body, headers=headers).status_code


@pytest.fixture
def on_sqlite(engine: Engine) -> Engine:
    if engine.dialect.name != "sqlite":
        pytest.skip("a fault that an embedded database alone can have")
    return engine


@contextmanager
def connected_with(engine: Engine, pragma: str) -> Iterator[None]:
    """Every connection obeys ``pragma`` for a while."""

    def obey(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", obey)
    engine.dispose()
    yield
    event.remove(engine, "connect", obey)
    engine.dispose()


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    """Another program holds the database longer than anybody waits."""
    with (
        connected_with(engine, "busy_timeout = 30"),
        closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as holder,
    ):
        holder.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full(engine: Engine) -> Iterator[None]:
    """No page more than there are."""
    with engine.connect() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
    with connected_with(engine, f"max_page_count = {pages}"):
        yield


def alarms(system: System) -> set[str]:
    """What doctor finds wrong with messages."""
    with system.sessions() as session:
        now = system.clock.now()
        results = [*inbox_well(session, now), outbox_well(session, now)]
    return {one.code for one in results if not one.is_well}


def inbox(system: System) -> list[tuple[str, int]]:
    """State and counted failures of each message."""
    with system.sessions() as session:
        rows = select(InboundMessage.state, InboundMessage.attempts).order_by(InboundMessage.id)
        return [tuple(row) for row in session.execute(rows)]  # type: ignore[misc]


def sweeps(system: System) -> None:
    work_off(system.sessions, system.clock.now, system.settings)


def restarted(system: System) -> Sender:
    """The sender of a new process, which remembers nothing."""
    return Sender(
        system.sessions,
        [system.telegram, system.zalo],
        system.clock.now,
        lambda: system.clock.steady,
    )


# --- The platform ---------------------------------------------------------------------------------


@both
def test_a_connection_cut_after_delivery_is_repeated_only_when_that_is_safe(
    system: System, channel: str
) -> None:
    """Nobody can say whether it arrived."""
    system.fake.faults.extend(["cut", "cut"])
    put(system, channel, "một", repeatable=False)
    system.delivers()
    assert states(system) == ["unknown"]
    put(system, channel, "hai")
    system.delivers()
    system.clock.passes(60)
    system.delivers()
    assert states(system) == ["unknown", "sent"]
    assert system.fake.texts(CHANNELS[channel][1]) == ["một", "hai", "hai"]


def test_a_flood_answer_of_hours_holds_over_a_restart_and_raises_the_alarm(system: System) -> None:
    """A new process does not begin to knock again; doctor says that answers are late."""
    system.fake.faults.append("429 7200")
    put(system, "telegram", "một")
    system.sender.deliver_due()
    assert alarms(system) == set()
    system.clock.passes(1.9 * HOUR)
    again = restarted(system)
    again.deliver_due()
    assert system.fake.sent == []
    assert alarms(system) == {"outbox"}
    system.clock.passes(0.2 * HOUR)
    again.deliver_due()
    assert states(system) == ["sent"]
    assert alarms(system) == set()


def test_an_error_nobody_thought_of_stops_no_other_message(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sender's thread lives on, and a message that always breaks it is given up in the end."""
    monkeypatch.setattr(bot_main, "PAUSE_AFTER_FAILURE", 0.0)
    send, stop = system.telegram.send, threading.Event()
    broken: list[Delivery] = []
    monkeypatch.setattr(
        system.telegram,
        "send",
        lambda address, words, choices: (
            broken[0] if words == "một" else send(address, words, choices)
        ),
    )
    put(system, "telegram", "một", "hai")
    rounds = itertools.count()

    def deliver_due() -> int:
        if next(rounds) > 20:
            stop.set()
        system.clock.passes(200)
        return Sender.deliver_due(system.sender)

    monkeypatch.setattr(system.sender, "deliver_due", deliver_due)
    bot_main._keep_on(system.sender.deliver_due, stop)
    assert states(system) == ["unknown", "sent"]


# --- The database ---------------------------------------------------------------------------------


def test_a_message_that_cannot_be_stored_is_not_acknowledged(
    system: System, hook: Hook, on_sqlite: Engine
) -> None:
    """The platform keeps it and brings it again; then it is answered, once."""
    body = system.fake.telegram_update(4711, "chào")
    with locked(on_sqlite):
        assert hook(body) == 503
    assert inbox(system) == []
    assert (hook(body), hook(body)) == (200, 200)
    system.delivers()
    assert len(system.fake.texts("4711")) == 1


def test_the_sender_waits_for_a_locked_database(
    system: System, on_sqlite: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its thread lives on, and nothing goes out that could not be noted."""
    put(system, "telegram", "một")
    stop = threading.Event()
    with locked(on_sqlite):
        thread = threading.Thread(target=bot_main._keep_on, args=(system.sender.deliver_due, stop))
        thread.start()
        thread.join(timeout=1)
        assert thread.is_alive()
        assert system.fake.sent == []
    thread.join(timeout=1)
    stop.set()
    thread.join(timeout=10)
    assert states(system) == ["sent"]


def test_an_event_fetched_from_zalo_stays_in_hand_until_it_is_stored(
    system: System, on_sqlite: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That platform acknowledges nothing and would never bring it again."""
    monkeypatch.setattr(polling, "PAUSE_AFTER_FAILURE", 0.1)
    stop = threading.Event()
    poller = Poller(system.sessions, system.clock.now, system.settings, stop)
    thread = threading.Thread(target=lambda: poller.zalo_bot(system.zalo, 0))
    with locked(on_sqlite):
        system.fake.events.append(system.fake.zalo_event("z1", "chào"))
        thread.start()
        thread.join(timeout=1)
        assert not system.fake.events
    thread.join(timeout=2)
    stop.set()
    thread.join(timeout=10)
    assert inbox(system) == [("done", 0)]


def test_a_full_disk_parks_nothing_and_all_is_answered_when_there_is_room(
    system: System, hook: Hook, on_sqlite: Engine
) -> None:
    """However long it lasts: the message is sound, so failing there counts for nothing."""
    bodies = [system.fake.telegram_update(4711, f"chào {'rất dài ' * 450}") for _ in range(40)]
    with full(on_sqlite):
        taken = [hook(body) for body in bodies]
        assert 503 in taken
        for _ in range(30):
            system.clock.passes(60)
            with suppress(OperationalError):
                sweeps(system)
        assert all(counted == 0 for _state, counted in inbox(system))
    for body in bodies:
        assert hook(body) == 200
    system.clock.passes(60)
    sweeps(system)
    assert inbox(system) == [("done", 0)] * 40


def test_a_turn_that_the_database_broke_off_does_not_count(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deadlocks and full disks park nobody's message; those behind it are answered meanwhile."""
    take_turn = worker.take_turn
    deadlock = OperationalError("turn", None, Exception("deadlock"))

    def breaks_off(session: Session, message: InboundMessage, *rest: Any) -> None:
        if message.text == MESSAGE.text:
            raise deadlock
        take_turn(session, message, *rest)

    monkeypatch.setattr(worker, "take_turn", breaks_off)
    for number, said in enumerate([MESSAGE.text, "chào bạn"]):
        incoming = replace(MESSAGE, external_id=str(number), address=str(number), text=said)
        store(system.sessions, "telegram", "123456", incoming, system.clock.now())
    for _ in range(10):
        with suppress(OperationalError):
            sweeps(system)
        system.clock.passes(3)
    assert inbox(system) == [("waiting", 0), ("done", 0)]
    monkeypatch.setattr(worker, "take_turn", take_turn)
    system.clock.passes(5)
    sweeps(system)
    assert inbox(system) == [("done", 0)] * 2


def test_a_server_that_drops_its_connections_loses_nothing(
    system: System, hook: Hook, engine: Engine
) -> None:
    """PostgreSQL restarts between two messages."""
    if engine.dialect.name != "postgresql":
        pytest.skip("needs a server")
    assert hook(system.fake.telegram_update(4711, "chào")) == 200
    with engine.connect() as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
        connection.execute(text(others + "pg_backend_pid() AND datname = current_database()"))
    assert hook(system.fake.telegram_update(4711, "chào")) == 200
    assert inbox(system) == [("done", 0)] * 2


# --- The clock ------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [HOUR, 24 * HOUR, 4 * 365 * 24 * HOUR])
def test_a_clock_that_was_ahead_holds_nothing_up_when_it_is_put_right(
    system: System, jump: float
) -> None:
    """Messages and answers that were written in the future come at once."""
    system.clock.passes(jump)
    store(system.sessions, "telegram", "123456", MESSAGE, system.clock.now())
    put(system, "telegram", "một")
    system.clock.passes(-jump)
    sweeps(system)
    assert inbox(system) == [("done", 0)]
    system.delivers()
    assert states(system) == ["sent", "sent"]


def test_the_lead_and_jobs_of_a_clock_that_was_ahead_are_over(system: System) -> None:
    """Or nothing would happen by the clock for years."""
    hour = timedelta(hours=1)
    system.clock.passes(365 * 24 * HOUR)
    with system.sessions.begin() as session:
        assert leader.hold(session, "ticker", "then", system.clock.now())
        assert leader.claim_job(session, "job", hour, system.clock.now())
    system.clock.passes(-365 * 24 * HOUR)
    with system.sessions.begin() as session:
        assert leader.hold(session, "ticker", "now", system.clock.now())
        assert not leader.hold(session, "ticker", "other", system.clock.now())
        assert leader.claim_job(session, "job", hour, system.clock.now())
        assert not leader.claim_job(session, "job", hour, system.clock.now())


def test_a_repeated_try_after_the_clock_was_put_right_waits_as_ever(system: System) -> None:
    """The row still says that it was made in the future; that brings it forward only once."""
    system.clock.passes(24 * HOUR)
    put(system, "zalo-bot", "một")
    system.clock.passes(-24 * HOUR)
    system.fake.faults.extend(["403"] * 5)
    system.delivers()
    assert states(system) == ["waiting"]
    assert len(system.fake.faults) == 4


def test_a_clock_that_jumps_ahead_sends_nothing_twice(system: System) -> None:
    """What was sent stays sent; what waits goes out."""
    put(system, "telegram", "một", "hai")
    system.sender.deliver_due()
    system.clock.passes(365 * 24 * HOUR)
    system.delivers()
    assert system.fake.texts("77") == ["một", "hai"]
    assert states(system) == ["sent", "sent"]
