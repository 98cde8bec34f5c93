"""Who may see and do what: a role, and a part of the unit tree. Outside of it there is nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, g
from flask_login import current_user
from sqlalchemy import select

from admin.db_session import session
from admin.parts import now, parts
from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.reports.owed import calendar_of
from qcdc_core.reports.tables import Report
from qcdc_core.units import Node, Tree, tree_on
from qcdc_core.units.tables import UnitState
from qcdc_core.users import ROLES, User

P = ParamSpec("P")
R = TypeVar("R")


def user() -> User:
    found: User = current_user.row
    return found


def may(role: str) -> bool:
    """Whether the user has this role or one above it."""
    return ROLES.index(user().role) >= ROLES.index(role)


def require(role: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """For pages of a role: 403 to users below it."""

    def wrap(page: Callable[P, R]) -> Callable[P, R]:
        @wraps(page)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not may(role):
                abort(403)
            return page(*args, **kwargs)

        return guarded

    return wrap


def calendar() -> ReportingCalendar:
    if "calendar" not in g:
        g.calendar = calendar_of(session(), parts().settings)
    found: ReportingCalendar = g.calendar
    return found


def tree(day: date | None = None) -> Tree:
    """The unit tree of a day, today's when none is told; read once in a request."""
    day = day or local_day(now())
    trees: dict[date, Tree] = g.setdefault("trees", {})
    if day not in trees:
        trees[day] = tree_on(session(), day)
    return trees[day]


def units_seen(on: Tree) -> tuple[Node, ...]:
    """The user's unit and all below on that tree; empty when it is not on it."""
    top = user().unit_id
    return tuple(on.below(top)) if top in on else ()


def is_under(unit_id: int, on: Tree) -> bool:
    """Whether the unit is the user's or stands below it on that tree."""
    return on.is_within(unit_id, user().unit_id)


def unit_or_404(code: str, on: Tree | None = None) -> Node:
    """A unit that the user may see."""
    on = on or tree()
    try:
        found = on.unit(code)
    except Refusal:
        abort(404)
    if not on.is_within(found.id, user().unit_id):
        abort(404)
    return found


def report_or_404(report_id: int, *, lock: bool = False) -> Report:
    """A report of a unit that stood under the user's at the end of its period."""
    report = session().get(Report, report_id, with_for_update=lock or None)
    if report is None or not is_seen(report):
        abort(404)
    return report


def is_seen(report: Report) -> bool:
    return tree_of(report).is_within(report.unit_id, user().unit_id)


def ever_below() -> frozenset[int]:
    """The user's unit and all that stood under it on any day: more than is seen, never less.

    For queries to leave out what cannot be seen; `is_seen` then decides each.
    """
    children: dict[int, set[int]] = {}
    for unit_id, parent_id in session().execute(select(UnitState.unit_id, UnitState.parent_id)):
        if parent_id is not None:
            children.setdefault(parent_id, set()).add(unit_id)
    found: set[int] = set()
    waiting = [user().unit_id]
    while waiting:
        unit_id = waiting.pop()
        if unit_id not in found:
            found.add(unit_id)
            waiting.extend(children.get(unit_id, ()))
    return frozenset(found)


def tree_of(report: Report) -> Tree:
    """The tree that the report rolls up by: that of its last day."""
    return tree(report.end_day - timedelta(days=1))


def may_review(report: Report) -> bool:
    """An officer reviews the units below, not the officer's own unit."""
    return may("office") or report.unit_id != user().unit_id
