"""Turning a confirmed draft into a report: the only way in which figures come to count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.forms import Form
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.periods import Period
from qcdc_core.reports.draft import DraftReport, DraftValue, drop_draft
from qcdc_core.reports.tables import Explanation, FigureValue, Report, ReportEvent
from qcdc_core.units.tables import Unit


@dataclass(frozen=True)
class Receipt:
    """What the sender is told: ``changed`` maps a figure code to its value before."""

    report: Report
    in_time: bool
    missing: tuple[str, ...]
    changed: Mapping[str, Decimal | None]
    is_new: bool


def confirm(
    session: Session,
    draft: DraftReport,
    calendar: ReportingCalendar,
    now: datetime,
    *,
    conversation_id: int | None = None,
) -> Receipt:
    """Store what the sender has seen read back and confirmed; the draft is dropped.

    An accepted report that is corrected is reopened visibly; confirming the same values again
    changes nothing. Raises Refusal
    doubts_open(codes), nothing_known, or period_closed(why, period, last_day). A returned report
    may be corrected after closing. Error findings are the dialogue's to stop
    (`qcdc_core.checking.check`), since a finding asks for words.
    """
    if draft.doubts:
        raise Refusal("doubts_open", codes=tuple(draft.doubts))
    if not draft.values:
        raise Refusal("nothing_known")
    report = find_report(session, draft.unit_id, draft.form, draft.period, lock=True)
    _check_open(draft.period, report, calendar, now)
    is_new = False
    if report is None:
        report, is_new = _new_report(session, draft, calendar, now)
    written, changed = _write_values(session, report, draft, now)
    explained = _write_reasons(session, report, draft, now)
    if is_new or written or explained or report.state == "returned":
        _note_sending(session, report, draft.person_id, now, is_new=is_new)
        report.conversation_id = conversation_id or report.conversation_id
    drop_draft(session, draft)
    session.flush()
    return Receipt(report, local_day(now) <= report.due_on, draft.missing, changed, is_new)


def find_report(
    session: Session, unit_id: int, of: Form, period: Period, *, lock: bool = False
) -> Report | None:
    named = {"unit": unit_id, "form": of.code, "period": str(period)}
    return session.scalar(_one_report(lock=lock), named)


@cache
def _one_report(*, lock: bool) -> Select[Report]:
    one = select(Report).where(
        Report.unit_id == bindparam("unit"),
        Report.form == bindparam("form"),
        Report.period == bindparam("period"),
    )
    if not lock:
        return one
    # What was read before the lock may be out of date by now.
    return one.with_for_update().execution_options(populate_existing=True)


def values_of(session: Session, report: Report) -> dict[str, FigureValue]:
    """The values that hold now, by figure code, in the order in which they were written."""
    return {row.code: row for row in session.scalars(_holding(), {"report": report.id})}


@cache
def _holding() -> Select[FigureValue]:
    return (
        select(FigureValue)
        .where(FigureValue.report_id == bindparam("report"), FigureValue.replaced_at.is_(None))
        .order_by(FigureValue.id)
    )


def write_value(session: Session, report: Report, value: FigureValue, now: datetime) -> None:
    """Let a value hold from now on; the one before is kept with the moment of its replacement."""
    before = values_of(session, report).get(value.code)
    if before is not None:
        before.replaced_at = now
        session.flush()  # the index allows one value that holds
    value.report_id = report.id
    value.entered_at = now
    session.add(value)
    session.flush()


def _check_open(
    period: Period, report: Report | None, calendar: ReportingCalendar, now: datetime
) -> None:
    if report is not None and report.state == "returned":
        return
    why = calendar.why_closed(period, now)
    if why is not None:
        raise Refusal(
            "period_closed", why=why, period=period, last_day=calendar.last_day_taken(period)
        )


def _new_report(
    session: Session, draft: DraftReport, calendar: ReportingCalendar, now: datetime
) -> tuple[Report, bool]:
    """The report, and whether it was made here: two people may confirm for a unit at once."""
    report = _report_of(session, draft, calendar, now)
    try:
        with session.begin_nested():
            session.add(report)
    except IntegrityError:
        other = find_report(session, draft.unit_id, draft.form, draft.period, lock=True)
        if other is None:
            raise
        return other, False
    return report, True


def _report_of(
    session: Session, draft: DraftReport, calendar: ReportingCalendar, now: datetime
) -> Report:
    window = calendar.window(draft.period)
    unit = session.get_one(Unit, draft.unit_id)
    return Report(
        unit_id=unit.id,
        form=draft.form.code,
        period=str(draft.period),
        first_day=window.first,
        end_day=window.end,
        due_on=calendar.due(draft.period),
        number=f"{unit.code}-{draft.period}",
        state="sent",
        sender_id=draft.person_id,
        sent_at=now,
        changed_at=now,
    )


def _write_values(
    session: Session, report: Report, draft: DraftReport, now: datetime
) -> tuple[tuple[str, ...], dict[str, Decimal | None]]:
    """The codes that were written, and the earlier values of those that had one."""
    held = values_of(session, report)
    written = tuple(
        code
        for code, new in draft.values.items()
        if code not in held or held[code].value != new.value
    )
    for code in written:
        if code in held:
            held[code].replaced_at = now
    session.flush()  # the index allows one value that holds
    for code in written:
        row = _row(code, draft.values[code], draft)
        row.report_id, row.entered_at = report.id, now
        session.add(row)
    session.flush()
    return written, {code: held[code].value for code in written if code in held}


def _row(code: str, new: DraftValue, draft: DraftReport) -> FigureValue:
    given = [reason.reason for key, reason in draft.reasons.items() if key[1] == code]
    return FigureValue(
        code=code,
        value=new.value,
        person_id=draft.person_id,
        message_id=new.source.message_id,
        quote_start=new.source.start,
        quote_end=new.source.end,
        reason=given[0] if given else None,
    )


def _write_reasons(session: Session, report: Report, draft: DraftReport, now: datetime) -> bool:
    """Whether anything was said that was not said before."""
    held = {
        (row.rule, row.code): row
        for row in session.scalars(select(Explanation).where(Explanation.report_id == report.id))
    }
    new = {
        key: reason
        for key, reason in draft.reasons.items()
        if key not in held or held[key].reason != reason.reason
    }
    for key, reason in new.items():
        row = held.get(key) or Explanation(report_id=report.id, rule=key[0], code=key[1])
        row.reason = reason.reason
        row.given_at = now
        row.message_id = reason.message_id
        session.add(row)
    return bool(new)


def _note_sending(
    session: Session, report: Report, person_id: int, now: datetime, *, is_new: bool
) -> None:
    kind = "sent" if is_new else "resent"
    if report.state == "accepted":
        kind = "reopened"
        report.accepted_at = None
        report.accepted_by = None
    report.state = "sent"
    report.sender_id = person_id  # who answers when an officer asks back
    report.changed_at = now
    session.add(ReportEvent(report_id=report.id, kind=kind, at=now, person_id=person_id))
