"""Duties: which report of which unit a person answers for, and what of it is not done yet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.forms import Form, forms, forms_owed_by
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.people import consent
from qcdc_core.people.tables import Post
from qcdc_core.periods import Period
from qcdc_core.reminders.hours import at, next_allowed
from qcdc_core.reminders.rules import Rule
from qcdc_core.reports.owed import Owed, owed_for
from qcdc_core.units.tree import Node, Tree


@dataclass(frozen=True)
class Term:
    """A form in a period that is being taken now; ``moments`` are its rules' in order."""

    form: Form
    period: Period
    due: date
    last_taken: date
    moments: tuple[tuple[datetime, Rule], ...]

    def begun(self, audience: str, now: datetime) -> bool:
        """Whether the first moment of telling this audience has come."""
        return any(moment <= now for moment, rule in self.moments if rule.audience == audience)


@dataclass(frozen=True)
class Duty:
    unit: Node
    term: Term


def terms(calendar: ReportingCalendar, rules: Iterable[Rule], now: datetime) -> tuple[Term, ...]:
    """Every form and period being taken now, with the moments of the rules that are on."""
    wanted = [rule for rule in rules if rule.is_on]
    return tuple(
        _term(calendar, form, period, wanted)
        for form in forms().values()
        for period in calendar.taken(form.every, now)
    )


def _term(calendar: ReportingCalendar, form: Form, period: Period, rules: Iterable[Rule]) -> Term:
    due, last = calendar.due(period), calendar.last_day_taken(period)
    found = [
        (moment, rule)
        for rule in rules
        if rule.form == form.code and local_day(moment := _moment(calendar, due, rule)) <= last
    ]
    return Term(form, period, due, last, tuple(sorted(found, key=lambda one: one[0])))


def _moment(calendar: ReportingCalendar, due: date, rule: Rule) -> datetime:
    day = date.fromordinal(due.toordinal() + rule.days)
    return next_allowed(at(day, rule.hour), calendar)


def units_by_person(session: Session, tree: Tree) -> dict[int, tuple[Node, ...]]:
    """The units that each person answers for on the tree's day; people without any left out.

    So are those who do not agree to be reminded.
    """
    rows = session.execute(
        select(Post.person_id, Post.unit_id)
        .where(Post.valid_from <= tree.day)
        .where(or_(Post.valid_to.is_(None), Post.valid_to > tree.day))
        .order_by(Post.id)
    )
    unwilling = consent.unwilling(session, consent.REMINDING)
    found: dict[int, dict[int, Node]] = {}
    for person_id, unit_id in rows:
        if unit_id in tree and person_id not in unwilling:
            found.setdefault(person_id, {})[unit_id] = tree.node(unit_id)
    return {person_id: tuple(units.values()) for person_id, units in found.items()}


def duties_of(units: Iterable[Node], of: Iterable[Term]) -> tuple[Duty, ...]:
    found = list(of)
    return tuple(
        Duty(unit, term)
        for unit in units
        for term in found
        if term.form in forms_owed_by(unit.kind)
    )


def unfinished(
    session: Session, duties: Iterable[Duty], calendar: ReportingCalendar
) -> dict[Duty, Owed]:
    """Duties whose report did not come, came with gaps, or was sent back; nearest due day first."""
    grouped: dict[Term, list[Duty]] = {}
    for duty in duties:
        grouped.setdefault(duty.term, []).append(duty)
    found = {
        duty: owed
        for term, group in grouped.items()
        for duty, owed in _standing(session, term, group, calendar)
        if is_unfinished(owed)
    }
    return dict(sorted(found.items(), key=lambda one: (one[1].due, one[1].unit.code)))


def is_unfinished(owed: Owed) -> bool:
    """An accepted report with gaps is done: its officer took it so."""
    return owed.state in ("missing", "returned") or (owed.state == "sent" and bool(owed.missing))


def _standing(
    session: Session, term: Term, group: list[Duty], calendar: ReportingCalendar
) -> Iterator[tuple[Duty, Owed]]:
    units = {duty.unit.id: duty.unit for duty in group}
    by_unit: Mapping[int, Owed] = {
        owed.unit.id: owed
        for owed in owed_for(session, units.values(), term.form, term.period, calendar)
    }
    for duty in group:
        yield duty, by_unit[duty.unit.id]
