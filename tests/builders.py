"""Units, people, reports and users for tests: a test names only what matters to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import count

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from qcdc_core.forms import form
from qcdc_core.forms.calendar import ReportingCalendar, presets
from qcdc_core.messages.inbox import conversation_at, mark_done, receive
from qcdc_core.messages.tables import Conversation
from qcdc_core.people.tables import Person, Post
from qcdc_core.periods import Period
from qcdc_core.reports.draft import DraftReport, Source
from qcdc_core.reports.record import confirm
from qcdc_core.reports.tables import Report
from qcdc_core.units import add_unit
from qcdc_core.units.tables import Unit
from qcdc_core.users.tables import User

CALENDAR = ReportingCalendar(presets()["nd09"])
SINCE = date(2024, 1, 1)
PASSWORD = "mật khẩu dài để thử"
_numbers = count(1)


@dataclass(frozen=True)
class Province:
    """Two communes, so that a query which forgets its filter is seen."""

    province: Unit
    commune: Unit
    village: Unit
    second_village: Unit
    other_commune: Unit
    other_village: Unit
    agency: Unit
    enterprise: Unit


def build_province(session: Session) -> Province:
    """Tỉnh Minh Họa (MH): xã Sơn Lang with two villages, xã Đak Rong with one, and two others."""

    def unit(code: str, kind: str, name: str, parent: Unit | None) -> Unit:
        return add_unit(session, code, kind, name, parent.id if parent else None, valid_from=SINCE)

    province = unit("MH", "tinh", "Minh Họa", None)
    commune = unit("MH-SL", "xa", "Sơn Lang", province)
    other = unit("MH-DR", "xa", "Đak Rong", province)
    return Province(
        province=province,
        commune=commune,
        village=unit("MH-SL-D", "thon", "Đông", commune),
        second_village=unit("MH-SL-T", "thon", "Tây", commune),
        other_commune=other,
        other_village=unit("MH-DR-1", "lang", "Kon Brung", other),
        agency=unit("MH-SNV", "co_quan", "Sở Nội vụ", province),
        enterprise=unit("MH-DN-01", "doanh_nghiep", "Công ty Dệt Minh Họa", province),
    )


def sender(
    session: Session, unit: Unit, *, name: str | None = None, title: str = "Trưởng thôn"
) -> tuple[Person, Conversation]:
    """Somebody with a post in the unit and a web chat."""
    joined = datetime(2025, 1, 1, tzinfo=UTC)
    person = Person(name=name, joined_at=joined)
    session.add(person)
    session.flush()
    session.add(Post(person_id=person.id, unit_id=unit.id, title=title, valid_from=SINCE))
    chat = conversation_at(session, "web", "default", f"chat-{next(_numbers)}", joined)
    chat.person_id = person.id
    session.flush()
    return person, chat


def zeros(form_code: str, **values: int | str) -> dict[str, Decimal]:
    """All figures of a form as 0, except those named."""
    return {code: Decimal(values.get(code, 0)) for code in form(form_code).codes}


def in_time(period: Period, calendar: ReportingCalendar = CALENDAR) -> datetime:
    """Midday of the period's last day."""
    last = calendar.window(period).last
    return datetime(last.year, last.month, last.day, 5, tzinfo=UTC)


def report(
    session: Session,
    unit: Unit,
    form_code: str,
    period: Period,
    values: Mapping[str, Decimal | None],
    *,
    by: tuple[Person, Conversation] | None = None,
    text: str | None = None,
    quotes: Mapping[str, str] | None = None,
    calendar: ReportingCalendar = CALENDAR,
    at: datetime | None = None,
) -> Report:
    """A confirmed report, sent on the period's last day unless ``at`` is told.

    ``quotes`` maps figure codes to the words of ``text`` they came from.
    """
    person, chat = by or sender(session, unit)
    now = at or in_time(period, calendar)
    draft = DraftReport(person.id, unit.id, form(form_code), period)
    message_id = _message(session, chat, text, now) if text else None
    for code, value in values.items():
        quoted = (quotes or {}).get(code)
        draft.settle(code, value, _source(message_id, text or "", quoted))
    receipt = confirm(session, draft, calendar, now, conversation_id=chat.id)
    return receipt.report


def user(
    session: Session,
    login: str,
    role: str,
    unit: Unit,
    *,
    name: str = "Y Hoa",
    person: Person | None = None,
) -> User:
    """A user of the admin pages with ``PASSWORD``."""
    one = User(
        login=login,
        name=name,
        password_hash=_password_hash(),
        role=role,
        unit_id=unit.id,
        person_id=person.id if person else None,
        active=True,
        made_at=datetime(2025, 1, 1, tzinfo=UTC),
    )
    session.add(one)
    session.flush()
    return one


@cache
def _password_hash() -> str:
    """Hashed once in a process, and cheaply: tests do not guard secrets."""
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)


def _message(session: Session, chat: Conversation, text: str, now: datetime) -> int:
    sent = now - timedelta(minutes=2)
    message = receive(session, chat, f"message-{next(_numbers)}", text, sent)
    assert message is not None
    mark_done(message, sent)
    session.flush()
    return message.id


def _source(message_id: int | None, text: str, quoted: str | None) -> Source:
    if message_id is None or quoted is None:
        return Source(message_id)
    start = text.index(quoted)
    return Source(message_id, start, start + len(quoted))
