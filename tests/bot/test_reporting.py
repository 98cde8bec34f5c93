"""Reporting by chat, from the first message to the receipt."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.people import invite
from qcdc_core.reports.record import find_report, values_of
from qcdc_core.reports.tables import FigureValue
from tests.bot.chat import Chat
from tests.bot.conftest import joined
from tests.bot.stored import BREATH, OCTOBER, REST, VILLAGE, reports, stored


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


def test_the_period_before_is_meant_while_it_is_owed(village: Chat) -> None:
    """On the 16th the month that ended on the 14th is still being taken."""
    village.waits(days=3)
    assert "Phiếu tháng 10/2026" in village.says("họp 2 cuộc 96 người")


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


def test_leaving_keeps_the_draft(village: Chat, session: Session, units: dict[str, int]) -> None:
    """Only an explicit word throws figures away."""
    village.says(BREATH)
    village.says("thôi")
    village.says("khong co")
    village.says("gửi")
    village.says("gửi")
    assert stored(session, units["MH-SL-D"])["hop_thon_luot"] == Decimal(96)


def test_a_correction_after_the_due_day_is_of_the_report_that_was_sent(village: Chat) -> None:
    """While October is still taken, "sửa góp" means October, though November runs already."""
    village.says("tháng 10 họp 2 cuộc 96 người, góp 12tr5, còn lại không có")
    village.says("gửi")
    village.waits(days=7)
    assert "tháng 10/2026" in village.says("sửa góp 45tr")
    assert "12.500.000" in village.last
