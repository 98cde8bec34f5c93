"""The workbook: every number, and the way down to units, reports and messages."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy.orm import Session

from qcdc_core.briefs import Brief, all_rows, sources, to_xlsx
from qcdc_core.units import change_unit
from tests.briefs.quarter import QUARTER, SAID, SEPTEMBER, brief_of, day, fill
from tests.builders import Province

TOTALS, SHARES, VALUES, MESSAGES = "Tổng hợp", "Chỉ số", "Số liệu theo đơn vị", "Nguồn"


@pytest.fixture
def book(session: Session, brief: Brief) -> Workbook:
    return opened(session, brief)


def opened(session: Session, brief: Brief) -> Workbook:
    return load_workbook(BytesIO(to_xlsx(brief, all_rows(session, brief))))


def rows(sheet: Worksheet) -> list[tuple[Any, ...]]:
    """Below title and heading."""
    return list(sheet.iter_rows(min_row=4, values_only=True))


def row_named(book: Workbook, sheet: str, name: str) -> int:
    """The number of the first row of that name."""
    return next(cell.row for cell in book[sheet]["A"] if cell.value == name)


def target(book: Workbook, sheet: str, row: int, column: int) -> tuple[str, int]:
    """Sheet and row to which the link in a cell leads."""
    link = book[sheet].cell(row, column).hyperlink
    assert link is not None
    assert link.location is not None
    name, _, cell = link.location.rpartition("!")
    return name.strip("'"), int(cell.lstrip("A"))


def test_the_sheets_go_from_the_whole_to_the_message(book: Workbook) -> None:
    """Four sheets, each with its heading kept in sight."""
    assert book.sheetnames == [TOTALS, SHARES, VALUES, MESSAGES]
    for sheet in book:
        assert sheet.freeze_panes == "B4"
        assert sheet["A1"].value == (
            "Kết quả thực hiện dân chủ ở cơ sở quý III/2026. tỉnh Minh Họa"
        )


def test_every_number_of_the_brief_is_in_the_workbook(book: Workbook, brief: Brief) -> None:
    """As a number to calculate with, or a dash where nobody answered."""
    totals = {(row[0], row[1]) for row in rows(book[TOTALS])}
    shares = {(row[0], row[1]) for row in rows(book[SHARES])}
    for number in brief.numbers.values():
        if number.numerator is None:
            shown = "–" if number.value is None else pytest.approx(float(number.value))
            assert any(name == number.name and value == shown for name, value in totals), number
        else:
            assert (number.name, number.text) in shares


def test_shares_stand_with_numerator_and_denominator(book: Workbook) -> None:
    """With the name of what was counted."""
    row = row_named(book, SHARES, "Tỷ lệ hòa giải thành")
    held = [cell.value for cell in book[SHARES][row]][1:7]
    assert held == [
        "42,86%",
        3,
        "vụ hòa giải thành",
        7,
        "vụ hòa giải thành, không thành và đang hòa giải",
        "01/03",
    ]


def test_a_total_leads_to_its_values_and_these_to_their_message(book: Workbook) -> None:
    """11 meetings → the first of eight values → the words it came from."""
    sheet, row = target(book, TOTALS, row_named(book, TOTALS, "Số cuộc họp thôn"), 7)
    assert sheet == VALUES
    assert book[VALUES].cell(row, 2).value == "Số cuộc họp thôn"
    sheet, source = target(book, VALUES, row, 12)
    assert sheet == MESSAGES
    assert book[MESSAGES].cell(source, 2).value == "Số cuộc họp thôn"
    report = book[VALUES].cell(row, 9).value
    assert book[MESSAGES].cell(source, 1).value == report


def test_the_values_of_a_number_stand_together_and_add_up_to_it(book: Workbook) -> None:
    """Filtering is not needed to see what 11 is made of."""
    values = [row for row in rows(book[VALUES]) if row[1] == "Số cuộc họp thôn"]
    assert [(row[2], row[5], row[6]) for row in values] == [
        ("MH-DR-1", "tháng 7/2026", 1),
        ("MH-DR-1", "tháng 8/2026", 1),
        ("MH-DR-1", "tháng 9/2026", 1),
        ("MH-SL-D", "tháng 7/2026", 1),
        ("MH-SL-D", "tháng 8/2026", 2),
        ("MH-SL-D", "tháng 9/2026", 3),
        ("MH-SL-T", "tháng 7/2026", 1),
        ("MH-SL-T", "tháng 8/2026", 1),
    ]
    places = [place for place, row in enumerate(rows(book[VALUES])) if row in values]
    assert places == list(range(places[0], places[0] + 8))


def test_a_value_is_shown_with_the_words_it_was_read_from(book: Workbook) -> None:
    """The whole message and the words; the sender by post, never by name."""
    said = [row for row in rows(book[MESSAGES]) if row[4] == SAID]
    quotes = {row[1]: row[5] for row in said}
    assert quotes["Số cuộc họp thôn"] == "3 cuộc"
    assert quotes["Tiền Nhân dân đóng góp"] == "12tr5"
    assert {row[2] for row in said} == {"Trưởng thôn"}
    assert {row[0] for row in said} == {"MH-SL-D-2026-09"}


def test_earlier_periods_stand_beside_the_number(session: Session, place: Province) -> None:
    """11 now, 11 in the quarter before, nothing a year ago."""
    fill(session, place, QUARTER.before)
    book = opened(session, brief_of(session))
    row = row_named(book, TOTALS, "Số cuộc họp thôn")
    assert [cell.value for cell in book[TOTALS][row]][1:5] == [11, "cuộc", 11, "–"]


def test_names_and_messages_are_never_taken_for_formulas(session: Session, place: Province) -> None:
    """A spreadsheet runs what begins with =."""
    change_unit(session, place.village.id, day("2026-01-01"), name='=HYPERLINK("x")')
    book = opened(session, brief_of(session))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_way_down_is_the_same_on_the_page(
    session: Session, place: Province, brief: Brief
) -> None:
    """Rows by unit and period, each with its report; a count of units has none."""
    found = sources(session, brief, "thon_thang.hoa_giai_vu")
    assert [(row.unit_code, str(row.period), row.value) for row in found] == [
        ("MH-SL-D", "2026-07", 2),
        ("MH-SL-D", "2026-08", 1),
        ("MH-SL-D", "2026-09", 3),
        ("MH-SL-T", "2026-07", 0),
        ("MH-SL-T", "2026-08", 0),
    ]
    assert found[2].quote == "3 vụ"
    assert found[2].place == "xã Sơn Lang"
    assert found[2].period == SEPTEMBER
    assert sources(session, brief, "phieu_thieu") == []
    with pytest.raises(KeyError):
        sources(session, brief, "khong.co")
