"""Days off: the shipped years, what the installation says of them, and due days that follow."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.config import Settings
from qcdc_core.errors import Refusal
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.forms.holidays import days_off, enter_day, forget_day, shipped
from qcdc_core.periods import Period
from qcdc_core.reports.owed import calendar_of
from qcdc_core.users import User
from tests.builders import build_province, user

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)


@pytest.fixture
def office(session: Session) -> User:
    return user(session, "tinh", "office", build_province(session).province)


def calendar(session: Session) -> ReportingCalendar:
    return calendar_of(session, Settings(_env_file=None))


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-17",  # mùng 1 Tết Bính Ngọ
        "2026-04-27",  # Giỗ Tổ falls on a Sunday, made up for on the Monday
        "2026-11-24",  # Ngày Văn hóa Việt Nam, the first time
        "2027-02-06",  # mùng 1 Tết Đinh Mùi
        "2027-04-16",  # mùng 10 tháng 3
        "2027-05-03",
        "2028-01-26",  # mùng 1 Tết Mậu Thân
        "2028-04-04",  # mùng 10 tháng 3
    ],
)
def test_tet_and_the_days_of_the_kings_are_no_working_days(session: Session, day: str) -> None:
    """Days of the moon fall elsewhere each year."""
    assert not calendar(session).is_working_day(date.fromisoformat(day))


def test_every_year_has_its_twelve_days_of_the_law(session: Session) -> None:
    """Điều 112: 1 + 5 + 1 + 1 + 1 + 2, and 24/11; on weekdays, made up for where they were not."""
    for year in (2026, 2027, 2028):
        off = [one for one in shipped().days if one.day.year == year and not one.is_worked]
        exchanged = [one for one in shipped().days if one.day.year == year and one.is_worked]
        weekdays = [one for one in off if one.day.weekday() < 5]
        assert len(weekdays) - len(exchanged) == 12, year


def test_a_saturday_that_is_worked_instead_is_a_working_day(session: Session) -> None:
    """22/8/2026 for 31/8/2026."""
    one = calendar(session)
    assert one.is_working_day(date(2026, 8, 22))
    assert not one.is_working_day(date(2026, 8, 31))


def test_the_due_day_is_never_in_tet_or_on_the_day_of_the_kings(session: Session) -> None:
    """April 2027 ends on the 14th; its second working day after is not the 16th, Giỗ Tổ."""
    assert calendar(session).due(Period.parse("2027-04")) == date(2027, 4, 19)
    assert calendar(session).due(Period.parse("2026-02")) == date(2026, 2, 24)


def test_what_nobody_has_announced_yet_is_marked() -> None:
    """Tết 2028; the days that the law itself fixes are not in doubt."""
    expected = {one.day for one in shipped().days if one.is_expected}
    assert date(2028, 1, 26) in expected
    assert date(2028, 4, 30) not in expected
    assert all(day.year == 2028 for day in expected)


def test_what_the_office_says_of_a_day_wins(session: Session, office: User) -> None:
    """A storm day is off, a shipped day is worked after all; taken back, what is shipped counts."""
    storm, kings = date(2027, 10, 12), date(2027, 4, 16)
    enter_day(session, storm, "Nghỉ bão", office, NOW, is_off=True)
    enter_day(session, kings, "Đi làm", office, NOW, is_off=False)
    one = calendar(session)
    assert (one.is_working_day(storm), one.is_working_day(kings)) == (False, True)
    assert [day.is_own for day in days_off(session) if day.day == storm] == [True]
    forget_day(session, kings, office, NOW)
    assert not calendar(session).is_working_day(kings)
    actions = [entry.action for entry in session.query(AuditEntry)]
    assert actions == ["holiday.entered", "holiday.entered", "holiday.forgotten"]


@pytest.mark.parametrize(
    ("day", "name", "is_off", "code"),
    [
        ("2027-10-12", " ", True, "day_unnamed"),
        ("2027-10-10", "Chủ nhật", True, "day_is_so"),
        ("2027-10-12", "Thứ Ba", False, "day_is_so"),
    ],
)
def test_what_says_nothing_is_refused(
    session: Session,
    office: User,
    day: str,
    name: str,
    is_off: bool,  # noqa: FBT001 - a column of the cases
    code: str,
) -> None:
    """A day without a name, a Sunday that is off, a Tuesday that is worked."""
    with pytest.raises(Refusal) as refused:
        enter_day(session, date.fromisoformat(day), name, office, NOW, is_off=is_off)
    assert refused.value.code == code
    with pytest.raises(Refusal) as refused:
        forget_day(session, date.fromisoformat(day), office, NOW)
    assert refused.value.code == "day_not_entered"
