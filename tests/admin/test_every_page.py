"""What holds for every page: it opens, it is one document with one heading, it is guarded."""

import re

import pytest

from tests.admin.site import Site, Visitor

PAGES = (
    "/",
    "/phieu",
    "/phieu?trang-thai=tat-ca&ky=2026-11&bieu=thon_thang&xa=MH-SL&van-de=1",
    "/tien-do",
    "/tien-do?bieu=doanh_nghiep_quy",
    "/nhac-han",
    "/nhac-han?phieu=thon_thang.2026-11&xa=MH-SL",
    "/nhac-han/lich",
    "/bao-cao",
    "/cau-hoi",
    "/chua-hieu",
    "/don-vi",
    "/don-vi/MH-SL",
    "/don-vi/MH-SL-D",
    "/lich",
    "/du-lieu-ca-nhan?tim=dong",
    "/du-lieu-ca-nhan/nguoi-khac",
    "/nguoi-dung",
    "/nhat-ky?kiem-tra=1",
    "/tai-khoan",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_with_one_heading_and_no_script_or_style_inside(
    quan: Visitor, path: str
) -> None:
    """Landmarks for readers of the page, and nothing that the content policy would stop."""
    answer = quan.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert '<main class="wrap" id="noi-dung"' in answer.text
    assert not re.search(r"<script(?![^>]+src=)|<style|\sstyle=|\son\w+=", answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_sign_in_and_back(site: Site, path: str) -> None:
    """Nothing is shown, and the page that was wanted opens afterwards."""
    stranger = site.stranger()
    answer = stranger.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/dang-nhap")
    after = stranger.sign_in("quan", address=answer.location.removeprefix("/dang-nhap"))
    assert after.location == path


def test_every_answer_carries_the_security_headers(quan: Visitor) -> None:
    """Own files only, no frames, no guessing of types; pages are not kept by caches."""
    for path in ("/", "/khong-co", "/dang-nhap"):
        headers = quan.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"


def test_a_post_without_its_token_is_refused_and_changes_nothing(site: Site, hoa: Visitor) -> None:
    """CSRF: on every form, the sign-out included."""
    seen = hoa.seen(site.ids["clean"])
    for path in (f"/phieu/{site.ids['clean']}/nhan", "/phieu/nhan", "/dang-xuat"):
        hoa.token = "không phải"
        assert hoa.post(path, seen=seen).status_code == 400
    assert hoa.get("/").status_code == 200
    assert "Chờ duyệt" in hoa.get(f"/phieu/{site.ids['clean']}").text


@pytest.mark.parametrize(
    "path", ["/nguoi-dung", "/nguoi-dung/1/mat-khau", "/don-vi/MH-SL-D/moi", "/lich/chot-som"]
)
def test_what_belongs_to_the_admin_is_closed_to_officers(hoa: Visitor, path: str) -> None:
    """Users, invitations and early closings."""
    assert hoa.post(path).status_code == 403


def test_the_audit_is_closed_to_officers(hoa: Visitor, tinh: Visitor) -> None:
    """It speaks of the whole province."""
    assert hoa.get("/nhat-ky").status_code == 403
    assert tinh.get("/nhat-ky").status_code == 200


def test_numbers_and_signs_that_no_database_takes_are_turned_away(hoa: Visitor) -> None:
    """Not found or refused, never a failure."""
    for path in ("/phieu/99999999999999999999", "/phieu/0", "/don-vi/%00"):
        assert hoa.get(path).status_code in (400, 404)
    assert hoa.get("/phieu?xa=%00").status_code == 400
    assert hoa.post("/phieu/nhan", report=["99999999999", "x", "-1", "²"]).status_code == 303
    assert hoa.post("/tai-khoan/mat-khau", current="a\x00b").status_code == 400


def test_a_failure_shows_a_sentence_and_no_detail(
    hoa: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page does not ask the database, which may be what failed."""

    def fail() -> None:
        raise RuntimeError("bí mật")

    monkeypatch.setattr("admin.lines.pending", fail)
    answer = hoa.get("/")
    assert answer.status_code == 500
    assert "số liệu đã có vẫn nguyên" in answer.text
    assert "bí mật" not in answer.text
    assert "Y Hoa" not in answer.text


def test_own_and_shared_files_are_served_to_anybody_and_may_be_kept(site: Site) -> None:
    """The sign-in page needs them; their address changes with their content."""
    stranger = site.stranger()
    page = stranger.get("/dang-nhap").text
    found = [
        path.replace("&amp;", "&") for path in re.findall(r'(?:href|src)="(/[^"]+\?v=[^"]+)"', page)
    ]
    assert len(found) >= 5
    for path in found:
        with stranger.client.get(path) as answer:
            assert answer.status_code == 200


def test_bootstrap_travels_compressed(site: Site) -> None:
    """232 kB would be the heaviest part of the first page by far."""
    wanted = "/bootstrap/static/css/bootstrap.min.css"
    with site.stranger().client.get(wanted, headers={"Accept-Encoding": "gzip"}) as sheet:
        assert sheet.headers["Content-Encoding"] == "gzip"
        assert len(sheet.data) < 40_000
