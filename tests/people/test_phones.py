"""Numbers are recognised, not stored."""

from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.people import invite
from qcdc_core.people.invitations import find_invitation
from qcdc_core.people.phones import invitations_with, mark, normalised, note_phone
from tests.builders import build_province

KEYS = Settings(data_key=SecretStr("một"), _env_file=None)


@pytest.mark.parametrize(
    "typed",
    [
        "0905123456",
        "0905 123 456",
        "+84905123456",
        "84905123456",
        "0084 905-123-456",
        "(0905)123456",
    ],
)
def test_one_number_in_many_spellings(typed: str) -> None:
    """As Telegram, Zalo and people write it."""
    assert normalised(typed) == "84905123456"


@pytest.mark.parametrize("typed", ["", "123", "không có", "1" * 20, "٠٩٠٥١٢٣٤٥٦"])
def test_what_is_no_number_is_none(typed: str) -> None:
    """And has no mark."""
    assert normalised(typed) is None
    assert mark(typed, KEYS) is None


def test_open_invitations_of_a_number_are_found(session: Session, now: datetime) -> None:
    """Used and expired ones are not, nor those of other numbers."""
    province = build_province(session)
    number, other = mark("0905123456", KEYS), mark("0905123457", KEYS)
    assert number is not None
    assert other is not None
    codes = [
        invite(session, province.village.id, "Trưởng thôn", now, days_valid=days)
        for days in (30, 30, 1, 30)
    ]
    for code, phone in zip(codes, (number, number, number, other), strict=True):
        note_phone(session, code, phone, now)
    find_invitation(session, codes[0], now).used_at = now
    session.flush()
    found = invitations_with(session, number, now + timedelta(days=2))
    assert [one.id for one in found] == [find_invitation(session, codes[1], now).id]
