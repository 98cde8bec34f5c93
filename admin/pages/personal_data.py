"""Dữ liệu cá nhân: the register of requests with their clocks, consents, and what is kept how long.

One register for the installation, as the law sees one controller: for its office, not by unit.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as Answered

from admin import access, personal_words, wording
from admin.db_session import session
from admin.finding_people import found_people
from admin.parts import now, parts, today
from admin.people_names import Names, names_in
from qcdc_core.clock import midnight
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _
from qcdc_core.people import consent
from qcdc_core.people.tables import Person
from qcdc_core.personal import requests, subject_of, telling
from qcdc_core.personal.carry import (
    ENDING,
    Deed,
    carry_out,
    chat_for_copy,
    known_person,
    needs_outcome,
)
from qcdc_core.personal.copy import file_name, printed_copy_of
from qcdc_core.personal.held import posts, proofs
from qcdc_core.personal.schedule import schedule
from qcdc_core.personal.tables import DataRequest
from qcdc_core.personal.words import erased_person, kind_name, purpose_name

page = Blueprint("personal_data", __name__, url_prefix="/du-lieu-ca-nhan")

Answer = Answered | str | tuple[str, int]
# A letter older than that was typed wrong.
OLDEST_LETTER = timedelta(days=366)


@page.get("")
@access.require("office")
def show() -> str:
    typed = request.args.get("tim", "").strip()[:100]
    rows = requests.register(session())
    return render_template(
        "personal_data.html",
        requests=rows,
        who=_names(rows),
        late=requests.late,
        today=today(),
        words=personal_words,
        kind_name=kind_name,
        typed=typed,
        found=found_people(typed) if typed else (),
        consents=consent.counts(session()),
        purpose_name=purpose_name,
        schedule=list(schedule()),
    )


@page.get("/nguoi/<row:person_id>")
@access.require("office")
def person(person_id: int) -> str:
    return _person_page(person_id)


@page.post("/nguoi/<row:person_id>")
@access.require("office")
def receive(person_id: int) -> Answer:
    """A request on paper of somebody who reports."""
    _person(person_id)
    try:
        made = _received(person_id)
    except Refusal as refusal:
        session().rollback()
        return _person_page(person_id, refusal), 409
    session().commit()
    return redirect(url_for("personal_data.one", request_id=made.id), 303)


@page.get("/nguoi-khac")
@access.require("office")
def other() -> str:
    return _other_page()


@page.post("/nguoi-khac")
@access.require("office")
def receive_other() -> Answer:
    """A request on paper of somebody of whom nothing is kept under a name."""
    try:
        made = _received(None)
    except Refusal as refusal:
        session().rollback()
        return _other_page(refusal), 409
    session().commit()
    return redirect(url_for("personal_data.one", request_id=made.id), 303)


@page.get("/<row:request_id>")
@access.require("office")
def one(request_id: int) -> str:
    return _request_page(request_id)


@page.post("/<row:request_id>/da-bao")
@access.require("office")
def answered(request_id: int) -> Answer:
    def do() -> tuple[DataRequest, bool]:
        row = requests.answered(session(), request_id, access.user(), now())
        return row, telling.tell(session(), row, telling.received(row), now())

    return _done(request_id, do)


@page.post("/<row:request_id>/gia-han")
@access.require("office")
def extend(request_id: int) -> Answer:
    reason = request.form.get("reason", "").strip()

    def do() -> tuple[DataRequest, bool]:
        row = requests.extend(session(), request_id, access.user(), reason, now())
        return row, telling.tell(session(), row, telling.extended(row, reason), now())

    return _done(request_id, do)


@page.post("/<row:request_id>/lam")
@access.require("office")
def carry(request_id: int) -> Answer:
    typed = request.form
    deed = Deed(
        outcome=typed.get("outcome", "").strip()[:1000],
        purpose=typed.get("purpose", ""),
        name=" ".join(typed.get("name", "").split()),
        sure=typed.get("sure") == "1",
    )
    return _done(request_id, lambda: carry_out(session(), request_id, access.user(), deed, now()))


@page.get("/<row:request_id>/ban-sao")
@access.require("office")
def printed_copy(request_id: int) -> Response:
    """Only where no chat can be handed the file."""
    row = _request(request_id)
    someone = known_person(session(), row)
    if someone is None or not _is_printed(row):
        abort(404)
    text = printed_copy_of(session(), subject_of(session(), someone.id), parts().settings, now())
    with parts().writing.begin() as writing:
        requests.copied(writing, row, access.user(), now())
    answer = Response(text.encode("utf-8-sig"), mimetype="text/plain")
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(now()))
    return answer


def _is_printed(row: DataRequest) -> bool:
    """Whether the person gets the copy on paper: it is open, and no chat can take the file."""
    return (
        row.kind == "copy"
        and row.done_at is None
        and row.person_id is not None
        and chat_for_copy(session(), row.person_id, now()) is None
    )


def _received(person_id: int | None) -> DataRequest:
    """Raises Refusal unknown_kind, received_later, bad_day."""
    return requests.receive(
        session(),
        request.form.get("kind", ""),
        person_id,
        access.user(),
        access.calendar(),
        _moment(request.form.get("received", "")),
        now(),
    )


def _moment(typed: str) -> datetime:
    """The beginning of that day, or this moment for today. Raises Refusal bad_day."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Refusal("bad_day") from None
    if day < today() - OLDEST_LETTER:
        raise Refusal("bad_day")
    return now() if day == today() else midnight(day)


