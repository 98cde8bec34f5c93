"""Lịch: days, due days and closings of the periods; closing a period early."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from admin import access, wording
from admin.db_session import session
from admin.parts import now, today
from qcdc_core.errors import Refusal
from qcdc_core.forms import closings
from qcdc_core.forms.calendar import Closed, Window
from qcdc_core.forms.tables import EarlyClosing, Holiday
from qcdc_core.language import day as shown_day
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.periods import Period

page = Blueprint("calendar", __name__, url_prefix="/lich")

FIRST_YEAR = 2000


@dataclass(frozen=True)
class Line:
    """``closed`` is None while figures of the period are taken."""

    period: Period
    days: Window
    due: date
    last_taken: date
    closed: Closed | None
    closed_early: date | None


@page.get("")
def show() -> str:
    return _page()


@page.post("/chot-som")
@access.require("admin")
def close_early() -> Response | tuple[str, int]:
    try:
        period, day = _typed_period(), _typed_day()
        closings.close_early(session(), access.calendar(), period, day, access.user(), now())
    except Refusal as refusal:
        session().rollback()
        return _page(refusal), 409
    session().commit()
    flash(
        _("Kỳ {period} chốt ngày {day}.").format(period=period_name(period), day=shown_day(day)),
        "done",
    )
    return redirect(url_for("calendar.show"), 303)


@page.post("/chot-som/<row:closing_id>/bo")
@access.require("admin")
def reopen(closing_id: int) -> Response:
    closing = session().get(EarlyClosing, closing_id)
    if closing is None:
        abort(404)
    closings.reopen(session(), closing, access.user(), now())
    session().commit()
    flash(_("Đã bỏ ngày chốt sớm. Kỳ dài như lịch chung."), "done")
    return redirect(url_for("calendar.show"), 303)


def _page(refusal: Refusal | None = None) -> str:
    year = _year()
    return render_template(
        "calendar.html",
        year=year,
        preset=access.calendar().preset,
        months=[_line(Period.month(year, number)) for number in range(1, 13)],
        quarters=[_line(Period.quarter(year, number)) for number in range(1, 5)],
        closings=_closings(),
        holidays=session().scalars(select(Holiday).order_by(Holiday.day)).all(),
        closed=wording.closed_in_short,
        period_options=[(str(one), period_name(one)) for one in _closable()],
        typed=request.form if refusal else {},
        refusal=wording.refusal(refusal) if refusal else None,
    )


def _year() -> int:
    """The year asked for, near enough to have a calendar; else this one."""
    wanted = request.args.get("nam", "")
    this = access.calendar().period_of("month", today()).year
    year = int(wanted) if wanted.isdecimal() and len(wanted) == 4 else this
    return year if FIRST_YEAR <= year <= this + 1 else this


def _line(period: Period) -> Line:
    calendar = access.calendar()
    return Line(
        period,
        calendar.window(period),
        calendar.due(period),
        calendar.last_day_taken(period),
        calendar.why_closed(period, now()),
        calendar.closing_of(period),
    )


def _closable() -> list[Period]:
    """The periods that run now and the ones after them: the past is not cut any more."""
    running = access.calendar().period_of("month", today())
    year = Period(running.year, "year", 1)
    quarters = [running.within("quarter").plus(step) for step in (0, 1)]
    return [running, running.plus(1), *quarters, year]


def _closings() -> list[tuple[EarlyClosing, Period]]:
    rows = session().scalars(select(EarlyClosing).order_by(EarlyClosing.last_day.desc()))
    return [(row, Period.parse(row.period)) for row in rows]


def _typed_period() -> Period:
    wanted = request.form.get("period", "")
    found = next((one for one in _closable() if str(one) == wanted), None)
    if found is None:
        raise Refusal("bad_period")
    return found


def _typed_day() -> date:
    try:
        return date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        raise Refusal("bad_day") from None
