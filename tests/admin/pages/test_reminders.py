"""Nhắc hạn: who owes and why, reminding by hand, holding back, the rules; each within the scope."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.wording import refusal
from qcdc_core.audit.tables import AuditEntry
from qcdc_core.errors import Refusal
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.people import consent
from qcdc_core.people.tables import Person, Post
from qcdc_core.reminders.rules import rules
from qcdc_core.reminders.tables import Reminder, ReminderPause
from qcdc_core.reports.tables import Report
from qcdc_core.units.tables import Unit
from qcdc_core.users import find_user
from tests.admin.site import NOW, Site, Visitor
from tests.builders import user

TERM = "thon_thang.2026-11"
VILLAGE = {"phieu": TERM, "unit": "MH-SL-T"}


@pytest.fixture
def owing(site: Site) -> int:
    """Thôn Tây sent nothing for November; its head has a chat. The id of that person."""
    with site.sessions.begin() as session:
        _forget_report(session, "MH-SL-T")
        village = _unit(session, "MH-SL-T").id
        return session.scalars(select(Post.person_id).where(Post.unit_id == village)).one()


def _forget_report(session: Session, code: str) -> None:
    report = session.scalars(select(Report).where(Report.unit_id == _unit(session, code).id)).one()
    for one in (*report.events, *report.values):
        session.delete(one)
    session.flush()
    session.delete(report)


def _unit(session: Session, code: str) -> Unit:
    return session.scalars(select(Unit).where(Unit.code == code)).one()


@contextmanager
def rows(site: Site) -> Iterator[list[Reminder]]:
    with site.sessions() as session:
        yield list(session.scalars(select(Reminder).order_by(Reminder.id)))


def actions(site: Site) -> list[str]:
    with site.sessions() as session:
        return list(session.scalars(select(AuditEntry.action)))


def test_an_officer_sees_who_owes_and_why_of_the_own_commune(hoa: Visitor, owing: int) -> None:
    """The other commune's villages and people do not stand there."""
    page = hoa.get(f"/nhac-han?phieu={TERM}").text
    assert 'id="MH-SL-T"' in page
    assert "chưa bắt đầu" in page
    assert "chưa nhắc lần nào" in page
    assert "Kon Brung" not in page
    assert "Đak Rong" not in page


def test_the_first_list_is_the_one_that_is_reminded_of_now(hoa: Visitor, owing: int) -> None:
    """November, whose due day is tomorrow."""
    page = hoa.get("/nhac-han").text
    assert f'name="phieu" value="{TERM}"' in page


def test_a_reminder_by_hand_goes_out_and_is_seen(site: Site, hoa: Visitor, owing: int) -> None:
    """Into the person's chat; in the list with channel and outcome, in the audit with its name."""
    hoa.get("/nhac-han")
    assert hoa.post("/nhac-han/nhac", **VILLAGE).status_code == 303
    with site.sessions() as session:
        sent = session.scalars(select(Reminder)).one()
        message = session.get_one(OutboundMessage, sent.message_id)
        assert "thôn Tây chưa có phiếu tháng 11/2026" in message.text
    page = hoa.get(f"/nhac-han?phieu={TERM}").text
    assert "để sẵn, chưa mở xem" in page
    assert "cán bộ nhắc" in page
    assert actions(site).count("reminder.by_hand") == 1


def test_a_second_reminder_on_a_day_is_asked_about(site: Site, hoa: Visitor, owing: int) -> None:
    """Refused with a button that says it all the same."""
    hoa.get("/nhac-han")
    hoa.post("/nhac-han/nhac", **VILLAGE)
    again = hoa.post("/nhac-han/nhac", **VILLAGE)
    assert again.status_code == 409
    assert 'name="again" value="1"' in again.text
    assert hoa.post("/nhac-han/nhac", **VILLAGE, again="1").status_code == 303
    with rows(site) as found:
        assert [row.state for row in found] == ["sent", "sent"]


