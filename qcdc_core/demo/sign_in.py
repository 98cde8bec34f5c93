"""What somebody needs to try the demo: sign-ins and two invitation codes, kept in one file.

Passwords and codes are stored nowhere else (the database has digests only), so the file is what
`qcdc welcome` prints from. It is readable by its owner only.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.clock import local_day
from qcdc_core.demo.load import LOADED
from qcdc_core.demo.places import SignIn, title_of, to_try
from qcdc_core.errors import Refusal
from qcdc_core.forms import forms_owed_by
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.people import find_invitation, invite
from qcdc_core.reports.owed import owed_for
from qcdc_core.units import Node, Tree, tree_on
from qcdc_core.users import find_user, is_password_of

FILE = "demo-sign-in.txt"


@dataclass(frozen=True)
class Code:
    """An invitation that can still be used."""

    code: str
    unit_code: str
    title: str
    unit_name: str


@dataclass(frozen=True)
class Kept:
    sign_ins: tuple[SignIn, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()


def keep(path: Path, kept: Kept) -> None:
    """Write the file anew, never readable by others, whole or not at all."""
    lines = [f"user\t{one.login}\t{one.password}\t{one.unit_code}" for one in kept.sign_ins]
    lines += [f"code\t{code}\t{unit_code}" for code, unit_code in kept.codes]
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text("\n".join(lines) + "\n", "utf-8")
    draft.replace(path)


def kept_in(path: Path) -> Kept:
    """Empty when there is no file."""
    if not path.exists():
        return Kept()
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    return Kept(
        tuple(SignIn(*row[1:]) for row in rows if row[0] == "user"),
        tuple((row[1], row[2]) for row in rows if row[0] == "code"),
    )


def is_demo(session: Session) -> bool:
    """Whether this database was filled by `qcdc demo`."""
    query = select(AuditEntry.id).where(AuditEntry.action == LOADED).limit(1)
    return session.scalar(query) is not None


def still_valid(session: Session, sign_ins: Sequence[SignIn]) -> tuple[SignIn, ...]:
    """Those whose password has not been changed since."""
    return tuple(
        one for one in sign_ins if is_password_of(find_user(session, one.login), one.password)
    )


def usable_codes(
    session: Session,
    kept: Sequence[tuple[str, str]],
    calendar: ReportingCalendar,
    now: datetime,
) -> tuple[Code, ...]:
    """One code for each kind of unit to try; a new one where the old one is used or expired."""
    tree = tree_on(session, local_day(now))
    codes = dict(kept)
    wanted = [tree.unit(code) for code in to_try()]
    good = {
        tree.unit(unit).kind: code for code, unit in codes.items() if _is_good(session, code, now)
    }
    found = []
    for unit in wanted:
        code = good.get(unit.kind)
        place = tree.unit(codes[code]) if code else _waiting(session, tree, unit, calendar, now)
        title = title_of(place.kind)
        code = code or invite(session, place.id, title, now)
        found.append(Code(code, place.code, title, _address(tree, place)))
    return tuple(found)


def _address(tree: Tree, place: Node) -> str:
    """'thôn Đông, xã Sơn Lang'."""
    return ", ".join(unit.full_name for unit in reversed(tree.path(place.id)[1:]))


def _is_good(session: Session, code: str, now: datetime) -> bool:
    try:
        find_invitation(session, code, now)
    except Refusal:
        return False
    return True


def _waiting(
    session: Session, tree: Tree, like: Node, calendar: ReportingCalendar, now: datetime
) -> Node:
    """This unit, or one of its kind, that has sent nothing for the periods being taken."""
    units = [like, *(unit for unit in tree.nodes.values() if unit.kind == like.kind)]
    [form] = forms_owed_by(like.kind)
    sent = {
        owed.unit.id
        for period in calendar.taken(form.every, now)
        for owed in owed_for(session, units, form, period, calendar)
        if owed.report is not None
    }
    return next((unit for unit in units if unit.id not in sent), like)
