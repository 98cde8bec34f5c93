"""The same question on four days: what was in force then, and nothing that came later."""

from datetime import date

import pytest

from qcdc_core.law import LawIndex, ask

BEFORE_DECREES = date(2023, 8, 1)
TWO_TIERS = date(2025, 8, 1)
BEFORE_FINES = date(2026, 8, 15)
TODAY = date(2026, 11, 22)
DAYS = (BEFORE_DECREES, TWO_TIERS, BEFORE_FINES, TODAY)


def cited(index: LawIndex, question: str, day: date) -> list[str]:
    return [str(citation) for citation in ask(index, question, day).citations]


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (BEFORE_DECREES, "12/2022/NĐ-CP:15"),
        (TWO_TIERS, "12/2022/NĐ-CP:15"),
        (BEFORE_FINES, "12/2022/NĐ-CP:15"),
        (TODAY, "283/2026/NĐ-CP:21.2"),
    ],
)
def test_a_fine_is_that_of_the_decree_in_force(index: LawIndex, day: date, place: str) -> None:
    """Decree 283/2026 took the place of Decree 12/2022 on 2026-09-10."""
    found = cited(index, "công ty không tổ chức đối thoại bị phạt bao nhiêu", day)
    assert found[0] == place
    others = {"12/2022/NĐ-CP", "283/2026/NĐ-CP"} - {place.partition(":")[0]}
    assert not [one for one in found if one.partition(":")[0] in others]


@pytest.mark.parametrize(
    ("question", "document", "first_day"),
    [
        ("họp thôn phải báo trước mấy ngày", "59/2023/NĐ-CP", date(2023, 8, 15)),
        ("soạn hương ước phải niêm yết bao nhiêu ngày", "61/2023/NĐ-CP", date(2023, 8, 16)),
        ("đoàn phí công đoàn đóng bao nhiêu phần trăm", "50/2024/QH15", date(2025, 7, 1)),
        ("kinh phí công đoàn 2% nộp khi nào", "105/2026/NĐ-CP", date(2026, 5, 16)),
        ("nhiệm kỳ trưởng thôn mấy năm", "185/2026/NĐ-CP", date(2026, 5, 26)),
        ("công ty không lập quy chế dân chủ phạt bao nhiêu", "283/2026/NĐ-CP", date(2026, 9, 10)),
    ],
)
def test_a_document_is_cited_from_its_first_day_on(
    index: LawIndex, question: str, document: str, first_day: date
) -> None:
    """Asked on an earlier day, the answer is that of then or an honest "not known"."""
    for day in DAYS:
        speaks = any(one.startswith(f"{document}:") for one in cited(index, question, day))
        assert speaks == (day >= first_day), day


@pytest.mark.parametrize("day", DAYS)
def test_what_did_not_change_is_the_same_on_every_day(index: LawIndex, day: date) -> None:
    """Two thirds of all households decide what a village pays together."""
    found = cited(index, "đóng góp làm đường cần bao nhiêu hộ đồng ý", day)
    assert found[0] == "10/2022/QH15:21.1"


def test_nothing_cited_was_out_of_force_on_its_day(index: LawIndex) -> None:
    """Every card, on each of the days: the answer rests on what held then."""
    for card in index.knowledge.cards.values():
        for day in DAYS:
            for citation in ask(index, card.asks[0], day).citations:
                provision = index.knowledge.find_provision(citation, day)
                assert provision is not None, (card.id, day, str(citation))


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("tháng 8/2026 công ty không tổ chức đối thoại thì phạt bao nhiêu", "12/2022/NĐ-CP"),
        ("năm 2025 công ty không đối thoại thì bị phạt bao nhiêu", "12/2022/NĐ-CP"),
        ("tháng 10/2026 công ty không đối thoại thì phạt bao nhiêu", "283/2026/NĐ-CP"),
        (
            "từ tháng 8/2026 đến nay công ty vẫn không tổ chức đối thoại, phạt bao nhiêu",
            "283/2026/NĐ-CP",
        ),
    ],
)
def test_the_day_of_the_facts_decides(index: LawIndex, question: str, document: str) -> None:
    """What ended before the change goes by the old decree; what lasts goes by the new one."""
    assert cited(index, question, TODAY)[0].startswith(f"{document}:")
