"""Tài khoản: one's own password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from admin import access, sign_in, wording
from admin.db_session import session
from admin.parts import now
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _
from qcdc_core.users import is_password_of, set_password

page = Blueprint("account", __name__, url_prefix="/tai-khoan")


@page.get("")
def show() -> str:
    return _page()


@page.post("/mat-khau")
def change_password() -> Response | tuple[str, int]:
    user = access.user()
    try:
        _change()
    except Refusal as refusal:
        session().rollback()
        return _page(refusal), 401 if refusal.code == "password_wrong" else 409
    session().commit()
    sign_in.renew(user)
    flash(_("Đã đổi mật khẩu. Các phiên đang mở ở nơi khác đã hết."), "done")
    return redirect(url_for("account.show"), 303)


def _change() -> None:
    user, typed = access.user(), request.form
    if typed.get("new", "") != typed.get("again", ""):
        raise Refusal("password_differs")
    if not is_password_of(user, typed.get("current", "")):
        raise Refusal("password_wrong")
    set_password(session(), user, typed.get("new", ""), now(), actor=user.login)


def _page(refusal: Refusal | None = None) -> str:
    return render_template(
        "account.html",
        unit=access.tree().nodes.get(access.user().unit_id),
        refusal=wording.refusal(refusal) if refusal else None,
    )
