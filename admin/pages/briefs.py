"""Báo cáo: compiling, reading with the way down from each number, downloading."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.wrappers import Response as Redirect

from admin import access, wording
from admin.brief_sources import grouped
from admin.db_session import session
from admin.parts import now, parts, today
from admin.people_names import names_in
from qcdc_core.audit import record
from qcdc_core.briefs import (
    all_rows,
    compose,
    handing,
    keep,
    sources,
    to_docx,
    to_html,
    to_pdf,
    to_xlsx,
)
from qcdc_core.briefs.model import Brief
from qcdc_core.briefs.tables import CompiledBrief
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.periods import Period
from qcdc_core.units.kinds import COMMUNES, PROVINCES
from qcdc_core.users import User

page = Blueprint("briefs", __name__, url_prefix="/bao-cao")

MOST_LISTED = 200
QUARTERS_OFFERED = 8
MONTHS_OFFERED = 13

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Mapping[str, tuple[str, Callable[[Brief], bytes]]] = {
    "docx": (_WORD, to_docx),
    "xlsx": (_SHEET, lambda brief: to_xlsx(brief, all_rows(session(), brief))),
    "pdf": ("application/pdf", to_pdf),
}


@page.get("")
def show() -> str:
    return _page()


@page.post("")
@access.require("office")
def compile_brief() -> Redirect | tuple[str, int]:
    try:
        kept = _compile()
    except Refusal as refusal:
        session().rollback()
        return _page(refusal), 409
    session().commit()
    return redirect(url_for("briefs.one", brief_id=kept.id), 303)


@page.get("/<row:brief_id>")
def one(brief_id: int) -> str:
    kept = _kept_or_404(brief_id)
    brief = Brief.from_json(kept.content)
    return render_template(
        "brief.html",
        kept=kept,
        brief=brief,
        names=names_in([], [kept.compiled_by], today()),
        document=_document(kept.id, brief),
        formats=tuple(FORMATS),
        receivers=handing.receivers(session(), kept, today()),
    )


@page.post("/<row:brief_id>/gui")
@access.require("officer")
def hand(brief_id: int) -> Redirect:
    """To somebody who may read it; what is sent, and to whom, stands in the audit."""
    kept = _kept_or_404(brief_id)
    user = session().get(User, request.form.get("user", 0, type=int))
    if user is None:
        abort(404)
    try:
        handing.hand(session(), kept, user, now(), today())
    except Refusal as refusal:
        session().rollback()
        flash(wording.refusal(refusal), "attention")
    else:
        subject = f"{kept.id} {kept.period}"
        record(session(), now(), access.user().login, "brief.handed", subject, to=user.login)
        session().commit()
        flash(_("Đã đưa báo cáo vào hàng gửi cho {name}.").format(name=user.name), "done")
    return redirect(url_for("briefs.one", brief_id=kept.id), 303)


@page.get("/<row:brief_id>/so/<number_id>")
def number(brief_id: int, number_id: str) -> str:
    """The way down from a number; only the piece for the side of the brief when asked so."""
    brief = Brief.from_json(_kept_or_404(brief_id).content)
    if number_id not in brief.numbers:
        abort(404)
    rows = sources(session(), brief, number_id)
    is_piece = request.args.get("manh") == "1"
    return render_template(
        "_number.html" if is_piece else "brief_number.html",
        level=3 if is_piece else 2,
        brief_id=brief_id,
        title=_title(brief),
        number=brief.number(number_id),
        groups=grouped(rows),
        several=len({row.figure.code for row in rows}) > 1,
        count=len(rows),
    )


@page.get("/<row:brief_id>/tai/<format>")
def download(brief_id: int, format: str) -> Response:  # noqa: A002 - the word in the address
    kept = _kept_or_404(brief_id)
    if format not in FORMATS:
        abort(404)
    mime, make = FORMATS[format]
    body = make(Brief.from_json(kept.content))
    unit = access.tree().nodes.get(kept.unit_id)
    name = f"bao-cao-{unit.code if unit else kept.unit_id}-{kept.period}.{format}"
    _note_download(kept, format)
    response = Response(body, mimetype=mime)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _document(brief_id: int, brief: Brief) -> Markup:
    html = to_html(
        brief, lambda number: url_for("briefs.number", brief_id=brief_id, number_id=number)
    )
    return Markup(html)  # noqa: S704 - to_html escapes every text of the brief


def _compile() -> CompiledBrief:
    """Raises Refusal unknown_unit, bad_period, and what `compose` raises."""
    unit = request.form.get("unit", "")
    if unit not in dict(_units()):
        raise Refusal("unknown_unit", code=unit)
    wanted = request.form.get("period", "")
    period = next((one for one in _periods() if str(one) == wanted), None)
    if period is None:
        raise Refusal("bad_period")
    settings = parts().settings
    brief = compose(session(), unit, period, access.calendar(), now(), settings.committee)
    kept = keep(session(), brief, access.user().id, now())
    record(session(), now(), access.user().login, "brief.compiled", f"{unit} {period}")
    return kept


def _note_download(kept: CompiledBrief, format_: str) -> None:
    """In a transaction of its own: reading a page holds none that may write."""
    with parts().writing.begin() as writing:
        subject = f"{kept.id} {kept.period}"
        record(writing, now(), access.user().login, "brief.downloaded", subject, format=format_)


def _kept_or_404(brief_id: int) -> CompiledBrief:
    kept = session().get(CompiledBrief, brief_id)
    if kept is None or not access.is_under(kept.unit_id, access.tree()):
        abort(404)
    return kept


def _page(refusal: Refusal | None = None) -> str:
    names = {unit.id: unit.full_name for unit in access.units_seen(access.tree())}
    rows = session().scalars(
        select(CompiledBrief).order_by(CompiledBrief.id.desc()).limit(MOST_LISTED)
    )
    kept = [row for row in rows if row.unit_id in names]
    typed: Mapping[str, Any] = request.form if refusal else {}
    return render_template(
        "briefs.html",
        kept=kept,
        unit_names=names,
        names=names_in([], [row.compiled_by for row in kept], today()),
        unit_options=_units(),
        period_options=[(str(one), period_name(one)) for one in _periods()],
        typed=typed,
        refusal=wording.refusal(refusal) if refusal else None,
    )


def _units() -> list[tuple[str, str]]:
    """Provinces and communes that the user sees: what a brief can be about."""
    kinds = COMMUNES | PROVINCES
    return [
        (unit.code, unit.full_name)
        for unit in access.units_seen(access.tree())
        if unit.kind in kinds
    ]


def _periods() -> list[Period]:
    """The quarter that ended last first, the one that runs, then longer periods, then months."""
    last = access.calendar().last_finished("quarter", now())
    month = access.calendar().last_finished("month", now())
    quarters = [last.plus(-step) for step in range(QUARTERS_OFFERED)]
    years = range(last.year, last.year - 3, -1)
    longer = [
        period
        for year in years
        for period in (
            Period(year, "year", 1),
            Period(year, "nine_months", 1),
            Period(year, "half", 2),
            Period(year, "half", 1),
        )
    ]
    months = [month.plus(1 - step) for step in range(MONTHS_OFFERED)]
    return [*quarters, last.plus(1), *longer, *months]


def _title(brief: Brief) -> str:
    return _("Báo cáo {period}, {unit}").format(
        period=brief.head.period_name, unit=brief.head.unit_name
    )
