"""What an officer does with a report, and what comes of it."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.periods import Period
from qcdc_core.reports.record import values_of
from qcdc_core.reports.tables import Report, ReportEvent
from qcdc_core.units.tables import Unit
from qcdc_core.users import find_user
from tests import builders
from tests.admin.site import Site, Visitor


def state_of(site: Site, name: str) -> str:
    with site.sessions() as session:
        return session.get_one(Report, site.ids[name]).state


def letters(site: Site) -> list[OutboundMessage]:
    with site.sessions() as session:
        return list(session.scalars(select(OutboundMessage).order_by(OutboundMessage.id)))


def test_a_report_is_accepted_and_says_by_whom(site: Site, hoa: Visitor) -> None:
    """Its figures are locked; its history names the officer."""
    answer = hoa.act(site.ids["clean"], "nhan")
    assert answer.status_code == 303
    assert state_of(site, "clean") == "accepted"
    page = hoa.get(answer.location).text
    assert "Y Hoa" in page
    assert f'action="/phieu/{site.ids["clean"]}/nhan"' not in page


def test_asking_back_returns_the_report_and_writes_to_the_same_chat(
    site: Site, hoa: Visitor
) -> None:
    """One message in the outbox, to the chat the figures came from, with answers to choose."""
    question = "Văn bản trả lời của xã mới có 2. Kiểm tra giúp."
    answer = hoa.act(site.ids["odd"], "hoi-lai", **{"ask-kien_nghi_giai_quyet": question})
    assert answer.status_code == 303
    assert state_of(site, "odd") == "returned"
    [letter] = letters(site)
    with site.sessions() as session:
        assert letter.conversation_id == session.get_one(Report, site.ids["odd"]).conversation_id
    assert question in letter.text
    assert len(letter.choices) == 2
    page = hoa.get(f"/phieu/{site.ids['odd']}").text
    assert question in page
    assert "Đang chờ người gửi" in page


def test_a_ready_sentence_asks_when_nothing_else_was_written(site: Site, hoa: Visitor) -> None:
    """What is typed goes before it."""
    hoa.act(
        site.ids["odd"],
        "hoi-lai",
        **{"ready-hop_thon": "câu có sẵn", "ready-giam_sat": "thừa", "ask-giam_sat": "tự viết"},
    )
    with site.sessions() as session:
        rows = session.scalars(select(ReportEvent).where(ReportEvent.kind == "returned"))
        assert {row.code: row.comment for row in rows} == {
            "hop_thon": "câu có sẵn",
            "giam_sat": "tự viết",
        }


def test_asking_nothing_is_refused_with_a_sentence(site: Site, hoa: Visitor) -> None:
    """The report stays as it was."""
    answer = hoa.act(site.ids["odd"], "hoi-lai")
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert state_of(site, "odd") == "sent"


def test_a_figure_is_put_right_with_a_reason_and_the_sender_is_told(
    site: Site, hoa: Visitor
) -> None:
    """The earlier value stays visible with its source; the officer may then not accept."""
    answer = hoa.act(site.ids["odd"], "sua/hoa_giai_vu", value="4", reason="Sổ hòa giải ghi 4 vụ")
    assert answer.status_code == 303
    with site.sessions() as session:
        report = session.get_one(Report, site.ids["odd"])
        assert values_of(session, report)["hoa_giai_vu"].value == Decimal(4)
        assert [row.value for row in report.values if row.code == "hoa_giai_vu"] == [5, 4]
    [letter] = letters(site)
    assert "Sổ hòa giải ghi 4 vụ" in letter.text
    page = hoa.get(f"/phieu/{site.ids['odd']}").text
    assert "1 giá trị trước" in page
    assert "5 vụ" in page
    four_eyes = hoa.post(f"/phieu/{site.ids['odd']}/nhan", seen=hoa.seen(site.ids["odd"]))
    assert four_eyes.status_code == 409
    assert state_of(site, "odd") == "sent"


def test_another_user_may_accept_what_an_officer_put_right(
    site: Site, hoa: Visitor, tinh: Visitor
) -> None:
    """Four eyes: the second pair."""
    hoa.act(site.ids["odd"], "sua/hoa_giai_vu", value="4", reason="theo sổ")
    assert tinh.act(site.ids["odd"], "nhan").status_code == 303
    assert state_of(site, "odd") == "accepted"


def test_an_officer_who_sent_the_figures_may_not_accept_them(site: Site) -> None:
    """The person behind the account counts, not only the account."""
    with site.sessions.begin() as session:
        report = session.get_one(Report, site.ids["clean"])
        user = find_user(session, "hoa")
        assert user is not None
        user.person_id = report.sender_id
    hoa = site.signed_in("hoa")
    assert hoa.act(site.ids["clean"], "nhan").status_code == 409
    assert state_of(site, "clean") == "sent"


@pytest.mark.parametrize(
    ("value", "reason"),
    [("4", ""), ("bốn", "theo sổ"), ("1.5", "theo sổ"), ("-4", "theo sổ"), ("5", "theo sổ")],
)
def test_a_correction_that_cannot_be_taken_changes_nothing_and_keeps_what_was_typed(
    site: Site, hoa: Visitor, value: str, reason: str
) -> None:
    """No reason, no number, a number with two readings, a negative one, the same one."""
    answer = hoa.act(site.ids["odd"], "sua/hoa_giai_vu", value=value, reason=reason)
    assert answer.status_code == 409
    assert f'value="{value}"' in answer.text
    assert letters(site) == []
    with site.sessions() as session:
        report = session.get_one(Report, site.ids["odd"])
        assert values_of(session, report)["hoa_giai_vu"].value == Decimal(5)


def test_what_changed_after_the_page_was_opened_is_not_accepted(
    site: Site, hoa: Visitor, tinh: Visitor
) -> None:
    """Nobody accepts what nobody read."""
    seen = tinh.seen(site.ids["odd"])
    hoa.act(site.ids["odd"], "sua/hoa_giai_vu", value="4", reason="theo sổ")
    answer = tinh.post(f"/phieu/{site.ids['odd']}/nhan", seen=seen)
    assert answer.status_code == 409
    assert state_of(site, "odd") == "sent"


@pytest.mark.parametrize("what", ["nhan", "hoi-lai", "sua/hop_thon"])
def test_a_report_of_another_commune_does_not_exist_for_an_officer(
    site: Site, hoa: Visitor, what: str
) -> None:
    """404, as for a number that was never given."""
    path = f"/phieu/{site.ids['other']}"
    assert hoa.get(path).status_code == 404
    assert hoa.post(f"{path}/{what}", seen="x").status_code == 404
    assert hoa.get("/phieu/999999").status_code == 404
    assert hoa.get("/phieu/so/MH-DR-1-2026-11").status_code == 404
    assert state_of(site, "other") == "sent"


def test_a_commune_does_not_review_itself(site: Site, hoa: Visitor, tinh: Visitor) -> None:
    """What the commune reports of itself is the province's to accept."""
    with site.sessions.begin() as session:
        user = find_user(session, "hoa")
        assert user is not None
        unit = session.get_one(Unit, user.unit_id)
        own = builders.report(
            session, unit, "xa_thang", Period.month(2026, 11), builders.zeros("xa_thang")
        ).id
    page = hoa.get(f"/phieu/{own}").text
    assert "Thường trực Ban Chỉ đạo cấp trên duyệt" in page
    with site.sessions() as session:
        seen = session.get_one(Report, own).changed_at.isoformat()
    assert hoa.post(f"/phieu/{own}/nhan", seen=seen).status_code == 409
    assert tinh.act(own, "nhan").status_code == 303


