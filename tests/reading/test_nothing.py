"""A denial reports that nothing happened only when it denies events."""

from datetime import date

import pytest

from qcdc_core.forms import form
from qcdc_core.reading import Intent, read


@pytest.mark.parametrize(
    "text",
    [
        "không",
        "dạ không ạ",
        "hổng có",
        "tháng này không",
        "không có việc gì hết",
        "chưa có gì báo cáo",
    ],
)
def test_nothing_happened(text: str) -> None:
    """Short words are enough, where no other deed is named."""
    assert _intent(text) is Intent.nothing_to_report


@pytest.mark.parametrize(
    "text",
    [
        "tôi không đồng ý",
        "anh không hiểu",
        "không báo nữa",
        "chiều nay mưa không",
        "để mai báo, hôm nay không rảnh",
        "tôi chưa hiểu gì hết",
        "không nhận được tin nhắn gì",
        "không đúng",
        "chưa",
    ],
)
def test_a_denial_of_something_else_reports_nothing_at_all(text: str) -> None:
    """Each of these once made every figure of the form 0."""
    assert _intent(text) is not Intent.nothing_to_report


def _intent(text: str) -> Intent:
    return read(text, form("thon_thang"), date(2026, 10, 5)).intent
