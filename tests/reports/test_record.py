"""Confirming: exactly what was confirmed is stored, and nothing that was stored is lost."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.errors import Refusal
from qcdc_core.forms import form
from qcdc_core.forms.calendar import Closed, ReportingCalendar, presets
from qcdc_core.messages.inbox import receive
from qcdc_core.messages.tables import Conversation
from qcdc_core.people.tables import Person
from qcdc_core.periods import Period
from qcdc_core.reports import tables
from qcdc_core.reports.draft import (
    DraftDoubt,
    DraftReason,
    DraftReport,
    Source,
    open_draft,
    save_draft,
)
from qcdc_core.reports.record import Receipt, confirm, find_report, values_of
from qcdc_core.reports.review import accept, return_figures, returned_to
from qcdc_core.reports.tables import Explanation, FigureValue, Report, ReportEvent
from tests import builders
from tests.builders import CALENDAR, Province, build_province

OCTOBER = Period.month(2026, 10)
FORM = form("thon_thang")
SENT = datetime(2026, 10, 15, 5, tzinfo=UTC)


@pytest.fixture
def place(session: Session) -> Province:
    return build_province(session)


@pytest.fixture
def head(session: Session, place: Province) -> tuple[Person, Conversation]:
    return builders.sender(session, place.village)


def draft_of(head: tuple[Person, Conversation], place: Province, **values: str) -> DraftReport:
    draft = DraftReport(head[0].id, place.village.id, FORM, OCTOBER)
    for code, value in values.items():
        draft.settle(code, Decimal(value), Source())
    return draft


def sent(
    session: Session,
    head: tuple[Person, Conversation],
    draft: DraftReport,
    now: datetime = SENT,
    calendar: ReportingCalendar = CALENDAR,
) -> Receipt:
    return confirm(session, draft, calendar, now, conversation_id=head[1].id)


def held(session: Session, report: Report) -> dict[str, Decimal | None]:
    return {code: row.value for code, row in values_of(session, report).items()}


def all_values(session: Session, code: str) -> list[FigureValue]:
    rows = select(FigureValue).where(FigureValue.code == code).order_by(FigureValue.id)
    return list(session.scalars(rows))


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(ReportEvent.kind).order_by(ReportEvent.id)))


def test_what_was_confirmed_is_stored_exactly(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """To the last decimal, over large amounts, 'không áp dụng' apart from 0, nothing invented."""
    draft = draft_of(head, place, hop_thon="0", dong_gop_tien="12500000000", hien_dat="120.25")
    draft.settle("giam_sat", None, Source())
    report = sent(session, head, draft).report
    session.expire_all()
    assert held(session, report) == {
        "hop_thon": Decimal(0),
        "dong_gop_tien": Decimal(12500000000),
        "hien_dat": Decimal("120.25"),
        "giam_sat": None,
    }


def test_the_receipt_names_number_time_and_what_is_missing(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """What the sender keeps."""
    receipt = sent(session, head, draft_of(head, place, hop_thon="2"))
    assert receipt.report.number == "MH-SL-D-2026-10"
    assert (receipt.report.state, receipt.report.sent_at) == ("sent", SENT)
    assert (receipt.is_new, receipt.in_time, receipt.changed) == (True, True, {})
    assert receipt.missing == tuple(code for code in FORM.codes if code != "hop_thon")


def test_a_report_keeps_the_days_that_it_covers(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """15/9 to 14/10, due two working days later, whatever the calendar says afterwards."""
    report = sent(session, head, draft_of(head, place, hop_thon="2")).report
    days = (report.first_day, report.end_day, report.due_on)
    assert [day.isoformat() for day in days] == ["2026-09-15", "2026-10-15", "2026-10-16"]


def test_after_the_due_day_a_report_is_late_and_taken(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """The last second of the due day in Việt Nam is in time, the next one is not."""
    last = datetime(2026, 10, 16, 16, 59, 59, tzinfo=UTC)
    draft = draft_of(head, place, hop_thon="2")
    assert sent(session, head, draft, last).in_time
    other = builders.sender(session, place.second_village)
    late = DraftReport(other[0].id, place.second_village.id, FORM, OCTOBER)
    late.settle("hop_thon", Decimal(1), Source())
    assert not sent(session, other, late, last + timedelta(seconds=1)).in_time


def test_every_earlier_value_is_kept_with_person_time_reason_and_message(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """Who said what, when, why and in which words stays readable after two corrections."""
    later = [SENT + timedelta(hours=step) for step in (0, 1, 2)]
    for value, now in zip((3, 4, 5), later, strict=True):
        message = receive(session, head[1], f"m-{value}", f"hòa giải {value} vụ", now)
        assert message is not None
        draft = draft_of(head, place)
        draft.settle("hoa_giai_vu", Decimal(value), Source(message.id, 9, 10))
        draft.explain(DraftReason("bat_thuong", "hoa_giai_vu", f"lần {value}", message.id))
        receipt = sent(session, head, draft, now)
    assert receipt.changed == {"hoa_giai_vu": Decimal(4)}
    rows = all_values(session, "hoa_giai_vu")
    assert [row.value for row in rows] == [3, 4, 5]
    assert [row.reason for row in rows] == ["lần 3", "lần 4", "lần 5"]
    assert [row.entered_at for row in rows] == later
    assert [row.replaced_at for row in rows] == [later[1], later[2], None]
    assert {row.person_id for row in rows} == {head[0].id}
    assert len({row.message_id for row in rows} - {None}) == 3
    assert {(row.quote_start, row.quote_end) for row in rows} == {(9, 10)}


def test_figures_that_did_not_change_are_not_written_again(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """A correction of one figure leaves the source of the others."""
    sent(session, head, draft_of(head, place, hop_thon="2", giam_sat="1"))
    receipt = sent(session, head, draft_of(head, place, hop_thon="3", giam_sat="1.0"))
    assert receipt.changed == {"hop_thon": Decimal(2)}
    assert len(all_values(session, "giam_sat")) == 1
    assert kinds(session) == ["sent", "resent"]


def test_confirming_twice_changes_nothing(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """A second press of the same button: no value, no event, no new time."""
    draft = draft_of(head, place, hop_thon="2")
    draft.explain(DraftReason("bat_thuong", "hop_thon", "họp thêm"))
    first = sent(session, head, draft)
    second = sent(session, head, draft, SENT + timedelta(days=1))
    assert second.report.id == first.report.id
    assert (second.is_new, second.changed) == (False, {})
    assert len(all_values(session, "hop_thon")) == 1
    assert kinds(session) == ["sent"]
    assert second.report.changed_at == SENT
    [reason] = session.scalars(select(Explanation))
    assert reason.given_at == SENT


def test_confirming_an_accepted_report_again_does_not_reopen_it(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """The officer's work is undone by a new value only, never by a second press."""
    report = sent(session, head, draft_of(head, place, hop_thon="2")).report
    accept(session, report.id, builders.user(session, "hoa", "officer", place.commune), SENT)
    sent(session, head, draft_of(head, place, hop_thon="2"))
    assert report.state == "accepted"
    assert kinds(session) == ["sent", "accepted"]


