"""Who still owes is told before the due day, on it and after it; nobody else, and once."""

from collections.abc import Callable
from datetime import date

import pytest

from qcdc_core.forms import form
from qcdc_core.forms.holidays import enter_day
from qcdc_core.messages.inbox import conversation_at
from qcdc_core.messages.tables import Conversation, OutboundMessage
from qcdc_core.people.tables import Person, Post
from qcdc_core.reminders.rules import Rule, set_rule
from qcdc_core.reports.draft import Source, open_draft, save_draft
from qcdc_core.reports.notices import ask_back
from qcdc_core.reports.record import find_report
from tests import builders
from tests.builders import SINCE, sender, user, zeros
from tests.reminders.conftest import OCTOBER, SEPTEMBER, World, local

Sent = Callable[..., None]
Head = tuple[Person, Conversation]


@pytest.fixture
def head(world: World) -> Head:
    """The head of thôn Đông, who sent September."""
    found = sender(world.session, world.province.village)
    builders.report(
        world.session,
        world.province.village,
        "thon_thang",
        SEPTEMBER,
        zeros("thon_thang"),
        by=found,
    )
    return found


def test_a_village_head_who_owes_gets_one_message_at_eight_three_days_before(
    world: World, head: Head
) -> None:
    """With the days left, the unit, the period, and what to do now."""
    [said] = world.until("2026-10-15 23:00")
    assert said.startswith("13/10 08:00 Còn 3 ngày đến hạn 16/10/2026: thôn Đông chưa có phiếu")
    assert said.splitlines()[-1].startswith("Nhắn số liệu vào đây")


def test_on_the_day_and_after_it_again_and_then_no_more(world: World, head: Head) -> None:
    """Two days after is a Sunday: the message comes on Monday, and counts the days anew."""
    said = world.until("2026-11-10 23:00")
    october = [one for one in said if "tháng 10/2026" in one]
    assert [one[:12].strip() for one in october] == ["13/10 08:00", "16/10 08:00", "19/10 08:00"]
    assert "Hôm nay là hạn 16/10/2026" in october[1]
    assert "Quá hạn 16/10/2026 đã 3 ngày" in october[2]
    assert "Vẫn nhận đến hết 26/10/2026" in october[2]


def test_who_has_confirmed_gets_none(world: World, head: Head, sent: Sent) -> None:
    """Not even one that stood in the plan already."""
    world.until("2026-10-12 12:00")
    assert len(world.rows(state="planned")) >= 2
    sent(world.province.village, OCTOBER, head, local("2026-10-12 20:00"))
    assert world.until("2026-10-20 23:00") == []
    assert world.rows(state="planned", person_id=head[0].id) == []


def test_who_confirms_between_plan_and_sending_gets_none(
    world: World, head: Head, sent: Sent
) -> None:
    """What is owed is asked again at the moment of sending."""
    world.until("2026-10-13 07:55")
    sent(world.province.village, OCTOBER, head, local("2026-10-13 07:57"))
    assert world.until("2026-10-13 09:00") == []
    [row] = world.rows(state="dropped")
    assert row.why == "nothing_owed"


def test_a_report_with_gaps_is_told_as_such(world: World, head: Head) -> None:
    """How many figures, not that the report is missing."""
    values = zeros("thon_thang")
    del values["giam_sat"], values["hien_dat"]
    builders.report(
        world.session, world.province.village, "thon_thang", OCTOBER, values, by=head,
        at=local("2026-10-12 08:00"),
    )  # fmt: skip
    [said] = world.until("2026-10-14 12:00")
    assert "thôn Đông còn thiếu 2 mục của phiếu tháng 10/2026" in said
    officer = user(world.session, "hoa", "officer", world.province.commune)
    report = find_report(world.session, world.province.village.id, form("thon_thang"), OCTOBER)
    assert report is not None
    ask_back(world.session, report.id, officer, {"hop_thon": "Kiểm tra giúp"}, world.now)
    [said] = world.until("2026-10-16 12:00")
    assert "đang chờ trả lời cán bộ hỏi lại" in said


def test_a_report_that_is_being_typed_is_told_to_be_finished(world: World, head: Head) -> None:
    """Not as if nothing had been said."""
    draft = open_draft(
        world.session, head[0].id, world.province.village.id, form("thon_thang"), OCTOBER
    )
    draft.settle("hop_thon", builders.Decimal(2), Source(None))
    save_draft(world.session, draft, world.now)
    [said] = world.until("2026-10-14 12:00")
    assert "đang nhập dở, chưa gửi" in said
    assert "“gửi”" in said


def test_three_posts_are_one_message_that_names_all(world: World, head: Head) -> None:
    """One person, one message a day, whatever the number of units and forms."""
    province, person = world.province, head[0]
    for unit in (province.second_village, province.other_village):
        world.session.add(
            Post(person_id=person.id, unit_id=unit.id, title="Trưởng thôn", valid_from=SINCE)
        )
    said = world.until("2026-10-15 23:00")
    assert len(said) == 1
    assert "còn 3 phiếu chưa xong" in said[0].splitlines()[0]
    for name in ("thôn Đông", "thôn Tây", "làng Kon Brung"):
        assert name in said[0]


