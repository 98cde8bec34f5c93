"""A village head in Sơn Lang, and the days around the due day of October 2026."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.clock import LOCAL
from qcdc_core.config import Settings
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.periods import Period
from qcdc_core.reminders import due_now, hand_over, plan, situation
from qcdc_core.reminders.tables import Reminder
from qcdc_core.reports.owed import calendar_of
from tests import builders
from tests.builders import Province

OCTOBER = Period.month(2026, 10)  # 15/9 to 14/10, due on Friday 16/10, taken until 26/10
SEPTEMBER = Period.month(2026, 9)  # 15/8 to 14/9, due on Wednesday 16/9


# Hour → hours to the next moment that is looked at.
_NIGHT = {21: 6, 3: 4}


def local(text: str) -> datetime:
    """'2026-10-13 08:00' on a clock in Việt Nam."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)


@dataclass
class World:
    """Time passes by being told; the ticker's work is done at each step."""

    session: Session
    settings: Settings
    now: datetime
    province: Province
    said: list[str] = field(default_factory=list)

    def until(self, text: str, *, nights: bool = False) -> list[str]:
        """What was written to anybody up to that moment: plan kept and due sent on every hour.

        Nights are slept through, at 3 o'clock once, unless they are what a test is about.
        """
        end, before = local(text), len(self.said)
        while self.now < end:
            hours = 1 if nights else _NIGHT.get(self.now.astimezone(LOCAL).hour, 1)
            self.now = min((self.now + timedelta(hours=hours)).replace(minute=0), end)
            self.tick()
        return self.said[before:]

    def tick(self) -> None:
        plan(self.session, calendar_of(self.session, self.settings), self.now)
        at = situation(self.session, self.settings, self.now)
        for reminder_id in due_now(self.session, self.now):
            row = hand_over(self.session, reminder_id, at)
            if row is not None and row.message_id is not None:
                message = self.session.get_one(OutboundMessage, row.message_id)
                self.said.append(f"{self.now.astimezone(LOCAL):%d/%m %H:%M} {message.text}")

    def sleeps_until(self, text: str) -> None:
        """No process runs."""
        self.now = local(text)

    def rows(self, **wanted: object) -> list[Reminder]:
        return list(
            self.session.scalars(select(Reminder).filter_by(**wanted).order_by(Reminder.due_at))
        )


@pytest.fixture
def world(session: Session) -> World:
    """Saturday 10 October; thôn Tây and all others have no one who could be told."""
    province = builders.build_province(session)
    settings = Settings(_env_file=None)
    return World(session, settings, local("2026-10-10 09:00"), province)


@pytest.fixture
def sent(session: Session) -> Callable[..., None]:
    """A whole report of zeros, confirmed."""

    def send(unit: object, period: Period, by: object = None, at: datetime | None = None) -> None:
        builders.report(
            session, unit, "thon_thang", period, builders.zeros("thon_thang"), by=by, at=at
        )

    return send
