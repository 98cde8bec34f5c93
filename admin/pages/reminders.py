"""Nhắc hạn: who still owes and why, who was told and how it ended, what comes next; by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from admin import access, reminding_words, wording
from admin.db_session import session
from admin.parts import now, parts
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.messages.names import channel_name
from qcdc_core.reminders import by_hand, situation
from qcdc_core.reminders.digest import unlooked_after
from qcdc_core.reminders.due import Situation
from qcdc_core.reminders.duties import Duty, Term, is_unfinished
from qcdc_core.reminders.escalation import steps
from qcdc_core.reminders.overview import Line, lines
from qcdc_core.reminders.pauses import pause, resume
from qcdc_core.reports.owed import owed_for
from qcdc_core.units import Node, Tree
from qcdc_core.units.kinds import COMMUNES

page = Blueprint("reminders", __name__, url_prefix="/nhac-han")

MOST = 200
Answer = Response | tuple[str, int]


@dataclass(frozen=True)
class Standing:
    """A form and period that is being taken: how many of the units seen are not done.

    ``next_at``: the next moment at which people are told by the rules; None when there is none.
    """

    term: Term
    owing: int
    units: int
    next_at: datetime | None
    has_begun: bool

    @property
    def key(self) -> str:
        return _key(self.term)

    @property
    def name(self) -> str:
        return f"{_(self.term.form.name)} · {period_name(self.term.period)}"


@page.get("")
def show() -> str:
    return _page()


@page.post("/nhac")
def remind() -> Answer:
    """One unit's holders, now or at the next hour of reminding."""
    at, term, unit = _posted()
    is_again = request.form.get("again") == "1"
    try:
        rows = by_hand.remind(session(), Duty(unit, term), at, access.user(), again=is_again)
    except Refusal as refusal:
        return _refused(refusal, asks_again=unit if refusal.code == "told_today" else None)
    session().commit()
    flash(*reminding_words.told(rows, unit))
    return _back(unit)


@page.post("/nhac-het")
def remind_all() -> Answer:
    """Everybody in the list who can be told and was not told today."""
    at = _situation()
    term = _term_or_404(at)
    found = _lines(term, _units(term, _commune()))
    duties = [Duty(line.owed.unit, term) for line in found if line.can_be_told]
    count = by_hand.remind_all(session(), duties, at, access.user())
    session().commit()
    if count:
        flash(_("Đã xếp tin nhắc {count} người; tin đi trong ít phút.").format(count=count), "done")
    else:
        flash(_("Không còn ai để nhắc: hôm nay đã nhắc, đang tạm dừng, hoặc chưa có kênh."), "done")
    return _back()


@page.post("/dung")
def hold() -> Answer:
    _at, term, unit = _posted()
    try:
        pause(session(), unit, term.period, _typed_day(), access.user(), now())
    except Refusal as refusal:
        return _refused(refusal)
    session().commit()
    flash(
        _("Tạm dừng nhắc {unit} phiếu {period}. Hạn vẫn như cũ.").format(
            unit=unit.full_name, period=period_name(term.period)
        ),
        "done",
    )
    return _back(unit)


@page.post("/tiep")
def go_on() -> Answer:
    _at, term, unit = _posted()
    try:
        resume(session(), unit, term.period, access.user(), now())
    except Refusal as refusal:
        return _refused(refusal)
    session().commit()
    flash(_("Lại nhắc {unit} theo lịch chung.").format(unit=unit.full_name), "done")
    return _back(unit)


