"""Nhật ký: who did what, newest first, and whether the chain is whole."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from sqlalchemy import Select, func, select

from admin import access, wording
from admin.db_session import session
from admin.parts import today
from qcdc_core.audit import first_broken
from qcdc_core.audit.tables import AuditEntry
from qcdc_core.forms import forms
from qcdc_core.language import day
from qcdc_core.language import gettext as _
from qcdc_core.users import role_name

page = Blueprint("audit", __name__, url_prefix="/nhat-ky")

ON_A_PAGE = 100


@page.get("")
@access.require("office")
def show() -> str:
    before = request.args.get("truoc", "")
    chosen = request.args.get("tim", "").strip()[:100]
    entries = list(session().scalars(_query(chosen, before).limit(ON_A_PAGE + 1)))
    is_checked = request.args.get("kiem-tra") == "1"
    return render_template(
        "audit.html",
        entries=entries[:ON_A_PAGE],
        older=entries[ON_A_PAGE - 1].id if len(entries) > ON_A_PAGE else None,
        chosen=chosen,
        action=wording.action,
        detail=wording.detail,
        said=_said,
        is_checked=is_checked,
        broken=first_broken(session()) if is_checked else None,
        count=session().scalar(select(func.count(AuditEntry.id))),
    )


def _said(name: str, value: Any) -> str:
    """A field's value as people say it: a role, a unit, a figure, a day."""
    match name, value:
        case "role", str():
            return role_name(value)
        case "unit", int():
            return _unit(value)
        case "figure", str():
            return _figure(value)
        case "last_day" | "until", str():
            return day(date.fromisoformat(value))
        case _, bool():
            return _("có") if value else _("không")
        case _:
            return str(value)


def _unit(unit_id: int) -> str:
    tree = access.tree(today())
    return tree.node(unit_id).full_name if unit_id in tree else _("đơn vị cũ")


def _figure(code: str) -> str:
    """The name that the first form with this code gives it."""
    named = (one.figure(code).name for one in forms().values() if code in one)
    name = next(named, None)
    return _(name) if name else code


def _query(chosen: str, before: str) -> Select[AuditEntry]:
    query = select(AuditEntry).order_by(AuditEntry.id.desc())
    if before.isdecimal() and len(before) < 18:
        query = query.where(AuditEntry.id < int(before))
    if chosen:
        query = query.where(
            AuditEntry.subject.contains(chosen, autoescape=True)
            | (AuditEntry.actor == chosen.lower())
        )
    return query
