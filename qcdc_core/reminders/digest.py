"""Who is missing under a unit: for the officer of a commune, and for the standing office."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.reminders.duties import Term
from qcdc_core.reports.owed import Owed, owed_within
from qcdc_core.units.tree import Tree


@dataclass(frozen=True)
class Missing:
    """Units that sent nothing of this form and period; never empty."""

    term: Term
    owed: tuple[Owed, ...]


def missing_under(
    session: Session,
    unit_id: int,
    audience: str,
    of: Iterable[Term],
    calendar: ReportingCalendar,
    tree_of: Callable[[date], Tree],
    now: datetime,
) -> tuple[Missing, ...]:
    """By term, of those that this audience is told about by now; empty when all reports came."""
    found = []
    for term in of:
        tree = tree_of(calendar.window(term.period).last)
        if not term.begun(audience, now) or unit_id not in tree:
            continue
        owed = owed_within(session, tree, unit_id, term.form, term.period, calendar)
        missing = tuple(one for one in owed if one.report is None)
        if missing:
            found.append(Missing(term, missing))
    return tuple(found)
