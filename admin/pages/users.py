"""Người dùng: accounts of these pages."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from admin import access, wording
from admin.db_session import session
from admin.parts import now
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _
from qcdc_core.units.tables import Unit
from qcdc_core.users import (
    ROLES,
    User,
    add_user,
    new_password,
    role_name,
    set_active,
    set_password,
)

page = Blueprint("users", __name__, url_prefix="/nguoi-dung")

Answer = Response | str | tuple[str, int]


@page.get("")
@access.require("admin")
def show() -> str:
    return _page()


@page.post("")
@access.require("admin")
def add() -> Answer:
    """Answered with the page itself: the password is shown now and kept nowhere."""
    password = new_password()
    try:
        made = _add(password)
    except Refusal as refusal:
        session().rollback()
        return _page(refusal=refusal), 409
    session().commit()
    return _page(made=made, password=password)


@page.post("/<row:user_id>/mat-khau")
@access.require("admin")
def new(user_id: int) -> Answer:
    one, password = _known(user_id), new_password()
    set_password(session(), one, password, now(), actor=access.user().login)
    session().commit()
    return _page(made=one, password=password)


@page.post("/<row:user_id>/<any(ngung, dung):what>")
@access.require("admin")
def switch(user_id: int, what: str) -> Answer:
    one = _known(user_id)
    if one.id == access.user().id:
        return _page(refusal=Refusal("yourself")), 409
    set_active(session(), one, now(), active=what == "dung", actor=access.user().login)
    session().commit()
    said = (
        _("{login} dùng lại được.") if one.active else _("Đã ngừng {login}; phiên đang mở đã hết.")
    )
    flash(said.format(login=one.login), "done")
    return redirect(url_for("users.show"), 303)


def _add(password: str) -> User:
    typed = request.form
    unit = session().scalar(select(Unit).where(Unit.code == typed.get("unit", "")))
    if unit is None or not access.tree().is_within(unit.id, access.user().unit_id):
        raise Refusal("unknown_unit")
    return add_user(
        session(),
        typed.get("login", ""),
        typed.get("name", "")[:200],
        password,
        typed.get("role", ""),
        unit.id,
        now(),
        actor=access.user().login,
    )


def _known(user_id: int) -> User:
    """A user of the admin's own part of the tree, or 404."""
    found = session().get(User, user_id)
    if found is None or not access.tree().is_within(found.unit_id, access.user().unit_id):
        abort(404)
    return found


def _page(
    *, made: User | None = None, password: str | None = None, refusal: Refusal | None = None
) -> str:
    tree = access.tree()
    rows = session().scalars(select(User).order_by(User.login))
    seen = access.units_seen(tree)
    return render_template(
        "users.html",
        users=[(one, tree.nodes[one.unit_id]) for one in rows if one.unit_id in tree],
        unit_options=[(unit.code, unit.full_name) for unit in seen],
        role_options=[(role, role_name(role)) for role in ROLES],
        made=made,
        password=password,
        typed=request.form if refusal else {},
        refusal=wording.refusal(refusal) if refusal else None,
    )
