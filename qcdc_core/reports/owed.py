"""Who owes which report, and where each stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.config import Settings
from qcdc_core.forms import Form, forms_owed_by
from qcdc_core.forms.calendar import ReportingCalendar, presets
from qcdc_core.forms.holidays import days_off
from qcdc_core.forms.tables import EarlyClosing
from qcdc_core.people.invitations import posts_of
from qcdc_core.periods import Period
from qcdc_core.reports.tables import FigureValue, Report
from qcdc_core.units.tree import Node, Tree, units_on

# Up to here a list of ids is quicker than the reports of a whole province.
_FEW = 100
_CLOSINGS = select(EarlyClosing)


@dataclass(frozen=True)
class Owed:
    """A unit's report for a form and period: ``report`` is None while nothing was confirmed."""

    unit: Node
    form: Form
    period: Period
    due: date
    report: Report | None
    missing: tuple[str, ...]

    @property
    def state(self) -> str:
        """missing, sent, returned or accepted."""
        return self.report.state if self.report else "missing"


def calendar_of(session: Session, settings: Settings) -> ReportingCalendar:
    """The installation's calendar: its preset with the early closings and the known holidays."""
    closings = session.scalars(_CLOSINGS).all()
    days = days_off(session)
    return ReportingCalendar(
        preset=presets()[settings.calendar],
        early_closings={Period.parse(row.period): row.last_day for row in closings},
        holidays=frozenset(one.day for one in days if not one.is_worked),
        worked=frozenset(one.day for one in days if one.is_worked),
        begins=settings.collect_from,
    )


def owed_by_person(
    session: Session, person_id: int, calendar: ReportingCalendar, now: datetime
) -> tuple[Owed, ...]:
    """Everything of this person's units that is being taken now, by due day; sent ones too."""
    today = local_day(now)
    unit_ids = {post.unit_id for post in posts_of(session, person_id, today)}
    units = units_on(session, today, sorted(unit_ids)).values()
    found = [
        owed
        for unit in units
        for form in forms_owed_by(unit.kind)
        for period in calendar.taken(form.every, now)
        for owed in owed_for(session, [unit], form, period, calendar)
    ]
    return tuple(sorted(found, key=lambda owed: (owed.due, owed.unit.code, owed.form.code)))


def owed_within(
    session: Session,
    tree: Tree,
    top_id: int,
    form: Form,
    period: Period,
    calendar: ReportingCalendar,
) -> tuple[Owed, ...]:
    """One entry for each unit under (and including) ``top_id`` that owes this form."""
    units = [unit for unit in tree.below(top_id) if unit.kind in form.unit_kinds]
    return owed_for(session, units, form, period, calendar)


def owed_for(
    session: Session,
    units: Iterable[Node],
    form: Form,
    period: Period,
    calendar: ReportingCalendar,
) -> tuple[Owed, ...]:
    units = list(units)
    wanted = select(Report).where(Report.form == form.code, Report.period == str(period))
    if len(units) <= _FEW:
        wanted = wanted.where(Report.unit_id.in_([unit.id for unit in units]))
    reports = {report.unit_id: report for report in session.scalars(wanted)}
    held = _codes_held(session, [report.id for report in reports.values()])
    due = calendar.due(period)
    return tuple(_owed(unit, form, period, due, reports.get(unit.id), held) for unit in units)


def _owed(
    unit: Node,
    form: Form,
    period: Period,
    due: date,
    report: Report | None,
    held: dict[int, set[str]],
) -> Owed:
    codes = held.get(report.id, set()) if report else set()
    missing = tuple(code for code in form.codes if code not in codes)
    return Owed(unit, form, period, due, report, missing)


def _codes_held(session: Session, report_ids: list[int]) -> dict[int, set[str]]:
    rows = session.execute(
        select(FigureValue.report_id, FigureValue.code).where(
            FigureValue.report_id.in_(report_ids), FigureValue.replaced_at.is_(None)
        )
    )
    held: dict[int, set[str]] = {}
    for report_id, code in rows:
        held.setdefault(report_id, set()).add(code)
    return held
