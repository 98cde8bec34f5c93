"""How far a form and period has gone up: officers first, then the standing office, by the rules."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day, midnight
from qcdc_core.reminders.duties import Term
from qcdc_core.reminders.rules import Rule
from qcdc_core.reminders.tables import Reminder
from qcdc_core.users.tables import User


@dataclass(frozen=True)
class Step:
    """A moment at which an audience above is told who is missing.

    ``sent``: users who got a message; ``shown``: those who have no chat and see it on the pages;
    ``nothing``: those under whom nobody was missing. All three are 0 before the moment.
    """

    rule: Rule
    moment: datetime
    sent: int
    shown: int
    nothing: int


def steps(session: Session, term: Term, unit_ids: Collection[int]) -> tuple[Step, ...]:
    """By moment; counted are users whose unit is among these."""
    found = [(moment, rule) for moment, rule in term.moments if rule.audience != "person"]
    if not found:
        return ()
    rows = session.execute(
        select(Reminder.audience, Reminder.due_at, Reminder.state, Reminder.why)
        .join(User, User.id == Reminder.user_id)
        .where(Reminder.due_at >= midnight(local_day(found[0][0])), User.unit_id.in_(unit_ids))
    )
    counts = Counter(
        (audience, local_day(due_at), why if why == "nothing_owed" else state)
        for audience, due_at, state, why in rows
    )
    return tuple(_step(moment, rule, counts) for moment, rule in found)


def _step(moment: datetime, rule: Rule, counts: Counter[tuple[str, date, str]]) -> Step:
    sent, shown, nothing = (
        counts[rule.audience, local_day(moment), what] for what in ("sent", "shown", "nothing_owed")
    )
    return Step(rule, moment, sent, shown, nothing)