def _done(request_id: int, do: Callable[[], tuple[DataRequest, bool]]) -> Answer:
    try:
        row, told = do()
    except Refusal as refusal:
        session().rollback()
        return _request_page(request_id, refusal), 409
    said = personal_words.noted(row, told=told)
    session().commit()
    flash(said, "done")
    return redirect(url_for("personal_data.one", request_id=request_id), 303)


def _person_page(person_id: int, refusal: Refusal | None = None) -> str:
    return render_template(
        "personal_person.html",
        person=_person(person_id),
        name=names_in([person_id], [], today()).of(person_id, None),
        held=list(posts(session(), person_id)),
        proofs=list(proofs(session(), person_id)),
        **_form(refusal),
    )


def _other_page(refusal: Refusal | None = None) -> str:
    return render_template("personal_other.html", **_form(refusal))


def _form(refusal: Refusal | None) -> dict[str, Any]:
    return {
        "kinds": [(kind, kind_name(kind)) for kind in requests.KINDS],
        "today": today(),
        "oldest": today() - OLDEST_LETTER,
        "typed": request.form if refusal else {},
        "refusal": wording.refusal(refusal) if refusal else None,
    }


def _request_page(request_id: int, refusal: Refusal | None = None) -> str:
    row = _request(request_id)
    someone = known_person(session(), row)
    chat = chat_for_copy(session(), someone.id, now()) if someone else None
    return render_template(
        "personal_request.html",
        row=row,
        who=_names([row]),
        person=someone,
        is_late=requests.late(row, today()),
        is_printed=_is_printed(row) and someone is not None,
        has_chat=chat is not None,
        may_extend=row.done_at is None and row.extended_for is None and today() <= row.due_on,
        extra=requests.KINDS[row.kind].extension,
        needs_outcome=someone is None or needs_outcome(row.kind, has_chat=chat is not None),
        ending=ENDING.get(row.kind),
        words=personal_words,
        kind_name=kind_name,
        names=names_in([], [row.made_by, row.done_by], today()),
        typed=request.form if refusal else {},
        refusal=wording.refusal(refusal) if refusal else None,
    )


def _names(rows: Sequence[DataRequest]) -> dict[int, str]:
    """By request: the person's post and name, or why there is none."""
    ids = [row.person_id for row in rows if row.person_id is not None]
    names = names_in(ids, [], today())
    gone = set(
        session().scalars(
            select(Person.id).where(Person.id.in_(ids), Person.erased_at.is_not(None))
        )
    )
    return {row.id: _name(row.person_id, names, gone) for row in rows}


def _name(person_id: int | None, names: Names, gone: Collection[int]) -> str:
    if person_id is None:
        return _("người không phải đầu mối")
    return erased_person() if person_id in gone else names.of(person_id, None)


def _person(person_id: int) -> Person:
    found = session().get(Person, person_id)
    if found is None or found.erased_at is not None:
        abort(404)
    return found


def _request(request_id: int) -> DataRequest:
    found = session().get(DataRequest, request_id)
    if found is None:
        abort(404)
    return found
