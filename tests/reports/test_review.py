"""Accepting, returning and correcting: two pairs of eyes, and every step on record."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.audit import first_broken
from qcdc_core.audit.tables import AuditEntry
from qcdc_core.errors import Refusal
from qcdc_core.periods import Period
from qcdc_core.reports.draft import DraftReport, Source
from qcdc_core.reports.notices import ask_back, put_right
from qcdc_core.reports.record import confirm, values_of
from qcdc_core.reports.review import (
    accept,
    correct,
    entered_by,
    open_questions,
    return_figures,
    returned_to,
)
from qcdc_core.reports.tables import FigureValue, Report
from qcdc_core.users.tables import User
from tests import builders
from tests.builders import CALENDAR, Province, build_province, zeros

OCTOBER = Period.month(2026, 10)
NOW = datetime(2026, 10, 16, 3, tzinfo=UTC)


@pytest.fixture
def place(session: Session) -> Province:
    return build_province(session)


@pytest.fixture
def report(session: Session, place: Province) -> Report:
    """October of thôn Đông: 2 meetings, 96 people."""
    values = zeros("thon_thang", hop_thon=2, hop_thon_luot=96)
    return builders.report(session, place.village, "thon_thang", OCTOBER, values)


@pytest.fixture
def hoa(session: Session, place: Province) -> User:
    return builders.user(session, "hoa", "officer", place.commune)


@pytest.fixture
def rin(session: Session, place: Province) -> User:
    return builders.user(session, "rin", "officer", place.commune, name="Rin")


def code_of(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.code


def test_an_accepted_report_says_who_accepted_it_and_when(
    session: Session, report: Report, hoa: User
) -> None:
    """In the report, its events and the audit."""
    accept(session, report.id, hoa, NOW)
    assert (report.state, report.accepted_by, report.accepted_at) == ("accepted", hoa.id, NOW)
    session.refresh(report)
    assert [(one.kind, one.user_id) for one in report.events][-1] == ("accepted", hoa.id)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.actor, entry.action, entry.subject) == ("hoa", "report.accepted", report.number)
    assert first_broken(session) is None


def test_a_report_is_accepted_once(session: Session, report: Report, hoa: User, rin: User) -> None:
    """The second officer is told, the first one's name stays."""
    accept(session, report.id, hoa, NOW)
    with pytest.raises(Refusal) as refused:
        accept(session, report.id, rin, NOW)
    assert code_of(refused) == "already_accepted"
    assert report.accepted_by == hoa.id


def test_who_entered_a_figure_may_not_accept_it(
    session: Session, report: Report, hoa: User, rin: User
) -> None:
    """An officer who corrected one of twelve figures leaves the report to another."""
    correct(session, report.id, hoa, "hop_thon", Decimal(3), "theo sổ họp", NOW)
    with pytest.raises(Refusal) as refused:
        accept(session, report.id, hoa, NOW)
    assert code_of(refused) == "four_eyes"
    assert report.state == "sent"
    assert accept(session, report.id, rin, NOW).state == "accepted"


def test_an_officer_who_also_reports_may_not_accept_the_own_report(
    session: Session, place: Province
) -> None:
    """The person behind the account counts, not the account alone."""
    by = builders.sender(session, place.village)
    own = builders.report(session, place.village, "thon_thang", OCTOBER, zeros("thon_thang"), by=by)
    both = builders.user(session, "both", "officer", place.commune, person=by[0])
    with pytest.raises(Refusal) as refused:
        accept(session, own.id, both, NOW)
    assert code_of(refused) == "four_eyes"


def test_a_value_that_was_replaced_ties_nobody(
    session: Session, report: Report, hoa: User, rin: User
) -> None:
    """Only values that hold now are judged: another officer entered the last one."""
    correct(session, report.id, hoa, "hop_thon", Decimal(3), "theo sổ họp", NOW)
    correct(session, report.id, rin, "hop_thon", Decimal(4), "theo biên bản", NOW)
    assert not entered_by(session, report, hoa)
    assert entered_by(session, report, rin)
    assert accept(session, report.id, hoa, NOW).state == "accepted"


def test_a_correction_keeps_the_senders_value_and_says_why(
    session: Session, report: Report, hoa: User
) -> None:
    """Both values stand in the record, with who entered them."""
    correct(session, report.id, hoa, "hop_thon", Decimal(3), "  theo sổ họp ", NOW)
    rows = session.scalars(
        select(FigureValue).where(FigureValue.code == "hop_thon").order_by(FigureValue.id)
    ).all()
    assert [(row.value, row.reason, row.user_id) for row in rows] == [
        (2, None, None),
        (3, "theo sổ họp", hoa.id),
    ]
    assert (rows[0].replaced_at, rows[1].replaced_at) == (NOW, None)
    assert rows[0].person_id == report.sender_id


@pytest.mark.parametrize(
    ("code", "reason", "why"),
    [("hop_thon", "  ", "reason_missing"), ("tiep_dan", "theo sổ", "unknown_figure")],
)
def test_a_correction_without_a_reason_or_of_no_figure_is_refused(
    session: Session, report: Report, hoa: User, code: str, reason: str, why: str
) -> None:
    """Nothing is written."""
    with pytest.raises(Refusal) as refused:
        correct(session, report.id, hoa, code, Decimal(3), reason, NOW)
    assert code_of(refused) == why
    assert values_of(session, report)["hop_thon"].value == 2


