"""Một phiếu: figures beside their past, and the very conversation they came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from admin import access, wording
from admin.conversation import conversation_of
from admin.db_session import session
from admin.pages.evidence import Shown, shown_with
from admin.pages.reports import stamp
from admin.people_names import Names, names_in
from admin.sparkline import Sparkline, sparkline
from qcdc_core.checking import Finding, check, context_for
from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.forms import Figure, Form, form
from qcdc_core.periods import Period
from qcdc_core.reports import review
from qcdc_core.reports.past import history
from qcdc_core.reports.tables import Explanation, FigureValue, Report

page = Blueprint("report", __name__, url_prefix="/phieu")

STEPS = 12


@dataclass(frozen=True)
class Row:
    """A figure: ``now`` is its value that holds, ``earlier`` the ones before, latest first."""

    figure: Figure
    now: FigureValue | None
    earlier: tuple[FigureValue, ...]
    before: Decimal | None
    year_before: Decimal | None
    line: Sparkline | None
    past: tuple[Decimal | None, ...]
    findings: tuple[Finding, ...]
    question: str | None


@page.get("/<row:report_id>")
def show(report_id: int) -> str:
    return render(access.report_or_404(report_id))


@page.get("/so/<number>")
def numbered(number: str) -> Response:
    """By the number that the receipt names; what follows # in the address stays with it."""
    report_id = session().scalar(select(Report.id).where(Report.number == number))
    report = access.report_or_404(report_id or 0)
    return redirect(url_for("report.show", report_id=report.id), 303)


def render(
    report: Report, refusal: Refusal | None = None, typed: Mapping[str, str] | None = None
) -> str:
    """The page; after a refusal with its sentence and with everything that had been typed."""
    of, period = form(report.form), Period.parse(report.period)
    findings = _findings(report, of, period)
    tree, files = access.tree_of(report), shown_with(report)
    return render_template(
        "report.html",
        report=report,
        form=of,
        period=period,
        unit=tree.node(report.unit_id),
        path=tree.path(report.unit_id)[:-1],
        rows=_rows(report, of, period, findings),
        whole=[finding for finding in findings if not finding.codes],
        explanations=_explanations(report),
        bubbles=conversation_of(report),
        files=files,
        names=_names(report, files),
        event=wording.event,
        ready=wording.ready_sentences(),
        seen=stamp(report.changed_at),
        can_act=access.may_review(report),
        is_late=local_day(report.sent_at) > report.due_on,
        delivery=wording.delivery,
        four_eyes=review.entered_by(session(), report, access.user()),
        refusal=wording.refusal(refusal) if refusal else None,
        typed=typed or {},
    )


def _rows(
    report: Report, of: Form, period: Period, findings: tuple[Finding, ...]
) -> tuple[Row, ...]:
    past = history(session(), report.unit_id, of, period, STEPS)
    steps = [period.plus(-step) for step in range(STEPS - 1, 0, -1)]
    asked = {event.code: event.comment for event in review.open_questions(session(), report)}
    return tuple(
        _row(report, figure, period, past, steps, findings, asked.get(figure.code)) for figure in of
    )


def _row(
    report: Report,
    figure: Figure,
    period: Period,
    past: Mapping[Period, Mapping[str, Decimal | None]],
    steps: list[Period],
    findings: tuple[Finding, ...],
    question: str | None,
) -> Row:
    ever = [value for value in report.values if value.code == figure.code]
    holds = next((value for value in ever if value.replaced_at is None), None)
    series = [past.get(step, {}).get(figure.code) for step in steps]
    series.append(holds.value if holds else None)
    return Row(
        figure=figure,
        now=holds,
        earlier=tuple(value for value in reversed(ever) if value.replaced_at is not None),
        before=past.get(period.before, {}).get(figure.code),
        year_before=past.get(period.year_before, {}).get(figure.code),
        line=None if figure.kind == "flag" else sparkline(series),
        past=tuple(series),
        findings=tuple(one for one in findings if one.codes[:1] == (figure.code,)),
        question=question,
    )


def _findings(report: Report, of: Form, period: Period) -> tuple[Finding, ...]:
    held = {value.code: value.value for value in report.values if value.replaced_at is None}
    context = context_for(session(), report.unit_id, of, period, access.calendar())
    return check(held, of, context)


def _explanations(report: Report) -> dict[tuple[str, str], Explanation]:
    rows = session().scalars(select(Explanation).where(Explanation.report_id == report.id))
    return {(row.rule, row.code): row for row in rows}


def _names(report: Report, files: tuple[Shown, ...]) -> Names:
    return names_in(
        person_ids={value.person_id for value in report.values}
        | {event.person_id for event in report.events}
        | {file.person_id for file in files}
        | {report.sender_id},
        user_ids={value.user_id for value in report.values}
        | {event.user_id for event in report.events},
        day=report.end_day,
    )
