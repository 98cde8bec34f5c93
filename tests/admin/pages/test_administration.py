"""Units with their people and invitations, the calendar, users, the audit."""

import re
from datetime import date

from sqlalchemy import select

from qcdc_core.audit import record
from qcdc_core.audit.tables import AuditEntry
from qcdc_core.forms.tables import EarlyClosing
from qcdc_core.people import find_invitation
from qcdc_core.people.tables import Invitation
from qcdc_core.units.tables import Unit
from qcdc_core.users import find_user, role_name
from tests.admin.site import NOW, Site, Visitor

CODE = re.compile(r'<p class="code figures">([^<]+)</p>')


def test_an_invitation_code_is_shown_once_and_opens_the_post(site: Site, quan: Visitor) -> None:
    """The page afterwards knows that there is one, not what it is; no cookie carries it."""
    answer = quan.post("/don-vi/MH-SL-T/moi", title="Trưởng thôn", name="Hồ Tâm")
    found = CODE.search(answer.text)
    assert found is not None
    code = found[1]
    with site.sessions.begin() as session:
        assert find_invitation(session, code, NOW).title == "Trưởng thôn"
    again = quan.get("/don-vi/MH-SL-T").text
    assert code not in again
    assert "Hồ Tâm" in again
    assert all(code not in value for value in answer.headers.getlist("Set-Cookie"))


def test_an_invitation_without_a_title_is_refused(site: Site, quan: Visitor) -> None:
    """With a sentence; nothing is made."""
    answer = quan.post("/don-vi/MH-SL-T/moi", title=" ", name="Hồ Tâm")
    assert answer.status_code == 409
    assert 'value="Hồ Tâm"' in answer.text
    with site.sessions() as session:
        assert session.scalars(select(Invitation)).all() == []


def test_units_of_others_do_not_exist_for_an_officer(hoa: Visitor) -> None:
    """The tree begins at the own commune."""
    assert "Kon Brung" not in hoa.get("/don-vi").text
    for code in ("MH", "MH-DR", "MH-DR-1", "KHONG-CO"):
        assert hoa.get(f"/don-vi/{code}").status_code == 404
    assert hoa.get("/don-vi/MH-SL-D").status_code == 200


def test_a_year_is_closed_early_and_opened_again(site: Site, quan: Visitor) -> None:
    """The calendar shows the cut; both are in the audit."""
    answer = quan.post("/lich/chot-som", period="2026", day="2026-11-30")
    assert answer.status_code == 303
    assert "30/11/2026" in quan.get("/lich").text
    with site.sessions() as session:
        closing = session.scalars(select(EarlyClosing)).one()
        assert closing.last_day == date(2026, 11, 30)
    assert quan.post("/lich/chot-som", period="2026", day="2026-11-29").status_code == 409
    assert quan.post(f"/lich/chot-som/{closing.id}/bo").status_code == 303
    with site.sessions() as session:
        assert session.scalars(select(EarlyClosing)).all() == []
        actions = session.scalars(select(AuditEntry.action)).all()
    assert {"closing.made", "closing.removed"} <= set(actions)


def test_a_closing_day_outside_its_period_is_refused(quan: Visitor) -> None:
    """Also the last day itself, a day that is none, and a period not offered."""
    for period, day in (
        ("2026", "2027-01-01"),
        ("2026", "2026-12-14"),
        ("2026", "mai"),
        ("2020", "2020-06-01"),
    ):
        assert quan.post("/lich/chot-som", period=period, day=day).status_code == 409


def test_a_new_user_signs_in_with_the_password_that_was_shown(site: Site, quan: Visitor) -> None:
    """Once; a login that is taken is refused and what was typed stays."""
    typed = {"login": "thao", "name": "A Thảo", "role": "officer", "unit": "MH-DR"}
    made = CODE.search(quan.post("/nguoi-dung", **typed).text)
    assert made is not None
    assert site.stranger().sign_in("thao", made[1]).status_code == 303
    again = quan.post("/nguoi-dung", **typed)
    assert again.status_code == 409
    assert 'value="A Thảo"' in again.text


def test_a_password_is_reset_and_a_user_switched_off_and_on(site: Site, quan: Visitor) -> None:
    """An admin cannot switch the own account off."""
    with site.sessions() as session:
        hoa, own = find_user(session, "hoa"), find_user(session, "quan")
    assert hoa is not None
    assert own is not None
    shown = CODE.search(quan.post(f"/nguoi-dung/{hoa.id}/mat-khau").text)
    assert shown is not None
    assert site.stranger().sign_in("hoa", shown[1]).status_code == 303
    assert quan.post(f"/nguoi-dung/{hoa.id}/ngung").status_code == 303
    assert site.stranger().sign_in("hoa", shown[1]).status_code == 401
    assert quan.post(f"/nguoi-dung/{hoa.id}/dung").status_code == 303
    assert site.stranger().sign_in("hoa", shown[1]).status_code == 303
    assert quan.post(f"/nguoi-dung/{own.id}/ngung").status_code == 409


def test_the_audit_speaks_in_words(site: Site, tinh: Visitor) -> None:
    """Roles, units and figures by name; a day as people write it."""
    with site.sessions.begin() as session:
        unit = session.scalars(select(Unit).where(Unit.code == "MH-SL")).one()
        record(session, NOW, "quan", "user.added", "moi", role="officer", unit=unit.id)
        record(session, NOW, "quan", "closing.made", "2026-10", last_day="2026-11-10")
        record(session, NOW, "quan", "word.learned", "hg", figure="hoa_giai_thanh")
    page = tinh.get("/nhat-ky").text
    for words in (role_name("officer"), "xã Sơn Lang", "10/11/2026"):
        assert words in page
    for code in ("officer", "2026-11-10", "hoa_giai_thanh"):
        assert f"</span> {code}" not in page


def test_the_audit_says_whether_its_chain_is_whole(site: Site, tinh: Visitor) -> None:
    """An entry that was changed behind the program's back is found."""
    tinh.act(site.ids["clean"], "nhan")
    assert "Chuỗi nguyên vẹn" in tinh.get("/nhat-ky?kiem-tra=1").text
    with site.sessions.begin() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).first()
        assert entry is not None
        entry.actor = "nguoi-khac"
    assert "Chuỗi bị đứt" in tinh.get("/nhat-ky?kiem-tra=1").text
