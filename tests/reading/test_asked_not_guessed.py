"""What may be meant in two ways is asked; each of these was once taken for a sure value."""

from datetime import date

import pytest

from qcdc_core.forms import form
from qcdc_core.reading import read

DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("họp 2 buổi, buổi đầu 40 hộ, buổi sau 55 người", "hop_thon_luot"),
        ("họp 1 cuộc 70 hộ", "hop_thon_luot"),
        ("cuộc họp thứ nhất 38 hộ dự, cuộc thứ hai 60 người dự", "hop_thon_luot"),
        ("80 hộ, mỗi hộ góp 150k, 2 công", "dong_gop_cong"),
        ("80 hộ, mỗi hộ góp 150k và 2 công", "dong_gop_cong"),
        ("mỗi hộ góp 2 công và 150k, có 80 hộ", "dong_gop_tien"),
        ("80 hộ, mỗi hộ góp 150k và hiến 2 m2", "hien_dat"),
        ("65 hộ mỗi hộ đóng 200 nghìn, 3 ngày công", "dong_gop_cong"),
        ("hòa giải 1 vụ thành, đèn hỏng 3 cái", "hoa_giai_thanh"),
        ("hòa giải 2 vụ thành, ghế gãy 5 cái", "hoa_giai_thanh"),
        ("hoa giai dc 2/3 vu", "hoa_giai_vu"),
    ],
)
def test_a_measure_that_may_be_of_something_else_is_no_value(text: str, code: str) -> None:
    """Asked, or left unread; only never a number that nobody said of that figure."""
    assert code not in read(text, form("thon_thang"), DAY).figures


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("65 hộ mỗi hộ 200 nghìn, ngày công 30", "dong_gop_cong", 30),
        ("mỗi hộ 200 nghìn, 65 hộ, hiến đất 100 m2", "hien_dat", 100),
        ("hòa giải 3 vụ, thành 2, không thành 1", "hoa_giai_thanh", 2),
        ("họp 2 cuộc 96 người, 65 hộ mỗi hộ góp 200k", "hop_thon_luot", 96),
    ],
)
def test_what_has_its_own_label_stays_sure(text: str, code: str, value: int) -> None:
    """Doubting goes no further than the words that cause it."""
    assert read(text, form("thon_thang"), DAY).figures[code].value == value
