"""Tables as files: CSV as people save them, XLSX as spreadsheets do."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Table = Sequence[Sequence[Any]]


def csv_file(folder: Path, lines: str, name: str = "tep.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(lines.encode(encoding))
    return path


def xlsx_file(folder: Path, table: Table, name: str = "tep.xlsx") -> Path:
    path = folder / name
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in table:
        sheet.append(list(row))
    book.save(path)
    return path