def test_nobody_is_told_on_a_weekend_or_at_night(world: World, head: Head) -> None:
    """September's third day before is a Sunday: Monday at the same hour."""
    world.session.query(Person)
    office = user(world.session, "tinh", "office", world.province.province)
    set_rule(world.session, Rule("thon_thang", "person", 1, 19), office, world.now)
    said = world.until("2026-10-20 23:00", nights=True)
    hours = [one.split()[1] for one in said if "thôn Đông" in one]
    assert hours == ["08:00", "08:00", "08:00"]
    days = [one.split()[0] for one in said if "thôn Đông" in one]
    assert days == ["13/10", "16/10", "19/10"]  # 17/10 is a Saturday: one message on Monday


def test_nobody_is_told_on_a_holiday(world: World, head: Head) -> None:
    """Tết, or a day that the office entered this morning: the next working day."""
    office = user(world.session, "tinh", "office", world.province.province)
    world.until("2026-10-13 07:30")
    enter_day(world.session, date(2026, 10, 13), "Nghỉ bão", office, world.now, is_off=True)
    [said] = world.until("2026-10-15 23:00")
    assert said.startswith("14/10 08:00 Còn 2 ngày")


def test_on_tet_none(world: World, head: Head) -> None:
    """4 to 10 February 2027 and the weekend between: nothing goes out."""
    office = user(world.session, "tinh", "office", world.province.province)
    for days in range(-20, 0):
        set_rule(world.session, Rule("thon_thang", "person", days, 9), office, world.now)
    world.sleeps_until("2027-01-30 09:00")
    said = world.until("2027-02-12 23:00")
    assert {one.split()[0] for one in said} == {"01/02", "02/02", "03/02", "11/02", "12/02"}


def test_a_missed_tick_is_caught_up_the_same_day_and_not_later(world: World, head: Head) -> None:
    """At 16:40 it still helps; the next morning it would say the wrong thing."""
    world.until("2026-10-12 12:00")
    world.sleeps_until("2026-10-13 16:40")
    world.tick()
    assert [one[:11] for one in world.said] == ["13/10 16:40"]
    world.sleeps_until("2026-10-17 09:00")
    world.tick()
    assert len(world.said) == 1
    [row] = world.rows(state="dropped")
    assert (row.why, row.due_at) == ("stale", local("2026-10-16 08:00"))


def test_a_tick_late_in_the_evening_disturbs_nobody(world: World, head: Head) -> None:
    """20:00 is the end, even for what was due at 08:00."""
    world.until("2026-10-12 12:00")
    world.sleeps_until("2026-10-13 20:00")
    world.tick()
    assert world.said == []


def test_a_rule_that_is_set_is_not_applied_to_the_past(world: World, head: Head) -> None:
    """A rule for 08:00 that is made at 10:00 tells nobody today."""
    office = user(world.session, "tinh", "office", world.province.province)
    world.until("2026-10-14 10:00")
    set_rule(world.session, Rule("thon_thang", "person", -2, 8), office, world.now)
    assert world.until("2026-10-15 23:00") == []


def test_a_rule_switched_off_takes_its_reminders_out_of_the_plan(world: World, head: Head) -> None:
    """The others stay."""
    office = user(world.session, "tinh", "office", world.province.province)
    world.until("2026-10-12 12:00")
    set_rule(world.session, Rule("thon_thang", "person", -3, 8, is_on=False), office, world.now)
    assert [one[:5] for one in world.until("2026-10-16 23:00")] == ["16/10"]


def test_who_blocked_the_bot_is_told_in_the_other_chat(world: World, head: Head) -> None:
    """And without another chat the row says why nothing went out."""
    person, chat = head
    chat.unreachable_since = world.now
    world.until("2026-10-13 09:00")
    [row] = world.rows(state="refused")
    assert row.why == "unreachable"
    other = conversation_at(world.session, "telegram", "default", "4711", world.now)
    other.person_id = person.id
    world.session.flush()
    assert len(world.until("2026-10-16 09:00")) == 1
    [row] = world.rows(state="sent")
    message = world.session.get_one(OutboundMessage, row.message_id)
    assert message.conversation_id == other.id


def test_a_reminder_never_comes_twice_for_not_knowing(world: World, head: Head) -> None:
    """Whether it arrived may stay unknown; it is not repeated."""
    world.until("2026-10-13 09:00")
    [row] = world.rows(state="sent")
    assert not world.session.get_one(OutboundMessage, row.message_id).repeatable


def test_the_words_are_short_and_fit_the_channel(world: World, head: Head) -> None:
    """Where there are no buttons the words to type stand in the text."""
    person, chat = head
    world.until("2026-10-13 09:00")
    [row] = world.rows(state="sent")
    message = world.session.get_one(OutboundMessage, row.message_id)
    assert message.choices == ["Nhắc lại sáng mai"]
    assert len(message.text) <= 160
    chat.unreachable_since = world.now
    zalo = conversation_at(world.session, "zalo-bot", "default", "z", world.now)
    zalo.person_id = person.id
    world.session.flush()
    world.until("2026-10-16 09:00")
    message = world.session.get_one(OutboundMessage, world.rows(state="sent")[-1].message_id)
    assert message.choices == []
    assert "“nhắc sau”" in message.text


def test_who_joined_after_the_hour_is_not_told_at_once(world: World) -> None:
    """They have just been told the due day on joining."""
    world.until("2026-10-13 10:00")
    sender(world.session, world.province.village)
    said = world.until("2026-10-16 23:00")
    assert [one[:5] for one in said if "tháng 10" in one] == ["16/10"]
