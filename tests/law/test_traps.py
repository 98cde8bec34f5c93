"""The mistakes that people and machines make about this law, each a test."""

import re
from datetime import date

import pytest

from qcdc_core.law import Knowledge, LawIndex, Reply, ask

TODAY = date(2026, 11, 22)


def answered(index: LawIndex, question: str) -> Reply:
    reply = ask(index, question, TODAY)
    assert reply.outcome == "answered", reply.text
    return reply


def cited(reply: Reply) -> list[str]:
    return [str(citation) for citation in reply.citations]


def test_an_offence_after_the_change_is_never_under_the_old_decree(index: LawIndex) -> None:
    """Trap 1: Decree 12/2022 for what happened, or went on, after 2026-09-10."""
    for question in (
        "tháng 10/2026 công ty không đối thoại thì phạt bao nhiêu",
        "công ty từ chối thương lượng tập thể bị phạt thế nào",
        "doanh nghiệp có bị phạt gấp đôi cá nhân không",
    ):
        assert all(not one.startswith("12/2022") for one in cited(answered(index, question)))


def test_two_thirds_at_a_conference_bind_state_enterprises_only(index: LawIndex) -> None:
    """Trap 2: Article 69 of the Law for others, or no share at all for state enterprises."""
    state = answered(index, "công ty nhà nước họp hội nghị người lao động cần bao nhiêu người dự")
    assert cited(state)[0].startswith("10/2022/QH15:69")
    assert "hai phần ba" in state.text
    other = answered(index, "công ty tư nhân họp hội nghị người lao động cần bao nhiêu người dự")
    assert cited(other)[0].startswith("145/2020/NĐ-CP:47")
    assert "không đặt tỷ lệ" in other.text


def test_dialogue_is_once_a_year_and_no_longer_every_three_months(index: LawIndex) -> None:
    """Trap 3: the rules of Decree 60/2013."""
    reply = answered(index, "công ty có phải đối thoại ba tháng một lần không")
    assert cited(reply)[0] == "45/2019/QH14:63.2"
    assert "một năm một lần" in reply.text
    assert "luật cũ" in reply.text


def test_a_small_workplace_still_owes_dialogue(index: LawIndex) -> None:
    """Trap 4: fewer than ten workers are spared the conference and the rules, not the dialogue."""
    reply = answered(index, "công ty 8 người có phải đối thoại không")
    assert "145/2020/NĐ-CP:114.4" in cited(reply)
    assert "Đối thoại thì không được miễn" in reply.text


def test_trade_unions_have_three_levels(index: LawIndex) -> None:
    """Trap 5: four levels, and unions of districts."""
    reply = answered(index, "công đoàn giờ có mấy cấp")
    assert "ba cấp" in reply.text
    assert "Không còn bốn cấp" in reply.text


_GONE = re.compile(
    r"(?:báo|gửi|hỏi|liên hệ|nộp)[^.;]*"
    r"(?:Phòng Lao động|Sở Lao động|cấp huyện|UBND huyện|Thanh tra Sở)"
)


def test_nobody_is_sent_to_an_office_that_is_gone(knowledge: Knowledge) -> None:
    """Trap 6: offices of districts and of labour; it is the commune and Sở Nội vụ now."""
    for card in knowledge.cards.values():
        if card.holds_on(TODAY) and card.next_step:
            assert not _GONE.search(card.next_step), card.id


def test_thirty_percent_are_of_the_members_of_the_dialogue(index: LawIndex) -> None:
    """Trap 7: thirty percent of all workers."""
    reply = answered(index, "cần bao nhiêu phần trăm người lao động yêu cầu đối thoại")
    assert cited(reply)[0].startswith("145/2020/NĐ-CP:40")
    assert "không phải 30% toàn bộ người lao động" in reply.text


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("bao nhiêu hộ đồng ý thì thôn được thu tiền làm đường", "hai phần ba tổng số đại diện hộ"),
        ("thông qua hương ước cần bao nhiêu hộ tán thành", "trên 50% tổng số đại diện hộ"),
        ("bầu trưởng thôn cần bao nhiêu hộ tán thành", "50%"),
    ],
)
def test_shares_in_a_village_are_of_all_its_households(
    index: LawIndex, question: str, share: str
) -> None:
    """Trap 8: the wrong share, or a share of those present."""
    reply = answered(index, question)
    assert share in reply.text
    assert "tổng số" in reply.text


def test_the_least_membership_for_bargaining_is_not_invented(index: LawIndex) -> None:
    """Trap 9: no decree that names the share was found."""
    question = "cần bao nhiêu phần trăm đoàn viên thì được yêu cầu thương lượng tập thể"
    reply = answered(index, question)
    assert cited(reply)[0].startswith("45/2019/QH14:68")
    assert "chưa xác nhận" in reply.text
    assert "%" not in reply.text


def test_the_people_s_inspectorate_of_a_commune_stands_with_a_caution(index: LawIndex) -> None:
    """Trap 10: abolished, or the wording of 2022 as if nothing had changed."""
    reply = answered(index, "ban thanh tra nhân dân xã có bị bỏ không")
    assert "10/2022/QH15:36" in cited(reply)
    assert "Không có căn cứ" in reply.text
    assert reply.parts[0].cautions


def test_a_hundred_workers_matter_in_state_enterprises_only(index: LawIndex) -> None:
    """Trap 11: the mark between a full and a delegates' conference."""
    state = answered(
        index, "doanh nghiệp nhà nước trên 100 lao động thì hội nghị toàn thể hay đại biểu"
    )
    assert cited(state)[0].startswith("10/2022/QH15:69")
    other = answered(
        index, "công ty trên 100 lao động thì hội nghị người lao động toàn thể hay đại biểu"
    )
    assert cited(other)[0].startswith("145/2020/NĐ-CP:47")
    assert "không đặt mốc" in other.text


def test_the_new_decree_on_fines_holds_from_the_tenth_of_september(index: LawIndex) -> None:
    """Trap 12: 2026-07-01 and 2027-01-01 are told elsewhere."""
    reply = answered(index, "nghị định 283 có hiệu lực từ ngày nào")
    assert "có hiệu lực từ 10/9/2026" in reply.text
    assert cited(reply)[0].startswith("283/2026/NĐ-CP:66")


def test_a_draft_is_not_law(index: LawIndex) -> None:
    """Trap 13: proposals to change the Labour Code or Decree 145."""
    reply = answered(index, "dự thảo sửa bộ luật lao động quy định đối thoại thế nào")
    assert "chưa phải luật" in reply.text