def test_accepted_figures_are_locked(session: Session, report: Report, hoa: User) -> None:
    """An officer returns the report first, which reopens it visibly."""
    accept(session, report.id, hoa, NOW)
    with pytest.raises(Refusal) as refused:
        correct(session, report.id, hoa, "hop_thon", Decimal(3), "theo sổ", NOW)
    assert code_of(refused) == "already_accepted"
    return_figures(session, report.id, hoa, {"hop_thon": "Xem lại"}, NOW)
    assert (report.state, report.accepted_at, report.accepted_by) == ("returned", None, None)


def test_a_returned_report_carries_its_comments_until_it_is_sent_again(
    session: Session, report: Report, hoa: User
) -> None:
    """One comment for each figure; the sender finds the report among those to answer."""
    return_figures(session, report.id, hoa, {"hop_thon": " Sao 2? ", "giam_sat": "Có không?"}, NOW)
    asked = {event.code: event.comment for event in open_questions(session, report)}
    assert asked == {"hop_thon": "Sao 2?", "giam_sat": "Có không?"}
    assert report.sender_id is not None
    assert returned_to(session, report.sender_id) == (report,)


def test_a_correction_of_the_sender_comes_back_for_review(
    session: Session, report: Report, hoa: User
) -> None:
    """The questions are closed, the figure is the new one, and it can be accepted."""
    return_figures(session, report.id, hoa, {"hop_thon": "Sao 2?"}, NOW)
    assert report.sender_id is not None
    resend(session, report, "hop_thon", 3)
    assert (report.state, open_questions(session, report)) == ("sent", ())
    assert returned_to(session, report.sender_id) == ()
    assert values_of(session, report)["hop_thon"].value == 3
    assert accept(session, report.id, hoa, NOW).state == "accepted"


def test_only_the_questions_of_the_last_return_are_open(
    session: Session, report: Report, hoa: User
) -> None:
    """What was answered once is not asked again."""
    return_figures(session, report.id, hoa, {"hop_thon": "Sao 2?"}, NOW)
    resend(session, report, "hop_thon", 3)
    later = NOW + timedelta(hours=1)
    return_figures(session, report.id, hoa, {"giam_sat": "Có không?"}, later)
    assert [event.code for event in open_questions(session, report)] == ["giam_sat"]


@pytest.mark.parametrize(
    ("comments", "why"),
    [
        ({}, "nothing_asked"),
        ({"hop_thon": " "}, "nothing_asked"),
        ({"hop_thon": "?", "giam_sat": ""}, "nothing_asked"),
        ({"tiep_dan": "?"}, "unknown_figure"),
    ],
)
def test_a_return_asks_about_figures_of_the_report(
    session: Session, report: Report, hoa: User, comments: dict[str, str], why: str
) -> None:
    """A sender who is asked nothing cannot answer."""
    with pytest.raises(Refusal) as refused:
        return_figures(session, report.id, hoa, comments, NOW)
    assert code_of(refused) == why
    assert report.state == "sent"


def test_a_report_that_waits_for_its_sender_is_neither_accepted_nor_returned_again(
    session: Session, report: Report, hoa: User, rin: User
) -> None:
    """First the answer, then the next question."""
    return_figures(session, report.id, hoa, {"hop_thon": "Sao 2?"}, NOW)
    with pytest.raises(Refusal) as refused:
        accept(session, report.id, rin, NOW)
    assert code_of(refused) == "waits_for_sender"
    with pytest.raises(Refusal) as refused:
        return_figures(session, report.id, rin, {"giam_sat": "?"}, NOW)
    assert code_of(refused) == "already_returned"


def test_an_unknown_report_is_refused(session: Session, hoa: User) -> None:
    """Not an error of the program."""
    with pytest.raises(Refusal) as refused:
        accept(session, 10**6, hoa, NOW)
    assert code_of(refused) == "unknown_report"


def test_the_question_reaches_the_chat_the_report_came_from(
    session: Session, report: Report, hoa: User
) -> None:
    """With the figure, its value, the comment and the two answers to choose from."""
    put = ask_back(session, report.id, hoa, {"hop_thon_luot": "Theo ảnh chỉ có 46."}, NOW)
    assert put is not None
    assert put.conversation_id == report.conversation_id
    for part in ("96 lượt", "Theo ảnh chỉ có 46.", "Y Hoa", "tháng 10/2026"):
        assert part in put.text
    assert len(put.choices) == 2


def test_several_questions_go_in_one_message(session: Session, report: Report, hoa: User) -> None:
    """One line for each figure."""
    put = ask_back(session, report.id, hoa, {"hop_thon": "Sao 2?", "giam_sat": "Có không?"}, NOW)
    assert put is not None
    assert len(put.text.splitlines()) == 3


def test_the_sender_is_told_of_a_correction_with_both_values(
    session: Session, report: Report, hoa: User
) -> None:
    """Nobody changes a figure behind the sender's back."""
    put = put_right(session, report.id, hoa, "hop_thon", Decimal(3), "theo sổ họp", NOW)
    assert put is not None
    assert "2 cuộc → 3 cuộc" in put.text
    assert "theo sổ họp" in put.text


def test_without_a_chat_the_report_is_returned_all_the_same(
    session: Session, report: Report, hoa: User
) -> None:
    """And the officer learns that nobody was told."""
    report.conversation_id = report.sender_id = None
    session.flush()
    assert ask_back(session, report.id, hoa, {"hop_thon": "Sao 2?"}, NOW) is None
    assert report.state == "returned"


def resend(session: Session, report: Report, code: str, value: int) -> None:
    assert report.sender_id is not None
    of = builders.form(report.form)
    draft = DraftReport(report.sender_id, report.unit_id, of, Period.parse(report.period))
    draft.settle(code, Decimal(value), Source())
    confirm(session, draft, CALENDAR, NOW)
