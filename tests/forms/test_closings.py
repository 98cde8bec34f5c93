"""Closing a period early: which days are taken, by whom, and back."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.errors import Refusal
from qcdc_core.forms.closings import close_early, reopen
from qcdc_core.forms.tables import EarlyClosing
from qcdc_core.periods import Period
from qcdc_core.users.tables import User
from tests import builders
from tests.builders import CALENDAR, build_province

YEAR = Period.parse("2026")
NOW = datetime(2026, 10, 20, 3, tzinfo=UTC)
LAST = date(2026, 10, 30)


@pytest.fixture
def office(session: Session) -> User:
    return builders.user(session, "tinh", "office", build_province(session).province)


def test_a_closing_says_who_made_it_and_is_in_the_audit(session: Session, office: User) -> None:
    """With the last day that is covered."""
    closing = close_early(session, CALENDAR, YEAR, LAST, office, NOW)
    assert (closing.period, closing.last_day, closing.made_by) == ("2026", LAST, office.id)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.detail) == ("closing.made", {"last_day": "2026-10-30"})


@pytest.mark.parametrize(
    "day",
    [date(2025, 12, 14), date(2026, 12, 14), date(2026, 12, 15)],
    ids=["before the first day", "the last day itself", "after the last day"],
)
def test_a_day_that_closes_nothing_early_is_refused(
    session: Session, office: User, day: date
) -> None:
    """With the days to choose from."""
    with pytest.raises(Refusal) as refused:
        close_early(session, CALENDAR, YEAR, day, office, NOW)
    assert refused.value.code == "closing_outside"
    days = (refused.value.fields["first"], refused.value.fields["last"])
    assert days == (date(2025, 12, 15), date(2026, 12, 14))
    assert session.scalars(select(EarlyClosing)).all() == []


def test_a_period_is_closed_once(session: Session, office: User) -> None:
    """Another day means taking the first one back."""
    closing = close_early(session, CALENDAR, YEAR, LAST, office, NOW)
    with pytest.raises(Refusal) as refused:
        close_early(session, CALENDAR, YEAR, date(2026, 10, 29), office, NOW)
    assert refused.value.code == "closing_exists"
    reopen(session, closing, office, NOW)
    assert close_early(session, CALENDAR, YEAR, date(2026, 10, 29), office, NOW).id
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["closing.made", "closing.removed", "closing.made"]
