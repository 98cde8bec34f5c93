"""Focal points from a table: an invitation for each row, or none for any."""

import csv
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.errors import Refusal
from qcdc_core.imports import import_people
from qcdc_core.imports.people import PeopleRead
from qcdc_core.people import find_invitation
from qcdc_core.people.tables import Invitation
from tests.builders import Province, build_province
from tests.imports.files import csv_file, xlsx_file

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
GOOD = """Mã đơn vị,Chức danh,Họ tên
MH-SL-D,Trưởng thôn,Y Hoa
MH-SL-T,Trưởng thôn,
MH-DN-01,Chủ tịch công đoàn,=HYPERLINK(1)
"""


@pytest.fixture
def place(session: Session) -> Province:
    return build_province(session)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "ma-moi.csv"


def read(session: Session, path: Path, target: Path, *, dry_run: bool = False) -> PeopleRead:
    return import_people(session, path, target, NOW, "thử", dry_run=dry_run)


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Invitation)) or 0


def test_every_row_gets_a_code_that_works(
    session: Session, place: Province, tmp_path: Path, target: Path
) -> None:
    """The codes stand in the file beside unit, title and name, and nowhere else."""
    assert read(session, csv_file(tmp_path, GOOD), target) == PeopleRead(3, ())
    with target.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert [row["Mã đơn vị"] for row in written] == ["MH-SL-D", "MH-SL-T", "MH-DN-01"]
    for row in written:
        found = find_invitation(session, row["Mã mời"], NOW)
        assert (found.title, row["Hết hạn"]) == (row["Chức danh"], "26/12/2026")
    assert written[0]["Đơn vị"] == "thôn Đông"
    assert session.scalars(select(AuditEntry.action)).all() == ["import.people"]


def test_the_file_of_codes_is_for_its_owner_and_holds_no_formula(
    session: Session, place: Province, tmp_path: Path, target: Path
) -> None:
    """A spreadsheet runs what begins with =; other users of the machine read nothing."""
    read(session, csv_file(tmp_path, GOOD), target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert ",'=HYPERLINK(1)," in target.read_text("utf-8-sig")


def test_a_workbook_is_read_as_well(
    session: Session, place: Province, tmp_path: Path, target: Path
) -> None:
    """The same columns."""
    table = [["title", "unit_code"], ["Trưởng thôn", "MH-SL-D"]]
    assert read(session, xlsx_file(tmp_path, table), target) == PeopleRead(1, ())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",Trưởng thôn,", "missing"),
        ("MH-SL-T,,", "missing"),
        ("MH-XX,Trưởng thôn,", "unknown_unit"),
        (f"MH-SL-T,{'T' * 101},", "too_long"),
        (f"MH-SL-T,Trưởng thôn,{'Y' * 201}", "too_long"),
        ("MH-SL-D,trưởng thôn,y hoa", "duplicate"),
        ("MH-SL-T,Trưởng thôn,Y Hoa,người mới", "stray"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_nobody_is_invited(
    session: Session, place: Province, tmp_path: Path, target: Path, line: str, code: str
) -> None:
    """No code for the good rows either, and no file."""
    text = f"Mã đơn vị,Chức danh,Họ tên\nMH-SL-D,Trưởng thôn,Y Hoa\n{line}\n"
    [found] = read(session, csv_file(tmp_path, text), target).problems
    assert (found.line, found.code) == (3, code)
    assert found.text.startswith("Dòng 3, cột ")
    assert count(session) == 0
    assert not target.exists()


def test_a_unit_that_owes_no_form_needs_nobody(
    session: Session, place: Province, tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, rather than somebody invited who is never asked for anything."""
    monkeypatch.setattr("qcdc_core.imports.people.forms_owed_by", lambda kind: ())
    text = "Mã đơn vị,Chức danh\nMH-SL,Công chức\n"
    [found] = read(session, csv_file(tmp_path, text), target).problems
    assert (found.line, found.code) == (2, "owes_nothing")


def test_importing_twice_invites_nobody_twice(
    session: Session, place: Province, tmp_path: Path, target: Path
) -> None:
    """The first codes are not overwritten: they may have been handed out."""
    path = csv_file(tmp_path, GOOD)
    read(session, path, target)
    before = target.read_bytes()
    with pytest.raises(Refusal) as refused:
        read(session, path, target)
    assert refused.value.code == "file_exists"
    assert count(session) == 3
    assert target.read_bytes() == before


def test_a_dry_run_invites_nobody(
    session: Session, place: Province, tmp_path: Path, target: Path
) -> None:
    """Neither a row nor a file."""
    assert read(session, csv_file(tmp_path, GOOD), target, dry_run=True) == PeopleRead(3, ())
    assert count(session) == 0
    assert not target.exists()


def test_codes_that_cannot_be_written_are_not_made(
    session: Session, place: Province, tmp_path: Path
) -> None:
    """The caller's transaction ends with the refusal; nobody holds a code that nobody can read."""
    with pytest.raises(Refusal) as refused:
        read(session, csv_file(tmp_path, GOOD), tmp_path / "no" / "folder.csv")
    assert refused.value.code == "cannot_write"


def test_the_same_file_again_invites_nobody_twice(
    session: Session, place: Province, tmp_path: Path, target: Path
) -> None:
    """Each row says until when its first code holds; nothing is written."""
    file = csv_file(tmp_path, GOOD)
    read(session, file, target)
    again = read(session, file, tmp_path / "khac.csv")
    assert [problem.code for problem in again.problems] == ["invited_already"] * 3
    assert "26/12/2026" in again.problems[0].text
    assert count(session) == 3
    assert not (tmp_path / "khac.csv").exists()


def test_who_has_used_the_code_or_let_it_lapse_can_be_invited_again(
    session: Session, place: Province, tmp_path: Path, target: Path
) -> None:
    file = csv_file(tmp_path, GOOD)
    read(session, file, target)
    later = NOW + timedelta(days=31)
    again = import_people(session, file, tmp_path / "khac.csv", later, "thử")
    assert again.problems == ()
    assert count(session) == 6
