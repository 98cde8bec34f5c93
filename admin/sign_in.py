"""Signing in and out: sessions that end with the password, limits, one answer to every mistake."""

import hashlib
from typing import Any

import flask
from flask import Flask, redirect, render_template, request, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from admin.addresses import ours
from admin.db_session import session
from admin.parts import now, parts
from qcdc_core.audit import record
from qcdc_core.users import User, find_user, is_password_of

# Only failures count; a commune's office may share one address.
PER_ADDRESS = "30 per 15 minutes"
PER_LOGIN = "10 per 15 minutes"
OPEN_TO_ALL = frozenset({"sign_in", "look", "static", "bootstrap.static"})

Answer = str | Response | tuple[str, int]


class SignedIn(UserMixin):
    """The user of a session, named by id and password: a new password names another session."""

    def __init__(self, row: User) -> None:
        self.row = row

    def get_id(self) -> str:
        return f"{self.row.id}.{_fingerprint(self.row)}"

    @property
    def is_active(self) -> bool:
        return self.row.active


def init_app(app: Flask) -> None:
    """Asks for the pages to be there: the one that changes a password is limited too."""
    manager = LoginManager(app)
    manager.session_protection = "basic"
    manager.user_loader(_load)
    # Counted in this process: the admin pages run in one (Procfile).
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    app.add_url_rule("/dang-nhap", "sign_in", sign_in, methods=["GET", "POST"])
    app.add_url_rule("/dang-xuat", "sign_out", sign_out, methods=["POST"])
    for endpoint, limit, key in (
        ("sign_in", PER_ADDRESS, get_remote_address),
        ("sign_in", PER_LOGIN, _login_typed),
        ("account.change_password", PER_LOGIN, _login_known),
    ):
        limited: Any = limiter.limit(limit, key_func=key, methods=["POST"], deduct_when=_failed)
        app.view_functions[endpoint] = limited(app.view_functions[endpoint])
    app.before_request(_ask_to_sign_in)


def sign_in() -> Answer:
    if request.method == "GET":
        return render_template("sign_in.html", wrong=False, login="")
    login = request.form.get("login", "")
    # Verifying takes a tenth of a second: no transaction stays open meanwhile.
    with parts().reading() as reading:
        found = find_user(reading, login)
    if not is_password_of(found, request.form.get("password", "")) or found is None:
        return render_template("sign_in.html", wrong=True, login=login), 401
    _open(found)
    return redirect(ours(request.args.get("next"), url_for("today.show")), 303)


def sign_out() -> Response:
    logout_user()
    flask.session.clear()
    return redirect(url_for("sign_in"), 303)


def renew(user: User) -> None:
    """Keep this very session after its user chose a new password; all others end."""
    login_user(SignedIn(user))


def _open(user: User) -> None:
    record(session(), now(), user.login, "signed_in", user.login)
    session().commit()
    flask.session.clear()
    flask.session.permanent = True
    login_user(SignedIn(user))


def _load(session_name: str) -> SignedIn | None:
    number, _, fingerprint = session_name.partition(".")
    user = session().get(User, int(number)) if number.isdecimal() else None
    if user is None or not user.active or _fingerprint(user) != fingerprint:
        return None
    return SignedIn(user)


def _fingerprint(user: User) -> str:
    return hashlib.sha256(user.password_hash.encode()).hexdigest()[:16]


def _ask_to_sign_in() -> Response | None:
    if request.endpoint in OPEN_TO_ALL or current_user.is_authenticated:
        return None
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(url_for("sign_in", next=None if wanted == "/" else wanted), 303)


def _login_typed() -> str:
    return "login:" + request.form.get("login", "").strip().lower()[:60]


def _login_known() -> str:
    return f"known:{current_user.get_id()}"


def _failed(response: Response) -> bool:
    return response.status_code == 401
