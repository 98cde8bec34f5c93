"""Signing in and out, limits, and sessions that end with the password."""

import unicodedata

from qcdc_core.users import add_user, find_user, set_active, set_password
from tests.admin.site import NOW, Site, Visitor
from tests.builders import PASSWORD


def test_the_right_password_opens_a_session_and_is_in_the_audit(site: Site, tinh: Visitor) -> None:
    """And signing out closes it."""
    assert "Đăng nhập" in tinh.get("/nhat-ky?tim=tinh").text
    assert tinh.post("/dang-xuat").status_code == 303
    assert tinh.get("/phieu").status_code == 303


def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(site: Site) -> None:
    """Nobody learns which logins exist."""
    wrong = site.stranger().sign_in("hoa", "sai mật khẩu rồi")
    unknown = site.stranger().sign_in("ai-do", "sai mật khẩu rồi")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.split("<form method")[0] == unknown.text.split("<form method")[0]


def test_ten_failures_stop_further_tries_for_that_login_only(site: Site) -> None:
    """Even the right password waits; another login from the same office does not."""
    stranger = site.stranger()
    for _ in range(10):
        assert stranger.sign_in("hoa", "sai mật khẩu rồi").status_code == 401
    stopped = stranger.post("/dang-nhap", login="HOA ", password=PASSWORD)
    assert stopped.status_code == 429
    assert "15 phút" in stopped.text
    assert site.stranger().sign_in("rin").status_code == 303


def test_signing_in_rightly_is_never_counted(site: Site) -> None:
    """An office signs in all day from one address."""
    for _ in range(35):
        assert site.stranger().sign_in("hoa").status_code == 303


def test_a_password_opens_in_either_form_of_its_letters(site: Site) -> None:
    """One phone sends ậ as one sign, another as three."""
    decomposed = unicodedata.normalize("NFD", PASSWORD)
    assert decomposed != PASSWORD
    assert site.stranger().sign_in("hoa", decomposed).status_code == 303


def test_after_signing_in_nobody_is_led_to_a_foreign_address(site: Site) -> None:
    """The address to return to is our own, or none."""
    for foreign in ("https://example.org/", "//example.org", "/\\example.org", "javascript:x"):
        answer = site.stranger().sign_in("hoa", address=f"?next={foreign}")
        assert answer.location == "/"


def test_a_new_password_ends_the_sessions_of_the_old_one(site: Site, hoa: Visitor) -> None:
    """Whoever had the old password is out at once."""
    with site.sessions.begin() as session:
        user = find_user(session, "hoa")
        assert user is not None
        set_password(session, user, "mật khẩu hoàn toàn mới", NOW, actor="quan")
    assert hoa.get("/").status_code == 303


def test_a_user_who_was_switched_off_is_out_at_once(site: Site, hoa: Visitor) -> None:
    """And cannot sign in again."""
    with site.sessions.begin() as session:
        user = find_user(session, "hoa")
        assert user is not None
        set_active(session, user, NOW, active=False, actor="quan")
    assert hoa.get("/").status_code == 303
    assert site.stranger().sign_in("hoa").status_code == 401


def test_one_changes_the_own_password_and_stays_signed_in(site: Site, hoa: Visitor) -> None:
    """Other sessions of the same user end."""
    elsewhere = site.signed_in("hoa")
    new = "câu mới dễ nhớ"
    typed = {"new": new, "again": new}
    assert hoa.post("/tai-khoan/mat-khau", current="sai", **typed).status_code == 401
    differing = typed | {"again": "khác"}
    assert hoa.post("/tai-khoan/mat-khau", current=PASSWORD, **differing).status_code == 409
    assert hoa.post("/tai-khoan/mat-khau", current=PASSWORD, **typed).status_code == 303
    assert hoa.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 303
    assert site.stranger().sign_in("hoa", new).status_code == 303


def test_guessing_the_own_password_is_limited_too(hoa: Visitor) -> None:
    """A borrowed session is no place to try passwords."""
    typed = {"current": "sai", "new": "mật khẩu mới 1", "again": "mật khẩu mới 1"}
    codes = [hoa.post("/tai-khoan/mat-khau", **typed).status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]


def test_a_user_made_in_the_program_can_sign_in(site: Site) -> None:
    """The whole way with the real hash."""
    with site.sessions.begin() as session:
        unit = find_user(session, "hoa")
        assert unit is not None
        add_user(session, "moi", "Mới", PASSWORD, "officer", unit.unit_id, NOW, actor="quan")
    assert site.stranger().sign_in("Moi").status_code == 303
