"""A reminder goes out once: with two processes, and with a crash at the worst moment."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from bot.reminding import plan_reminders, send_reminders
from bot.ticker import Job, Ticker
from qcdc_core.config import Settings
from qcdc_core.errors import Refusal
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.reminders import due_now, hand_over, situation
from qcdc_core.reminders.by_hand import remind
from qcdc_core.reminders.duties import Duty
from qcdc_core.reminders.tables import Reminder
from qcdc_core.units.tables import Unit
from qcdc_core.users import User
from tests import builders
from tests.at_once import at_once
from tests.reminders.conftest import local

SETTINGS = Settings(_env_file=None)
DUE = local("2026-10-13 08:00")


@pytest.fixture
def planned(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    """The heads of thôn Đông and thôn Tây, both of whom will be told on 13 October."""
    with sessions.begin() as session:
        province = builders.build_province(session)
        builders.sender(session, province.village)
        builders.sender(session, province.second_village)
    plan_reminders(sessions, local("2026-10-12 09:00"), SETTINGS)
    return sessions


def messages(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(OutboundMessage)) or 0


def states(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        due = select(Reminder.state).where(Reminder.due_at <= DUE).order_by(Reminder.id)
        return list(session.scalars(due))


def test_two_tickers_send_one_message(planned: sessionmaker[Session]) -> None:
    """Two machines, both of which take themselves for the leader."""

    def ticker(holder: str) -> Ticker:
        work = Job(f"send-{holder}", timedelta(seconds=1), send_reminders)
        return Ticker(planned, lambda: DUE, SETTINGS, [work], holder)

    first, second = ticker("a"), ticker("b")
    first.tick()
    first.stop()
    second.tick()
    assert messages(planned) == 2
    assert states(planned) == ["sent", "sent"]


def test_two_processes_at_the_same_row_send_one_message(planned: sessionmaker[Session]) -> None:
    """They read the same list, and meet at the row."""
    with planned.begin() as session:
        ids, at = due_now(session, DUE), situation(session, SETTINGS, DUE)
    got: list[int] = []

    def send(session: Session, meet: object) -> None:
        meet()  # type: ignore[operator]
        row = hand_over(session, ids[0], at)
        if row is not None:
            got.append(row.id)

    at_once(planned, send, send)
    assert got == [ids[0]]
    assert messages(planned) == 1


def test_a_crash_between_claiming_and_writing_loses_nothing(
    planned: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim is undone with it, and the next tick sends what was not sent."""

    def crash(*_arguments: object, **_named: object) -> None:
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr("qcdc_core.reminders.words.for_person", crash)
        with pytest.raises(SystemExit):
            send_reminders(planned, DUE, SETTINGS)
    assert states(planned) == ["planned", "planned"]
    assert send_reminders(planned, DUE, SETTINGS) == 2
    assert send_reminders(planned, DUE, SETTINGS) == 0
    assert messages(planned) == 2


def test_a_crash_after_the_first_of_two_sends_only_the_second(
    planned: sessionmaker[Session],
) -> None:
    """Each row has its own transaction."""
    with planned.begin() as session:
        ids, at = due_now(session, DUE), situation(session, SETTINGS, DUE)
    with planned.begin() as session:
        hand_over(session, ids[0], at)
    assert send_reminders(planned, DUE, SETTINGS) == 1
    assert messages(planned) == 2


def test_planning_twice_makes_no_row_twice(planned: sessionmaker[Session]) -> None:
    """Also for two processes at the same moment: the day is part of the key."""
    before = rows(planned)

    def again(at: datetime) -> int:
        return plan_reminders(planned, at, SETTINGS)

    assert again(local("2026-10-12 09:15")) == 0
    send_reminders(planned, DUE, SETTINGS)
    assert again(local("2026-10-13 08:15")) == 0
    assert rows(planned) == before


def rows(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(Reminder)) or 0


def test_two_officers_who_press_at_once_send_one_message(planned: sessionmaker[Session]) -> None:
    """The second waits for the first and is then refused."""
    now = local("2026-10-12 10:00")
    with planned.begin() as session:
        hoa = builders.user(session, "hoa", "officer", unit_called(session, "MH-SL")).id
        at = situation(session, SETTINGS, now)
    [term] = [
        one for one in at.terms if str(one.period) == "2026-10" and one.form.code == "thon_thang"
    ]
    village = next(unit for units in at.units.values() for unit in units if unit.code == "MH-SL-D")
    ended: list[str] = []

    def press(session: Session, meet: object) -> None:
        meet()  # type: ignore[operator]
        try:
            remind(session, Duty(village, term), at, session.get_one(User, hoa))
        except Refusal as refusal:
            ended.append(refusal.code)
        else:
            ended.append("sent")

    at_once(planned, press, press)
    assert sorted(ended) == ["sent", "told_today"]
    assert messages(planned) == 1


def unit_called(session: Session, code: str) -> Unit:
    return session.scalars(select(Unit).where(Unit.code == code)).one()
