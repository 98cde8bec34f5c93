"""Who owes what, to when, and where it stands."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.forms import form
from qcdc_core.forms.tables import EarlyClosing, Holiday
from qcdc_core.periods import Period
from qcdc_core.reports.owed import calendar_of, owed_by_person, owed_within
from qcdc_core.reports.review import accept, return_figures
from qcdc_core.units import close_unit, tree_on
from tests import builders
from tests.builders import CALENDAR, Province, build_province, zeros

OCTOBER = Period.month(2026, 10)
NOW = datetime(2026, 10, 15, 5, tzinfo=UTC)


@pytest.fixture
def place(session: Session) -> Province:
    return build_province(session)


def test_a_person_sees_what_their_units_owe_by_due_day(session: Session, place: Province) -> None:
    """October until its grace ends, the month that has just begun, and nothing of neighbours."""
    head, _chat = builders.sender(session, place.village)
    owed = owed_by_person(session, head.id, CALENDAR, NOW)
    assert [(one.unit.code, str(one.period), one.state) for one in owed] == [
        ("MH-SL-D", "2026-10", "missing"),
        ("MH-SL-D", "2026-11", "missing"),
    ]
    assert [one.due for one in owed] == [date(2026, 10, 16), date(2026, 11, 17)]


def test_a_commune_owes_months_and_quarters(session: Session, place: Province) -> None:
    """Two forms, each in its own rhythm."""
    clerk, _chat = builders.sender(session, place.commune)
    owed = owed_by_person(session, clerk.id, CALENDAR, NOW)
    assert {(one.form.code, str(one.period)) for one in owed} == {
        ("xa_thang", "2026-10"),
        ("xa_thang", "2026-11"),
        ("chi_dao_quy", "2026-Q4"),
    }


def test_a_report_is_followed_through_its_states(session: Session, place: Province) -> None:
    """missing, sent, returned, accepted; with the figures that are still missing."""
    by = builders.sender(session, place.village)

    def state() -> tuple[str, int]:
        one = owed_by_person(session, by[0].id, CALENDAR, NOW)[0]
        return one.state, len(one.missing)

    assert state() == ("missing", 12)
    some = {code: value for code, value in zeros("thon_thang").items() if code != "giam_sat"}
    report = builders.report(session, place.village, "thon_thang", OCTOBER, some, by=by)
    assert state() == ("sent", 1)
    hoa = builders.user(session, "hoa", "officer", place.commune)
    return_figures(session, report.id, hoa, {"hop_thon": "Sao?"}, NOW)
    assert state() == ("returned", 1)
    builders.report(session, place.village, "thon_thang", OCTOBER, zeros("thon_thang"), by=by)
    accept(session, report.id, hoa, NOW)
    assert state() == ("accepted", 0)


def test_all_units_below_are_listed_that_owe_the_form(session: Session, place: Province) -> None:
    """The commune's villages, not the commune itself, not the other commune's."""
    tree = tree_on(session, date(2026, 10, 14))
    of = form("thon_thang")
    owed = owed_within(session, tree, place.commune.id, of, OCTOBER, CALENDAR)
    assert [one.unit.code for one in owed] == ["MH-SL-D", "MH-SL-T"]


def test_somebody_without_a_post_owes_nothing(session: Session, place: Province) -> None:
    """Nor does the head of a village that is no more."""
    head, _chat = builders.sender(session, place.village)
    close_unit(session, place.village.id, date(2026, 10, 1))
    assert owed_by_person(session, head.id, CALENDAR, NOW) == ()
    assert owed_by_person(session, head.id + 1, CALENDAR, NOW) == ()


def test_the_calendar_of_the_installation_holds_what_was_entered(session: Session) -> None:
    """Preset and first day from the settings, closings and holidays as known."""
    session.add(EarlyClosing(period="2026", last_day=date(2026, 10, 30), made_at=NOW))
    session.add(Holiday(day=date(2026, 10, 15), name="Nghỉ"))
    session.flush()
    settings = Settings(calendar="duong_lich", collect_from=date(2026, 2, 1), _env_file=None)
    calendar = calendar_of(session, settings)
    assert calendar.preset.code == "duong_lich"
    assert calendar.begins == date(2026, 2, 1)
    assert calendar.window(Period.parse("2026")).last == date(2026, 10, 30)
    assert {date(2026, 10, 15), date(2026, 2, 17)} <= calendar.holidays
    assert date(2026, 1, 10) in calendar.worked
