"""Accounts: making one, its password, switching it off. Each change is in the audit."""

import re
import secrets
import threading
import unicodedata
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _
from qcdc_core.units.tables import Unit
from qcdc_core.users.tables import User

# From least to most: each may do what the one before may.
ROLES = ("officer", "office", "admin")
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}", re.ASCII)
# One verification takes 64 MiB: two at once, the others wait their turn.
_AT_ONCE = threading.BoundedSemaphore(2)
_HASHER = PasswordHasher()


def role_name(role: str) -> str:
    """The role in words; the code itself when nobody knows it."""
    names = {
        "officer": _("Cán bộ xã"),
        "office": _("Thường trực Ban Chỉ đạo"),
        "admin": _("Quản trị"),
    }
    return names.get(role, role)


def add_user(  # noqa: PLR0913 - a user has these parts, all named at the call
    session: Session,
    login: str,
    name: str,
    password: str,
    role: str,
    unit_id: int,
    now: datetime,
    *,
    actor: str,
    person_id: int | None = None,
) -> User:
    """A new account that may sign in at once.

    Raises Refusal login_bad, login_taken(login), name_missing, unknown_role(role),
    unknown_unit(unit_id), password_short(least) or password_long(most).
    """
    login = _tidy_login(login)
    if not _LOGIN.fullmatch(login):
        raise Refusal("login_bad", login=login)
    if find_user(session, login) is not None:
        raise Refusal("login_taken", login=login)
    if not name.strip():
        raise Refusal("name_missing")
    if role not in ROLES:
        raise Refusal("unknown_role", role=role)
    if session.get(Unit, unit_id) is None:
        raise Refusal("unknown_unit", unit_id=unit_id)
    user = User(
        login=login,
        name=unicodedata.normalize("NFC", name.strip()),
        password_hash=_hash(password),
        role=role,
        unit_id=unit_id,
        person_id=person_id,
        active=True,
        made_at=now,
    )
    session.add(user)
    session.flush()
    record(session, now, actor, "user.added", login, role=role, unit=unit_id)
    return user


def find_user(session: Session, login: str) -> User | None:
    """By login, whatever its case; switched-off users too."""
    return session.scalar(select(User).where(User.login == _tidy_login(login)))


def is_password_of(user: User | None, password: str) -> bool:
    """Whether the password opens this account; takes as long when there is no such user."""
    known = user.password_hash if user is not None else _nobody()
    with _AT_ONCE:
        try:
            _HASHER.verify(known, _tidy_password(password)[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return False
    return user is not None and user.active


def set_password(session: Session, user: User, password: str, now: datetime, *, actor: str) -> None:
    """Sessions opened with the old one end. Raises Refusal password_short, password_long."""
    user.password_hash = _hash(password)
    record(session, now, actor, "user.password", user.login)


def set_active(session: Session, user: User, now: datetime, *, active: bool, actor: str) -> None:
    """Switch an account off or on again; off ends its sessions at their next request."""
    user.active = active
    record(session, now, actor, "user.enabled" if active else "user.disabled", user.login)


def new_password() -> str:
    """A password to hand over once: 16 letters and digits in four groups, about 77 bits."""
    signs = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ("".join(secrets.choice(signs) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _hash(password: str) -> str:
    tidy = _tidy_password(password)
    if len(tidy) < SHORTEST_PASSWORD:
        raise Refusal("password_short", least=SHORTEST_PASSWORD)
    if len(tidy) > LONGEST_PASSWORD:
        raise Refusal("password_long", most=LONGEST_PASSWORD)
    with _AT_ONCE:
        return _HASHER.hash(tidy)


def _tidy_password(password: str) -> str:
    """Keyboards send the same Vietnamese letters composed or decomposed."""
    return unicodedata.normalize("NFC", password)


def _tidy_login(login: str) -> str:
    return unicodedata.normalize("NFKC", login).strip().lower()


@cache
def _nobody() -> str:
    return _HASHER.hash(secrets.token_urlsafe(16))