def _page(refusal: Refusal | None = None, asks_again: Node | None = None) -> str:
    at = _situation()
    found = [one for term in at.terms if (one := _standing(term, at)).units]
    chosen = _chosen(found)
    commune = _commune()
    all_lines = _lines(chosen.term, _units(chosen.term, commune)) if chosen else ()
    tree = access.tree()
    return render_template(
        "reminders.html",
        standings=sorted(found, key=lambda one: (one.term.due, one.key)),
        chosen=chosen,
        commune=commune,
        commune_options=[(one.code, one.full_name) for one in _communes(tree)],
        lines=all_lines[:MOST],
        count=len(all_lines),
        can_be_told=sum(line.can_be_told for line in all_lines),
        above=_above,
        steps=steps(session(), chosen.term, _ids(access.units_seen(tree))) if chosen else (),
        alone=_without_officer(tree),
        words=reminding_words,
        channel_name=channel_name,
        refusal=wording.refusal(refusal) if refusal else None,
        asks_again=asks_again,
    )


def _refused(refusal: Refusal, *, asks_again: Node | None = None) -> tuple[str, int]:
    session().rollback()
    return _page(refusal, asks_again), 409


def _situation() -> Situation:
    return situation(session(), parts().settings, now())


def _standing(term: Term, at: Situation) -> Standing:
    owed = owed_for(session(), _units(term, None), term.form, term.period, at.calendar)
    coming = [
        moment for moment, rule in term.moments if rule.audience == "person" and moment > at.now
    ]
    return Standing(
        term,
        sum(is_unfinished(one) for one in owed),
        len(owed),
        min(coming, default=None),
        term.begun("person", at.now),
    )


def _chosen(found: Iterable[Standing]) -> Standing | None:
    """The one asked for; else the first due of those that are reminded of and not done."""
    by_due = sorted(found, key=lambda one: (not one.has_begun, not one.owing, one.term.due))
    wanted = request.values.get("phieu", "")
    return next((one for one in by_due if one.key == wanted), by_due[0] if by_due else None)


def _key(term: Term) -> str:
    return f"{term.form.code}.{term.period}"


def _term_or_404(at: Situation) -> Term:
    wanted = request.form.get("phieu", "")
    found = next((one for one in at.terms if _key(one) == wanted), None)
    if found is None:
        abort(404)
    return found


def _posted() -> tuple[Situation, Term, Node]:
    """The form, the period and the unit of a button; 404 for units that the user does not see."""
    at = _situation()
    term = _term_or_404(at)
    unit = access.unit_or_404(request.form.get("unit", ""), _tree_of(term))
    if unit.kind not in term.form.unit_kinds:
        abort(404)
    return at, term, unit


def _typed_day() -> date | None:
    typed = request.form.get("until", "")
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise Refusal("bad_day") from None


def _tree_of(term: Term) -> Tree:
    return access.tree(access.calendar().window(term.period).last)


def _units(term: Term, commune: str | None) -> list[Node]:
    tree = _tree_of(term)
    return [
        unit
        for unit in access.units_seen(tree)
        if unit.kind in term.form.unit_kinds
        and (commune is None or any(step.code == commune for step in tree.path(unit.id)))
    ]


def _lines(term: Term, units: Iterable[Node]) -> tuple[Line, ...]:
    return lines(session(), term, units, access.calendar(), now())


def _communes(tree: Tree) -> list[Node]:
    return [unit for unit in access.units_seen(tree) if unit.kind in COMMUNES]


def _commune() -> str | None:
    wanted = request.values.get("xa")
    return wanted if wanted in {one.code for one in _communes(access.tree())} else None


def _without_officer(tree: Tree) -> list[Node]:
    alone = unlooked_after(session(), tree)
    return [one for one in _communes(tree) if one.id in alone]


def _above(unit: Node) -> str:
    """The unit directly above, where the user sees several; '' otherwise."""
    tree = access.tree()
    if unit.id not in tree or len(_communes(tree)) < 2:
        return ""
    path = tree.path(unit.id)
    return path[-2].full_name if len(path) > 2 else ""


def _ids(units: Iterable[Node]) -> set[int]:
    return {unit.id for unit in units}


def _back(unit: Node | None = None) -> Response:
    """The same list again, at the unit's place in it."""
    address = url_for("reminders.show", phieu=request.form["phieu"], xa=_commune())
    return redirect(f"{address}#{unit.code}" if unit else address, 303)
