"""Phiếu: the list with its filters, and accepting many at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from admin import access, lines, wording
from admin.addresses import ours
from admin.db_session import session
from admin.lines import Line
from admin.parts import now
from admin.requests_checked import LARGEST_ID
from qcdc_core.errors import Refusal
from qcdc_core.forms import forms
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.periods import Period
from qcdc_core.reports import review
from qcdc_core.reports.tables import Report
from qcdc_core.units import Node
from qcdc_core.units.kinds import COMMUNES

page = Blueprint("reports", __name__, url_prefix="/phieu")

STATES = ("sent", "returned", "accepted")


@dataclass(frozen=True)
class Filters:
    """What the address asks for; a value that means nothing is left out."""

    period: str | None
    form: str | None
    commune: str | None
    state: str | None
    only_odd: bool

    @property
    def any_set(self) -> bool:
        return bool(self.period or self.form or self.commune or self.only_odd) or (
            self.state != "sent"
        )


@page.get("")
def show() -> str:
    chosen = _filters()
    found = lines.lines(
        lines.reports(state=chosen.state, period=chosen.period, form_code=chosen.form)
    )
    shown = [line for line in found if _is_wanted(line, chosen)]
    return render_template(
        "reports.html",
        lines=shown,
        chosen=chosen,
        clean=sum(_is_clean(line) for line in shown),
        is_cut=len(found) == lines.MOST,
        is_clean=_is_clean,
        stamp=stamp,
        choose_all=request.args.get("chon") == "het",
        choose_all_address=url_for("reports.show", **_asked(), chon="het"),
        state_options=[
            *((code, wording.state(code)) for code in STATES),
            ("tat-ca", _("Mọi trạng thái")),
        ],
        period_options=[(str(one), period_name(one)) for one in _periods()],
        form_options=[(one.code, _(one.name)) for one in forms().values()],
        commune_options=[(one.code, one.full_name) for one in _communes()],
    )


@page.post("/nhan")
def accept_many() -> Response:
    """Accept the chosen reports; each for itself, so that one refusal stops no other."""
    ids = [number for raw in request.form.getlist("report") if (number := _row_id(raw))]
    accepted, refused = 0, []
    for report_id in ids:
        try:
            with session().begin_nested():
                accept_one(report_id, request.form.get(f"seen-{report_id}", ""))
            accepted += 1
        except Refusal as refusal:
            refused.append(wording.refusal(refusal))
    session().commit()
    if not ids:
        flash(wording.refusal(Refusal("nothing_chosen")), "attention")
    if accepted:
        flash(_("Đã nhận {count} phiếu.").format(count=accepted), "done")
    for sentence in refused:
        flash(sentence, "attention")
    return redirect(ours(request.form.get("back"), url_for("reports.show")), 303)


def _row_id(raw: str) -> int | None:
    number = int(raw) if raw.isdecimal() and len(raw) <= 10 else 0
    return number if 0 < number <= LARGEST_ID else None


def accept_one(report_id: int, seen: str) -> Report:
    """Raises Refusal own_unit, changed_since, and what `review.accept` raises."""
    report = reviewable(report_id, seen)
    return review.accept(session(), report.id, access.user(), now())


def reviewable(report_id: int, seen: str) -> Report:
    """The report, locked, as the officer saw it.

    404 outside the user's scope. Raises Refusal own_unit, or changed_since when figures or state
    have changed after the page was made: nobody accepts what nobody read.
    """
    report = access.report_or_404(report_id, lock=True)
    if not access.may_review(report):
        raise Refusal("own_unit", number=report.number)
    if seen != stamp(report.changed_at):
        raise Refusal("changed_since", number=report.number)
    return report


def stamp(changed_at: datetime) -> str:
    return changed_at.isoformat()


def _filters() -> Filters:
    args = request.args
    state = args.get("trang-thai", "sent")
    return Filters(
        period=_known_period(args.get("ky", "")),
        form=args.get("bieu") if args.get("bieu") in forms() else None,
        commune=args.get("xa") or None,
        state=state if state in STATES else None,
        only_odd=args.get("van-de") == "1",
    )


def _asked() -> dict[str, Any]:
    """The filters as they stand in the address, to be carried along."""
    names = ("trang-thai", "ky", "bieu", "xa", "van-de")
    return {name: request.args[name] for name in names if name in request.args}


def _known_period(text: str) -> str | None:
    try:
        return str(Period.parse(text))
    except ValueError:
        return None


def _is_wanted(line: Line, chosen: Filters) -> bool:
    if chosen.only_odd and not (line.findings or line.missing):
        return False
    return chosen.commune is None or any(
        node.code == chosen.commune for node in access.tree_of(line.report).path(line.unit.id)
    )


def _is_clean(line: Line) -> bool:
    return line.report.state == "sent" and line.may_review and not line.is_odd


def _periods() -> list[Period]:
    """Periods with a report, the latest first."""
    found = {Period.parse(text) for text in session().scalars(select(Report.period).distinct())}
    return sorted(found, key=lambda one: (one.year, one.last_month, one.kind), reverse=True)


def _communes() -> list[Node]:
    return [unit for unit in access.units_seen(access.tree()) if unit.kind in COMMUNES]