def test_a_village_without_a_holder_is_refused_in_words(hoa: Visitor, owing: int) -> None:
    """With what to do instead."""
    hoa.get("/nhac-han")
    answer = hoa.post("/nhac-han/nhac", phieu=TERM, unit="MH-SL-D")
    assert answer.status_code == 409  # thôn Đông has sent everything
    answer = hoa.post("/nhac-han/nhac", phieu="xa_thang.2026-11", unit="MH-SL")
    assert answer.status_code == 409
    assert "Đơn vị, đầu mối" in answer.text


def test_all_are_queued_once(site: Site, tinh: Visitor, owing: int) -> None:
    """The second press finds nobody left."""
    tinh.get("/nhac-han")
    for _ in range(2):
        assert tinh.post("/nhac-han/nhac-het", phieu=TERM).status_code == 303
    with rows(site) as found:
        assert [(row.person_id, row.state, row.origin) for row in found] == [
            (owing, "planned", "office")
        ]


def test_all_of_another_commune_are_not_reached_by_an_officer(site: Site, owing: int) -> None:
    """Nor one unit of it: for them it does not exist."""
    rin = site.signed_in("rin")
    rin.get("/nhac-han")
    rin.post("/nhac-han/nhac-het", phieu=TERM, xa="MH-SL")
    for what in ("nhac", "dung", "tiep"):
        assert rin.post(f"/nhac-han/{what}", **VILLAGE).status_code == 404
    with rows(site) as found:
        assert found == []


def test_a_unit_is_held_back_and_taken_up_again(site: Site, hoa: Visitor, owing: int) -> None:
    """The list says until when; while it lasts there is no button to remind."""
    hoa.get("/nhac-han")
    assert hoa.post("/nhac-han/dung", **VILLAGE, until="2026-11-18").status_code == 303
    page = hoa.get(f"/nhac-han?phieu={TERM}").text
    assert "Đang tạm dừng nhắc đến hết 18/11/2026" in page
    assert "Nhắc ngay<" not in page
    assert hoa.post("/nhac-han/tiep", **VILLAGE).status_code == 303
    assert hoa.post("/nhac-han/tiep", **VILLAGE).status_code == 409
    with site.sessions() as session:
        assert session.scalars(select(ReminderPause)).one().lifted_at is not None
    assert {"reminder.paused", "reminder.resumed"} <= set(actions(site))


@pytest.mark.parametrize("until", ["2026-11-15", "mai"])
def test_a_day_that_cannot_be_is_refused(site: Site, hoa: Visitor, owing: int, until: str) -> None:
    """Past, or none."""
    hoa.get("/nhac-han")
    assert hoa.post("/nhac-han/dung", **VILLAGE, until=until).status_code == 409
    with site.sessions() as session:
        assert session.scalars(select(ReminderPause)).all() == []


def test_who_does_not_want_to_be_reminded_is_seen(site: Site, hoa: Visitor, owing: int) -> None:
    """The officer knows to ring up."""
    notice = consent.Notice("thử", "Lưu để nhắc hạn.")
    with site.sessions.begin() as session:
        consent.give(session, owing, [consent.REPORTING], notice, NOW, None)
        session.get_one(Person, owing).name = "Hồ Tâm"
    page = hoa.get(f"/nhac-han?phieu={TERM}").text
    assert "(Hồ Tâm)" in page
    assert "không đồng ý nhận nhắc hạn" in page


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/nhac-han/nhac", {"phieu": "khong.2026-11", "unit": "MH-SL-T"}),
        ("/nhac-han/nhac", {"phieu": TERM, "unit": "KHONG"}),
        ("/nhac-han/nhac", {"phieu": TERM, "unit": "MH-SL"}),
        ("/nhac-han/nhac-het", {"phieu": "thon_thang.2020-01"}),
    ],
)
def test_what_does_not_exist_is_not_found(hoa: Visitor, path: str, data: dict[str, str]) -> None:
    """No such form, period or unit, or a unit that owes another form."""
    hoa.get("/nhac-han")
    assert hoa.post(path, **data).status_code == 404


