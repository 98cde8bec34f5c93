"""Footnotes: reports not yet accepted, and the senders' reasons for figures that look odd."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.briefs.gather import Gathered
from qcdc_core.briefs.model import Brief, Note, Paragraph, Run, Section
from qcdc_core.briefs.standing import not_accepted
from qcdc_core.checking import expression
from qcdc_core.checking.rules import rule_book
from qcdc_core.forms import form
from qcdc_core.language import gettext as _
from qcdc_core.language import number, period_name
from qcdc_core.reports.tables import Explanation

MOST_REASONS = 3


def with_notes(session: Session, brief: Brief, gathered: Gathered) -> Brief:
    """The brief with a footnote behind the first printing of each figure that needs one."""
    texts = _reasons(session, gathered)
    waiting = len(not_accepted(gathered))
    if waiting:
        texts["ty_le_bao_cao"] = _(
            "Trong đó {count} phiếu chưa được cán bộ duyệt; số liệu có thể thay đổi."
        ).format(count=number(waiting))
    noting = _Noting(texts)
    return replace(
        brief,
        opening=noting.paragraphs(brief.opening),
        sections=tuple(noting.section(one) for one in brief.sections),
        notes=noting.notes,
    )


@dataclass
class _Noting:
    """``texts`` by number id; each is used once, behind the first run that prints it."""

    texts: dict[str, str]
    made: list[Note] = field(default_factory=list)

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(self.made)

    def section(self, section: Section) -> Section:
        return replace(section, paragraphs=self.paragraphs(section.paragraphs))

    def paragraphs(self, paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
        return tuple(
            replace(one, runs=tuple(self._run(run) for run in one.runs)) for one in paragraphs
        )

    def _run(self, run: Run) -> Run:
        text = self.texts.pop(run.number, None) if run.number else None
        if text is None:
            return run
        note = Note(len(self.made) + 1, text)
        self.made.append(note)
        return replace(run, note=note.number)


def _reasons(session: Session, gathered: Gathered) -> dict[str, str]:
    lines = {
        line.id: (form_code, line)
        for form_code, data in gathered.data.items()
        for line in data.reports
        if line.counts
    }
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.scalars(select(Explanation).order_by(Explanation.id)):
        if row.report_id in lines:
            form_code, line = lines[row.report_id]
            code = row.code or _first_code(form_code, row.rule)
            found[f"{form_code}.{code}"].append(
                _("{unit} ({period}): {reason}").format(
                    unit=gathered.nodes[line.unit_id].full_name,
                    period=period_name(line.part),
                    reason=row.reason.strip(),
                )
            )
    return {key: _listed(reasons) for key, reasons in found.items()}


def _listed(reasons: list[str]) -> str:
    shown = "; ".join(reasons[:MOST_REASONS])
    rest = len(reasons) - MOST_REASONS
    if rest <= 0:
        return _("Giải trình: {reasons}.").format(reasons=shown.rstrip("."))
    return _("Giải trình: {reasons}; và {count} giải trình khác.").format(reasons=shown, count=rest)


def _first_code(form_code: str, rule_code: str) -> str:
    """The figure that a rule asks about first; empty when the rule is no more."""
    of = form(form_code)
    for rule in rule_book().of(of):
        if rule.code == rule_code and rule.checks:
            compared = expression.comparison(rule.checks[0].holds)
            names = (*expression.names(compared.left), *expression.names(compared.right))
            return next((name for name in names if name in of), "")
    return ""
