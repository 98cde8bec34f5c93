"""Where the current periods stand: what is owed, who is missing, by commune."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from admin import access
from admin.db_session import session
from admin.parts import now, today
from qcdc_core.forms import forms
from qcdc_core.forms.calendar import Closed, ReportingCalendar
from qcdc_core.language import gettext as _
from qcdc_core.periods import Period, PeriodKind
from qcdc_core.reports.owed import Owed, owed_for
from qcdc_core.units import Node, Tree
from qcdc_core.units.kinds import COMMUNES

_LEAF_KINDS = ("co_quan", "doanh_nghiep")


@dataclass(frozen=True)
class Deadline:
    """``days`` left until ``due``, negative when it is past.

    ``closed`` tells why no figures come in; None while they do, until ``last_taken``.
    """

    period: Period
    due: date
    days: int
    last_taken: date
    closed: Closed | None


@dataclass(frozen=True)
class Group:
    """A commune with its villages, or all agencies, or all enterprises: a bar."""

    name: str
    code: str | None
    is_commune: bool
    owed: tuple[Owed, ...]

    @property
    def sent(self) -> int:
        return sum(one.report is not None for one in self.owed)

    @property
    def missing(self) -> tuple[Owed, ...]:
        return tuple(one for one in self.owed if one.report is None)


def deadlines() -> tuple[Deadline, ...]:
    """The month and the quarter whose days are past and that are counted now."""
    kinds: tuple[PeriodKind, ...] = ("month", "quarter")
    return tuple(deadline(access.calendar().last_finished(kind, now())) for kind in kinds)


def running() -> Deadline:
    """The month that is running, whose figures come next."""
    return deadline(access.calendar().last_finished("month", now()).plus(1))


def deadline(period: Period) -> Deadline:
    calendar: ReportingCalendar = access.calendar()
    due = calendar.due(period)
    closed = calendar.why_closed(period, now())
    return Deadline(period, due, (due - today()).days, calendar.last_day_taken(period), closed)


def owed_now() -> tuple[Owed, ...]:
    """What the units that the user sees owe for the last finished month and quarter."""
    return tuple(
        owed
        for one in deadlines()
        for form in forms().values()
        if form.every == one.period.kind
        for owed in owed_in(form.code, one.period)
    )


def owed_in(form_code: str, period: Period) -> tuple[Owed, ...]:
    """One entry for each unit seen that owed this form in that period."""
    of = forms()[form_code]
    tree = access.tree(access.calendar().window(period).last)
    units = [unit for unit in access.units_seen(tree) if unit.kind in of.unit_kinds]
    return owed_for(session(), units, of, period, access.calendar())


def groups(owed: Iterable[Owed]) -> tuple[Group, ...]:
    """The emptiest bar first."""
    tree = access.tree()
    sorted_in: dict[tuple[str, str | None, bool], list[Owed]] = {}
    for one in owed:
        sorted_in.setdefault(_group_of(one.unit, tree), []).append(one)
    found = (Group(*key, tuple(items)) for key, items in sorted_in.items())
    return tuple(sorted(found, key=lambda one: (one.sent / len(one.owed), one.name)))


def _group_of(unit: Node, tree: Tree) -> tuple[str, str | None, bool]:
    names = {"co_quan": _("Cơ quan, đơn vị"), "doanh_nghiep": _("Doanh nghiệp")}
    if unit.kind in _LEAF_KINDS:
        return names[unit.kind], None, False
    for step in _steps_below_top(unit, tree):
        return step.full_name, step.code, step.kind in COMMUNES
    return unit.full_name, unit.code, False


def _steps_below_top(unit: Node, tree: Tree) -> Iterator[Node]:
    """The unit directly below the user's own on the way to this one; nothing for the own unit."""
    top = access.user().unit_id
    if unit.id not in tree or unit.id == top:
        return
    path = tree.path(unit.id)
    for above, below in pairwise(path):
        if above.id == top:
            yield below
