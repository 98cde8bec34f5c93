"""What the office sees: who owes and why, who was told where and how it ended, what is next."""

from decimal import Decimal

import pytest

from qcdc_core.forms import form
from qcdc_core.messages import moving
from qcdc_core.messages.inbox import conversation_at
from qcdc_core.messages.tables import Conversation, OutboundMessage
from qcdc_core.people import consent
from qcdc_core.people.tables import Person
from qcdc_core.reminders import pauses, situation, snooze
from qcdc_core.reminders.duties import Term
from qcdc_core.reminders.escalation import steps
from qcdc_core.reminders.overview import Line, lines
from qcdc_core.reports.draft import Source, open_draft, save_draft
from qcdc_core.reports.notices import ask_back
from qcdc_core.reports.owed import calendar_of
from qcdc_core.units.tree import tree_on
from tests.builders import report, sender, user, zeros
from tests.reminders.conftest import OCTOBER, World, local


@pytest.fixture
def head(world: World) -> tuple[Person, Conversation]:
    return sender(world.session, world.province.village)


def term(world: World) -> Term:
    at = situation(world.session, world.settings, world.now)
    [found] = [one for one in at.terms if one.period == OCTOBER and one.form.code == "thon_thang"]
    return found


def seen(world: World) -> dict[str, Line]:
    tree = tree_on(world.session, world.now.date())
    units = [unit for unit in tree.below(world.province.commune.id) if unit.kind == "thon"]
    calendar = calendar_of(world.session, world.settings)
    found = lines(world.session, term(world), units, calendar, world.now)
    return {line.owed.unit.code: line for line in found}


def test_each_reason_is_told_apart(world: World, head: tuple[Person, Conversation]) -> None:
    """Not begun, being typed, lacking figures, sent back; done is not listed."""
    session, village = world.session, world.province.village
    assert {code: line.why for code, line in seen(world).items()} == {
        "MH-SL-D": "not_begun",
        "MH-SL-T": "not_begun",
    }
    draft = open_draft(session, head[0].id, village.id, form("thon_thang"), OCTOBER)
    draft.settle("hop_thon", Decimal(2), Source(None))
    save_draft(session, draft, world.now)
    assert seen(world)["MH-SL-D"].why == "draft"
    values = zeros("thon_thang")
    del values["giam_sat"]
    sent = report(session, village, "thon_thang", OCTOBER, values, by=head, at=world.now)
    assert seen(world)["MH-SL-D"].why == "gaps"
    officer = user(session, "hoa", "officer", world.province.commune)
    ask_back(session, sent.id, officer, {"hop_thon": "Kiểm tra giúp"}, world.now)
    assert seen(world)["MH-SL-D"].why == "returned"
    report(
        session, world.province.second_village, "thon_thang", OCTOBER, zeros("thon_thang"),
        at=world.now,
    )  # fmt: skip
    assert "MH-SL-T" not in seen(world)


def test_what_is_planned_and_what_went_out_is_seen(
    world: World, head: tuple[Person, Conversation]
) -> None:
    """With channel and outcome, the latest first."""
    world.until("2026-10-12 12:00")
    line = seen(world)["MH-SL-D"]
    assert line.holders[0].next_at == local("2026-10-13 08:00")
    assert line.past == ()
    world.until("2026-10-16 09:00")
    line = seen(world)["MH-SL-D"]
    assert [one.at for one in line.past] == [local("2026-10-16 08:00"), local("2026-10-13 08:00")]
    assert {(one.channel, one.outcome, one.origin) for one in line.past} == {
        ("web", "waiting", "rule")
    }
    assert seen(world)["MH-SL-T"].holders == ()


def test_a_reminder_that_moved_is_told_where_it_ended(
    world: World, head: tuple[Person, Conversation]
) -> None:
    """Zalo refused it, the web chat has it."""
    zalo = conversation_at(world.session, "zalo-bot", "default", "z", world.now)
    zalo.person_id = head[0].id
    world.session.flush()
    world.until("2026-10-13 09:00")
    [row] = world.rows(state="sent")
    message = world.session.get_one(OutboundMessage, row.message_id)
    message.state = "refused"
    zalo.unreachable_since = world.now
    copy = moving.move(world.session, message, world.now)
    assert copy is not None
    copy.state = "sent"
    world.session.flush()
    [past] = seen(world)["MH-SL-D"].past
    assert (past.channel, past.outcome) == ("web", "sent")


def test_who_cannot_be_told_is_seen_with_the_reason(
    world: World, head: tuple[Person, Conversation]
) -> None:
    """No channel, own wish, no consent; and the office's own pause."""
    person, chat = head
    chat.unreachable_since = world.now
    world.session.flush()
    assert seen(world)["MH-SL-D"].holders[0].held == "no_channel"
    chat.unreachable_since = None
    pauses.ask_not(world.session, person.id, [OCTOBER], world.now)
    assert seen(world)["MH-SL-D"].holders[0].held == "asked_not"
    pauses.go_on(world.session, person.id, world.now)
    officer = user(world.session, "hoa", "officer", world.province.commune)
    unit = seen(world)["MH-SL-D"].owed.unit
    pauses.pause(world.session, unit, OCTOBER, None, officer, world.now)
    line = seen(world)["MH-SL-D"]
    assert line.holders[0].held is None
    assert line.pause is not None
    assert not line.can_be_told
    notice = consent.Notice("thử", "Lưu để nhắc hạn.")
    consent.give(world.session, person.id, [consent.REPORTING], notice, world.now, None)
    assert seen(world)["MH-SL-D"].holders[0].held == "no_consent"


def test_a_wish_is_seen_with_its_hour(world: World, head: tuple[Person, Conversation]) -> None:
    """And is what comes next."""
    calendar = calendar_of(world.session, world.settings)
    snooze(world.session, head[0].id, local("2026-10-15 09:00"), calendar, world.now)
    holder = seen(world)["MH-SL-D"].holders[0]
    assert holder.wish_at == holder.next_at == local("2026-10-15 09:00")


def test_how_far_it_went_up_is_counted(world: World, head: tuple[Person, Conversation]) -> None:
    """Both rungs with their moments; the officer without a chat is shown it."""
    user(world.session, "hoa", "officer", world.province.commune)
    user(world.session, "rin", "officer", world.province.other_commune)
    user(world.session, "tinh", "office", world.province.province)
    every = {unit.id for unit in tree_on(world.session, world.now.date()).nodes.values()}
    world.until("2026-10-19 09:00")
    officer, office = steps(world.session, term(world), every)
    assert (officer.moment, officer.sent, officer.shown) == (local("2026-10-19 08:00"), 0, 2)
    assert (office.moment, office.shown) == (local("2026-10-21 08:00"), 0)
    below = {world.province.commune.id}
    assert steps(world.session, term(world), below)[0].shown == 1
