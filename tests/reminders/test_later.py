"""When people say they want to be reminded, in their own words."""

from datetime import datetime

import pytest

from qcdc_core.reminders.later import wanted_moment
from tests.reminders.conftest import local

NOW = local("2026-10-13 09:40")  # a Tuesday


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("nhắc sau", "2026-10-14 08:00"),
        ("Nhắc lại sáng mai", "2026-10-14 08:00"),
        ("nhac lai chieu mai", "2026-10-14 14:00"),
        ("nhắc lại chiều mai nhé", "2026-10-14 14:00"),
        ("để mai", "2026-10-14 08:00"),
        ("de mai nhe em", "2026-10-14 08:00"),
        ("để chiều", "2026-10-13 14:00"),
        ("để tối nay", "2026-10-13 19:00"),
        ("toi nay nhac lai giup", "2026-10-13 19:00"),
        ("mai gửi", "2026-10-14 08:00"),
        ("mai tôi gửi", "2026-10-14 08:00"),
        ("chiều nay gửi nhé", "2026-10-13 14:00"),
        ("3 ngày nữa nhắc", "2026-10-16 08:00"),
        ("ba ngay nua nhac lai nha", "2026-10-16 08:00"),
        ("hai hôm nữa nhắc", "2026-10-15 08:00"),
        ("1 tiếng nữa nhắc lại", "2026-10-13 10:40"),
        ("nhắc lại sau 30 phút", "2026-10-13 10:10"),
        ("nhắc sau 2 giờ", "2026-10-13 11:40"),
        ("nhắc tôi lúc 9h mai", "2026-10-14 09:00"),
        ("nhac toi mai", "2026-10-14 08:00"),
        ("nhắc tối mai", "2026-10-14 19:00"),
        ("nhắc lại 3h chiều", "2026-10-13 15:00"),
        ("nhắc lúc 9h", "2026-10-14 09:00"),
        ("nhắc 9 giờ", "2026-10-14 09:00"),
        ("nhắc lúc 15h30", "2026-10-13 15:30"),
        ("nhắc 7 giờ rưỡi sáng mai", "2026-10-14 07:30"),
        ("mốt nhắc", "2026-10-15 08:00"),
        ("ngày kia nhắc lại", "2026-10-15 08:00"),
        ("thứ sáu nhắc", "2026-10-16 08:00"),
        ("nhắc thứ 5", "2026-10-15 08:00"),
        ("chủ nhật nhắc", "2026-10-18 08:00"),
        ("tuần sau nhắc", "2026-10-19 08:00"),
        ("sang tuần nhắc lại", "2026-10-19 08:00"),
        ("nhắc ngày 15", "2026-10-15 08:00"),
        ("nhắc ngày 15/10 lúc 16h", "2026-10-15 16:00"),
        ("15/10 nhắc lại", "2026-10-15 08:00"),
        ("nhắc mùng 5", "2026-11-05 08:00"),
    ],
)
def test_a_wish_is_read_as_a_moment(text: str, moment: str) -> None:
    """With and without marks, in any order of the words."""
    assert wanted_moment(text, NOW) == local(moment)


def test_this_afternoon_said_in_the_afternoon_is_in_an_hour() -> None:
    """14:00 is past; the wish is not."""
    assert wanted_moment("chiều nay nhắc", local("2026-10-13 15:10")) == local("2026-10-13 16:10")


@pytest.mark.parametrize(
    "text",
    [
        "nhắc",
        "nhắc tôi",
        "để sau",
        "mai",
        "sáng",
        "họp 2 cuộc",
        "mai họp 2 cuộc 96 người",
        "gửi",
        "gửi đi",
        "báo cáo từng mục",
        "nhắc nhở 3 vụ",
        "nhắc 3 vụ hòa giải",
        "để 5 triệu",
        "không nhắc nữa",
        "bao giờ đến hạn",
        "thứ 3 họp",
        "nhắc lúc 27h",
        "nhắc ngày 45",
        "90 ngày nữa nhắc",
        "nộp 3 đơn",
        "chiều nay họp thôn 40 người",
        "hôm nay gửi 2 đơn",
        "",
    ],
)
def test_what_is_no_wish_is_left_to_others(text: str) -> None:
    """Every word must fit: figures and questions are never taken for a wish."""
    assert wanted_moment(text, NOW) is None


def test_a_moment_is_never_past() -> None:
    """Whatever day and hour are named."""
    for text in ("nhắc lúc 9h", "nhắc 9h sáng nay", "nhắc thứ ba", "nhắc ngày 13"):
        moment = wanted_moment(text, NOW)
        assert isinstance(moment, datetime)
        assert moment > NOW, text
