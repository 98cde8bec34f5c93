"""Units from a table: every bad row named with its line, all rows or none."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.imports import Problem, import_units
from qcdc_core.imports.units import UnitsRead
from qcdc_core.units import tree_on
from qcdc_core.units.tables import Unit
from tests.builders import build_province
from tests.imports.files import csv_file, xlsx_file

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
HEAD = (
    "Mã đơn vị,Loại đơn vị,Tên đơn vị,Mã cấp trên,Từ ngày,Hết hiệu lực từ,Mã số thuế,Mã định danh"
)
GOOD = f"""{HEAD}
TT,tỉnh,Thử,,01/07/2025
TT-A,xã,An,TT,01/07/2025
TT-A-1,thôn,Một,TT-A,2025-07-01,01/01/2027,,701234567890
TT-DN,doanh nghiệp,"Công ty Dệt, May",TT,1.7.2025,,0100109106
"""


def read(session: Session, path: Path, *, dry_run: bool = False) -> UnitsRead:
    return import_units(session, path, NOW, "thử", dry_run=dry_run)


def rows(session: Session, folder: Path, *lines: str) -> tuple[Problem, ...]:
    """What is wrong with these lines under a province TT on line 2."""
    text = "\n".join([HEAD, "TT,tinh,Thử,,01/07/2025", *lines])
    return read(session, csv_file(folder, text)).problems


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Unit)) or 0


def test_a_good_file_becomes_a_tree(session: Session, tmp_path: Path) -> None:
    """Names with commas, days in four ways of writing, codes of tax and place."""
    found = read(session, csv_file(tmp_path, GOOD))
    assert (found.count, found.problems) == (4, ())
    tree = tree_on(session, date(2026, 11, 26))
    assert [one.full_name for one in tree.path(tree.unit("TT-A-1").id)] == [
        "tỉnh Thử",
        "xã An",
        "thôn Một",
    ]
    assert tree.unit("TT-DN").name == "Công ty Dệt, May"
    assert "TT-A-1" not in [one.code for one in tree_on(session, date(2027, 1, 1)).nodes.values()]
    taxed = session.scalars(select(Unit).where(Unit.tax_code.is_not(None))).one()
    assert (taxed.code, taxed.tax_code) == ("TT-DN", "0100109106")
    assert session.scalars(select(AuditEntry.action)).all() == ["import.units"]


def test_a_workbook_says_the_same_as_a_csv(session: Session, tmp_path: Path) -> None:
    """Days as days, numbers as numbers, columns in any order and by their codes."""
    table = [
        ["name", "kind", "code", "parent_code", "valid_from", "location_code"],
        ["Thử", "tinh", "TT", None, datetime(2025, 7, 1), None],  # noqa: DTZ001 - as a cell holds it
        ["An", "XÃ", "TT-A", "TT", date(2025, 7, 1), 701234567890],
        [None, None, None, None, None, None],
        ["Một", "Thôn", 101.0, "TT-A", "01/07/2025", None],
    ]
    assert read(session, xlsx_file(tmp_path, table)) == UnitsRead(3, ())
    tree = tree_on(session, date(2025, 7, 1))
    assert [one.code for one in tree.below(tree.unit("TT").id)] == ["TT", "TT-A", "101"]


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(";", "utf-8-sig"), ("\t", "utf-8"), (",", "utf-8-sig")],
    ids=["semicolons", "tabs", "with a byte-order mark"],
)
def test_spreadsheets_save_csv_in_several_ways(
    session: Session, tmp_path: Path, delimiter: str, encoding: str
) -> None:
    """Each is read the same."""
    lines = [HEAD, "TT,tinh,Thử,,01/07/2025", "TT-A,xa,An,TT,01/07/2025"]
    text = "\r\n".join(line.replace(",", delimiter) for line in lines)
    assert read(session, csv_file(tmp_path, text, encoding=encoding)) == UnitsRead(2, ())


def test_importing_twice_changes_nothing(session: Session, tmp_path: Path) -> None:
    """The second time every line is named as there already."""
    path = csv_file(tmp_path, GOOD)
    read(session, path)
    again = read(session, path)
    assert [(one.line, one.code) for one in again.problems] == [
        (line, "code_taken") for line in (2, 3, 4, 5)
    ]
    assert count(session) == 4


def test_a_dry_run_writes_nothing(session: Session, tmp_path: Path) -> None:
    """It says how many could be added."""
    assert read(session, csv_file(tmp_path, GOOD), dry_run=True) == UnitsRead(4, ())
    assert count(session) == 0
    assert session.scalars(select(AuditEntry)).all() == []


def test_one_bad_row_keeps_all_others_out(session: Session, tmp_path: Path) -> None:
    """All rows or none."""
    found = read(session, csv_file(tmp_path, GOOD + "TT-B,xã,Bình,TT,31/02/2026\n"))
    assert [(one.line, one.code) for one in found.problems] == [(6, "bad_date")]
    assert count(session) == 0


BAD_ROWS = {
    "missing": (",xa,An,TT,01/07/2025", "Mã đơn vị"),
    "bad_code": ("TT Á,xa,An,TT,01/07/2025", "Mã đơn vị"),
    "too_long": (f"{'A' * 41},xa,An,TT,01/07/2025", "Mã đơn vị"),
    "unknown_kind": ("TT-A,quận,An,TT,01/07/2025", "Loại đơn vị"),
    "unknown_unit": ("TT-A,xa,An,TT-9,01/07/2025", "Mã cấp trên"),
    "parent_needed": ("TT-A,xa,An,,01/07/2025", "Mã cấp trên"),
    "wrong_parent": ("TT-A,thon,An,TT,01/07/2025", "Mã cấp trên"),
    "parent_not_valid": ("TT-A,xa,An,TT,30/06/2025", "Mã cấp trên"),
    "bad_date": ("TT-A,xa,An,TT,7/2025", "Từ ngày"),
    "dates_reversed": ("TT-A,xa,An,TT,02/07/2025,02/07/2025", "Hết hiệu lực từ"),
    "bad_tax_code": ("TT-A,doanh_nghiep,An,TT,01/07/2025,,0100109107", "Mã số thuế"),
    "bad_location_code": ("TT-A,xa,An,TT,01/07/2025,,,12345", "Mã định danh"),
    "stray": ("TT-A,xa,An,TT,01/07/2025,,,,Bình", "(thừa)"),
    "duplicate": ("tt,tinh,An,,01/07/2025", "Mã đơn vị"),
    "cycle": ("TT-A,xa,An,TT-A,01/07/2025", "Mã cấp trên"),
}


@pytest.mark.parametrize(("code", "line"), [(code, row) for code, (row, _) in BAD_ROWS.items()])
def test_a_bad_row_is_named_with_its_line_and_column(
    session: Session, tmp_path: Path, code: str, line: str
) -> None:
    """And a sentence that says what to do."""
    [found] = [one for one in rows(session, tmp_path, "", line) if one.code == code]
    assert (found.line, found.column) == (4, BAD_ROWS[code][1])
    assert found.text.startswith(f"Dòng 4, cột {found.column}: ")
    assert "{" not in found.text


@pytest.mark.parametrize("gap", ["kind", "name", "valid_from"])
def test_every_needed_cell_is_asked_for(session: Session, tmp_path: Path, gap: str) -> None:
    """Kind, name and first day, like the code."""
    cells = {"code": "TT-A", "kind": "xa", "name": "An", "parent": "TT", "valid_from": "01/07/2025"}
    line = ",".join("" if name == gap else cell for name, cell in cells.items())
    [found] = rows(session, tmp_path, line)
    assert (found.line, found.code) == (3, "missing")


def test_all_bad_rows_are_named_at_once_in_their_order(session: Session, tmp_path: Path) -> None:
    """Nobody mends a file one error at a time."""
    found = rows(session, tmp_path, "A,quận,An,TT,?", "B,xa,,TT,01/07/2025", "C,xa,C,X,01/07/2025")
    assert [one.line for one in found] == [3, 3, 4, 5]


def test_lines_are_counted_as_an_editor_counts_them(session: Session, tmp_path: Path) -> None:
    """A name over two lines and an empty line do not shift what comes after."""
    two_lines = 'TT-A,xa,"An\nLão",TT-9,01/07/2025'
    found = rows(session, tmp_path, two_lines, "", "TT-B,xa,,TT,01/07/2025")
    assert [(one.line, one.code) for one in found] == [(3, "unknown_unit"), (6, "missing")]


def test_a_circle_of_two_is_named_on_both_lines(session: Session, tmp_path: Path) -> None:
    """With the way round."""
    found = rows(session, tmp_path, "A,co_quan,A,B,01/07/2025", "B,co_quan,B,A,01/07/2025")
    circles = [one for one in found if one.code == "cycle"]
    assert [(one.line, one.fields["path"]) for one in circles] == [
        (3, "A → B → A"),
        (4, "B → A → B"),
    ]


def test_a_district_is_a_parent_only_while_it_was_there(session: Session, tmp_path: Path) -> None:
    """Three levels until 30/06/2025, two since."""
    district = "TT-H,huyen,Huyện,TT,01/07/2025,01/08/2025"
    good = rows(session, tmp_path, district, "TT-A,xa,An,TT-H,31/07/2025")
    bad = rows(session, tmp_path, district, "TT-B,xa,An,TT-H,01/08/2025")
    assert good == ()
    assert [one.code for one in bad] == ["code_taken", "code_taken", "parent_not_valid"]


def test_new_units_may_stand_under_those_that_are_there(session: Session, tmp_path: Path) -> None:
    """A file of new villages alone."""
    build_province(session)
    text = f"{HEAD}\nMH-SL-X,thon,Mới,MH-SL,01/07/2025\n"
    assert read(session, csv_file(tmp_path, text)) == UnitsRead(1, ())
    assert tree_on(session, date(2026, 1, 1)).unit("MH-SL-X").full_name == "thôn Mới"
