"""The draft report (phiếu nháp): what is known, doubtful and missing before it is confirmed.

It is the dialogue state: it belongs to the person, can wait for days, and follows them over
channels. Nothing in it counts as reported.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, Self

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from qcdc_core.db import plain
from qcdc_core.forms import Form, form
from qcdc_core.periods import Period
from qcdc_core.reports import tables


@dataclass(frozen=True)
class Source:
    """The words a value came from: a message, and where in it; all empty for a button."""

    message_id: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class DraftValue:
    """``value`` is None when the figure does not apply to the unit."""

    value: Decimal | None
    source: Source = Source()


@dataclass(frozen=True)
class DraftDoubt:
    """A figure that was mentioned but not surely read; ``choices`` are values to offer."""

    code: str
    reason: str
    quote: str
    choices: tuple[Decimal, ...] = ()
    message_id: int | None = None


@dataclass(frozen=True)
class DraftReason:
    """The sender's reason for going on in spite of a warning."""

    rule: str
    code: str
    reason: str
    message_id: int | None = None


@dataclass
class DraftReport:
    """Who reports what; ``values``, ``doubts`` by figure code; ``reasons`` by (rule, code).

    ``row``: where it was read from, so that saving need not look for it again.
    """

    person_id: int
    unit_id: int
    form: Form
    period: Period
    values: dict[str, DraftValue] = field(default_factory=dict)
    doubts: dict[str, DraftDoubt] = field(default_factory=dict)
    reasons: dict[tuple[str, str], DraftReason] = field(default_factory=dict)
    row: tables.Draft | None = field(default=None, compare=False, repr=False)

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes with neither a value nor a doubt, in the form's order."""
        return tuple(
            code for code in self.form.codes if code not in self.values and code not in self.doubts
        )

    @property
    def known(self) -> dict[str, Decimal | None]:
        """The values alone, in the form's order; None where a figure does not apply."""
        return {code: self.values[code].value for code in self.form.codes if code in self.values}

    def settle(self, code: str, value: Decimal | None, source: Source) -> None:
        """Put a sure value; a doubt or a reason given for an earlier value falls away."""
        self.values[code] = DraftValue(None if value is None else plain(value), source)
        self.doubts.pop(code, None)
        for key in [key for key in self.reasons if key[1] == code]:
            del self.reasons[key]

    def doubt(self, doubt: DraftDoubt) -> None:
        """Put a doubt; a value that stood there before is no longer sure and goes."""
        self.doubts[doubt.code] = doubt
        self.values.pop(doubt.code, None)

    def explain(self, reason: DraftReason) -> None:
        self.reasons[reason.rule, reason.code] = reason

    def to_json(self) -> dict[str, Any]:
        return {
            "values": {code: _value_json(value) for code, value in self.values.items()},
            "doubts": [
                asdict(doubt) | {"choices": [str(choice) for choice in doubt.choices]}
                for doubt in self.doubts.values()
            ],
            "reasons": [asdict(reason) for reason in self.reasons.values()],
        }

    @classmethod
    def from_row(cls, row: tables.Draft) -> Self:
        period = Period.parse(row.period)
        draft = cls(row.person_id, row.unit_id, form(row.form), period, row=row)
        content = row.content
        draft.values = {code: _value(raw) for code, raw in content.get("values", {}).items()}
        for raw in content.get("doubts", ()):
            choices = tuple(Decimal(choice) for choice in raw["choices"])
            draft.doubts[raw["code"]] = DraftDoubt(**(raw | {"choices": choices}))
        for raw in content.get("reasons", ()):
            draft.explain(DraftReason(**raw))
        return draft


def _value_json(value: DraftValue) -> dict[str, Any]:
    number = None if value.value is None else format(value.value, "f")
    return {"value": number, **asdict(value.source)}


def _value(raw: dict[str, Any]) -> DraftValue:
    number = None if raw["value"] is None else Decimal(raw["value"])
    return DraftValue(number, Source(raw["message_id"], raw["start"], raw["end"]))


def open_draft(
    session: Session, person_id: int, unit_id: int, of: Form, period: Period
) -> DraftReport:
    """The person's draft for this unit, form and period.

    When there is none, a new one: filled with what was reported before, or empty.
    """
    row = _row(session, person_id, unit_id, of, period)
    if row is not None:
        return DraftReport.from_row(row)
    draft = DraftReport(person_id, unit_id, of, period)
    for value in _reported(session, unit_id, of, period):
        source = Source(value.message_id, value.quote_start, value.quote_end)
        draft.values[value.code] = DraftValue(value.value, source)
    return draft


def drafts_of(session: Session, person_id: int) -> tuple[DraftReport, ...]:
    """All drafts of a person, the one changed last first; empty when none."""
    rows = session.scalars(
        select(tables.Draft)
        .where(tables.Draft.person_id == person_id)
        .order_by(tables.Draft.changed_at.desc(), tables.Draft.id.desc())
    )
    return tuple(DraftReport.from_row(row) for row in rows)


def save_draft(session: Session, draft: DraftReport, now: datetime) -> None:
    row = _row_of(session, draft)
    if row is None:
        row = tables.Draft(
            person_id=draft.person_id,
            unit_id=draft.unit_id,
            form=draft.form.code,
            period=str(draft.period),
        )
        session.add(row)
    draft.row = row
    row.content = draft.to_json()
    row.changed_at = now
    session.flush()


def drop_draft(session: Session, draft: DraftReport) -> None:
    """Forget a draft; nothing happens when there is none. What was reported stays."""
    row = _row_of(session, draft)
    if row is not None:
        session.delete(row)
        session.flush()


def _row_of(session: Session, draft: DraftReport) -> tables.Draft | None:
    if draft.row is not None and draft.row in session:
        return draft.row
    return _row(session, draft.person_id, draft.unit_id, draft.form, draft.period)


def _row(
    session: Session, person_id: int, unit_id: int, of: Form, period: Period
) -> tables.Draft | None:
    named = {"person": person_id, "unit": unit_id, "form": of.code, "period": str(period)}
    return session.scalar(_one_draft(), named)


@cache
def _one_draft() -> Select[tables.Draft]:
    return select(tables.Draft).where(
        tables.Draft.person_id == bindparam("person"),
        tables.Draft.unit_id == bindparam("unit"),
        tables.Draft.form == bindparam("form"),
        tables.Draft.period == bindparam("period"),
    )


def _reported(
    session: Session, unit_id: int, of: Form, period: Period
) -> tuple[tables.FigureValue, ...]:
    return tuple(
        session.scalars(
            select(tables.FigureValue)
            .join(tables.Report, tables.Report.id == tables.FigureValue.report_id)
            .where(
                tables.Report.unit_id == unit_id,
                tables.Report.form == of.code,
                tables.Report.period == str(period),
                tables.FigureValue.replaced_at.is_(None),
            )
        )
    )