def test_a_new_value_reopens_an_accepted_report_visibly(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """It waits for an officer again; who had accepted it stays in the events."""
    report = sent(session, head, draft_of(head, place, hop_thon="2")).report
    accept(session, report.id, builders.user(session, "hoa", "officer", place.commune), SENT)
    sent(session, head, draft_of(head, place, hop_thon="3"))
    assert (report.state, report.accepted_at, report.accepted_by) == ("sent", None, None)
    assert kinds(session) == ["sent", "accepted", "reopened"]


def test_a_figure_added_later_is_no_change_of_another(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """What was missing comes in; what was there stays."""
    sent(session, head, draft_of(head, place, hop_thon="2"))
    receipt = sent(session, head, draft_of(head, place, giam_sat="1"))
    assert receipt.changed == {}
    assert held(session, receipt.report) == {"hop_thon": Decimal(2), "giam_sat": Decimal(1)}
    assert kinds(session) == ["sent", "resent"]


def test_a_new_reason_alone_is_sent_too(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """The reviewer must see that there is something new to read."""
    sent(session, head, draft_of(head, place, hop_thon="2"))
    draft = draft_of(head, place, hop_thon="2")
    draft.explain(DraftReason("bat_thuong", "hop_thon", "họp thêm"))
    sent(session, head, draft)
    assert kinds(session) == ["sent", "resent"]
    assert session.scalars(select(Explanation.reason)).all() == ["họp thêm"]


def test_the_draft_is_gone_once_it_is_confirmed(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """What is opened next begins with what was reported."""
    draft = draft_of(head, place, hop_thon="2")
    save_draft(session, draft, SENT)
    sent(session, head, draft)
    assert session.scalars(select(tables.Draft)).all() == []
    reopened = open_draft(session, head[0].id, place.village.id, FORM, OCTOBER)
    assert reopened.known == {"hop_thon": Decimal(2)}


def test_the_last_sender_is_the_one_who_is_asked_back(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """A deputy who corrected the report answers for it in the deputy's own chat."""
    report = sent(session, head, draft_of(head, place, hop_thon="2")).report
    deputy = builders.sender(session, place.village, title="Phó thôn")
    sent(session, deputy, draft_of(deputy, place, hop_thon="3"))
    hoa = builders.user(session, "hoa", "officer", place.commune)
    return_figures(session, report.id, hoa, {"hop_thon": "Sao lại 3?"}, SENT)
    assert report.conversation_id == deputy[1].id
    assert returned_to(session, deputy[0].id) == (report,)
    assert returned_to(session, head[0].id) == ()


# --- Refusals -----------------------------------------------------------------------------------


def refused(
    session: Session,
    head: tuple[Person, Conversation],
    draft: DraftReport,
    now: datetime = SENT,
    calendar: ReportingCalendar = CALENDAR,
) -> Refusal:
    with pytest.raises(Refusal) as caught:
        sent(session, head, draft, now, calendar)
    assert find_report(session, draft.unit_id, FORM, OCTOBER) is None
    return caught.value


def test_an_open_doubt_stops_the_confirmation(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """Nothing counts that was not surely read."""
    draft = draft_of(head, place, hop_thon="2")
    draft.doubt(DraftDoubt("giam_sat", "several", "giám sát 1 2", (Decimal(1), Decimal(2))))
    problem = refused(session, head, draft)
    assert (problem.code, problem.fields["codes"]) == ("doubts_open", ("giam_sat",))


def test_an_empty_draft_is_no_report(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """A report without a single figure would count as sent."""
    assert refused(session, head, draft_of(head, place)).code == "nothing_known"


@pytest.mark.parametrize(
    ("day", "extra", "why"),
    [
        (datetime(2026, 9, 14, 5, tzinfo=UTC), {}, Closed.NOT_BEGUN),
        (datetime(2026, 11, 20, 5, tzinfo=UTC), {}, Closed.GRACE_OVER),
        (
            datetime(2026, 10, 31, 5, tzinfo=UTC),
            {"early_closings": {OCTOBER: datetime(2026, 9, 30, tzinfo=UTC).date()}},
            Closed.CLOSED_EARLY,
        ),
        (SENT, {"begins": datetime(2026, 9, 16, tzinfo=UTC).date()}, Closed.BEFORE_START),
    ],
    ids=["not begun", "grace over", "closed early", "before the start"],
)
def test_a_closed_period_is_refused_with_its_reason(
    session: Session,
    place: Province,
    head: tuple[Person, Conversation],
    day: datetime,
    extra: dict[str, object],
    why: Closed,
) -> None:
    """Four reasons, told apart, and nothing is stored."""
    one = ReportingCalendar(presets()["nd09"], **extra)  # type: ignore[arg-type]
    problem = refused(session, head, draft_of(head, place, hop_thon="2"), day, one)
    assert (problem.code, problem.fields["why"]) == ("period_closed", why)


def test_a_returned_report_may_be_corrected_after_closing(
    session: Session, place: Province, head: tuple[Person, Conversation]
) -> None:
    """Whoever is asked may answer, also a month later."""
    report = sent(session, head, draft_of(head, place, hop_thon="2")).report
    hoa = builders.user(session, "hoa", "officer", place.commune)
    long_after = SENT + timedelta(days=60)
    with pytest.raises(Refusal, match="period_closed"):
        sent(session, head, draft_of(head, place, hop_thon="3"), long_after)
    return_figures(session, report.id, hoa, {"hop_thon": "Xem lại"}, long_after)
    receipt = sent(session, head, draft_of(head, place, hop_thon="3"), long_after)
    assert (receipt.report.state, receipt.changed) == ("sent", {"hop_thon": Decimal(2)})
