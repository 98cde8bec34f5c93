"""Today, the list of reports, one report and the progress grid show what is there."""

import re

from qcdc_core.periods import Period
from qcdc_core.units.tables import Unit
from tests import builders
from tests.admin.site import Site, Visitor

BIG_NUMBER = re.compile(r'class="big figures">([^<]+)<')


def numbers(visitor: Visitor) -> list[str]:
    return BIG_NUMBER.findall(visitor.get("/").text)


def units_listed(page: str) -> list[str]:
    return re.findall(r'<th scope="row">\s*<a href="/phieu/\d+">([^<]+)</a>', page)


def test_today_counts_what_waits_for_this_user_only(
    site: Site, hoa: Visitor, tinh: Visitor
) -> None:
    """Sơn Lang: two wait, one is odd; its own commune's report, nothing else, is missing."""
    assert numbers(hoa)[:2] == ["2", "1"]
    assert numbers(tinh)[:2] == ["3", "1"]


def test_today_tells_the_deadline_with_the_days_left(hoa: Visitor) -> None:
    """November is due on Tuesday the 17th, tomorrow."""
    page = hoa.get("/").text
    assert "17/11/2026" in page
    assert "còn 1 ngày" in page


def test_odd_reports_stand_first_with_their_findings_as_words(site: Site, hoa: Visitor) -> None:
    """And clean ones can be ticked."""
    page = hoa.get("/phieu").text
    assert units_listed(page) == ["Thôn Đông", "Thôn Tây"]
    assert "còn 1 vụ" in page.lower() or "1 vụ" in page
    boxes = re.findall(r'name="report" value="(\d+)"', page)
    assert boxes == [str(site.ids["clean"])]


def test_filters_narrow_the_list_and_nonsense_is_ignored(hoa: Visitor, tinh: Visitor) -> None:
    """An address that means nothing shows everything, never an error."""
    listed = {
        query: units_listed(tinh.get(f"/phieu?{query}").text)
        for query in ("van-de=1", "xa=MH-DR", "trang-thai=accepted", "ky=2026-10", "bieu=xa_thang")
    }
    assert listed == {
        "van-de=1": ["Thôn Đông"],
        "xa=MH-DR": ["Làng Kon Brung"],
        "trang-thai=accepted": [],
        "ky=2026-10": [],
        "bieu=xa_thang": [],
    }
    nonsense = tinh.get("/phieu?ky=x&bieu=x&trang-thai=x&endpoint=x&_external=1")
    assert len(units_listed(nonsense.text)) == 3
    assert units_listed(hoa.get("/phieu?xa=MH-DR").text) == []


def test_choosing_all_clean_reports_works_without_a_script(site: Site, hoa: Visitor) -> None:
    """The same page, ticked."""
    page = hoa.get("/phieu?chon=het").text
    assert re.findall(r'value="(\d+)" checked', page) == [str(site.ids["clean"])]


def test_a_figure_leads_to_the_very_words_it_came_from(site: Site, hoa: Visitor) -> None:
    """The link's target stands before the marked words; nothing else is marked."""
    page = hoa.get(f"/phieu/{site.ids['odd']}").text
    target = re.search(r'<a class="source" href="#chu-(\d+)"[^>]*>5</a>', page)
    assert target is not None
    assert re.search(
        rf'<span id="chu-{target[1]}" class="place"></span><mark[^>]*>5 vụ</mark>', page
    )
    assert re.findall(r"<mark data-values[^>]*>([^<]+)</mark>", page) == [
        "1 cuộc",
        "30 người",
        "5 vụ",
    ]


def test_messages_are_shown_as_text_whatever_they_hold(site: Site, hoa: Visitor) -> None:
    """Somebody will send markup."""
    with site.sessions.begin() as session:
        unit = session.get_one(Unit, site.ids["village"])
        evil = builders.report(
            session,
            unit,
            "thon_thang",
            Period.month(2026, 10),
            builders.zeros("thon_thang"),
            text="<script>alert(1)</script> họp 0",
            quotes={"hop_thon": "0"},
        ).id
    page = hoa.get(f"/phieu/{evil}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_past_stands_beside_the_present(site: Site, hoa: Visitor) -> None:
    """Last period, the same a year before, and a line drawn from them; a gap is not a zero."""
    with site.sessions.begin() as session:
        unit = session.get_one(Unit, site.ids["village"])
        for month, value in ((10, 77), (8, 66)):
            values = builders.zeros("thon_thang", hop_thon_luot=value, hop_thon=1)
            builders.report(session, unit, "thon_thang", Period.month(2026, month), values)
        last_year = builders.zeros("thon_thang", hop_thon_luot=88, hop_thon=1)
        builders.report(session, unit, "thon_thang", Period.month(2025, 11), last_year)
    page = hoa.get(f"/phieu/{site.ids['odd']}").text
    row = page.split('id="muc-hop_thon_luot"')[1].split("</tbody>")[0]
    assert ">77<" in row.replace("\n", "").replace(" ", "")
    assert ">88<" in row.replace("\n", "").replace(" ", "")
    assert row.count("<polyline") == 2


def test_progress_shows_states_as_words_and_only_the_own_commune(
    site: Site, hoa: Visitor, tinh: Visitor
) -> None:
    """Each sent report is a link to its page; what is missing says so."""
    page = hoa.get("/tien-do").text
    assert f'href="/phieu/{site.ids["clean"]}"' in page
    assert "thiếu" in page
    assert "Kon Brung" not in page
    assert "Kon Brung" in tinh.get("/tien-do").text
    assert "Kon Brung" not in tinh.get("/tien-do?xa=MH-SL").text
