"""A talk with nobody, in memory, so that the first person of the day does not wait.

What is read or compiled once in a process (words, forms, the law's index, tables) takes one to
three seconds together; taking real turns finds all of it, also what is added later. Whatever
is read within a turn is read with the write lock held, so the ticker's process does this too.
"""

import gc

from sqlalchemy.orm import Session, sessionmaker

from bot import reminding
from bot.worker import work_off
from qcdc_core import all_tables, clock, db
from qcdc_core.clock import local_day
from qcdc_core.config import Settings
from qcdc_core.law import warm_up
from qcdc_core.messages import inbox
from qcdc_core.people import invite
from qcdc_core.units import add_unit

_SAID = (
    "đồng ý",
    "họp 1 cuộc 30 người, hòa giải 2 vụ thành 1 không thành 1, góp 12tr5",
    "các mục còn lại không có",
    "gửi",
    "sửa góp 13tr",
    "gửi",
    "công ty không tổ chức hội nghị người lao động thì bị phạt bao nhiêu",
)


def rehearse(settings: Settings) -> None:
    """Nothing of it reaches the installation's database."""
    warm_up()
    engine = db.make_engine("sqlite://")
    all_tables.metadata.create_all(engine)
    sessions = db.writing(engine)
    for number, text in enumerate((_invited(sessions), *_SAID)):
        _hear(sessions, settings, number, text)
    reminding.plan_reminders(sessions, clock.now(), settings)
    engine.dispose()
    _keep_what_was_loaded()


def _keep_what_was_loaded() -> None:
    """What stays for good is not searched for garbage again.

    Each full search of it stopped every thread for 140 to 180 ms, four times a minute at 50
    messages a second.
    """
    gc.collect()
    gc.freeze()


def _invited(sessions: sessionmaker[Session]) -> str:
    now = clock.now()
    with sessions.begin() as session:
        unit = add_unit(session, "THU", "thon", "Thử", None, valid_from=local_day(now))
        return invite(session, unit.id, "Trưởng thôn", now)


def _hear(sessions: sessionmaker[Session], settings: Settings, number: int, text: str) -> None:
    with sessions.begin() as session:
        chat = inbox.conversation_at(session, "web", "rehearsal", "nobody", clock.now())
        inbox.receive(session, chat, str(number), text, clock.now())
    work_off(sessions, clock.now, settings)
