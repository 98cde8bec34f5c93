"""Đơn vị, đầu mối: the tree with its people, and invitations."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from sqlalchemy import or_, select

from admin import access, wording
from admin.db_session import session
from admin.parts import now, today
from qcdc_core.audit import record
from qcdc_core.errors import Refusal
from qcdc_core.forms import forms_owed_by
from qcdc_core.language import gettext as _
from qcdc_core.people import invite
from qcdc_core.people.invitations import DAYS_VALID
from qcdc_core.people.tables import Invitation, Person, Post
from qcdc_core.reports.tables import Report
from qcdc_core.units import Node

page = Blueprint("units", __name__, url_prefix="/don-vi")

LATEST_REPORTS = 12
LONGEST_TITLE = 100
LONGEST_NAME = 200


@dataclass(frozen=True)
class Holder:
    """Who holds a post today; ``name`` is empty when it was never told."""

    title: str
    name: str | None


@dataclass(frozen=True)
class Branch:
    """A unit with its holders and what stands below it."""

    unit: Node
    holders: tuple[Holder, ...]
    invited: bool
    below: tuple["Branch", ...]

    @property
    def without_holder(self) -> int:
        """How many units from here down owe a form and have nobody to send it."""
        own = bool(forms_owed_by(self.unit.kind)) and not self.holders
        return own + sum(one.without_holder for one in self.below)

    @property
    def units(self) -> int:
        return 1 + sum(one.units for one in self.below)


@page.get("")
def show() -> str:
    seen = access.units_seen(access.tree())
    ids = [unit.id for unit in seen]
    top = _branch(seen[0], _holders(ids), _invited(ids)) if seen else None
    return render_template("units.html", top=top, loose=_loose(top) if top else ())


@page.get("/<code>")
def one(code: str) -> str:
    return _page(access.unit_or_404(code))


@page.post("/<code>/moi")
@access.require("admin")
def make_invitation(code: str) -> str | tuple[str, int]:
    """Answered with the page itself: the code is shown now and kept nowhere, no cookie included."""
    unit = access.unit_or_404(code)
    try:
        title, name = _typed()
        made = invite(session(), unit.id, title, now(), person_name=name)
    except Refusal as refusal:
        session().rollback()
        return _page(unit, refusal=refusal), 409
    record(session(), now(), access.user().login, "invitation.made", unit.code, title=title)
    shown = _page(unit, made=made)
    session().commit()
    return shown


def _typed() -> tuple[str, str | None]:
    """Title and name. Raises Refusal title_missing, too_long(most)."""
    title = request.form.get("title", "").strip()
    name = request.form.get("name", "").strip()
    if not title:
        raise Refusal("title_missing")
    for text, most in ((title, LONGEST_TITLE), (name, LONGEST_NAME)):
        if len(text) > most:
            raise Refusal("too_long", most=most)
    return title, name or None


def _page(unit: Node, *, made: str | None = None, refusal: Refusal | None = None) -> str:
    tree = access.tree()
    return render_template(
        "unit.html",
        unit=unit,
        path=[step for step in tree.path(unit.id)[:-1] if access.is_under(step.id, tree)],
        below=tree.children(unit.id),
        posts=_posts(unit.id),
        invitations=_invitations(unit.id),
        reports=_reports(unit.id),
        may_report=bool(forms_owed_by(unit.kind)),
        forms=forms_owed_by(unit.kind),
        suggested=_suggested_title(unit),
        made=made,
        days_valid=DAYS_VALID,
        refusal=wording.refusal(refusal) if refusal else None,
        typed=request.form if refusal else {},
    )


def _suggested_title(unit: Node) -> str:
    titles = {
        "to_dan_pho": _("Tổ trưởng tổ dân phố"),
        "thon": _("Trưởng thôn"),
        "lang": _("Trưởng làng"),
        "doanh_nghiep": _("Đầu mối doanh nghiệp"),
        "co_quan": _("Đầu mối cơ quan"),
    }
    return titles.get(unit.kind, "")


def _branch(unit: Node, holders: dict[int, tuple[Holder, ...]], invited: set[int]) -> Branch:
    below = access.tree().children(unit.id)
    return Branch(
        unit,
        holders.get(unit.id, ()),
        unit.id in invited,
        tuple(_branch(child, holders, invited) for child in below),
    )


def _loose(top: Branch) -> tuple[tuple[str, tuple[Branch, ...]], ...]:
    """What stands directly below without units of its own, by kind: agencies, enterprises."""
    names = {"co_quan": _("Cơ quan, đơn vị"), "doanh_nghiep": _("Doanh nghiệp")}
    groups = {
        name: tuple(one for one in top.below if one.unit.kind == kind)
        for kind, name in names.items()
    }
    return tuple((name, found) for name, found in groups.items() if found)


def _holders(unit_ids: Iterable[int]) -> dict[int, tuple[Holder, ...]]:
    rows = session().execute(
        select(Post.unit_id, Post.title, Person.name)
        .join(Person, Person.id == Post.person_id)
        .where(Post.unit_id.in_(unit_ids), Post.valid_from <= today())
        .where(or_(Post.valid_to.is_(None), Post.valid_to > today()))
        .order_by(Post.id)
    )
    found: dict[int, tuple[Holder, ...]] = {}
    for unit_id, title, name in rows:
        found[unit_id] = (*found.get(unit_id, ()), Holder(title, name))
    return found


def _invited(unit_ids: Iterable[int]) -> set[int]:
    """Units for which an invitation waits to be taken up."""
    return set(
        session().scalars(
            select(Invitation.unit_id).where(
                Invitation.unit_id.in_(unit_ids),
                Invitation.used_at.is_(None),
                Invitation.expires_at > now(),
            )
        )
    )


def _posts(unit_id: int) -> list[tuple[Post, Person]]:
    rows = session().execute(
        select(Post, Person)
        .join(Person, Person.id == Post.person_id)
        .where(Post.unit_id == unit_id)
        .order_by(Post.valid_from.desc(), Post.id.desc())
    )
    return [(post, person) for post, person in rows]


def _invitations(unit_id: int) -> list[Invitation]:
    query = select(Invitation).where(Invitation.unit_id == unit_id)
    return list(session().scalars(query.order_by(Invitation.id.desc()).limit(20)))


def _reports(unit_id: int) -> list[Report]:
    query = select(Report).where(Report.unit_id == unit_id)
    return list(
        session().scalars(
            query.order_by(Report.end_day.desc(), Report.id.desc()).limit(LATEST_REPORTS)
        )
    )
