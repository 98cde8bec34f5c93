"""A table from a file: its header understood, its cells as text, its lines numbered."""

import csv
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from qcdc_core.errors import Refusal
from qcdc_core.imports.problem import Problem
from qcdc_core.language import gettext as _

LARGEST_FILE = 20_000_000
MOST_ROWS = 200_000
DELIMITERS = ";,\t"
# What a damaged workbook, or another file under its name, makes the reader raise.
_UNREADABLE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    LookupError,
    ValueError,
    OSError,
)


@dataclass(frozen=True)
class Column:
    """``title`` is how people name it; ``others`` are more names that a header may have."""

    code: str
    title: str
    others: tuple[str, ...] = ()
    needed: bool = False

    @property
    def names(self) -> frozenset[str]:
        return frozenset(_bare(name) for name in (self.code, self.title, *self.others))


@dataclass(frozen=True)
class Row:
    """Cells by column code, stripped; '' where nothing stands. ``line`` is the file's own.

    ``stray``: cells that stand under no name of the header.
    """

    line: int
    cells: Mapping[str, str]
    stray: tuple[str, ...] = ()

    def __getitem__(self, code: str) -> str:
        return self.cells.get(code, "")


def read_sheet(path: Path, columns: Sequence[Column]) -> list[Row]:
    """The rows below the header; empty rows are left out.

    Raises Refusal unreadable_file, not_utf8, file_too_large, no_rows, unknown_columns(names),
    missing_columns(names) or columns_twice(names).
    """
    if path.stat().st_size > LARGEST_FILE:
        raise Refusal("file_too_large", path=path.name)
    lines = _xlsx_lines(path) if path.suffix.lower() == ".xlsx" else _csv_lines(path)
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if len(filled) < 2 or len(filled) > MOST_ROWS:
        raise Refusal("no_rows" if len(filled) < 2 else "file_too_large", path=path.name)
    codes = _understood(filled[0][1], columns)
    return [_row(number, cells, codes) for number, cells in filled[1:]]


def stray_cells(row: Row) -> Iterator[Problem]:
    """A comma inside a name moves all cells after it: nobody may lose them silently."""
    for cell in row.stray:
        yield Problem(row.line, _("(thừa)"), "stray", {"value": cell})


def _row(number: int, cells: Sequence[str], codes: Sequence[str]) -> Row:
    named = dict(zip(codes, cells, strict=False))
    under_no_name = [
        cell for at, cell in enumerate(cells) if cell and (at >= len(codes) or not codes[at])
    ]
    return Row(number, {code: cell for code, cell in named.items() if code}, tuple(under_no_name))


def _understood(header: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """The column code of each cell of the header; '' for a cell without a name."""
    by_name = {name: column.code for column in columns for name in column.names}
    unknown = [cell for cell in header if cell and _bare(cell) not in by_name]
    if unknown:
        raise Refusal("unknown_columns", names=", ".join(unknown))
    codes = [by_name.get(_bare(cell), "") for cell in header]
    lacking = [one.title for one in columns if one.needed and one.code not in codes]
    if lacking:
        raise Refusal("missing_columns", names=", ".join(lacking))
    twice = {code for code in codes if code and codes.count(code) > 1}
    if twice:
        names = [one.title for one in columns if one.code in twice]
        raise Refusal("columns_twice", names=", ".join(names))
    return codes


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Comma, semicolon or tab, with or without a byte-order mark, as spreadsheets save them."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("not_utf8", path=path.name) from None
    first = text.lstrip("\r\n").split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(DELIMITERS, key=first.count))
    before = 0
    try:
        for cells in reader:
            yield before + 1, [_tidy(cell) for cell in cells]
            before = reader.line_num
    except csv.Error:
        raise Refusal("unreadable_file", path=path.name) from None


def _xlsx_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The first sheet. Formulas come as their own text, never as a result."""
    with path.open("rb") as file:  # the reader leaves a file that it cannot read open
        try:
            book = load_workbook(file, read_only=True, data_only=False)
            for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
                yield number, [_as_text(cell) for cell in cells]
        except _UNREADABLE:
            raise Refusal("unreadable_file", path=path.name) from None


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _tidy(str(getattr(value, "text", value)))


def _tidy(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _bare(name: str) -> str:
    """Header names are compared without marks, case and punctuation."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())
