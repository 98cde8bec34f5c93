"""Letters about personal data, so that the register of the demo is not empty."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from qcdc_core.demo.model import Sender
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.personal.requests import ANSWER_WORKING_DAYS, receive
from qcdc_core.users.tables import User

# Kind, days ago that it came, days it took (None: still open).
_LETTERS = (("copy", 26, 4), ("correct", 9, None), ("erase", 1, None))


def write_letters(
    session: Session,
    senders: Mapping[str, Sender],
    user: User,
    calendar: ReportingCalendar,
    now: datetime,
) -> None:
    """One carried out, one in hand, one new; nothing of anybody's data changes by them."""
    for number, (kind, ago, took) in enumerate(_LETTERS):
        came = now - timedelta(days=ago)
        person = list(senders.values())[5 * number + 1]
        made = receive(session, kind, person.person_id, user, calendar, came, now)
        if ago > ANSWER_WORKING_DAYS:
            made.answered_at = came + timedelta(days=1)
        if took is not None:
            made.done_at, made.done_by = came + timedelta(days=took), user.id
            made.outcome = "Giao tận tay."
    session.flush()
