"""A compiled brief as a file: on Telegram over a real socket, elsewhere in words."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from bot.web import create_app
from qcdc_core.briefs import compose, handing, keep
from qcdc_core.briefs.tables import CompiledBrief
from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.messages.tables import Conversation
from qcdc_core.periods import Period
from qcdc_core.reports.owed import calendar_of
from qcdc_core.units.tables import Unit
from qcdc_core.users.tables import User
from tests.builders import report, user, zeros
from tests.channels.conftest import System
from tests.channels.test_conversations import Phone, joined


@pytest.fixture
def client(system: System, engine: Engine) -> FlaskClient:
    return create_app(system.settings, engine, system.clock.now).test_client()


def briefed(system: System, phone: Phone, top: str = "MH", brief_of: str = "MH") -> None:
    """The person of this phone works in the admin pages; a brief was compiled."""
    with system.sessions.begin() as session:
        chat = session.scalars(
            select(Conversation).where(
                Conversation.address == phone.chat, Conversation.channel == phone.name
            )
        ).one()
        unit = session.scalars(select(Unit).where(Unit.code == top)).one()
        user(session, "tinh", "office", unit).person_id = chat.person_id
        village = session.scalars(select(Unit).where(Unit.code == "MH-SL-D")).one()
        report(session, village, "thon_thang", Period.month(2026, 9), zeros("thon_thang"))
        now = system.clock.now()
        calendar = calendar_of(session, system.settings)
        period = Period.parse("2026-Q3")
        brief = compose(session, brief_of, period, calendar, now, system.settings.committee)
        keep(session, brief, None, now)


def handed(system: System) -> str:
    """What the admin's button does; the chat that it went to."""
    with system.sessions.begin() as session:
        kept = session.scalars(select(CompiledBrief)).one()
        receiver = session.scalars(select(User)).one()
        now = system.clock.now()
        message = handing.hand(session, kept, receiver, now, local_day(now))
        return session.get_one(Conversation, message.conversation_id).channel


def test_telegram_brings_the_file(system: System, client: FlaskClient) -> None:
    """With its words as caption, under a name that says what it is."""
    phone = joined(Phone(system, client, "telegram", "4711"))
    briefed(system, phone)
    assert handed(system) == "telegram"
    system.delivers()
    assert system.fake.documents["bao-cao-MH-2026-Q3.docx"].startswith(b"PK")
    assert "tệp Word kèm tin này" in system.fake.texts("4711")[-1]
    system.fake.documents.clear()
    assert "tệp Word" in phone.says("gửi báo cáo")
    assert list(system.fake.documents) == ["bao-cao-MH-2026-Q3.docx"]


@pytest.mark.parametrize("name", ["zalo-bot", "zalo-oa"])
def test_zalo_says_how_to_get_it(system: System, client: FlaskClient, name: str) -> None:
    """No file is promised where none can come."""
    phone = joined(Phone(system, client, name, "4711"))
    briefed(system, phone)
    assert handed(system) == name
    system.delivers()
    assert "không gửi được tệp" in system.fake.texts("4711")[-1]


def test_who_may_not_see_the_unit_gets_no_brief(system: System, client: FlaskClient) -> None:
    """An officer of a commune is not sent the province's, nor the last one by a word."""
    phone = joined(Phone(system, client, "telegram", "4711"))
    briefed(system, phone, top="MH-SL", brief_of="MH")
    with pytest.raises(Refusal) as caught:
        handed(system)
    assert caught.value.code == "brief_not_theirs"
    assert "Chưa có báo cáo" in phone.says("gửi báo cáo")
    assert not system.fake.documents


def test_a_right_that_was_lost_meanwhile_stops_the_file(
    system: System, client: FlaskClient
) -> None:
    """It is asked again when the file is made, not only when it was put in line."""
    phone = joined(Phone(system, client, "telegram", "4711"))
    briefed(system, phone)
    handed(system)
    with system.sessions.begin() as session:
        session.scalars(select(User)).one().active = False
    system.delivers()
    assert not system.fake.documents


def test_a_village_head_is_no_user(system: System, client: FlaskClient) -> None:
    """Their words are read as before."""
    phone = joined(Phone(system, client, "telegram", "4711"))
    assert "tệp Word" not in phone.says("gửi báo cáo")


def test_a_copy_of_own_data_comes_as_a_file(system: System, client: FlaskClient) -> None:
    """What the words announce really arrives."""
    phone = joined(Phone(system, client, "telegram", "4711"))
    phone.says("dữ liệu của tôi")
    if not system.fake.documents:
        phone.says("bản sao")
    assert any(body.startswith(b"\xef\xbb\xbf") for body in system.fake.documents.values())
