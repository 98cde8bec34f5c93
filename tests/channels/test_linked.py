"""One person on Telegram and on the Official Account, over real sockets."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from bot.web import create_app
from qcdc_core.messages import outbox
from qcdc_core.people.tables import Person
from qcdc_core.reports.tables import Report
from tests.channels.conftest import System
from tests.channels.test_conversations import FIGURES, Phone, joined


@pytest.fixture
def client(system: System, engine: Engine) -> FlaskClient:
    return create_app(system.settings, engine, system.clock.now).test_client()


@pytest.fixture
def telegram(system: System, client: FlaskClient) -> Phone:
    return joined(Phone(system, client, "telegram", "4711"))


@pytest.fixture
def account(system: System, client: FlaskClient, telegram: Phone) -> Phone:
    """The same person on the Official Account, linked by a code."""
    other = Phone(system, client, "zalo-oa", "oa-user-1")
    other.says("chào")
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{2}", telegram.says("nối kênh"))
    assert code is not None
    assert "Đã nối kênh này" in other.says(code.group())
    return other


def test_a_report_begun_here_is_finished_there(
    system: System, telegram: Phone, account: Phone
) -> None:
    """One report, one person; the first chat was told of the second."""
    assert any("vừa được nối" in text for text in system.fake.texts("4711"))
    telegram.says(FIGURES)
    assert "Gửi phiếu này?" in account.says("khong co")
    assert "Đã nhận lúc" in account.says("gửi")
    with system.sessions() as session:
        assert len(session.scalars(select(Report)).all()) == 1


def test_a_notice_goes_where_the_person_can_be_reached(
    system: System, telegram: Phone, account: Phone
) -> None:
    """The account was used last; a week later its window is shut, and Telegram is used."""
    account.says("chào")
    for days, chat in ((1, "oa-user-1"), (8, "4711")):
        system.clock.passes(days * 86400)
        with system.sessions.begin() as session:
            person = session.scalars(select(Person)).one()
            outbox.put_for_person(session, person.id, f"sau {days} ngày", system.clock.now())
        system.delivers()
        assert system.fake.texts(chat)[-1] == f"sau {days} ngày"


def test_unlinking_on_one_platform_is_told_on_the_other(
    system: System, telegram: Phone, account: Phone
) -> None:
    """Nothing can be reported there any more."""
    answer = telegram.says("bỏ liên kết")
    assert "Bỏ kênh nào?" in answer
    label = next(one for one in system.fake.sent[-1].buttons if one.startswith("Zalo (OA)"))
    telegram.says(label)
    assert "đã bỏ liên kết" in system.fake.texts("oa-user-1")[-1]
    assert "chưa ghi nhận được" in account.says(FIGURES)
