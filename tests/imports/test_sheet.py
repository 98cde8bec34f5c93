"""Files that are no table, or no table of these columns, are refused as a whole."""

import zipfile
from pathlib import Path

import pytest

from qcdc_core.errors import Refusal
from qcdc_core.imports import sheet
from qcdc_core.imports.sheet import Column, read_sheet
from tests.imports.files import csv_file, xlsx_file

COLUMNS = (Column("code", "Mã đơn vị", ("Mã",), needed=True), Column("name", "Tên"))


def refusal_of(path: Path) -> Refusal:
    with pytest.raises(Refusal) as refused:
        read_sheet(path, COLUMNS)
    return refused.value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_rows"),
        ("Mã,Tên\n\n , \n", "no_rows"),
        ("Mã,Màu\nA,đỏ\n", "unknown_columns"),
        ("Tên\nAn\n", "missing_columns"),
        ("Mã,code\nA,B\n", "columns_twice"),
    ],
)
def test_a_table_that_is_not_understood_is_refused(tmp_path: Path, text: str, code: str) -> None:
    """Before any row is looked at."""
    assert refusal_of(csv_file(tmp_path, text)).code == code


def test_the_columns_in_question_are_named(tmp_path: Path) -> None:
    """As the file writes them, or as they should be written."""
    problem = refusal_of(csv_file(tmp_path, "Mã,Màu,Số\nA,đỏ,1\n"))
    assert problem.fields == {"names": "Màu, Số"}
    assert refusal_of(csv_file(tmp_path, "Tên\nAn\n")).fields == {"names": "Mã đơn vị"}


def test_a_header_is_understood_without_marks_and_case(tmp_path: Path) -> None:
    """'MA DON VI', 'mã đơn-vị' and 'code' are one column."""
    for head in ("MA DON VI", "mã đơn-vị", "Code"):
        [row] = read_sheet(csv_file(tmp_path, f"{head};TÊN\nA;An\n"), COLUMNS)
        assert (row.line, row["code"], row["name"]) == (2, "A", "An")


def test_letters_of_another_encoding_are_refused(tmp_path: Path) -> None:
    """Rather than stored as signs nobody can read."""
    path = csv_file(tmp_path, "Ma,Ten\nA,Đông\n", encoding="cp1258")
    assert refusal_of(path).code == "not_utf8"


def test_decomposed_letters_are_put_together(tmp_path: Path) -> None:
    """Files from some systems write a letter and its mark apart."""
    [row] = read_sheet(csv_file(tmp_path, "Mã,Tên\nA,  Xa\u0303   Đông \n"), COLUMNS)
    assert row["name"] == "Xã Đông"


def test_a_formula_stays_text(tmp_path: Path) -> None:
    """Its result is whatever the last program stored."""
    [row] = read_sheet(xlsx_file(tmp_path, [["Mã", "Tên"], ["A", "=1+1"]]), COLUMNS)
    assert row["name"] == "=1+1"


def not_a_zip(path: Path) -> None:
    path.write_bytes(b"Ma,Ten\nA,An\n")


def another_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")


def damaged_sheet(path: Path) -> None:
    whole = xlsx_file(path.parent, [["Mã"], ["A"]], "good.xlsx")
    with zipfile.ZipFile(whole) as good, zipfile.ZipFile(path, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, content[:120] if "sheet1" in name else content)


def cut_short(path: Path) -> None:
    whole = xlsx_file(path.parent, [["Mã"], ["A"]], "good.xlsx")
    path.write_bytes(whole.read_bytes()[:2000])


@pytest.mark.parametrize("write", [not_a_zip, another_zip, damaged_sheet, cut_short])
def test_a_damaged_workbook_is_refused(tmp_path: Path, write: object) -> None:
    """With a sentence, whatever the reader stumbles over."""
    path = tmp_path / "x.xlsx"
    assert callable(write)
    write(path)
    assert refusal_of(path).code == "unreadable_file"


def test_a_file_too_large_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its size, and by its rows."""
    path = csv_file(tmp_path, "Mã\nA\nB\nC\n")
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    assert refusal_of(path).code == "file_too_large"
    monkeypatch.setattr(sheet, "LARGEST_FILE", 5)
    assert refusal_of(path).code == "file_too_large"
