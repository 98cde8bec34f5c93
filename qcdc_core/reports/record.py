"""Turning a confirmed draft into a report: the only way in which figures come to count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
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

    An accepted report that is corrected is reopened visibly. Raises Refusal
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
    is_new = report is None
    report = report or _new_report(session, draft, calendar, now)
    changed = _write_values(session, report, draft, now)
    _write_reasons(session, report, draft, now)
    _note_sending(session, report, draft.person_id, now, is_new=is_new)
    report.conversation_id = conversation_id or report.conversation_id
    drop_draft(session, draft)
    session.flush()
    return Receipt(report, local_day(now) <= report.due_on, draft.missing, changed, is_new)


def find_report(
    session: Session, unit_id: int, of: Form, period: Period, *, lock: bool = False
) -> Report | None:
    query = select(Report).where(
        Report.unit_id == unit_id, Report.form == of.code, Report.period == str(period)
    )
    return session.scalar(query.with_for_update() if lock else query)


def values_of(session: Session, report: Report) -> dict[str, FigureValue]:
    """The values that hold now, by figure code, in the order in which they were written."""
    rows = session.scalars(
        select(FigureValue)
        .where(FigureValue.report_id == report.id, FigureValue.replaced_at.is_(None))
        .order_by(FigureValue.id)
    )
    return {row.code: row for row in rows}


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
) -> Report:
    window = calendar.window(draft.period)
    unit = session.get_one(Unit, draft.unit_id)
    report = Report(
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
    session.add(report)
    session.flush()
    return report


def _write_values(
    session: Session, report: Report, draft: DraftReport, now: datetime
) -> dict[str, Decimal | None]:
    held = values_of(session, report)
    changed: dict[str, Decimal | None] = {}
    for code, new in draft.values.items():
        if code in held and held[code].value == new.value:
            continue
        if code in held:
            changed[code] = held[code].value
        write_value(session, report, _row(code, new, draft), now)
    return changed


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


def _write_reasons(session: Session, report: Report, draft: DraftReport, now: datetime) -> None:
    held = {
        (row.rule, row.code): row
        for row in session.scalars(select(Explanation).where(Explanation.report_id == report.id))
    }
    for key, reason in draft.reasons.items():
        row = held.get(key) or Explanation(report_id=report.id, rule=key[0], code=key[1])
        row.reason = reason.reason
        row.given_at = now
        row.message_id = reason.message_id
        session.add(row)


def _note_sending(
    session: Session, report: Report, person_id: int, now: datetime, *, is_new: bool
) -> None:
    kind = "sent" if is_new else "resent"
    if report.state == "accepted":
        kind = "reopened"
        report.accepted_at = None
        report.accepted_by = None
    report.state = "sent"
    report.changed_at = now
    session.add(ReportEvent(report_id=report.id, kind=kind, at=now, person_id=person_id))
