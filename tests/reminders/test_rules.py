"""Rules of reminding: shipped, changed by the office, each change in the audit."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.errors import Refusal
from qcdc_core.forms import forms
from qcdc_core.reminders.rules import Rule, forget_rule, rules, set_rule, shipped
from qcdc_core.users import User
from tests.builders import build_province, user

NOW = datetime(2026, 10, 13, 3, tzinfo=UTC)


@pytest.fixture
def office(session: Session) -> User:
    return user(session, "tinh", "office", build_province(session).province)


def test_every_form_is_reminded_of_before_on_and_after_its_due_day() -> None:
    """As shipped, for the person; and its officer and the office are told when it is late."""
    for code in forms():
        days = [one.days for one in shipped() if one.form == code and one.audience == "person"]
        assert min(days) < 0 < max(days), code
        assert 0 in days
        late = {one.audience for one in shipped() if one.form == code and one.days > 0}
        assert late == {"person", "officer", "office"}


def test_a_shipped_rule_can_be_moved_switched_off_and_put_back(
    session: Session, office: User
) -> None:
    """The office's word wins until it is taken back."""
    first = rules(session)[0]
    set_rule(session, replace(first, hour=17, is_on=False), office, NOW)
    found = rules(session)[0]
    assert (found.key, found.hour, found.is_on, found.is_own) == (first.key, 17, False, True)
    forget_rule(session, found, office, NOW)
    assert rules(session)[0] == first
    actions = [entry.action for entry in session.query(AuditEntry)]
    assert actions == ["reminder.rule", "reminder.rule_forgotten"]


def test_a_rule_of_its_own_is_added_and_taken_away(session: Session, office: User) -> None:
    """Ten days before, for enterprises."""
    own = Rule("doanh_nghiep_quy", "person", -10, 9)
    set_rule(session, own, office, NOW)
    assert replace(own, is_own=True) in rules(session)
    forget_rule(session, own, office, NOW)
    assert own.key not in {one.key for one in rules(session)}


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (Rule("khong_co", "person", 0, 8), "unknown_rule"),
        (Rule("thon_thang", "moi_nguoi", 0, 8), "unknown_rule"),
        (Rule("thon_thang", "person", -21, 8), "rule_days"),
        (Rule("thon_thang", "person", 21, 8), "rule_days"),
        (Rule("thon_thang", "person", 0, 6), "rule_hour"),
        (Rule("thon_thang", "person", 0, 20), "rule_hour"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused(
    session: Session, office: User, rule: Rule, code: str
) -> None:
    """No such form, a day too far away, an hour at which nobody may be disturbed."""
    with pytest.raises(Refusal) as refused:
        set_rule(session, rule, office, NOW)
    assert refused.value.code == code