def test_many_clean_reports_are_accepted_at_once_and_one_refusal_stops_no_other(
    site: Site, tinh: Visitor
) -> None:
    """Each for itself; the refused one is named."""
    ids = [site.ids["clean"], site.ids["other"]]
    stamps = {f"seen-{ids[0]}": tinh.seen(ids[0]), f"seen-{ids[1]}": "cũ"}
    answer = tinh.post("/phieu/nhan", report=ids, back="/phieu", **stamps)
    assert answer.location == "/phieu"
    assert (state_of(site, "clean"), state_of(site, "other")) == ("accepted", "sent")
    page = tinh.get("/phieu").text
    assert "Đã nhận 1 phiếu." in page
    assert "vừa có thay đổi" in page


def test_a_sender_without_a_chat_is_named_to_the_officer(site: Site, hoa: Visitor) -> None:
    """The report is returned all the same; somebody has to call."""
    with site.sessions.begin() as session:
        report = session.get_one(Report, site.ids["odd"])
        report.conversation_id = None
        report.sender_id = None
    hoa.act(site.ids["odd"], "hoi-lai", **{"ask-hop_thon": "đúng không"})
    assert letters(site) == []
    assert "Gọi điện để báo" in hoa.get(f"/phieu/{site.ids['odd']}").text
