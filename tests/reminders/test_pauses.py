"""Who is not reminded: by the office for a unit's period, by a withdrawn consent."""

from collections.abc import Callable

import pytest

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.errors import Refusal
from qcdc_core.messages.inbox import conversation_at
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.people import consent
from qcdc_core.people.tables import Person, Post
from qcdc_core.reminders.pauses import pause, resume
from qcdc_core.reminders.snooze import snooze
from qcdc_core.reports.owed import calendar_of
from qcdc_core.units.tree import Node, tree_on
from qcdc_core.users import User
from tests.builders import SINCE, report, sender, user, zeros
from tests.reminders.conftest import OCTOBER, SEPTEMBER, World, local

Agree = Callable[[], None]
NOTICE = consent.Notice("thử", "Lưu để nhắc hạn.")


@pytest.fixture
def head(world: World) -> Person:
    """The head of thôn Đông, who sent September."""
    found = sender(world.session, world.province.village)
    report(
        world.session, world.province.village, "thon_thang", SEPTEMBER, zeros("thon_thang"),
        by=found,
    )  # fmt: skip
    return found[0]


@pytest.fixture
def hoa(world: World) -> User:
    return user(world.session, "hoa", "officer", world.province.commune)


def village(world: World) -> Node:
    return tree_on(world.session, world.now.date()).node(world.province.village.id)


def agree(world: World, person: Person) -> None:
    consent.give(world.session, person.id, consent.PURPOSES, NOTICE, world.now, None)


# --- Held back by the office ---------------------------------------------------------------------


def test_a_unit_whose_period_is_held_back_is_not_reminded(
    world: World, head: Person, hoa: User
) -> None:
    """Until it is lifted; the row says why nothing went out, the audit who did it."""
    pause(world.session, village(world), OCTOBER, None, hoa, world.now)
    assert world.until("2026-10-14 09:00") == []
    [row] = world.rows(state="held")
    assert (row.why, row.detail[0]["unit"]) == ("paused", "MH-SL-D")
    resume(world.session, village(world), OCTOBER, hoa, world.now)
    assert len(world.until("2026-10-16 09:00")) == 1
    actions = [(one.action, one.subject) for one in world.session.query(AuditEntry)]
    assert actions == [
        ("reminder.paused", "MH-SL-D 2026-10"),
        ("reminder.resumed", "MH-SL-D 2026-10"),
    ]


def test_a_pause_with_a_last_day_ends_by_itself(world: World, head: Person, hoa: User) -> None:
    """That day is still within it."""
    last = local("2026-10-13 12:00").date()
    pause(world.session, village(world), OCTOBER, last, hoa, world.now)
    assert [one[:5] for one in world.until("2026-10-16 09:00")] == ["16/10"]


def test_the_other_units_of_the_same_person_are_still_named(
    world: World, head: Person, hoa: User
) -> None:
    """One message, without the unit that is held back."""
    other = world.province.second_village
    world.session.add(
        Post(person_id=head.id, unit_id=other.id, title="Trưởng thôn", valid_from=SINCE)
    )
    pause(world.session, village(world), OCTOBER, None, hoa, world.now)
    [said] = world.until("2026-10-14 09:00")
    assert "thôn Tây" in said
    assert "thôn Đông" not in said


def test_what_cannot_be_is_refused(world: World, hoa: User) -> None:
    """A last day that is past; lifting what is not held back."""
    with pytest.raises(Refusal) as refused:
        pause(
            world.session, village(world), OCTOBER, local("2026-10-09 12:00").date(), hoa, world.now
        )
    assert refused.value.code == "pause_past"
    with pytest.raises(Refusal) as refused:
        resume(world.session, village(world), OCTOBER, hoa, world.now)
    assert refused.value.code == "not_paused"


# --- Consent -------------------------------------------------------------------------------------


def test_who_takes_back_the_consent_to_reminders_gets_none(world: World, head: Person) -> None:
    """Also what was planned before; the consent to reporting alone does not do."""
    agree(world, head)
    world.until("2026-10-13 07:30")
    assert world.rows(state="planned", person_id=head.id) != []
    consent.withdraw(world.session, head.id, [consent.REMINDING], world.now)
    assert world.until("2026-10-26 09:00") == []
    assert world.rows(state="planned", person_id=head.id) == []


def test_a_wish_to_be_reminded_falls_with_the_consent(world: World, head: Person) -> None:
    """The consent is asked again at the moment of sending."""
    agree(world, head)
    calendar = calendar_of(world.session, world.settings)
    assert snooze(world.session, head.id, local("2026-10-15 09:00"), calendar, world.now)
    consent.withdraw(world.session, head.id, [consent.REMINDING], world.now)
    assert world.until("2026-10-15 10:00") == []
    [row] = world.rows(origin="wish")
    assert row.state == "dropped"


def test_who_agrees_again_is_reminded_again(world: World, head: Person) -> None:
    """From the next moment of the rules on."""
    agree(world, head)
    consent.withdraw(world.session, head.id, [consent.REMINDING], world.now)
    world.until("2026-10-14 09:00")
    agree(world, head)
    assert [one[:5] for one in world.until("2026-10-16 09:00")] == ["16/10"]


def test_a_second_holder_who_agrees_is_still_reminded(world: World, head: Person) -> None:
    """A consent is a person's, not a unit's."""
    agree(world, head)
    consent.withdraw(world.session, head.id, [consent.REMINDING], world.now)
    deputy, chat = sender(world.session, world.province.village, title="Phó trưởng thôn")
    [_said] = world.until("2026-10-14 09:00")
    [row] = world.rows(state="sent")
    assert row.person_id == deputy.id
    assert world.session.get_one(OutboundMessage, row.message_id).conversation_id == chat.id


# --- The other channel ---------------------------------------------------------------------------


def test_a_telephone_that_rings_comes_before_a_page_that_must_be_opened(
    world: World, head: Person
) -> None:
    """Zalo before the web chat; back to the web chat when Zalo's is blocked."""
    zalo = conversation_at(world.session, "zalo-bot", "default", "z", world.now)
    zalo.person_id = head.id
    world.session.flush()
    world.until("2026-10-13 09:00")
    zalo.unreachable_since = world.now
    world.until("2026-10-16 09:00")
    rows = world.rows(state="sent")
    chats = [world.session.get_one(OutboundMessage, row.message_id).conversation_id for row in rows]
    assert chats[0] == zalo.id
    assert chats[1] != zalo.id
