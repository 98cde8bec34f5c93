"""Two sessions at the same report at the same moment."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.forms import form
from qcdc_core.periods import Period
from qcdc_core.reports.draft import DraftReport, Source
from qcdc_core.reports.record import confirm, find_report
from qcdc_core.reports.review import accept
from qcdc_core.reports.tables import FigureValue, Report, ReportEvent
from qcdc_core.users.tables import User
from tests import builders
from tests.at_once import Work, at_once
from tests.builders import CALENDAR, build_province, zeros

OCTOBER = Period.month(2026, 10)
FORM = form("thon_thang")
NOW = datetime(2026, 10, 15, 5, tzinfo=UTC)


def confirming(person_id: int, unit_id: int, meetings: int) -> Work:
    def work(session: Session, meet: Callable[[], None]) -> None:
        draft = DraftReport(person_id, unit_id, FORM, OCTOBER)
        draft.settle("hop_thon", Decimal(meetings), Source())
        shown = find_report(session, unit_id, FORM, OCTOBER)  # held, as a dialogue turn holds it
        meet()
        report = confirm(session, draft, CALENDAR, NOW).report
        assert shown in (None, report)

    return work


def two_senders(sessions: sessionmaker[Session]) -> tuple[int, int, int]:
    with sessions.begin() as session:
        village = build_province(session).village
        people = [builders.sender(session, village)[0].id for _ in range(2)]
        return village.id, people[0], people[1]


def test_two_people_confirming_the_same_report_at_once_make_one_report(
    sessions: sessionmaker[Session],
) -> None:
    """Both are heard: the later value holds, the earlier is kept."""
    unit, head, deputy = two_senders(sessions)
    assert at_once(sessions, confirming(head, unit, 2), confirming(deputy, unit, 3)) == []
    with sessions() as session:
        report = session.scalars(select(Report)).one()
        rows = session.scalars(select(FigureValue).order_by(FigureValue.id)).all()
        assert {row.report_id for row in rows} == {report.id}
        assert {row.value for row in rows} == {2, 3}
        assert [row.replaced_at is None for row in rows] == [False, True]
        kinds = session.scalars(select(ReportEvent.kind).order_by(ReportEvent.id)).all()
        assert kinds == ["sent", "resent"]


def test_the_same_confirmation_twice_at_once_counts_once(sessions: sessionmaker[Session]) -> None:
    """A button pressed on two devices."""
    unit, head, _deputy = two_senders(sessions)
    assert at_once(sessions, confirming(head, unit, 2), confirming(head, unit, 2)) == []
    with sessions() as session:
        assert session.scalars(select(FigureValue.value)).all() == [2]
        assert session.scalars(select(ReportEvent.kind)).all() == ["sent"]


def test_two_officers_accepting_at_once_accept_once(sessions: sessionmaker[Session]) -> None:
    """Both had read that the report waits; the lock is followed by a second look."""
    with sessions.begin() as session:
        place = build_province(session)
        report_id = builders.report(session, place.village, FORM.code, OCTOBER, zeros(FORM.code)).id
        users = [builders.user(session, name, "officer", place.commune).id for name in ("a1", "a2")]

    def accepting(user_id: int) -> Work:
        def work(session: Session, meet: Callable[[], None]) -> None:
            shown = session.get_one(Report, report_id)  # held, as a page holds it
            meet()
            accept(session, report_id, session.get_one(User, user_id), NOW)
            assert shown.state == "accepted"

        return work

    assert at_once(sessions, *map(accepting, users)) == ["already_accepted"]
    with sessions() as session:
        kinds = session.scalars(select(ReportEvent.kind).order_by(ReportEvent.id)).all()
        assert kinds == ["sent", "accepted"]
