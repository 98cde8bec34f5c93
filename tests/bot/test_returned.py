"""A report that an officer sent back, and how it comes back mended."""

from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.forms import form
from qcdc_core.periods import Period
from qcdc_core.reports.notices import ask_back
from qcdc_core.reports.record import find_report, values_of
from qcdc_core.reports.tables import Explanation, Report
from qcdc_core.users.tables import User
from tests.bot.chat import Chat

VILLAGE = form("thon_thang")
OCTOBER = Period.parse("2026-10")


@pytest.fixture
def officer(session: Session, units: dict[str, int], village: Chat) -> User:
    user = User(
        login="hoa",
        name="Y Hoa",
        password_hash="-",
        role="officer",
        unit_id=units["MH-SL"],
        made_at=village.now,
    )
    session.add(user)
    session.flush()
    return user


@pytest.fixture
def returned(village: Chat, session: Session, units: dict[str, int], officer: User) -> Report:
    village.says("họp 2 cuộc 96 người, kiến nghị 4 giải quyết 3")
    village.says("gửi, bổ sung sau")
    village.says("gửi")
    report = find_report(session, units["MH-SL-D"], VILLAGE, OCTOBER)
    assert report is not None
    ask_back(
        session,
        report.id,
        officer,
        {"kien_nghi_giai_quyet": "Văn bản trả lời của xã mới có 2. Kiểm tra giúp."},
        village.now,
    )
    return report


def held(session: Session, report: Report, code: str) -> Decimal | None:
    return values_of(session, report)[code].value


def test_the_right_number_comes_back_to_the_same_report(
    village: Chat, session: Session, returned: Report
) -> None:
    """A bare number is enough: it is clear which figure of which report was asked about."""
    answer = village.says("sửa 2")
    assert "3 ý kiến → 2 ý kiến" in answer
    village.presses("Gửi")
    assert returned.state == "sent"
    assert held(session, returned, "kien_nghi_giai_quyet") == 2


def test_a_figure_that_is_right_goes_back_with_the_reason(
    village: Chat, session: Session, returned: Report
) -> None:
    """The reviewer reads why."""
    village.says("3 ý kiến là đúng, ghi lý do")
    village.says("một văn bản trả lời trực tiếp tại cuộc họp")
    assert returned.state == "sent"
    assert held(session, returned, "kien_nghi_giai_quyet") == 3
    [reason] = session.scalars(select(Explanation.reason))
    assert "trực tiếp tại cuộc họp" in reason


def test_it_can_be_mended_after_the_period_has_closed(
    village: Chat, session: Session, returned: Report
) -> None:
    """An officer's question opens what the calendar has closed."""
    village.waits(days=40)
    village.says("sửa 2")
    village.says("gửi")
    assert held(session, returned, "kien_nghi_giai_quyet") == 2


def test_status_tells_what_was_returned_and_why(village: Chat, returned: Report) -> None:
    """The officer's words stand in it."""
    assert "mới có 2" in village.says("còn thiếu gì")
