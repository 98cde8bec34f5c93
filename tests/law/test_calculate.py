"""Numbers of a story against the thresholds of the law."""

from qcdc_core.law.calculate import CALCULATIONS


def test_who_asks_how_many_are_needed_is_told_the_number() -> None:
    """One number in the question: the whole."""
    told = CALCULATIONS["ten_percent_households"]("xóm 87 hộ, cần mấy nhà ủng hộ")
    assert told is not None
    assert "8,7" in told
    assert told.endswith("9.")


def test_a_lone_number_that_counts_nothing_known_is_left_alone() -> None:
    """A house number is no number of households."""
    assert CALCULATIONS["ten_percent_households"]("nhà số 87 cần mấy nhà ủng hộ") is None


def test_half_of_the_workers_is_not_more_than_half() -> None:
    """243 of 486 is 50 %, and more than 50 % is asked."""
    told = CALCULATIONS["half_workers"]("nhà máy 486 lao động, 243 tán thành dự thảo")
    assert told is not None
    assert "244" in told
    assert "chưa đủ" in told
