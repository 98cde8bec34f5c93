"""What an officer does with a report: take it, ask back, put a figure right."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from admin import access
from admin.db_session import session
from admin.figures_typed import read_value
from admin.pages import report as report_page
from admin.pages.reports import accept_one, reviewable
from admin.parts import now
from qcdc_core.errors import Refusal
from qcdc_core.forms import form
from qcdc_core.language import gettext as _
from qcdc_core.reports import notices
from qcdc_core.reports.record import values_of
from qcdc_core.reports.tables import Report

page = Blueprint("review", __name__, url_prefix="/phieu/<row:report_id>")

LONGEST_COMMENT = 1000

Answer = Response | tuple[str, int]


@page.post("/nhan")
def accept(report_id: int) -> Answer:
    try:
        report = accept_one(report_id, request.form.get("seen", ""))
    except Refusal as refusal:
        return _refused(report_id, refusal)
    session().commit()
    flash(_("Đã nhận phiếu {number}.").format(number=report.number), "done")
    return _back(report_id)


@page.post("/hoi-lai")
def ask_back(report_id: int) -> Answer:
    try:
        report = reviewable(report_id, request.form.get("seen", ""))
        comments = _comments(report)
        sent = notices.ask_back(session(), report.id, access.user(), comments, now())
    except Refusal as refusal:
        return _refused(report_id, refusal)
    session().commit()
    if sent is None:
        flash(
            _(
                "Phiếu đã chuyển sang hỏi lại, nhưng người gửi không còn cuộc trò chuyện nào."
                " Gọi điện để báo."
            ),
            "attention",
        )
    else:
        flash(_("Đã gửi câu hỏi vào cuộc trò chuyện của người gửi."), "done")
    return _back(report_id)


@page.post("/sua/<code>")
def correct(report_id: int, code: str) -> Answer:
    try:
        report = reviewable(report_id, request.form.get("seen", ""))
        _put_right(report, code)
    except Refusal as refusal:
        return _refused(report_id, refusal)
    session().commit()
    flash(_("Đã sửa. Người gửi được báo; số cũ vẫn còn trong lịch sử."), "done")
    return _back(report_id)


def _put_right(report: Report, code: str) -> None:
    of = form(report.form)
    if code not in of:
        raise Refusal("unknown_figure", figure=code)
    value = read_value(of.figure(code), request.form.get("value", ""))
    held = values_of(session(), report).get(code)
    if held is not None and held.value == value:
        raise Refusal("same_value")
    reason = _short(request.form.get("reason", ""))
    notices.put_right(session(), report.id, access.user(), code, value, reason, now())


def _comments(report: Report) -> dict[str, str]:
    """By figure code in the form's order: what was typed, else the ready sentence chosen."""
    found = {}
    for figure in form(report.form):
        typed = request.form.get(f"ask-{figure.code}", "").strip()
        text = typed or request.form.get(f"ready-{figure.code}", "").strip()
        if text:
            found[figure.code] = _short(text)
    return found


def _short(text: str) -> str:
    if len(text) > LONGEST_COMMENT:
        raise Refusal("too_long", most=LONGEST_COMMENT)
    return text.strip()


def _refused(report_id: int, refusal: Refusal) -> tuple[str, int]:
    """The page as it stands now, the sentence on top, and what was typed still in its fields."""
    session().rollback()
    typed = request.form.to_dict()
    if request.view_args and "code" in request.view_args:
        typed |= {
            f"{name}-{request.view_args['code']}": typed.get(name, "")
            for name in ("value", "reason")
        }
    return report_page.render(access.report_or_404(report_id), refusal, typed), 409


def _back(report_id: int) -> Response:
    return redirect(url_for("report.show", report_id=report_id), 303)