def test_how_it_goes_up_is_seen(site: Site, tinh: Visitor, hoa: Visitor, owing: int) -> None:
    """Both rungs; the office also reads which communes have no officer."""
    with site.sessions.begin() as session:
        user(session, "dong", "officer", _unit(session, "MH-SL-D"))
    page = tinh.get(f"/nhac-han?phieu={TERM}").text
    assert "sẽ báo" in page
    assert "Chưa có cán bộ dùng trang này" not in page
    with site.sessions.begin() as session:
        _switch_off(session, "rin")
    assert "Chưa có cán bộ dùng trang này: xã Đak Rong" in tinh.get(f"/nhac-han?phieu={TERM}").text
    assert "Đak Rong" not in hoa.get(f"/nhac-han?phieu={TERM}").text


def _switch_off(session: Session, login: str) -> None:
    found = find_user(session, login)
    assert found is not None
    found.active = False


# --- The rules -----------------------------------------------------------------------------------


RULE = {"form": "thon_thang", "audience": "officer", "days": "1"}


def rule(site: Site, key: tuple[str, str, int]) -> tuple[int, bool, bool] | None:
    with site.sessions() as session:
        known = {one.key: (one.hour, one.is_on, one.is_own) for one in rules(session)}
    return known.get(key)


def test_the_office_moves_a_rule_and_puts_it_back(site: Site, tinh: Visitor) -> None:
    """Both in the audit."""
    key = ("thon_thang", "officer", 1)
    tinh.get("/nhac-han/lich")
    assert tinh.post("/nhac-han/lich", **RULE, hour="15", on="1").status_code == 303
    assert rule(site, key) == (15, True, True)
    assert tinh.post("/nhac-han/lich", **RULE, hour="15").status_code == 303
    assert rule(site, key) == (15, False, True)
    assert tinh.post("/nhac-han/lich/bo", **RULE, hour="15").status_code == 303
    assert rule(site, key) == (8, True, False)
    assert actions(site).count("reminder.rule") == 2
    assert actions(site).count("reminder.rule_forgotten") == 1


def test_a_rule_is_added_before_the_due_day(site: Site, tinh: Visitor) -> None:
    """Ten days before, at nine."""
    tinh.get("/nhac-han/lich")
    typed = {"form": "doanh_nghiep_quy", "audience": "person", "days": "10", "side": "truoc"}
    assert tinh.post("/nhac-han/lich", **typed, hour="9", on="1").status_code == 303
    assert rule(site, ("doanh_nghiep_quy", "person", -10)) == (9, True, True)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"days": "21"}, "rule_days"),
        ({"days": "mai"}, "rule_days"),
        ({"days": "²"}, "rule_days"),
        ({"hour": "20"}, "rule_hour"),
        ({"hour": "6"}, "rule_hour"),
        ({"hour": ""}, "rule_hour"),
        ({"form": "khong"}, "unknown_rule"),
        ({"audience": "moi_nguoi"}, "unknown_rule"),
    ],
)
def test_a_rule_out_of_bounds_is_refused_in_words(
    site: Site, tinh: Visitor, changed: dict[str, str], code: str
) -> None:
    """The sentence names the bounds; nothing is changed."""
    tinh.get("/nhac-han/lich")
    answer = tinh.post("/nhac-han/lich", **({**RULE, "hour": "8", "on": "1"} | changed))
    assert answer.status_code == 409
    fields = {"earliest": 20, "latest": 20, "first": 7, "last": 19}
    assert refusal(Refusal(code, **fields)) in answer.text
    with site.sessions() as session:
        assert not any(one.is_own for one in rules(session))


def test_taking_back_what_was_never_changed_is_refused(tinh: Visitor) -> None:
    """The page was old."""
    tinh.get("/nhac-han/lich")
    assert tinh.post("/nhac-han/lich/bo", **RULE, hour="8").status_code == 409


def test_an_officer_reads_the_rules_and_changes_none(site: Site, hoa: Visitor) -> None:
    """They are the whole province's."""
    page = hoa.get("/nhac-han/lich").text
    assert "3 ngày trước hạn" in page
    assert "<select" not in page
    for path in ("/nhac-han/lich", "/nhac-han/lich/bo"):
        assert hoa.post(path, **RULE, hour="9").status_code == 403
    assert rule(site, ("thon_thang", "officer", 1)) == (8, True, False)
