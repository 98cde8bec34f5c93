"""The plan: which reminders are due in the next days, kept in step with rules and reports.

Rows of the plan are made ahead, so that what fell due while no process ran is found afterwards.
A moment that is past already is never planned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.forms import forms_owed_by
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.reminders.digest import unlooked_after
from qcdc_core.reminders.duties import Term, duties_of, terms, unfinished, units_by_person
from qcdc_core.reminders.rules import rules
from qcdc_core.reminders.tables import Reminder
from qcdc_core.units.tree import Tree, tree_on
from qcdc_core.users.tables import User

DAYS_AHEAD = 14


@dataclass(frozen=True)
class Wanted:
    audience: str
    who: int
    due_at: datetime

    @property
    def key(self) -> str:
        return f"{self.audience}:{self.who}:{local_day(self.due_at)}"


def plan(session: Session, calendar: ReportingCalendar, now: datetime) -> int:
    """Make, move and take away planned reminders; returns how many changed.

    What was sent, held or dropped stays as it is and is not planned again.
    """
    wanted = _wanted(session, calendar, now)
    known = {
        row.key: row
        for row in session.scalars(
            select(Reminder).where(Reminder.due_at > now - timedelta(days=2))
        )
    }
    made = [_row(one, now) for key, one in wanted.items() if key not in known]
    session.add_all(made)
    changed = sum(
        _adjust(session, row, wanted.get(key), now)
        for key, row in known.items()
        if row.state == "planned" and row.origin == "rule"
    )
    session.flush()
    return len(made) + changed


def _row(one: Wanted, now: datetime) -> Reminder:
    is_person = one.audience == "person"
    return Reminder(
        key=one.key,
        audience=one.audience,
        person_id=one.who if is_person else None,
        user_id=None if is_person else one.who,
        origin="rule",
        due_at=one.due_at,
        made_at=now,
    )


def _adjust(session: Session, row: Reminder, wanted: Wanted | None, now: datetime) -> bool:
    """What is due by now is left to the sender, who looks again at what is owed."""
    if row.due_at <= now:
        return False
    if wanted is None:
        session.delete(row)
        return True
    is_moved = row.due_at != wanted.due_at
    row.due_at = wanted.due_at
    return is_moved


def _wanted(session: Session, calendar: ReportingCalendar, now: datetime) -> dict[str, Wanted]:
    """By key: of several on the same day the earliest."""
    tree = tree_on(session, local_day(now))
    found = terms(calendar, rules(session), now)
    end = now + timedelta(days=DAYS_AHEAD)
    wishes = _wishes(session)
    near: dict[str, Wanted] = {}
    for one in (
        *_for_persons(session, tree, found, calendar),
        *_for_users(session, tree, found),
    ):
        wish = wishes.get(one.who) if one.audience == "person" else None
        put_off = wish is not None and local_day(one.due_at) <= local_day(wish)
        if not now < one.due_at <= end or put_off:
            continue
        if one.key not in near or one.due_at < near[one.key].due_at:
            near[one.key] = one
    return near


def _wishes(session: Session) -> dict[int, datetime]:
    """Until when persons asked not to hear: nothing of the rules comes before."""
    rows = session.execute(
        select(Reminder.person_id, Reminder.due_at).where(
            Reminder.state == "planned", Reminder.origin == "wish"
        )
    )
    return {person_id: due_at for person_id, due_at in rows if person_id is not None}


def _for_persons(
    session: Session, tree: Tree, found: tuple[Term, ...], calendar: ReportingCalendar
) -> Iterator[Wanted]:
    people = {
        person_id: duties_of(units, found)
        for person_id, units in units_by_person(session, tree).items()
    }
    every = dict.fromkeys(duty for duties in people.values() for duty in duties)
    owing = unfinished(session, every, calendar)
    for person_id, duties in people.items():
        for duty in duties:
            if duty in owing:
                for moment, rule in duty.term.moments:
                    if rule.audience == "person":
                        yield Wanted("person", person_id, moment)


def _for_users(session: Session, tree: Tree, found: tuple[Term, ...]) -> Iterator[Wanted]:
    """Officers and the standing office; whether anybody is missing then is seen then."""
    alone = unlooked_after(session, tree)
    for user in session.scalars(select(User).where(User.active)):
        if user.role not in ("officer", "office") or user.unit_id not in tree:
            continue
        below = tuple(tree.below(user.unit_id))
        owed = {form for node in below for form in forms_owed_by(node.kind)}
        owed_alone = {
            form for node in below if node.id in alone for form in forms_owed_by(node.kind)
        }
        for term in found:
            for moment, rule in term.moments:
                stands_in = rule.audience == "officer" and term.form in owed_alone
                if (rule.audience == user.role and term.form in owed) or (
                    user.role == "office" and stands_in
                ):
                    yield Wanted(user.role, user.id, moment)
