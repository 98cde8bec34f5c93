"""Câu hỏi: questions that wait for a person, model answers, and answers that askers doubt."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from admin import access, wording
from admin.db_session import session
from admin.parts import now, today
from admin.people_names import names_in
from qcdc_core.audit import record
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _
from qcdc_core.questions import answer, assign, erase, waiting
from qcdc_core.questions.citing import offered, sentence_of
from qcdc_core.questions.inbox import due_on
from qcdc_core.questions.models import keep_as_model, look_again, retire, standing
from qcdc_core.questions.opinions import weak_sources
from qcdc_core.questions.tables import AskedQuestion

page = Blueprint("questions", __name__, url_prefix="/cau-hoi")

CITATIONS = 3


@page.get("")
@access.require("office")
def show() -> str:
    return _page()


@page.post("/<row:question_id>/tra-loi")
@access.require("office")
def reply(question_id: int) -> Response | tuple[str, int]:
    def do() -> str:
        citations = request.form.getlist("citation")[:CITATIONS]
        answer(session(), question_id, access.user(), _typed(), citations, now())
        if request.form.get("keep"):
            keep_as_model(session(), question_id, access.user(), now())
        return _("Đã gửi trả lời vào cuộc trò chuyện của người hỏi.")

    return _done("question.answered", question_id, do)


@page.post("/<row:question_id>/nhan")
@access.require("office")
def take_on(question_id: int) -> Response | tuple[str, int]:
    def do() -> str:
        assign(session(), question_id, access.user())
        return _("Đã ghi tên người phụ trách câu hỏi này.")

    return _done("question.assigned", question_id, do)


@page.post("/<row:question_id>/xoa")
@access.require("office")
def forget(question_id: int) -> Response | tuple[str, int]:
    def do() -> str:
        erase(session(), question_id)
        return _("Đã xóa nội dung câu hỏi.")

    return _done("question.erased", question_id, do)


@page.post("/mau/<row:model_id>/xem-lai")
@access.require("office")
def reviewed(model_id: int) -> Response | tuple[str, int]:
    def do() -> str:
        look_again(session(), model_id, today())
        return _("Đã ghi: câu trả lời mẫu này còn đúng đến hôm nay.")

    return _done("model_answer.reviewed", model_id, do)


@page.post("/mau/<row:model_id>/ngung")
@access.require("office")
def stop(model_id: int) -> Response | tuple[str, int]:
    def do() -> str:
        retire(session(), model_id)
        return _("Câu trả lời mẫu này không còn được dùng.")

    return _done("model_answer.retired", model_id, do)


def _done(action: str, subject: int, do: Callable[[], str]) -> Response | tuple[str, int]:
    try:
        said = do()
    except Refusal as refusal:
        session().rollback()
        return _page(refusal, subject), 409
    record(session(), now(), access.user().login, action, str(subject))
    session().commit()
    flash(said, "done")
    return redirect(url_for("questions.show"), 303)


def _typed() -> str:
    return request.form.get("answer", "").replace("\r\n", "\n")


def _page(refusal: Refusal | None = None, subject: int | None = None) -> str:
    open_ones = waiting(session())
    assigned = [one.assigned_to for one in open_ones if one.assigned_to is not None]
    return render_template(
        "questions.html",
        waiting=open_ones,
        due=_due,
        today=today(),
        why=wording.why_asked,
        names=names_in([], assigned, today()),
        offered=offered(today()),
        citations=range(CITATIONS),
        models=standing(session(), today()),
        sentence_of=sentence_of,
        weak=weak_sources(session()),
        typed=request.form if refusal else {},
        typed_citations=request.form.getlist("citation") if refusal else [],
        subject=subject,
        refusal=wording.refusal(refusal) if refusal else None,
    )


def _due(question: AskedQuestion) -> date:
    return due_on(question, access.calendar())
