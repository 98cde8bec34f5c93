"""'Còn lại không có' speaks of what nobody has told yet, whatever question stands."""

import pytest

from tests.bot.chat import Chat


def test_the_rest_overwrites_nothing_while_a_question_stands(village: Chat) -> None:
    """The figure asked about is none, those told before stay."""
    village.says("họp 2 cuộc 96 người, hòa giải 3 vụ thành 2, góp 12tr5")
    village.says("con lai ko co")
    assert "Đã đổi" not in village.last
    assert "12.500.000" in village.last
    assert "Hòa giải: 3 vụ" in village.last
    assert "Gửi" not in village.choices


@pytest.mark.parametrize("words", ["còn lại ko có", "các mục còn lại không có", "con lai khong"])
def test_the_rest_alone_fills_what_is_missing(village: Chat, words: str) -> None:
    """Nothing needs asking: the words say which figures they mean."""
    village.says("họp 2 cuộc 96 người")
    village.says(words)
    assert "Lượt người dự họp: 96" in village.last
    assert "Gửi" in village.choices


def test_outcomes_that_the_others_leave_at_none_are_not_asked(village: Chat) -> None:
    """3 vụ, 2 thành, 1 không thành: nothing is going on."""
    village.says("hòa giải 3 vụ")
    village.says("2")
    village.says("1")
    assert "Đang hòa giải là" not in village.last
