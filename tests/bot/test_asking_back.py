"""What is not sure, does not fit or looks odd becomes one question."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from qcdc_core.reports.tables import FigureValue, Report
from tests.bot.chat import Chat
from tests.bot.stored import BREATH, OCTOBER, reports, stored


def test_a_wrong_sum_is_asked_about_with_answers_to_choose(village: Chat) -> None:
    """Five cases, three settled and one not: where is the fifth?"""
    answer = village.says("t10 hop 2c 96 ng, hg 5 vu thanh 3 ko thanh 1")
    assert "Còn 1 vụ" in answer
    assert village.choices[:2] == ("Đang hòa giải 1 vụ", "Sửa: hòa giải 4 vụ")
    assert "Đang hòa giải: 1 vụ" in village.presses("Đang hòa giải 1 vụ")


def test_a_wrong_sum_can_be_mended_in_words(village: Chat) -> None:
    """Buttons are never needed."""
    village.says("hòa giải 5 vụ thành 3 không thành 1")
    assert "Đang hòa giải: 1 vụ" in village.says("1 vụ đang hòa giải")


def test_a_report_with_a_wrong_sum_cannot_be_sent(village: Chat, session: Session) -> None:
    """An error rule stops the confirmation until it is mended."""
    village.says("hòa giải 5 vụ thành 3 không thành 1 đang 0")
    village.says("gửi")
    village.says("gửi")
    assert reports(session) == 0


def test_money_without_a_unit_is_asked_back(village: Chat) -> None:
    """The number may mean thousands or millions: one short question."""
    answer = village.says("góp tiền 5,5")
    assert "“" in answer
    assert "đồng?" in answer
    assert "Tiền đóng góp: 5.500.000 đồng" in village.says("5tr5")


def test_an_absurd_amount_becomes_a_question_with_a_reason(
    village: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """An outlier is asked about; the reason is kept."""
    report_past(village, session, units["MH-SL-D"])
    answer = village.says("góp 125tr")
    assert "Các kỳ trước khoảng 12.000.000 đồng" in answer
    village.presses("12.500.000 đồng (12,5 triệu)")
    village.says("khong co")
    village.says("gửi")
    assert stored(session, units["MH-SL-D"])["dong_gop_tien"] == Decimal(12_500_000)


def report_past(village: Chat, session: Session, unit_id: int) -> None:
    """Eight earlier months of about twelve million."""
    for step in range(1, 9):
        period = OCTOBER.plus(-step)
        report = Report(
            unit_id=unit_id,
            form="thon_thang",
            period=str(period),
            first_day=village.now.date(),
            end_day=village.now.date().replace(day=28),
            due_on=village.now.date(),
            number=f"past-{period}",
            state="accepted",
            sent_at=village.now,
            changed_at=village.now,
        )
        session.add(report)
        session.flush()
        session.add(
            FigureValue(
                report_id=report.id,
                code="dong_gop_tien",
                value=Decimal(12_000_000),
                entered_at=village.now,
            )
        )
    session.flush()


def test_a_negative_count_is_asked_back(village: Chat) -> None:
    """Never stored, never turned positive."""
    answer = village.says("họp -3 cuộc")
    assert "âm" in answer


def test_nothing_more_never_overwrites_what_was_told(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """With figures in the draft, it is asked what has nothing: the rest, or the whole period."""
    village.says(BREATH)
    village.says("không phát sinh gì")
    assert village.choices == ("Các mục còn lại không có", "Cả kỳ không phát sinh")
    village.presses("Các mục còn lại không có")
    village.presses("Gửi")
    assert stored(session, units["MH-SL-D"])["hop_thon_luot"] == Decimal(96)


def test_no_answer_to_a_finding_changes_other_figures(enterprise: Chat) -> None:
    """A bare "không có" while a sum does not fit leaves every number as it was."""
    enterprise.says("320 lao động, đối thoại định kỳ 1 cuộc, hội nghị 350 người dự")
    answer = enterprise.says("không có")
    assert "Bằng 0" not in answer


def test_a_bare_number_may_belong_to_any_figure_of_a_finding(enterprise: Chat) -> None:
    """More attended than work there: 300 may be either, so it is asked."""
    enterprise.says("320 lao động, người dự hội nghị người lao động 350 người")
    assert "Sửa: lao động" in enterprise.choices
    enterprise.says("300")
    assert enterprise.choices == ("Người dự hội nghị: 300 người", "Lao động: 300 người")
    assert "Người dự hội nghị: 300 người" in enterprise.presses("Người dự hội nghị: 300 người")


def test_a_number_that_takes_the_place_of_another_is_named_with_both(village: Chat) -> None:
    """Before sending, too: an overlooked overwrite would be a silent error."""
    village.says(BREATH)
    assert "Họp thôn: 2 cuộc → 4 cuộc" in village.says("họp 4 cuộc, góp công 12")


def test_what_follows_from_a_none_is_not_asked(enterprise: Chat) -> None:
    """No strike has no strikers; it is read back all the same."""
    answer = enterprise.says("320 lao động, không đình công")
    assert "Bằng 0: đình công, người tham gia đình công" in answer
