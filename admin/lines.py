"""Reports as lines of a list: what is odd about each, odd ones first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from admin import access
from admin.db_session import session
from qcdc_core.checking import Finding
from qcdc_core.checking.many import findings_of
from qcdc_core.clock import local_day
from qcdc_core.forms import Form, form
from qcdc_core.language import gettext as _
from qcdc_core.periods import Period
from qcdc_core.reports.tables import Explanation, FigureValue, Report
from qcdc_core.units import Node

MOST = 400


@dataclass(frozen=True)
class Line:
    """``changed`` names figures that had another value before; ``missing`` those without one."""

    report: Report
    unit: Node
    above: Node | None
    form: Form
    period: Period
    findings: tuple[Finding, ...]
    explained: frozenset[tuple[str, str]]
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    is_late: bool
    may_review: bool

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Those for which the sender gave no reason."""
        return tuple(one for one in self.findings if one.key not in self.explained)

    @property
    def is_odd(self) -> bool:
        return bool(self.findings or self.missing or self.changed)

    @property
    def oddness(self) -> tuple[int, ...]:
        """Sorts what needs eyes first: errors, findings without a reason, gaps, changes, others."""
        errors = sum(one.severity == "error" for one in self.findings)
        counts = (self.open_findings, self.missing, self.changed, self.findings)
        return -errors, *(-len(one) for one in counts)


def pending() -> list[Line]:
    """Reports that wait for the user's review, odd ones first."""
    return [line for line in lines(reports(state="sent")) if line.may_review]


def reports(
    *, state: str | None = None, period: str | None = None, form_code: str | None = None
) -> list[Report]:
    """Reports that the user may see, the latest sent first, at most ``MOST``."""
    query = select(Report).order_by(Report.sent_at.desc(), Report.id.desc())
    if not access.may("office"):
        query = query.where(Report.unit_id.in_(access.ever_below()))
    if state:
        query = query.where(Report.state == state)
    if period:
        query = query.where(Report.period == period)
    if form_code:
        query = query.where(Report.form == form_code)
    found: list[Report] = []
    for report in session().scalars(query.execution_options(yield_per=MOST)):
        if access.is_seen(report):
            found.append(report)
        if len(found) == MOST:
            break
    return found


def lines(found: Iterable[Report]) -> list[Line]:
    """Odd ones first, then by unit."""
    chosen = sorted(found, key=lambda report: (report.form, report.period))
    all_lines = [
        line
        for _kind, group in groupby(chosen, key=lambda report: (report.form, report.period))
        for line in _lines_of_one_kind(list(group))
    ]
    return sorted(all_lines, key=lambda line: (line.oddness, line.unit.code, line.report.period))


def _lines_of_one_kind(group: Sequence[Report]) -> list[Line]:
    findings = findings_of(session(), group, access.calendar())
    ids = [report.id for report in group]
    explained = _explained(ids)
    changed, held = _changed(ids), _held(ids)
    return [
        _line(
            report,
            findings[report.id],
            frozenset(explained.get(report.id, ())),
            changed.get(report.id, set()),
            held.get(report.id, set()),
        )
        for report in group
    ]


def _line(
    report: Report,
    findings: tuple[Finding, ...],
    explained: frozenset[tuple[str, str]],
    changed: set[str],
    held: set[str],
) -> Line:
    of, tree = form(report.form), access.tree_of(report)
    unit = tree.node(report.unit_id)
    return Line(
        report=report,
        unit=unit,
        above=tree.nodes.get(unit.parent_id) if unit.parent_id else None,
        form=of,
        period=Period.parse(report.period),
        findings=findings,
        explained=explained,
        changed=tuple(_(figure.short) for figure in of if figure.code in changed),
        missing=tuple(_(figure.short) for figure in of if figure.code not in held),
        is_late=local_day(report.sent_at) > report.due_on,
        may_review=access.may_review(report),
    )


def _explained(ids: Sequence[int]) -> dict[int, set[tuple[str, str]]]:
    rows = session().execute(
        select(Explanation.report_id, Explanation.rule, Explanation.code).where(
            Explanation.report_id.in_(ids)
        )
    )
    found: dict[int, set[tuple[str, str]]] = {}
    for report_id, rule, code in rows:
        found.setdefault(report_id, set()).add((rule, code))
    return found


def _held(ids: Sequence[int]) -> dict[int, set[str]]:
    return _codes(
        select(FigureValue.report_id, FigureValue.code).where(
            FigureValue.report_id.in_(ids), FigureValue.replaced_at.is_(None)
        )
    )


def _changed(ids: Sequence[int]) -> dict[int, set[str]]:
    """Figures whose value that holds replaced another one."""
    before = aliased(FigureValue)
    replaced = exists().where(
        before.report_id == FigureValue.report_id,
        before.code == FigureValue.code,
        before.replaced_at.is_not(None),
    )
    return _codes(
        select(FigureValue.report_id, FigureValue.code).where(
            FigureValue.report_id.in_(ids), FigureValue.replaced_at.is_(None), replaced
        )
    )


def _codes(query: Select[int, str]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for report_id, code in session().execute(query):
        found.setdefault(report_id, set()).add(code)
    return found
