"""A brief as a workbook: totals, shares, the values behind them, and the messages behind those."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qcdc_core.briefs.model import Brief, Number
from qcdc_core.briefs.sources import SourceRow
from qcdc_core.forms import form
from qcdc_core.language import gettext as _
from qcdc_core.language import moment, period_name

BEFORE, YEAR_BEFORE = ".truoc", ".nam_truoc"
_A4 = 9


def to_xlsx(brief: Brief, rows: Sequence[SourceRow]) -> bytes:
    """``rows``: what the numbers rest on (`sources.all_rows`).

    Each number links to its values, each value to its message. Text is never taken for a formula
    or an address.
    """
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        _Writer(book, brief, rows).write()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, brief: Brief, rows: Sequence[SourceRow]) -> None:
        self._book = book
        self._brief = brief
        self._rows = sorted(rows, key=_by_figure)
        self._formats: dict[str, Format] = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
            ),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"num_format": "#,##0.##", "valign": "top"}),
            "link": book.add_format({"font_color": "#8B1A1A", "underline": 1, "valign": "top"}),
        }
        self._totals = _("Tổng hợp")
        self._shares = _("Chỉ số")
        self._values = _("Số liệu theo đơn vị")
        self._messages = _("Nguồn")

    def write(self) -> None:
        main = [number for number in self._brief.numbers.values() if not _is_beside(number)]
        sheets = {
            name: self._book.add_worksheet(name)
            for name in (self._totals, self._shares, self._values, self._messages)
        }
        self._write_totals(sheets[self._totals], [one for one in main if one.numerator is None])
        self._write_shares(sheets[self._shares], [one for one in main if one.numerator is not None])
        self._write_values(sheets[self._values])
        self._write_messages(sheets[self._messages])

    def _write_totals(self, sheet: Worksheet, numbers: Iterable[Number]) -> None:
        head = (_("Mục"), _("Số liệu"), _("Đơn vị tính"), _("Kỳ trước"), _("Cùng kỳ năm trước"))
        first = self._start(sheet, (*head, _("Độ phủ"), _("Xem")), (52, 16, 12, 16, 18, 10, 12))
        for line, number in enumerate(numbers, first):
            sheet.write_string(line, 0, number.name, self._formats["text"])
            self._write_value(sheet, line, 1, number.value)
            sheet.write_string(line, 2, number.unit, self._formats["text"])
            self._write_beside(sheet, line, 3, number)
            self._write_way_down(sheet, line, 5, number)

    def _write_shares(self, sheet: Worksheet, numbers: Iterable[Number]) -> None:
        head = (_("Chỉ số"), _("Giá trị"), _("Tử số"), _("Là"), _("Mẫu số"), _("Là"))
        widths = (44, 12, 12, 34, 12, 34, 10, 12)
        first = self._start(sheet, (*head, _("Độ phủ"), _("Xem")), widths)
        for line, number in enumerate(numbers, first):
            sheet.write_string(line, 0, number.name, self._formats["text"])
            sheet.write_string(line, 1, number.text, self._formats["text"])
            for column, part in ((2, number.numerator), (4, number.denominator)):
                if part is not None:
                    self._write_value(sheet, line, column, part.value)
                    sheet.write_string(line, column + 1, part.name, self._formats["text"])
            self._write_way_down(sheet, line, 6, number)

    def _write_values(self, sheet: Worksheet) -> None:
        head = (_("Phiếu"), _("Mục"), _("Mã đơn vị"), _("Đơn vị"), _("Thuộc"), _("Kỳ"))
        tail = (_("Giá trị"), _("Đơn vị tính"), _("Số phiếu"), _("Trạng thái"), _("Gửi lúc"))
        widths = (30, 40, 14, 26, 24, 16, 16, 12, 20, 12, 22, 12)
        first = self._start(sheet, (*head, *tail, _("Nguồn")), widths)
        for line, row in enumerate(self._rows, first):
            texts = (_(form(row.form).name), _(row.figure.name), row.unit_code, row.unit_name)
            for column, text in enumerate((*texts, row.place, period_name(row.period))):
                sheet.write_string(line, column, text, self._formats["text"])
            self._write_value(sheet, line, 6, row.value)
            after = (_(row.figure.unit), row.report_number, _state(row), moment(row.sent_at))
            for column, text in enumerate(after, 7):
                sheet.write_string(line, column, text, self._formats["text"])
            self._link(sheet, line, 11, self._messages, line, _("tin nhắn"))

    def _write_messages(self, sheet: Worksheet) -> None:
        head = (
            _("Số phiếu"),
            _("Mục"),
            _("Người gửi"),
            _("Gửi lúc"),
            _("Tin nhắn"),
            _("Chữ đã đọc"),
        )
        first = self._start(sheet, (*head, _("Ghi chú")), (20, 40, 24, 22, 80, 24, 34))
        for line, row in enumerate(self._rows, first):
            text = row.text if row.text is not None else _("(chọn câu có sẵn hoặc cán bộ nhập)")
            note = _("đã đổi sau khi tổng hợp") if row.replaced else ""
            texts = (row.report_number, _(row.figure.name), row.sender, moment(row.sent_at), text)
            for column, one in enumerate((*texts, row.quote or "", note)):
                sheet.write_string(line, column, one, self._formats["text"])

    def _start(self, sheet: Worksheet, head: Sequence[str], widths: Sequence[int]) -> int:
        """Title, frozen column heads, print set-up; returns the first free line."""
        title = f"{self._brief.head.title}. {self._brief.head.unit_name}"
        sheet.write_string(0, 0, title, self._formats["title"])
        for column, (text, width) in enumerate(zip(head, widths, strict=True)):
            sheet.write_string(2, column, text, self._formats["head"])
            sheet.set_column(column, column, width)
        sheet.freeze_panes(3, 1)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        return 3

    def _write_value(self, sheet: Worksheet, line: int, column: int, value: Decimal | None) -> None:
        """Nobody answered is a dash, never a 0."""
        if value is None:
            sheet.write_string(line, column, "–", self._formats["text"])
        else:
            sheet.write_number(line, column, value, self._formats["number"])

    def _write_beside(self, sheet: Worksheet, line: int, column: int, number: Number) -> None:
        for offset, suffix in enumerate((BEFORE, YEAR_BEFORE)):
            other = self._brief.numbers.get(f"{number.id}{suffix}")
            self._write_value(sheet, line, column + offset, other.value if other else None)

    def _write_way_down(self, sheet: Worksheet, line: int, column: int, number: Number) -> None:
        coverage = number.coverage.text if number.coverage else ""
        sheet.write_string(line, column, coverage, self._formats["text"])
        place = self._first_row(number)
        if place is not None:
            self._link(sheet, line, column + 1, self._values, place, _("số liệu"))

    def _first_row(self, number: Number) -> int | None:
        wanted = frozenset(number.sources)
        places = (line for line, row in enumerate(self._rows, 3) if row.value_id in wanted)
        return next(places, None)

    def _link(
        self, sheet: Worksheet, line: int, column: int, target: str, place: int, text: str
    ) -> None:
        address = f"internal:'{target}'!A{place + 1}"
        sheet.write_url(line, column, address, self._formats["link"], text)


def _is_beside(number: Number) -> bool:
    """Numbers of other periods stand beside those they are compared with."""
    return any(mark in number.id for mark in (BEFORE, YEAR_BEFORE, ".so_"))


def _by_figure(row: SourceRow) -> tuple[Any, ...]:
    place = form(row.form).codes.index(row.figure.code)
    return (row.form, place, row.unit_code, str(row.period), row.value_id)


def _state(row: SourceRow) -> str:
    match row.state:
        case "accepted":
            return _("đã nhận")
        case "returned":
            return _("đang hỏi lại")
        case _:
            return _("chờ duyệt")
