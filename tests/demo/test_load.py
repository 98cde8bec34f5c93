"""The demo province: what it holds, that it fits together, and that it is the same every time."""

from collections import Counter
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.audit import first_broken
from qcdc_core.checking.many import findings_of
from qcdc_core.clock import local_day
from qcdc_core.config import Settings
from qcdc_core.demo import load
from qcdc_core.demo.filings import all_filings
from qcdc_core.demo.model import Place, Sender
from qcdc_core.errors import Refusal
from qcdc_core.forms import forms
from qcdc_core.messages.tables import InboundMessage, OutboundMessage
from qcdc_core.periods import Period
from qcdc_core.personal.requests import late, register
from qcdc_core.reading import read
from qcdc_core.reports.owed import calendar_of, owed_within
from qcdc_core.reports.tables import Explanation, FigureValue, Report, ReportEvent
from qcdc_core.units import Node, Tree, tree_on
from qcdc_core.users.tables import User
from tests.builders import CALENDAR
from tests.demo.conftest import NOW

LAST_QUARTER = Period.quarter(2026, 3)
LAST_MONTH = Period.month(2026, 11)


def reports_of(session: Session) -> list[list[Report]]:
    """All reports, by form and period."""
    groups: dict[tuple[str, str], list[Report]] = {}
    for report in session.scalars(select(Report)):
        groups.setdefault((report.form, report.period), []).append(report)
    return list(groups.values())


def tree_of(session: Session) -> Tree:
    return tree_on(session, local_day(NOW))


def test_it_is_a_province_of_the_present_day(demo: Session) -> None:
    """Two levels: six communes of eight villages, ten agencies, thirty enterprises."""
    kinds = Counter(node.kind for node in tree_of(demo).nodes.values())
    assert kinds["xa"] + kinds["phuong"] == 6
    assert kinds["thon"] + kinds["lang"] + kinds["to_dan_pho"] == 48
    assert (kinds["co_quan"], kinds["doanh_nghiep"]) == (10, 30)
    assert min(tree_of(demo).nodes.values(), key=lambda node: len(node.code)).code == "MH"


def test_twelve_enterprises_have_a_union_and_four_a_party_cell(demo: Session) -> None:
    """The rates of the brief need enterprises with and without."""
    counts = {
        code: demo.scalar(
            select(func.count(func.distinct(Report.unit_id)))
            .join(FigureValue, FigureValue.report_id == Report.id)
            .where(FigureValue.code == code, FigureValue.value == Decimal(1))
        )
        for code in ("to_chuc_cong_doan", "to_chuc_dang")
    }
    assert counts == {"to_chuc_cong_doan": 12, "to_chuc_dang": 4}


def test_it_covers_seven_whole_quarters_and_what_came_since(demo: Session) -> None:
    """21 months, so that the same period a year before can be compared."""
    periods = {Period.parse(one) for one in demo.scalars(select(Report.period).distinct())}
    quarters = sorted(str(one) for one in periods if one.kind == "quarter")
    assert quarters[:7] == [str(LAST_QUARTER.plus(step)) for step in range(-6, 1)]
    months = {one for one in periods if one.kind == "month"}
    for quarter in (LAST_QUARTER.plus(step) for step in range(-6, 1)):
        assert set(quarter.months()) <= months


def test_nothing_happened_after_now(demo: Session) -> None:
    """A report of tomorrow would be absurd on the page of today."""
    for column in (
        Report.changed_at,
        InboundMessage.received_at,
        OutboundMessage.made_at,
        ReportEvent.at,
        FigureValue.entered_at,
    ):
        newest = demo.scalar(select(func.max(column)))
        assert newest is not None
        assert newest <= NOW


def test_every_state_can_be_seen(demo: Session) -> None:
    """Each page has something to show: accepted, waiting, returned, late, missing, running."""
    states = Counter(demo.scalars(select(Report.state).where(Report.period == str(LAST_MONTH))))
    assert min(states["accepted"], states["sent"], states["returned"]) >= 2
    events = Counter(demo.scalars(select(ReportEvent.kind)))
    assert set(events) == {"sent", "resent", "returned", "corrected", "accepted", "reopened"}
    rows = demo.execute(select(Report.sent_at, Report.due_on))
    assert sum(local_day(sent) > due for sent, due in rows) > 10
    running = demo.scalar(
        select(func.count()).select_from(Report).where(Report.period == str(LAST_MONTH.plus(1)))
    )
    assert running


def test_the_last_month_has_missing_units_and_incomplete_reports(demo: Session) -> None:
    """Completeness is a number below 100 percent."""
    tree = tree_of(demo)
    owed = owed_within(demo, tree, tree.unit("MH").id, forms()["thon_thang"], LAST_MONTH, CALENDAR)
    missing = [one for one in owed if one.report is None]
    assert 2 <= len(missing) <= 12
    assert any(one.missing for one in owed if one.report is not None)


