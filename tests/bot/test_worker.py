"""Nothing is lost or doubled: twice delivered, killed in between, failing, and out of order."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from bot import worker
from bot.worker import work_off
from qcdc_core.config import Settings
from qcdc_core.messages import inbox
from qcdc_core.messages.tables import InboundMessage, OutboundMessage
from qcdc_core.people import invite
from qcdc_core.reports.tables import FigureValue, Report
from qcdc_core.units import add_unit

ROOT = Path(__file__).resolve().parents[2]
WHOLE_REPORT = (
    "họp 2 cuộc 96 người, hòa giải 3 vụ thành 2 không thành 1, góp 12tr5, ngày công 40, "
    "đất hiến 0, kiến nghị 4 giải quyết 3, giám sát 1"
)


@pytest.fixture
def code(sessions: sessionmaker[Session], now: datetime) -> str:
    with sessions.begin() as session:
        unit = add_unit(session, "SL-D", "thon", "Đông", None, valid_from=date(2026, 1, 1))
        return invite(session, unit.id, "Trưởng thôn", now)


def store(
    sessions: sessionmaker[Session], external_id: str, text: str, now: datetime, who: str = "a"
) -> int:
    with sessions.begin() as session:
        conversation = inbox.conversation_at(session, "web", "web", who, now)
        inbox.receive(session, conversation, external_id, text, now)
        return conversation.id


def tell(sessions: sessionmaker[Session], now: datetime, *texts: str) -> None:
    for number, text in enumerate(texts):
        store(sessions, f"{text[:20]}-{number}", text, now)
        work_off(sessions, lambda: now, Settings(_env_file=None))


def count(sessions: sessionmaker[Session], table: type) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_message_delivered_twice_is_answered_once(
    sessions: sessionmaker[Session], now: datetime, code: str
) -> None:
    """The platform's own id decides, with no time window."""
    for moment in (now, now, now + timedelta(days=30)):
        store(sessions, "same", code, moment)
        work_off(sessions, lambda: now, Settings(_env_file=None))
    assert count(sessions, InboundMessage) == 1
    assert count(sessions, OutboundMessage) == 1


def test_a_confirmation_delivered_twice_makes_one_report(
    sessions: sessionmaker[Session], now: datetime, code: str
) -> None:
    """Also when the person presses twice, with two messages."""
    tell(sessions, now, code, "đồng ý", WHOLE_REPORT, "gửi")
    store(sessions, "gửi-3", "gửi", now)
    store(sessions, "again", "gửi", now)
    work_off(sessions, lambda: now, Settings(_env_file=None))
    assert count(sessions, Report) == 1
    assert count(sessions, FigureValue) == 12


def killed(url: str, program: str) -> None:
    """Run a program on this database that ends itself by SIGKILL."""
    head = f"""
    import os, signal
    from datetime import datetime, UTC
    from qcdc_core import db
    from qcdc_core.config import Settings
    from qcdc_core.messages import inbox
    from bot import worker
    sessions = db.writing(db.make_engine({url!r}))
    now = datetime(2026, 10, 13, 12, 42, tzinfo=UTC)
    def die(*_a, **_k): os.kill(os.getpid(), signal.SIGKILL)
    """
    source = textwrap.dedent(head) + textwrap.dedent(program)
    done = subprocess.run([sys.executable, "-c", source], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


def test_killed_between_storing_and_answering_nothing_is_lost(
    engine: Engine, sessions: sessionmaker[Session], now: datetime, code: str
) -> None:
    """The message waits; the next start answers it."""
    tell(sessions, now, code, "đồng ý", WHOLE_REPORT)
    killed(
        address(engine),
        """
        with sessions.begin() as session:
            conversation = inbox.conversation_at(session, "web", "web", "a", now)
            inbox.receive(session, conversation, "confirm", "gửi", now)
        die()
        """,
    )
    assert count(sessions, Report) == 0
    work_off(sessions, lambda: now, Settings(_env_file=None))
    work_off(sessions, lambda: now, Settings(_env_file=None))
    assert count(sessions, Report) == 1
    assert count(sessions, FigureValue) == 12


def test_killed_before_the_commit_nothing_is_doubled(
    engine: Engine, sessions: sessionmaker[Session], now: datetime, code: str
) -> None:
    """The whole turn is one transaction: figures, state and replies come together or not at all."""
    tell(sessions, now, code, "đồng ý", WHOLE_REPORT)
    store(sessions, "confirm", "gửi", now)
    before = count(sessions, OutboundMessage)
    killed(
        address(engine),
        """
        worker.inbox.mark_done = die
        worker.work_off(sessions, lambda: now, Settings(_env_file=None))
        """,
    )
    assert (count(sessions, Report), count(sessions, OutboundMessage)) == (0, before)
    work_off(sessions, lambda: now, Settings(_env_file=None))
    assert (count(sessions, Report), count(sessions, OutboundMessage)) == (1, before + 1)


def test_a_failing_message_is_retried_then_parked_with_a_word(
    sessions: sessionmaker[Session], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept, its sender is told, and those behind it are answered."""
    take_turn = worker.take_turn

    def fails(session: Session, message: InboundMessage, *rest: object) -> None:
        if message.text == "poison":
            raise RuntimeError
        take_turn(session, message, *rest)

    monkeypatch.setattr(worker, "take_turn", fails)
    store(sessions, "1", "poison", now)
    store(sessions, "2", "chào", now)
    store(sessions, "3", "chào", now, who="other")
    moment = now
    for _ in range(inbox.ATTEMPTS + 1):
        work_off(sessions, lambda at=moment: at, Settings(_env_file=None))
        moment += timedelta(hours=1)
    with sessions() as session:
        states = session.execute(
            select(InboundMessage.external_id, InboundMessage.state).order_by(InboundMessage.id)
        ).all()
        parked = session.scalars(select(InboundMessage).where(InboundMessage.text == "poison"))
        assert parked.one().failure == "RuntimeError"
    assert [tuple(row) for row in states] == [("1", "parked"), ("2", "done"), ("3", "done")]
    assert count(sessions, OutboundMessage) == 3


def test_messages_of_one_chat_are_answered_in_order(
    sessions: sessionmaker[Session], now: datetime, code: str
) -> None:
    """Also when several processes work at once."""
    for number, text in enumerate([code, "đồng ý", WHOLE_REPORT, "gửi"]):
        store(sessions, str(number), text, now)
    url = address(sessions.kw["bind"])
    program = (
        "from datetime import datetime, UTC\n"
        "from qcdc_core import db\nfrom qcdc_core.config import Settings\n"
        "from bot.worker import work_off\n"
        f"sessions = db.writing(db.make_engine({url!r}))\n"
        "now = datetime(2026, 10, 13, 12, 42, tzinfo=UTC)\n"
        "for _ in range(20): work_off(sessions, lambda: now, Settings(_env_file=None))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=environment)
        for _ in range(3)
    ]
    assert [one.wait(timeout=120) for one in running] == [0, 0, 0]
    work_off(sessions, lambda: now, Settings(_env_file=None))
    assert count(sessions, Report) == 1
    assert count(sessions, OutboundMessage) == 4
