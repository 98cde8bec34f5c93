"""Tiến độ: who sent what, units × periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from admin import access, standing, wording
from admin.parts import now, today
from qcdc_core.clock import local_day
from qcdc_core.forms import Form, forms
from qcdc_core.forms.calendar import Closed
from qcdc_core.language import gettext as _
from qcdc_core.periods import Period
from qcdc_core.reports.owed import Owed
from qcdc_core.units import Node
from qcdc_core.units.kinds import COMMUNES

page = Blueprint("progress", __name__)

COLUMNS = 6


@dataclass(frozen=True)
class Cell:
    """``state`` is None where the unit did not owe the form in that period."""

    state: str | None
    report_id: int | None = None
    is_late: bool = False
    gaps: int = 0


@dataclass(frozen=True)
class Row:
    unit: Node
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Block:
    """The rows of a commune, or of all agencies, under its name."""

    name: str
    rows: tuple[Row, ...]


@page.get("/tien-do")
def show() -> str:
    of = _form()
    periods = _periods(of)
    commune = _commune()
    owed = {period: _owed(of, period, commune) for period in periods}
    blocks = _blocks(periods, owed)
    return render_template(
        "progress.html",
        form=of,
        periods=periods,
        blocks=blocks,
        sums=[_sum(owed[period]) for period in periods],
        in_short=wording.state_in_short,
        chosen_commune=commune,
        form_options=[(one.code, _(one.name)) for one in _forms_seen()],
        commune_options=[(one.code, one.full_name) for one in _communes()],
    )


def _form() -> Form:
    wanted = request.args.get("bieu", "")
    seen = _forms_seen()
    return forms()[wanted] if wanted in forms() else seen[0]


def _forms_seen() -> list[Form]:
    """Forms that some unit in the user's scope owes; all of them where there is no unit yet."""
    kinds = {unit.kind for unit in access.units_seen(access.tree())}
    return [one for one in forms().values() if one.unit_kinds & kinds] or list(forms().values())


def _periods(of: Form) -> list[Period]:
    running = access.calendar().last_finished(of.every, now()).plus(1)
    return [running.plus(-step) for step in range(COLUMNS - 1, -1, -1)]


def _communes() -> list[Node]:
    return [unit for unit in access.units_seen(access.tree()) if unit.kind in COMMUNES]


def _commune() -> str | None:
    wanted = request.args.get("xa")
    return wanted if wanted in {one.code for one in _communes()} else None


def _owed(of: Form, period: Period, commune: str | None) -> dict[int, Owed]:
    """By unit; only those under the commune when one is chosen."""
    tree = access.tree(access.calendar().window(period).last)
    return {
        one.unit.id: one
        for one in standing.owed_in(of.code, period)
        if commune is None or any(step.code == commune for step in tree.path(one.unit.id))
    }


def _blocks(
    periods: Sequence[Period], owed: Mapping[Period, Mapping[int, Owed]]
) -> tuple[Block, ...]:
    """Units as they stood at the end of the latest of these periods in which they owed the form."""
    latest: dict[int, Owed] = {}
    for period in periods:
        latest |= owed[period]
    return tuple(
        Block(
            group.name,
            tuple(_row(one.unit, periods, owed) for one in group.owed),
        )
        for group in sorted(standing.groups(latest.values()), key=lambda one: one.name)
    )


def _row(unit: Node, periods: Sequence[Period], owed: Mapping[Period, Mapping[int, Owed]]) -> Row:
    return Row(unit, tuple(_cell(owed[period].get(unit.id)) for period in periods))


def _cell(one: Owed | None) -> Cell:
    if one is None:
        return Cell(None)
    if one.report is None:
        wanted = access.calendar().why_closed(one.period, now()) is not Closed.BEFORE_START
        return Cell("missing" if wanted and one.due < today() else "not_due")
    is_late = local_day(one.report.sent_at) > one.due
    return Cell(one.state, one.report.id, is_late, len(one.missing))


def _sum(owed: Mapping[int, Owed]) -> tuple[int, int]:
    """How many came, of how many owed."""
    return sum(one.report is not None for one in owed.values()), len(owed)
