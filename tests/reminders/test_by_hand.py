"""Reminding by hand: at once within the hours, not twice a day unless that is said."""

import pytest
from sqlalchemy import func, select

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.errors import Refusal
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.people import consent
from qcdc_core.people.tables import Person, Post
from qcdc_core.reminders import pauses, situation
from qcdc_core.reminders.by_hand import remind, remind_all
from qcdc_core.reminders.duties import Duty
from qcdc_core.reminders.tables import Reminder
from qcdc_core.units.tables import Unit
from qcdc_core.units.tree import tree_on
from qcdc_core.users import User
from tests.builders import SINCE, report, sender, user, zeros
from tests.reminders.conftest import OCTOBER, World, local


@pytest.fixture
def head(world: World) -> Person:
    return sender(world.session, world.province.village)[0]


@pytest.fixture
def hoa(world: World) -> User:
    return user(world.session, "hoa", "officer", world.province.commune)


@pytest.fixture
def monday(world: World) -> World:
    """12 October 2026, 10:00: reminding of October has not begun."""
    world.sleeps_until("2026-10-12 10:00")
    return world


def duty(world: World, unit: Unit) -> Duty:
    at = situation(world.session, world.settings, world.now)
    node = tree_on(world.session, at.today).node(unit.id)
    [term] = [one for one in at.terms if one.period == OCTOBER and one.form.code == "thon_thang"]
    return Duty(node, term)


def press(world: World, unit: Unit, by: User, *, again: bool = False) -> tuple[Reminder, ...]:
    at = situation(world.session, world.settings, world.now)
    return remind(world.session, duty(world, unit), at, by, again=again)


def messages(world: World) -> int:
    return world.session.scalar(select(func.count()).select_from(OutboundMessage)) or 0


def code_of(world: World, unit: Unit, by: User) -> str:
    with pytest.raises(Refusal) as refused:
        press(world, unit, by)
    return refused.value.code


def test_the_holder_is_told_at_once(monday: World, head: Person, hoa: User) -> None:
    """Of that report, before the rules would; the audit says who pressed."""
    [row] = press(monday, monday.province.village, hoa)
    assert (row.state, row.person_id, row.made_by) == ("sent", head.id, hoa.id)
    message = monday.session.get_one(OutboundMessage, row.message_id)
    assert "thôn Đông chưa có phiếu tháng 10/2026" in message.text
    assert not message.repeatable
    entry = monday.session.query(AuditEntry).one()
    assert (entry.action, entry.subject) == (
        "reminder.by_hand",
        "MH-SL-D thon_thang 2026-10",
    )


def test_a_second_time_on_a_day_must_be_said(monday: World, head: Person, hoa: User) -> None:
    """Also when the first one was the rule's."""
    press(monday, monday.province.village, hoa)
    assert code_of(monday, monday.province.village, hoa) == "told_today"
    press(monday, monday.province.village, hoa, again=True)
    assert messages(monday) == 2
    monday.until("2026-10-13 09:00")
    assert code_of(monday, monday.province.village, hoa) == "told_today"
    assert messages(monday) == 3


def test_the_rule_of_the_day_stays_silent_after_a_hand(
    monday: World, head: Person, hoa: User
) -> None:
    """Pressed at 07:30, due at 08:00: one message."""
    monday.sleeps_until("2026-10-13 07:30")
    press(monday, monday.province.village, hoa)
    monday.until("2026-10-13 09:00")
    assert messages(monday) == 1


def test_in_the_evening_it_waits_for_the_morning(monday: World, head: Person, hoa: User) -> None:
    """And a second press in the same evening is one too many."""
    monday.sleeps_until("2026-10-12 20:30")
    [row] = press(monday, monday.province.village, hoa)
    assert (row.state, row.due_at) == ("planned", local("2026-10-13 07:00"))
    assert code_of(monday, monday.province.village, hoa) == "told_today"
    assert len(monday.until("2026-10-13 12:00")) == 1


def test_on_a_day_off_it_waits_for_the_next_working_day(
    monday: World, head: Person, hoa: User
) -> None:
    """A Saturday's press goes out on Monday, even with the rule of that Monday."""
    monday.sleeps_until("2026-10-17 10:00")
    [row] = press(monday, monday.province.village, hoa)
    assert row.due_at == local("2026-10-19 10:00")
    monday.sleeps_until("2026-10-19 09:59")
    assert len(monday.until("2026-10-19 12:00")) == 1


def test_nobody_is_told_of_what_came_in_meanwhile(monday: World, head: Person, hoa: User) -> None:
    """Neither at once nor in the morning."""
    village = monday.province.village
    monday.sleeps_until("2026-10-12 20:30")
    press(monday, village, hoa)
    report(monday.session, village, "thon_thang", OCTOBER, zeros("thon_thang"), at=monday.now)
    assert monday.until("2026-10-13 12:00") == []
    assert code_of(monday, village, hoa) == "not_owed"


def test_a_unit_without_a_holder_cannot_be_told(monday: World, hoa: User) -> None:
    """Nor one whose holder took the consent back."""
    village = monday.province.village
    assert code_of(monday, village, hoa) == "nobody_to_remind"
    person, _chat = sender(monday.session, village)
    notice = consent.Notice("thử", "Lưu để nhắc hạn.")
    consent.give(monday.session, person.id, consent.PURPOSES, notice, monday.now, None)
    consent.withdraw(monday.session, person.id, [consent.REMINDING], monday.now)
    assert code_of(monday, village, hoa) == "nobody_to_remind"
    assert messages(monday) == 0


def test_who_asked_for_no_more_is_not_told_by_hand_either(
    monday: World, head: Person, hoa: User
) -> None:
    """The row says so: the officer rings up instead."""
    pauses.ask_not(monday.session, head.id, [OCTOBER], monday.now)
    [row] = press(monday, monday.province.village, hoa)
    assert (row.state, row.why, row.message_id) == ("held", "asked_not", None)


def test_all_at_once_is_one_message_a_person(monday: World, head: Person, hoa: User) -> None:
    """Two villages of one head; who was told today is left out; the ticker hands it over."""
    province = monday.province
    monday.session.add(
        Post(
            person_id=head.id, unit_id=province.second_village.id, title="Trưởng thôn",
            valid_from=SINCE,
        )
    )  # fmt: skip
    monday.session.flush()
    duties = [duty(monday, unit) for unit in (province.village, province.second_village)]
    at = situation(monday.session, monday.settings, monday.now)
    assert remind_all(monday.session, duties, at, hoa) == 1
    assert remind_all(monday.session, duties, at, hoa) == 0
    assert messages(monday) == 0
    [said] = monday.until("2026-10-12 11:00")
    assert "còn 2 phiếu chưa xong" in said
