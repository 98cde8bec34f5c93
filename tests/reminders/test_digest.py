"""The officer of a commune and the standing office are told who is missing, and nobody else is."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.reminders.rules import Rule, set_rule
from qcdc_core.reminders.tables import Reminder
from qcdc_core.users import User
from tests.builders import report, sender, user, zeros
from tests.reminders.conftest import OCTOBER, World, local

Sent = Callable[..., None]


@pytest.fixture
def officer(world: World) -> User:
    """The officer of xã Sơn Lang, who also has a chat."""
    person, _chat = sender(world.session, world.province.commune, title="Công chức")
    return user(world.session, "hoa", "officer", world.province.commune, person=person)


@pytest.fixture
def office(world: World) -> User:
    """The standing office of the province, which has no chat."""
    return user(world.session, "tinh", "office", world.province.province)


def told(world: World, who: User) -> list[Reminder]:
    return world.rows(user_id=who.id)


def text_of(world: World, row: Reminder) -> str:
    return world.session.get_one(OutboundMessage, row.message_id).text


def test_the_officer_gets_a_digest_of_who_is_missing(world: World, officer: User) -> None:
    """The day after the due day is a Saturday: on Monday, with that commune's villages only."""
    world.until("2026-10-19 09:00")
    [row] = [one for one in told(world, officer) if one.state == "sent"]
    assert row.due_at == local("2026-10-19 08:00")
    text = text_of(world, row)
    assert "Quá hạn 16/10/2026 đã 3 ngày: 2 đơn vị chưa có phiếu tháng 10/2026" in text
    assert "thôn Đông, thôn Tây" in text
    assert "Kon Brung" not in text
    assert {one["unit"] for one in row.detail} == {"MH-SL", "MH-SL-D", "MH-SL-T"}


def test_the_digest_leaves_out_who_sent_it_all(world: World, officer: User, sent: Sent) -> None:
    """Everybody: then there is no digest."""
    sent(world.province.village, OCTOBER)
    world.until("2026-10-19 07:30")
    report(
        world.session, world.province.commune, "xa_thang", OCTOBER, zeros("xa_thang"),
        at=local("2026-10-17 08:00"),
    )  # fmt: skip
    world.until("2026-10-19 09:00")
    [row] = told(world, officer)
    assert "1 đơn vị chưa có phiếu tháng 10/2026: thôn Tây." in text_of(world, row)


def test_no_digest_when_all_is_there(world: World, officer: User, sent: Sent) -> None:
    """The row says why."""
    for unit in (world.province.village, world.province.second_village):
        sent(unit, OCTOBER)
    report(
        world.session, world.province.commune, "xa_thang", OCTOBER, zeros("xa_thang"),
        at=local("2026-10-14 08:00"),
    )  # fmt: skip
    world.until("2026-10-20 09:00")
    [row] = told(world, officer)
    assert (row.state, row.why) == ("dropped", "nothing_owed")


def test_an_officer_without_a_chat_sees_it_on_the_pages(world: World, office: User) -> None:
    """Five days after the due day, for the whole province."""
    world.until("2026-10-21 09:00")
    row = told(world, office)[-1]
    assert (row.state, row.message_id) == ("shown", None)
    assert "MH-DR-1" in {one["unit"] for one in row.detail}
    assert world.session.scalars(select(OutboundMessage)).all() == []


def test_an_officer_who_was_switched_off_gets_none(world: World, officer: User) -> None:
    """Nor is one planned for them any more."""
    world.until("2026-10-16 09:00")
    officer.active = False
    world.session.flush()
    assert [one for one in world.until("2026-10-19 09:00") if "đơn vị chưa có" in one] == []
    assert told(world, officer) == []


def test_the_days_of_the_digest_can_be_changed(world: World, officer: User, office: User) -> None:
    """On the due day itself, at three in the afternoon."""
    set_rule(world.session, Rule("thon_thang", "officer", 0, 15), office, world.now)
    world.until("2026-10-16 16:00")
    [row] = [one for one in told(world, officer) if one.state == "sent"]
    assert row.due_at == local("2026-10-16 15:00")
    assert {one["form"] for one in row.detail} == {"thon_thang"}


def test_who_is_still_missing_goes_up_from_the_officer_to_the_office(
    world: World, officer: User, office: User
) -> None:
    """One day late the commune's officer is told, five days late the office above."""
    user(world.session, "rin", "officer", world.province.other_commune)
    world.until("2026-10-20 09:00")
    assert [row.state for row in told(world, officer)] == ["sent"]
    assert [row.state for row in told(world, office) if row.state != "planned"] == []
    world.until("2026-10-21 09:00")
    [row] = [one for one in told(world, office) if one.state == "shown"]
    assert row.due_at == local("2026-10-21 08:00")
    assert {one["unit"] for one in row.detail} >= {"MH-SL-D", "MH-DR-1"}


def test_the_office_hears_of_units_without_an_officer_when_the_officer_would_have(
    world: World, officer: User, office: User
) -> None:
    """Xã Đak Rong has none; what Sơn Lang owes is still its own officer's matter."""
    world.until("2026-10-19 09:00")
    [row] = [one for one in told(world, office) if one.state == "shown"]
    codes = {one["unit"] for one in row.detail}
    assert "MH-DR-1" in codes
    assert not any(code.startswith("MH-SL") for code in codes)


def test_the_days_until_it_goes_up_can_be_changed(
    world: World, officer: User, office: User
) -> None:
    """Three days late instead of five; switched off it goes up no more."""
    user(world.session, "rin", "officer", world.province.other_commune)
    for rule in (Rule("thon_thang", "office", 3, 10), Rule("xa_thang", "office", 3, 10)):
        set_rule(world.session, rule, office, world.now)
    for code in ("thon_thang", "xa_thang"):
        set_rule(world.session, Rule(code, "office", 5, 8, is_on=False), office, world.now)
    world.until("2026-10-22 09:00")
    assert [row.due_at for row in told(world, office)] == [local("2026-10-19 10:00")]
