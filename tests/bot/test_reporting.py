"""Reporting by chat, from the first message to the receipt."""

from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.forms import form
from qcdc_core.people import invite
from qcdc_core.periods import Period
from qcdc_core.reports.past import values_in
from qcdc_core.reports.record import find_report, values_of
from qcdc_core.reports.tables import FigureValue, Report
from tests.bot.chat import Chat
from tests.bot.conftest import joined

VILLAGE = form("thon_thang")
OCTOBER = Period.parse("2026-10")
BREATH = "họp 2 cuộc 96 người, hòa giải 3 vụ thành 2 không thành 1, góp 12tr5"
REST = "ngày công 40, đất hiến 0, kiến nghị 4 giải quyết 3, giám sát 1"


def stored(session: Session, unit_id: int, period: Period = OCTOBER) -> dict[str, Decimal | None]:
    return values_in(session, unit_id, VILLAGE, period)


def reports(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Report)) or 0


def test_figures_in_one_breath_are_read_back_with_names_and_units(village: Chat) -> None:
    """What was understood, and what is still missing."""
    answer = village.says(BREATH)
    assert "Phiếu tháng 10/2026 · thôn Đông" in answer
    assert "Họp thôn: 2 cuộc" in answer
    assert "Lượt người dự họp: 96 lượt" in answer
    assert "Tiền đóng góp: 12.500.000 đồng (12,5 triệu)" in answer
    assert "ngày công, đất hiến" in answer


def test_nothing_counts_before_it_was_confirmed(village: Chat, session: Session) -> None:
    """Until "gửi" the figures are a draft."""
    village.says(BREATH)
    village.says(REST)
    assert reports(session) == 0


