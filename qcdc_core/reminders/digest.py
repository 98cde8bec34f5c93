"""Who is missing under a unit: for the officer of a commune, and for the standing office.

The office is told later than the officers, as the rules say; of units that no officer looks after
it is told when their officer would have been, so that nobody's silence goes unheard.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.reminders.duties import Term
from qcdc_core.reports.owed import Owed, owed_within
from qcdc_core.units.tree import Tree
from qcdc_core.users.tables import User


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
        if unit_id not in tree or not (term.begun(audience, now) or term.begun("officer", now)):
            continue
        owed = owed_within(session, tree, unit_id, term.form, term.period, calendar)
        missing = [one for one in owed if one.report is None]
        if not term.begun(audience, now):
            alone = unlooked_after(session, tree)
            missing = [one for one in missing if one.unit.id in alone]
        if missing:
            found.append(Missing(term, tuple(missing)))
    return tuple(found)


def unlooked_after(session: Session, tree: Tree) -> frozenset[int]:
    """Units of the tree that stand under no active officer's unit."""
    officers = select(User.unit_id).where(User.active, User.role == "officer").distinct()
    looked_after = {
        node.id
        for unit_id in session.scalars(officers)
        if unit_id in tree
        for node in tree.below(unit_id)
    }
    return frozenset(tree.nodes) - looked_after
