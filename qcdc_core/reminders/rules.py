"""Rules of reminding: shipped in reminders.yaml, changed by the office with an audit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.errors import BadData, Refusal
from qcdc_core.forms import forms
from qcdc_core.reminders.hours import FIRST_HOUR, LAST_HOUR
from qcdc_core.reminders.tables import ReminderRule
from qcdc_core.strict_yaml import read_yaml
from qcdc_core.users.tables import User

AUDIENCES = ("person", "officer", "office")
EARLIEST, LATEST = -20, 20
HOURS = range(FIRST_HOUR, LAST_HOUR)


@dataclass(frozen=True)
class Rule:
    """Tell the audience ``days`` from the due day on, at ``hour``. ``is_own``: not as shipped."""

    form: str
    audience: str
    days: int
    hour: int
    is_on: bool = True
    is_own: bool = False

    @property
    def key(self) -> tuple[str, str, int]:
        return self.form, self.audience, self.days


def rules(session: Session) -> tuple[Rule, ...]:
    """All rules, those switched off too: by form, audience and days."""
    known = {one.key: one for one in shipped()}
    for row in session.scalars(select(ReminderRule)):
        own = Rule(row.form, row.audience, row.days, row.hour, row.is_on, is_own=True)
        if own.form in forms():
            known[own.key] = own
    places = {code: place for place, code in enumerate(forms())}
    return tuple(
        sorted(
            known.values(),
            key=lambda one: (places[one.form], AUDIENCES.index(one.audience), one.days),
        )
    )


def set_rule(session: Session, rule: Rule, user: User, now: datetime) -> None:
    """Add a rule, or give one another hour, or switch it.

    Raises Refusal unknown_rule, rule_days(earliest, latest), rule_hour(first, last).
    """
    _check(rule)
    row = _row(session, rule) or ReminderRule(
        form=rule.form, audience=rule.audience, days=rule.days
    )
    row.hour, row.is_on = rule.hour, rule.is_on
    session.add(row)
    session.flush()
    record(session, now, user.login, "reminder.rule", _subject(rule), hour=rule.hour, on=rule.is_on)


def forget_rule(session: Session, rule: Rule, user: User, now: datetime) -> None:
    """As shipped again; a rule that the office added is gone. Raises Refusal unknown_rule."""
    row = _row(session, rule)
    if row is None:
        raise Refusal("unknown_rule")
    session.delete(row)
    session.flush()
    record(session, now, user.login, "reminder.rule_forgotten", _subject(rule))


@cache
def shipped() -> tuple[Rule, ...]:
    """Raises BadData when reminders.yaml holds a rule that nobody could set."""
    text = resources.files("qcdc_core.reminders").joinpath("reminders.yaml").read_text("utf-8")
    found = tuple(rule for raw in read_yaml(text) for rule in _rules(raw))
    try:
        for one in found:
            _check(one)
    except Refusal as refusal:
        raise BadData(f"reminders.yaml: {refusal}") from refusal
    return found


def _rules(raw: Mapping[str, Any]) -> list[Rule]:
    """One for each form of that term."""
    model = Rule("", raw["audience"], raw["days"], raw["hour"])
    return [replace(model, form=one.code) for one in forms().values() if one.every == raw["every"]]


def _check(rule: Rule) -> None:
    if rule.form not in forms() or rule.audience not in AUDIENCES:
        raise Refusal("unknown_rule")
    if not EARLIEST <= rule.days <= LATEST:
        raise Refusal("rule_days", earliest=-EARLIEST, latest=LATEST)
    if rule.hour not in HOURS:
        raise Refusal("rule_hour", first=FIRST_HOUR, last=LAST_HOUR - 1)


def _row(session: Session, rule: Rule) -> ReminderRule | None:
    return session.scalar(
        select(ReminderRule).where(
            ReminderRule.form == rule.form,
            ReminderRule.audience == rule.audience,
            ReminderRule.days == rule.days,
        )
    )


def _subject(rule: Rule) -> str:
    return f"{rule.form} {rule.audience} {rule.days:+d}"