def test_a_whole_report_ends_in_a_receipt(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """Number, time, in time or not; every value is the one that was read back."""
    village.says(BREATH)
    village.says(REST)
    answer = village.presses("Gửi")
    assert "19:42 ngày 13/10/2026, đúng hạn" in answer
    assert "MH-SL-D-2026-10" in answer
    assert stored(session, units["MH-SL-D"]) == {
        "hop_thon": Decimal(2),
        "hop_thon_luot": Decimal(96),
        "hoa_giai_vu": Decimal(3),
        "hoa_giai_thanh": Decimal(2),
        "hoa_giai_khong_thanh": Decimal(1),
        "hoa_giai_dang": Decimal(0),
        "dong_gop_tien": Decimal(12_500_000),
        "dong_gop_cong": Decimal(40),
        "hien_dat": Decimal(0),
        "kien_nghi_nhan": Decimal(4),
        "kien_nghi_giai_quyet": Decimal(3),
        "giam_sat": Decimal(1),
    }


def test_each_value_points_at_the_words_it_came_from(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """The officer sees the very message and the place in it."""
    village.says(BREATH)
    village.says(REST)
    village.presses("Gửi")
    report = find_report(session, units["MH-SL-D"], VILLAGE, OCTOBER)
    assert report is not None
    value = values_of(session, report)["dong_gop_tien"]
    assert value.quote_start is not None
    assert "12tr5" in BREATH[value.quote_start : value.quote_end]


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


def test_an_incomplete_report_can_be_sent_and_completed_later(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """The receipt names what is missing; what comes later is added to the same report."""
    village.says(BREATH)
    village.presses("Gửi, bổ sung sau")
    answer = village.presses("Gửi")
    assert "Còn thiếu: ngày công, đất hiến" in answer
    village.waits(days=1)
    village.says(REST)
    village.presses("Gửi")
    assert reports(session) == 1
    assert stored(session, units["MH-SL-D"])["dong_gop_cong"] == Decimal(40)


def test_the_rest_can_be_none_in_one_word(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """The words "khong co" answer what is missing."""
    village.says(BREATH)
    village.says("khong co")
    village.says("gui")
    values = stored(session, units["MH-SL-D"])
    assert len(values) == 12
    assert values["giam_sat"] == 0


def test_nothing_to_report_is_read_back_before_it_counts(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """Every flow becomes 0, after a look."""
    assert "Bằng 0: họp thôn, " in village.says("tháng này không phát sinh")
    assert reports(session) == 0
    village.says("gửi")
    assert set(stored(session, units["MH-SL-D"]).values()) == {Decimal(0)}


def test_one_figure_can_be_changed_before_sending(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """The last word counts."""
    village.says(BREATH)
    village.says("khong co")
    village.presses("Sửa")
    village.says("họp 3 cuộc")
    village.presses("Gửi")
    assert stored(session, units["MH-SL-D"])["hop_thon"] == Decimal(3)


def test_a_correction_after_sending_keeps_the_earlier_value(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """Both values stay, with their moments; the one that holds is the new one."""
    village.says(BREATH)
    village.says("khong co")
    village.says("gửi")
    village.waits(hours=2)
    answer = village.says("à nhầm, họp 3 cuộc")
    assert "2 cuộc → 3 cuộc" in answer
    village.presses("Gửi")
    rows = session.scalars(
        select(FigureValue).where(FigureValue.code == "hop_thon").order_by(FigureValue.id)
    ).all()
    assert [(row.value, row.replaced_at is None) for row in rows] == [(2, False), (3, True)]


def test_cancelling_forgets_the_draft_only(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """What was sent stays."""
    village.says(BREATH)
    assert "chưa gửi số nào" in village.says("hủy")
    village.says("gửi")
    assert reports(session) == 0


def test_a_draft_waits_for_days(village: Chat, session: Session, units: dict[str, int]) -> None:
    """Left on the 13th, finished on the 15th: nothing has to be typed again."""
    village.says(BREATH)
    village.waits(days=2)
    village.says("khong co")
    village.says("gửi")
    assert stored(session, units["MH-SL-D"])["hop_thon_luot"] == Decimal(96)


def test_step_by_step_asks_each_figure_in_turn(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """For who prefers questions: bare numbers and words are enough."""
    assert "Mục 1/12" in village.says("báo cáo từng mục")
    for answer in ("2", "96", "3", "2", "1", "không", "12tr5", "40", "0", "4", "3", "một"):
        village.says(answer)
    village.presses("Gửi")
    values = stored(session, units["MH-SL-D"])
    assert values["dong_gop_tien"] == Decimal(12_500_000)
    assert values["giam_sat"] == Decimal(1)
    assert values["hoa_giai_dang"] == Decimal(0)


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tháng 8 họp 2 cuộc 50 người", "khóa sổ"),
        ("tháng 12 họp 2 cuộc 50 người", "chưa bắt đầu"),
    ],
)
def test_a_closed_period_is_refused_kindly(
    village: Chat, session: Session, text: str, words: str
) -> None:
    """What, why, and what is open; nothing is recorded."""
    answer = village.says(text)
    assert words in answer
    assert "tháng 10/2026" in answer
    assert reports(session) == 0


def test_the_period_before_is_meant_while_it_is_owed(village: Chat) -> None:
    """On the 16th the month that ended on the 14th is still being taken."""
    village.waits(days=3)
    assert "Phiếu tháng 10/2026" in village.says("họp 2 cuộc 96 người")


def test_a_long_message_is_refused_whole(village: Chat, session: Session) -> None:
    """Nothing is cut silently."""
    assert "4000" in village.says("họp 2 cuộc " * 500)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_message_gets_an_answer(village: Chat, text: str) -> None:
    """With a hint what to write."""
    assert "trống" in village.says(text)


def test_an_image_gets_a_sentence(village: Chat) -> None:
    """And nothing is recorded."""
    assert "chưa đọc được ảnh" in village.says("", kind="image")


@pytest.mark.parametrize("text", ["👍👍👍", "😀", "asdf qwer", "12345678901234567890"])
def test_noise_changes_nothing(village: Chat, session: Session, text: str) -> None:
    """Emoji, keys at random, a number without a name."""
    village.says(text)
    assert reports(session) == 0


def test_a_negative_count_is_asked_back(village: Chat) -> None:
    """Never stored, never turned positive."""
    answer = village.says("họp -3 cuộc")
    assert "âm" in answer


def test_two_posts_of_one_kind_ask_which_unit(
    village: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """And the figures need not be typed again."""
    village.says(invite(session, units["MH-SL-T"], "Trưởng thôn", now))
    village.says("đồng ý")
    village.says("họp 2 cuộc 96 người")
    assert set(village.choices) == {"thôn Đông", "thôn Tây"}
    answer = village.presses("thôn Tây")
    assert "thôn Tây" in answer
    assert "Họp thôn: 2 cuộc" in answer


def test_an_enterprise_reports_its_quarter(
    enterprise: Chat, session: Session, units: dict[str, int]
) -> None:
    """Flags in words, stocks and flows together."""
    answer = enterprise.says(
        "320 lao động, 280 đoàn viên, có công đoàn cơ sở, chưa có tổ chức đảng, "
        "đã hội nghị người lao động 250 người dự, đối thoại định kỳ 1 cuộc"
    )
    assert "Phiếu quý IV/2026" in answer
    assert "Lao động: 320 người" in answer
    assert "Công đoàn cơ sở: có" in answer
    assert "Tổ chức đảng: không" in answer


def test_a_commune_chooses_the_form_by_the_words(commune: Chat) -> None:
    """A commune owes a monthly and a quarterly form."""
    assert "Phiếu tháng" in commune.says("tiếp dân 14 lượt, đơn nhận 5")
    commune.says("hủy")
    assert "Phiếu quý" in commune.says("kế hoạch kiểm tra 6 cuộc, đã kiểm tra 4 cuộc")


def test_status_says_what_is_owed(village: Chat) -> None:
    """Due day and what to do."""
    answer = village.says("còn thiếu gì")
    assert "chưa gửi" in answer
    assert "16/10/2026" in answer


def test_help_shows_an_example(village: Chat) -> None:
    """Short, with the words people use."""
    assert "hòa giải 3 vụ" in village.says("giúp")


def test_a_later_officer_has_no_access_to_the_draft(
    village: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """A draft belongs to the person: another person of the unit begins afresh."""
    village.says(BREATH)
    other = joined(session, units["MH-SL-D"], "Phó thôn", now, village.settings)
    answer = other.says("họp 5 cuộc 100 người")
    assert "Hòa giải:" not in answer


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


def test_leaving_keeps_the_draft(village: Chat, session: Session, units: dict[str, int]) -> None:
    """Only an explicit word throws figures away."""
    village.says(BREATH)
    village.says("thôi")
    village.says("khong co")
    village.says("gửi")
    village.says("gửi")
    assert stored(session, units["MH-SL-D"])["hop_thon_luot"] == Decimal(96)


def test_a_number_that_takes_the_place_of_another_is_named_with_both(village: Chat) -> None:
    """Before sending, too: an overlooked overwrite would be a silent error."""
    village.says(BREATH)
    assert "Họp thôn: 2 cuộc → 4 cuộc" in village.says("họp 4 cuộc, góp công 12")


def test_what_follows_from_a_none_is_not_asked(enterprise: Chat) -> None:
    """No strike has no strikers; it is read back all the same."""
    answer = enterprise.says("320 lao động, không đình công")
    assert "Bằng 0: đình công, người tham gia đình công" in answer
