"""Everything that was reported under a unit in a period, read at once.

A report counts when it was sent or accepted; a returned one waits for its sender and is left out.
A unit stands where the tree of the window's last day has it; one that was merged away before that
day stands where it stood when its own month ended, so that its months are not lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.briefs.held import FormData, Held, ReportLine
from qcdc_core.clock import local_day
from qcdc_core.forms import Form, forms
from qcdc_core.forms.calendar import Closed, ReportingCalendar, Window
from qcdc_core.periods import Period
from qcdc_core.reports.tables import FigureValue, Report
from qcdc_core.units.tree import Node, Tree, tree_on

COUNTING = ("sent", "accepted")


@dataclass(frozen=True)
class Gathered:
    """``data`` by form code; ``from_year_start`` is the same from the first day of the year."""

    top: Node
    tree: Tree
    period: Period
    window: Window
    closed_early_on: date | None
    data: Mapping[str, FormData]
    from_year_start: Mapping[str, FormData]
    nodes: Mapping[int, Node]
    last_days: Mapping[Period, date]

    def names(self, unit_ids: Sequence[int]) -> list[str]:
        return [self.nodes[unit].full_name for unit in unit_ids]


def gather(
    session: Session, unit_code: str, period: Period, calendar: ReportingCalendar
) -> Gathered:
    """Raises Refusal unknown_unit(code) when the unit is not valid on the window's last day."""
    window = calendar.window(period)
    trees = _Trees(session)
    tree = trees.on(window.last)
    top = tree.unit(unit_code)
    reader = _Reader(session, calendar, trees, tree, top.id)
    data = {one.code: reader.form_data(one, parts_of(period, one)) for one in forms().values()}
    return Gathered(
        top=top,
        tree=tree,
        period=period,
        window=window,
        closed_early_on=calendar.closing_of(period),
        data=data,
        from_year_start=_from_year_start(reader, period, data),
        nodes=trees.nodes,
        last_days={part: calendar.window(part).last for one in data.values() for part in one.parts},
    )


def parts_of(period: Period, of: Form) -> tuple[Period, ...]:
    """The form's periods that tile this one; none for a quarterly form in a single month."""
    try:
        return period.parts(of.every)
    except ValueError:
        return ()


def _from_year_start(
    reader: "_Reader", period: Period, data: Mapping[str, FormData]
) -> Mapping[str, FormData]:
    if period.first_month == 1:
        return data
    months = [Period.month(period.year, month) for month in range(1, period.last_month + 1)]
    found = {}
    for one in forms().values():
        parts = tuple(dict.fromkeys(month.within(one.every) for month in months))
        ended = tuple(part for part in parts if part.last_month <= period.last_month)
        found[one.code] = reader.form_data(one, ended)
    return found


class _Trees:
    """The trees of several days, each read once; ``nodes`` is the latest known state of a unit."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._trees: dict[date, Tree] = {}
        self.nodes: dict[int, Node] = {}

    def on(self, day: date) -> Tree:
        if day not in self._trees:
            tree = self._trees[day] = tree_on(self._session, day)
            self.nodes = tree.nodes | self.nodes
        return self._trees[day]


@dataclass(frozen=True)
class _Reader:
    session: Session
    calendar: ReportingCalendar
    trees: _Trees
    tree: Tree
    top_id: int

    def form_data(self, of: Form, parts: Sequence[Period]) -> FormData:
        taken = tuple(part for part in parts if self._is_taken(part))
        expected = {part: frozenset(self._expected(of, part)) for part in taken}
        reports = tuple(self._reports(of, expected))
        counting = {line.id: line for line in reports if line.counts}
        return FormData(of, taken, expected, self._held(of, counting), reports)

    def _is_taken(self, part: Period) -> bool:
        window = self.calendar.window(part)
        begins = self.calendar.begins
        return window.first < window.end and (begins is None or window.first >= begins)

    def _expected(self, of: Form, part: Period) -> Iterator[int]:
        then = self.trees.on(self.calendar.window(part).last)
        for node in then.nodes.values():
            if node.kind not in of.unit_kinds:
                continue
            placed = self.tree if node.id in self.tree else then
            if placed.is_within(node.id, self.top_id):
                yield node.id

    def _reports(self, of: Form, expected: Mapping[Period, frozenset[int]]) -> Iterator[ReportLine]:
        by_name = {str(part): part for part in expected}
        rows = self.session.execute(
            select(
                Report.id,
                Report.unit_id,
                Report.period,
                Report.number,
                Report.state,
                Report.sent_at,
                Report.due_on,
                Report.first_day,
                Report.end_day,
            )
            .where(Report.form == of.code, Report.period.in_(by_name))
            .order_by(Report.id)
        )
        for row in rows:
            part = by_name[row.period]
            if row.unit_id in expected[part]:
                days = Window(row.first_day, row.end_day)
                fits = _fits(days, self.calendar.window(part), row.sent_at)
                yield ReportLine(
                    id=row.id,
                    unit_id=row.unit_id,
                    part=part,
                    number=row.number,
                    state=row.state,
                    in_time=local_day(row.sent_at) <= row.due_on,
                    fits=fits,
                    counts=fits and row.state in COUNTING,
                )

    def _held(
        self, of: Form, counting: Mapping[int, ReportLine]
    ) -> dict[str, dict[int, dict[Period, Held]]]:
        periods = {str(line.part) for line in counting.values()}
        rows = self.session.execute(
            select(FigureValue.id, FigureValue.report_id, FigureValue.code, FigureValue.value)
            .join(Report, Report.id == FigureValue.report_id)
            .where(
                Report.form == of.code,
                Report.period.in_(periods),
                FigureValue.replaced_at.is_(None),
            )
        )
        held: dict[str, dict[int, dict[Period, Held]]] = {code: {} for code in of.codes}
        for value_id, report_id, code, value in rows:
            line = counting.get(report_id)
            if line is not None and code in held:
                held[code].setdefault(line.unit_id, {})[line.part] = Held(value_id, value)
        return held


def _fits(days: Window, expected: Window, sent_at: datetime) -> bool:
    """Whether the days that a report covers tile with the others of the brief.

    A report that was sent before a later early closing cannot hold days after that closing.
    """
    if days == expected:
        return True
    cut_later = days.first == expected.first and expected.end < days.end
    return cut_later and local_day(sent_at) < expected.end


def why_not_yet(period: Period, calendar: ReportingCalendar, now: datetime) -> Closed | None:
    """NOT_BEGUN or BEFORE_START when there can be no brief of the period; else None."""
    why = calendar.why_closed(period, now)
    return why if why in (Closed.NOT_BEGUN, Closed.BEFORE_START) else None
