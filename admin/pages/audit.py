"""Nhật ký: who did what, newest first, and whether the chain is whole."""

from flask import Blueprint, render_template, request
from sqlalchemy import Select, func, select

from admin import access, wording
from admin.db_session import session
from qcdc_core.audit import first_broken
from qcdc_core.audit.tables import AuditEntry

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
        is_checked=is_checked,
        broken=first_broken(session()) if is_checked else None,
        count=session().scalar(select(func.count(AuditEntry.id))),
    )


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
