"""A month of a village head on each channel, over sockets, from the reminder to the brief."""

from decimal import Decimal

import pytest
from sqlalchemy import Engine, select

from qcdc_core.briefs import compose, handing, keep
from qcdc_core.clock import local_day
from qcdc_core.evidence.tables import EvidenceFile
from qcdc_core.people.tables import Person
from qcdc_core.periods import Period
from qcdc_core.reports import notices
from qcdc_core.reports.owed import calendar_of
from qcdc_core.reports.tables import FigureValue, Report
from qcdc_core.units.tables import Unit
from tests.builders import user
from tests.channels.conftest import System
from tests.channels.heads import CHANNELS, Browser, Messenger, at, head_on
from tests.channels.photos import PHOTO
from tests.channels.test_conversations import FIGURES

Head = Browser | Messenger


def is_reminded(system: System, head: Head) -> None:
    head.says("mai 9h nhắc")
    head.hears()
    at(system, "14/10 09:01")
    assert "Còn 2 ngày đến hạn 16/10/2026" in head.hears()


def reports(head: Head) -> None:
    """With a photo and a correction on the way."""
    assert "Họp thôn: 2 cuộc" in head.says(FIGURES)
    assert "Đã lưu 1 ảnh" in head.sends_photo(PHOTO)
    head.says("sửa góp 45tr")
    head.says("khong co")
    assert "Đã nhận lúc" in head.says("gửi")


def is_asked_back(system: System, head: Head) -> None:
    with system.sessions.begin() as session:
        report = session.scalars(select(Report)).one()
        commune = session.scalars(select(Unit).where(Unit.code == "MH-SL")).one()
        officer = user(session, "hoa", "officer", commune)
        asked = {"hop_thon": "Biên bản chỉ có 1 cuộc."}
        notices.ask_back(session, report.id, officer, asked, system.clock.now())
    head.hears()
    assert "2 cuộc → 1 cuộc" in head.says("sửa 1")
    head.says("gửi")


def asks(head: Head) -> None:
    assert "Căn cứ" in head.says("cty ko tổ chức hnnld thì bị phạt bao nhiêu")


def gets_the_brief(system: System, head: Head) -> str:
    """As somebody who also works in the admin pages; what is said with it."""
    now = system.clock.now()
    with system.sessions.begin() as session:
        province = session.scalars(select(Unit).where(Unit.code == "MH")).one()
        receiver = user(session, "tinh", "office", province)
        receiver.person_id = session.scalars(select(Person.id)).one()
        session.flush()
        period = Period.parse(session.scalars(select(Report.period)).one()).within("quarter")
        calendar = calendar_of(session, system.settings)
        brief = compose(session, "MH", period, calendar, now, system.settings.committee)
        handing.hand(session, keep(session, brief, None, now), receiver, now, local_day(now))
    return head.hears()


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_month_from_the_reminder_to_the_brief(
    system: System, engine: Engine, channel: str
) -> None:
    """Reminded, reported with a photo, corrected, asked back, a question, the brief."""
    with head_on(channel, system, engine) as head:
        is_reminded(system, head)
        reports(head)
        is_asked_back(system, head)
        asks(head)
        said = gets_the_brief(system, head)
        if channel in ("telegram", "web"):
            assert "tệp Word kèm tin này" in said
            assert (head.fetches_file() or b"").startswith(b"PK")
        else:
            assert "không gửi được tệp" in said
    with system.sessions() as session:
        held = select(FigureValue.code, FigureValue.value).where(FigureValue.replaced_at.is_(None))
        values = dict(session.execute(held).all())
        assert (values["hop_thon"], values["dong_gop_tien"]) == (Decimal(1), Decimal(45_000_000))
        report = session.scalars(select(Report)).one()
        row = session.scalars(select(EvidenceFile)).one()
        assert (row.unit_id, row.form, row.period, row.state) == (
            report.unit_id,
            report.form,
            report.period,
            "kept",
        )
