"""What an officer does with a report: accept it, return a figure, or correct one with a reason."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.errors import Refusal
from qcdc_core.forms import form
from qcdc_core.reports.record import write_value
from qcdc_core.reports.tables import FigureValue, Report, ReportEvent
from qcdc_core.users.tables import User


def accept(session: Session, report_id: int, user: User, now: datetime) -> Report:
    """Take the report as right. Figures are then locked until the sender or an officer reopens it.

    Raises Refusal already_accepted, waits_for_sender (it was returned), or four_eyes when the user,
    or the person the user is, entered a value that holds.
    """
    report = _locked(session, report_id)
    if report.state == "accepted":
        raise Refusal("already_accepted", number=report.number)
    if report.state == "returned":
        raise Refusal("waits_for_sender", number=report.number)
    if entered_by(session, report, user):
        raise Refusal("four_eyes", number=report.number)
    report.state = "accepted"
    report.accepted_at = now
    report.accepted_by = user.id
    report.changed_at = now
    _note(session, report, "accepted", user, now)
    return report


def return_figures(
    session: Session, report_id: int, user: User, comments: Mapping[str, str], now: datetime
) -> Report:
    """Ask the sender back about figures; ``comments`` maps a figure code to what is asked.

    Raises Refusal nothing_asked, unknown_figure(figure), or already_returned while the sender has
    not answered yet. An accepted report may be returned: that reopens it.
    """
    report = _locked(session, report_id)
    if not comments or not all(text.strip() for text in comments.values()):
        raise Refusal("nothing_asked")
    for code in comments:
        _check_figure(report, code)
    if report.state == "returned":
        raise Refusal("already_returned", number=report.number)
    report.state = "returned"
    report.accepted_at = None
    report.accepted_by = None
    report.changed_at = now
    for code, text in comments.items():
        _note(session, report, "returned", user, now, code=code, comment=text.strip())
    return report


def correct(
    session: Session,
    report_id: int,
    user: User,
    code: str,
    value: Decimal | None,
    reason: str,
    now: datetime,
) -> Report:
    """An officer puts a figure right in the sender's place; a reason is required.

    The officer can then not accept the report (four eyes). Raises Refusal reason_missing,
    unknown_figure(figure), already_accepted.
    """
    report = _locked(session, report_id)
    _check_figure(report, code)
    if not reason.strip():
        raise Refusal("reason_missing")
    if report.state == "accepted":
        raise Refusal("already_accepted", number=report.number)
    row = FigureValue(code=code, value=value, user_id=user.id, reason=reason.strip())
    write_value(session, report, row, now)
    report.changed_at = now
    _note(session, report, "corrected", user, now, code=code, comment=reason.strip())
    return report


def entered_by(session: Session, report: Report, user: User) -> bool:
    """Whether a value that holds now was entered by this user, as officer or as sender."""
    mine = [FigureValue.user_id == user.id]
    if user.person_id is not None:
        mine.append(FigureValue.person_id == user.person_id)
    query = select(FigureValue.id).where(
        FigureValue.report_id == report.id, FigureValue.replaced_at.is_(None)
    )
    return any(session.scalar(query.where(one).limit(1)) is not None for one in mine)


def open_questions(session: Session, report: Report) -> tuple[ReportEvent, ...]:
    """What was asked at the latest return, while the report waits for its sender; else empty."""
    if report.state != "returned":
        return ()
    rows = session.scalars(
        select(ReportEvent)
        .where(ReportEvent.report_id == report.id, ReportEvent.kind == "returned")
        .order_by(ReportEvent.id)
    ).all()
    return tuple(row for row in rows if row.at == rows[-1].at)


def returned_to(session: Session, person_id: int) -> tuple[Report, ...]:
    """Reports of this sender that wait for an answer, the latest first."""
    return tuple(session.scalars(_waiting_for(), {"sender": person_id}))


@cache
def _waiting_for() -> Select[Report]:
    return (
        select(Report)
        .where(Report.sender_id == bindparam("sender"), Report.state == "returned")
        .order_by(Report.changed_at.desc(), Report.id.desc())
    )


def _locked(session: Session, report_id: int) -> Report:
    # What the page read before the lock may be out of date by now.
    report = session.get(Report, report_id, with_for_update=True, populate_existing=True)
    if report is None:
        raise Refusal("unknown_report", report_id=report_id)
    return report


def _check_figure(report: Report, code: str) -> None:
    if code not in form(report.form):
        raise Refusal("unknown_figure", figure=code)


def _note(
    session: Session,
    report: Report,
    kind: str,
    user: User,
    now: datetime,
    *,
    code: str | None = None,
    comment: str | None = None,
) -> None:
    event = ReportEvent(
        report_id=report.id, kind=kind, at=now, user_id=user.id, code=code, comment=comment
    )
    session.add(event)
    record(session, now, user.login, f"report.{kind}", report.number, figure=code, comment=comment)
    session.flush()
