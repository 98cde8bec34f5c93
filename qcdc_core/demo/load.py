"""Filling an empty database with the demo province."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.all_tables import metadata
from qcdc_core.audit import record
from qcdc_core.clock import local_day, midnight
from qcdc_core.demo.filings import all_filings, quarters
from qcdc_core.demo.letters import write_letters
from qcdc_core.demo.places import (
    ACTOR,
    SignIn,
    make_chats,
    make_places,
    make_senders,
    make_users,
)
from qcdc_core.demo.stories import OFFICE
from qcdc_core.demo.write import Known, write
from qcdc_core.errors import Refusal
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.forms.holidays import days_off, shipped
from qcdc_core.forms.tables import Holiday
from qcdc_core.leader.tables import Lease, PeriodicJob
from qcdc_core.rows import insert_rows
from qcdc_core.users.tables import User

LOADED = "demo.loaded"
# Bộ luật Lao động 2019, Điều 112: those whose day is the same every year by the solar calendar, for
# years before the shipped days.
FIXED_HOLIDAYS = {
    (1, 1): "Tết Dương lịch",
    (4, 30): "Ngày Chiến thắng",
    (5, 1): "Ngày Quốc tế lao động",
    (9, 2): "Quốc khánh",
}


@dataclass(frozen=True)
class Loaded:
    """Counts for the one who loaded, and the sign-ins, whose passwords are stored nowhere."""

    units: int
    reports: int
    sign_ins: tuple[SignIn, ...]


def is_empty(session: Session) -> bool:
    """Whether nobody entered anything; that a process runs here is nothing entered."""
    running = {Lease.__tablename__, PeriodicJob.__tablename__}
    return all(
        session.execute(select(1).select_from(table).limit(1)).first() is None
        for table in metadata.sorted_tables
        if table.name not in running
    )


def load(session: Session, calendar: ReportingCalendar, now: datetime) -> Loaded:
    """Fill an empty database with what would have come in up to now.

    Figures, names and times are the same for the same day; passwords are not. ``calendar``: the
    installation's, without its stored parts. Raises Refusal not_empty.
    """
    if not is_empty(session):
        raise Refusal("not_empty")
    calendar = _with_holidays(session, calendar, now)
    first_day = calendar.window(quarters(calendar, now)[0]).first
    joined = midnight(first_day) + timedelta(days=2, hours=9)
    places = make_places(session, first_day)
    reporting = list(places.values())
    senders = make_senders(session, reporting, joined, local_day(now))
    chats = make_chats(session, senders, joined)
    users, sign_ins = make_users(session, places, senders, now)
    filings = all_filings(reporting, senders, calendar, now)
    write(session, filings, Known(senders, chats, users, calendar))
    write_letters(session, senders, session.get_one(User, users[OFFICE]), calendar, now)
    record(session, now, ACTOR, LOADED, "MH", units=len(places), reports=len(filings))
    return Loaded(len(places), len(filings), tuple(sign_ins))


def _with_holidays(
    session: Session, calendar: ReportingCalendar, now: datetime
) -> ReportingCalendar:
    known = {one.day.year for one in shipped().days}
    years = set(range(local_day(now).year - 3, local_day(now).year + 2)) - known
    rows = [
        {"day": date(year, *day), "name": name, "is_off": True}
        for year in sorted(years)
        for day, name in FIXED_HOLIDAYS.items()
    ]
    insert_rows(session, Holiday, rows)
    days = days_off(session)
    return ReportingCalendar(
        calendar.preset,
        holidays=frozenset(one.day for one in days if not one.is_worked),
        worked=frozenset(one.day for one in days if one.is_worked),
        begins=calendar.begins,
    )
