"""Lịch nhắc: on which days around the due day whom the program tells, and at what hour."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin import access, reminding_words, wording
from admin.db_session import session
from admin.parts import now
from qcdc_core.errors import Refusal
from qcdc_core.forms import forms
from qcdc_core.language import gettext as _
from qcdc_core.reminders.rules import (
    AUDIENCES,
    HOURS,
    LATEST,
    Rule,
    forget_rule,
    rules,
    set_rule,
    shipped,
)
from qcdc_core.users import User

page = Blueprint("reminder_rules", __name__, url_prefix="/nhac-han/lich")

Answer = Response | tuple[str, int]


@page.get("")
def show() -> str:
    return _page()


@page.post("")
@access.require("office")
def change() -> Answer:
    """Another hour, on or off; or a new line."""
    return _done(set_rule, _("Đã lưu lịch nhắc. Các tin đã xếp đổi theo trong ít phút."))


@page.post("/bo")
@access.require("office")
def forget() -> Answer:
    return _done(forget_rule, _("Đã trả dòng này về mặc định."))


def _done(work: Callable[[Session, Rule, User, datetime], None], said: str) -> Answer:
    try:
        work(session(), _typed(), access.user(), now())
    except Refusal as refusal:
        session().rollback()
        return _page(refusal), 409
    session().commit()
    flash(said, "done")
    return redirect(url_for("reminder_rules.show"), 303)


def _typed() -> Rule:
    """Raises Refusal rule_days(earliest, latest), rule_hour(first, last)."""
    typed = request.form
    days = _number(typed.get("days", ""))
    hour = _number(typed.get("hour", ""))
    if days is None or not 0 <= abs(days) <= LATEST:
        raise Refusal("rule_days", earliest=LATEST, latest=LATEST)
    if hour is None:
        raise Refusal("rule_hour", first=HOURS[0], last=HOURS[-1])
    return Rule(
        typed.get("form", ""),
        typed.get("audience", ""),
        -abs(days) if typed.get("side") == "truoc" else days,
        hour,
        is_on=typed.get("on") == "1",
    )


def _number(typed: str) -> int | None:
    digits = typed.strip()
    is_number = digits.removeprefix("-").isdecimal() and digits.isascii() and len(digits) <= 3
    return int(digits) if is_number else None


def _page(refusal: Refusal | None = None) -> str:
    found = rules(session())
    return render_template(
        "reminder_rules.html",
        groups=[
            (one, [rule for rule in found if rule.form == one.code]) for one in forms().values()
        ],
        known={one.key for one in shipped()},
        form_options=[(one.code, _(one.name)) for one in forms().values()],
        audience_options=[(one, reminding_words.audience(one)) for one in AUDIENCES],
        hour_options=[(str(one), f"{one}:00") for one in HOURS],
        latest=LATEST,
        words=reminding_words,
        typed=request.form if refusal else {},
        refusal=wording.refusal(refusal) if refusal else None,
    )
