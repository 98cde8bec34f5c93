"""Tin chưa hiểu: messages that were not understood, and the own words that teach the reader."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from admin import access, wording
from admin.db_session import session
from admin.parts import now
from qcdc_core.audit import record
from qcdc_core.errors import Refusal
from qcdc_core.forms import form, forms
from qcdc_core.language import gettext as _
from qcdc_core.learned.unread import settle, unknown_words, unread
from qcdc_core.learned.words import learn, learned, unlearn

page = Blueprint("unread", __name__, url_prefix="/chua-hieu")


@page.get("")
@access.require("office")
def show() -> str:
    return _page()


@page.post("/<row:piece_id>")
@access.require("office")
def decide(piece_id: int) -> Response | tuple[str, int]:
    """Teach a word of this piece, or only put the piece aside."""
    if request.form.get("do") == "learn":
        refusal = _teach()
        if refusal is not None:
            session().rollback()
            return _page(refusal, piece_id), 409
        flash(_("Đã thêm. Từ tin sau, trợ lý hiểu chữ này."), "done")
    settle(session(), [piece_id])
    session().commit()
    return redirect(url_for("unread.show"), 303)


@page.post("/tu/<row:word_id>/bo")
@access.require("office")
def forget(word_id: int) -> Response | tuple[str, int]:
    try:
        word = unlearn(session(), word_id)
    except Refusal as refusal:
        return _page(refusal), 409
    record(session(), now(), access.user().login, "word.unlearned", word.phrase, figure=word.code)
    session().commit()
    flash(_("Đã bỏ chữ này."), "done")
    return redirect(url_for("unread.show"), 303)


def _teach() -> Refusal | None:
    form_code, _colon, code = request.form.get("figure", "").partition(":")
    phrase = request.form.get("phrase", "")
    try:
        word = learn(session(), form_code, code, phrase, access.user(), now())
    except Refusal as refusal:
        return refusal
    record(session(), now(), access.user().login, "word.learned", word.phrase, figure=word.code)
    return None


def _page(refusal: Refusal | None = None, subject: int | None = None) -> str:
    pieces = unread(session())
    return render_template(
        "unread.html",
        pieces=pieces,
        words=unknown_words(pieces),
        figures={code: _figures(code) for code in forms()},
        form_names={code: one.name for code, one in forms().items()},
        learned=[(one, form(one.form).figure(one.code).short) for one in learned(session())],
        typed=request.form if refusal else {},
        subject=subject,
        refusal=wording.refusal(refusal) if refusal else None,
    )


def _figures(form_code: str) -> list[tuple[str, str]]:
    return [(f"{form_code}:{one.code}", one.name) for one in form(form_code)]