def test_units_to_try_have_nothing_in_the_periods_taken_now(demo: Session) -> None:
    """Their invitation codes lead to a report that is really owed."""
    for code, form in (("MH-SL-D", "thon_thang"), ("MH-DN-05", "doanh_nghiep_quy")):
        unit = tree_of(demo).unit(code)
        taken = {str(one) for one in CALENDAR.taken(forms()[form].every, NOW)}
        reported = demo.scalars(select(Report.period).where(Report.unit_id == unit.id)).all()
        assert taken
        assert not taken & set(reported)
        assert len(reported) >= 6


def test_whatever_is_odd_is_meant_and_explained(demo: Session) -> None:
    """No rule fails anywhere, except warnings for which the sender gave a reason."""
    explained = {(one.report_id, one.rule, one.code) for one in demo.scalars(select(Explanation))}
    found = set()
    for group in reports_of(demo):
        for report_id, findings in findings_of(demo, group, CALENDAR).items():
            assert [one for one in findings if one.severity == "error"] == []
            found |= {(report_id, one.rule, one.code) for one in findings}
    assert found == explained
    rules = {rule for _report, rule, _code in found}
    assert {"bat_thuong", "kien_nghi_khong_vuot", "khong_lui", "kiem_tra_ke_hoach"} <= rules


def test_quotes_lie_inside_their_messages(demo: Session) -> None:
    """Pointing at a figure marks words of the message it came from."""
    rows = demo.execute(
        select(FigureValue, InboundMessage).join(
            InboundMessage, InboundMessage.id == FigureValue.message_id
        )
    ).all()
    assert len(rows) > 18_000
    for value, message in rows:
        if value.quote_start is not None and value.quote_end is not None:
            assert 0 <= value.quote_start < value.quote_end <= len(message.text)
    quoted = sum(value.quote_start is not None for value, _message in rows)
    assert quoted / len(rows) > 0.9


def test_nobody_accepted_a_value_of_their_own(demo: Session) -> None:
    """Four eyes hold in the demo too."""
    user_person = {user.id: user.person_id for user in demo.scalars(select(User))}
    accepted = demo.execute(
        select(Report.accepted_by, FigureValue.user_id, FigureValue.person_id)
        .join(FigureValue, FigureValue.report_id == Report.id)
        .where(Report.state == "accepted", FigureValue.replaced_at.is_(None))
    )
    for by, user_id, person_id in accepted:
        assert user_id != by
        assert person_id is None or user_person[by] != person_id


def test_the_load_is_in_the_audit(demo: Session) -> None:
    """The chain holds, and says who filled the database."""
    assert first_broken(demo) is None


def test_a_database_with_anything_in_it_is_refused(demo: Session) -> None:
    """Nobody's figures are mixed with invented ones."""
    with pytest.raises(Refusal) as refused:
        load(demo, CALENDAR, NOW)
    assert refused.value.code == "not_empty"


def test_the_stored_holidays_are_those_the_due_days_were_made_with(demo: Session) -> None:
    """A due day shown on a page equals the one on the report."""
    calendar = calendar_of(demo, Settings(_env_file=None))
    for report in demo.scalars(select(Report)):
        assert report.due_on == calendar.due(Period.parse(report.period)), report.number


def test_the_same_day_tells_the_same_story(demo: Session) -> None:
    """Screens in the documentation and tests can rely on it; only passwords and codes differ."""
    places = [_place(node, tree_of(demo)) for node in tree_of(demo).nodes.values()]
    places = [place for place in places if place.kind in ("xa", "phuong", "tinh")]
    senders = {place.code: Sender(1, "", None) for place in places}
    calendar = calendar_of(demo, Settings(_env_file=None))
    once = all_filings(places, senders, calendar, NOW)
    assert once == all_filings(places, senders, calendar, NOW)
    stored = {report.number: report.sent_at for group in reports_of(demo) for report in group}
    assert len(once) > 150
    for filing in once:
        assert stored[f"{filing.place.code}-{filing.period}"] == filing.steps[0].at


def test_no_message_is_read_otherwise_than_its_report(demo: Session) -> None:
    """What the reader takes from the demo's messages never contradicts the stored figures."""
    rows = demo.execute(
        select(InboundMessage, FigureValue.code, FigureValue.value, Report.form)
        .join(FigureValue, FigureValue.message_id == InboundMessage.id)
        .join(Report, Report.id == FigureValue.report_id)
        .where(Report.period.in_([str(LAST_MONTH), str(LAST_QUARTER)]))
    )
    stored: dict[tuple[InboundMessage, str], dict[str, Decimal | None]] = {}
    for message, code, value, of in rows:
        stored.setdefault((message, of), {})[code] = value
    for (message, of), values in stored.items():
        taken = read(message.text, forms()[of], local_day(message.received_at)).figures
        assert {code: one.value for code, one in taken.items()}.items() <= values.items()


def _place(node: Node, tree: Tree) -> Place:
    parent = tree.node(node.parent_id).code if node.parent_id else ""
    return Place(node.id, node.code, node.kind, node.name, node.full_name, parent)


def test_the_register_of_data_requests_has_open_and_done_letters(demo: Session) -> None:
    """None is late on the day of the load."""
    rows = register(demo)
    assert [row.kind for row in rows] == ["correct", "erase", "copy"]
    assert [bool(row.done_at) for row in rows] == [False, False, True]
    assert not any(late(row, local_day(NOW)) for row in rows)
