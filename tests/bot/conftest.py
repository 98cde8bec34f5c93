"""Sơn Lang's tree, and people who have joined."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.people import invite
from qcdc_core.units import add_unit
from tests.bot.chat import Chat

SINCE = date(2026, 1, 1)


@pytest.fixture
def settings() -> Settings:
    return Settings(_env_file=None)


@pytest.fixture
def units(session: Session) -> dict[str, int]:
    """Ids by code: a province, a commune, two villages, an agency and an enterprise."""
    found = {}
    for code, kind, name, parent in (
        ("MH", "tinh", "Minh Họa", None),
        ("MH-SL", "xa", "Sơn Lang", "MH"),
        ("MH-SL-D", "thon", "Đông", "MH-SL"),
        ("MH-SL-T", "thon", "Tây", "MH-SL"),
        ("MH-TN", "co_quan", "Phòng Tư pháp", "MH"),
        ("MH-DN1", "doanh_nghiep", "Công ty May Kon Brung", "MH-SL"),
    ):
        parent_id = found[parent] if parent else None
        found[code] = add_unit(session, code, kind, name, parent_id, valid_from=SINCE).id
    return found


@pytest.fixture
def visitor(session: Session, units: dict[str, int], now: datetime, settings: Settings) -> Chat:
    return Chat(session, now, settings, "visitor")


@pytest.fixture
def village(session: Session, units: dict[str, int], now: datetime, settings: Settings) -> Chat:
    """The head of thôn Đông, who has joined."""
    return joined(session, units["MH-SL-D"], "Trưởng thôn", now, settings)


@pytest.fixture
def enterprise(session: Session, units: dict[str, int], now: datetime, settings: Settings) -> Chat:
    return joined(session, units["MH-DN1"], "Chủ tịch công đoàn", now, settings)


@pytest.fixture
def commune(session: Session, units: dict[str, int], now: datetime, settings: Settings) -> Chat:
    return joined(session, units["MH-SL"], "Công chức tư pháp", now, settings)


def joined(session: Session, unit_id: int, title: str, now: datetime, settings: Settings) -> Chat:
    chat = Chat(session, now, settings, f"{title} {unit_id}")
    chat.says(invite(session, unit_id, title, now))
    chat.presses("Đồng ý")
    return chat
