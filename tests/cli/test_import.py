"""`qcdc import`: what it says, and that nothing is written when anything is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.people import find_invitation
from qcdc_core.people.tables import Invitation
from qcdc_core.units.tables import Unit
from tests.builders import Province
from tests.cli.conftest import NOW, Qcdc, refused
from tests.imports.files import csv_file, xlsx_file

HEAD = ["Mã đơn vị", "Loại đơn vị", "Tên đơn vị", "Mã cấp trên", "Từ ngày"]
UNITS = [HEAD, ["TT", "tỉnh", "Thử", "", "01/07/2025"], ["TT-A", "xã", "An", "TT", "01/07/2025"]]
PEOPLE = "Mã đơn vị,Chức danh,Họ tên\nMH-SL-D,Trưởng thôn,Y Hoa\nMH-SL-T,Trưởng thôn,\n"


def units(stored: sessionmaker[Session]) -> int:
    with stored() as session:
        return session.scalar(select(func.count()).select_from(Unit)) or 0


def as_csv(table: list[list[str]]) -> str:
    return "\n".join(",".join(row) for row in table)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_units_are_added_and_counted(
    qcdc: Qcdc, stored: sessionmaker[Session], tmp_path: Path, kind: str
) -> None:
    """One line says how many."""
    path = csv_file(tmp_path, as_csv(UNITS)) if kind == "csv" else xlsx_file(tmp_path, UNITS)
    result = qcdc("import", "units", path)
    assert (result.exit_code, result.stdout) == (0, "Đã thêm 2 đơn vị.\n")
    assert units(stored) == 2


def test_importing_units_twice_changes_nothing(
    qcdc: Qcdc, stored: sessionmaker[Session], tmp_path: Path
) -> None:
    """Each line is named as there already."""
    path = csv_file(tmp_path, as_csv(UNITS))
    qcdc("import", "units", path)
    again = qcdc("import", "units", path)
    assert (again.exit_code, again.stdout) == (2, "")
    assert [line.split(",")[0] for line in again.stderr.splitlines()[:2]] == ["Dòng 2", "Dòng 3"]
    assert units(stored) == 2


def test_bad_rows_are_told_line_by_line_and_nothing_is_written(
    qcdc: Qcdc, stored: sessionmaker[Session], tmp_path: Path
) -> None:
    """With how many places to mend."""
    bad = [*UNITS, ["", "xã", "Bình", "TT", "01/07/2025"], ["TT-C", "quận", "C", "TT", "hôm qua"]]
    result = qcdc("import", "units", csv_file(tmp_path, as_csv(bad)))
    lines = result.stderr.splitlines()
    assert result.exit_code == 2
    assert [line.split(":")[0] for line in lines[:3]] == [
        "Dòng 4, cột Mã đơn vị",
        "Dòng 5, cột Từ ngày",
        "Dòng 5, cột Loại đơn vị",
    ]
    assert "3 chỗ" in lines[3]
    assert units(stored) == 0


def test_of_very_many_bad_rows_the_first_are_told(
    qcdc: Qcdc, stored: sessionmaker[Session], tmp_path: Path
) -> None:
    """And how many more there are."""
    bad = [HEAD, *([f"X{n}", "quận", "X", "TT", "01/07/2025"] for n in range(60))]
    result = qcdc("import", "units", csv_file(tmp_path, as_csv(bad)))
    assert len(result.stderr.splitlines()) == 52
    assert "10 chỗ nữa" in result.stderr


def test_a_dry_run_says_what_would_happen(
    qcdc: Qcdc, stored: sessionmaker[Session], tmp_path: Path
) -> None:
    """And does nothing."""
    result = qcdc("import", "units", csv_file(tmp_path, as_csv(UNITS)), "--dry-run")
    assert "2 đơn vị; chưa ghi gì" in result.stdout
    assert units(stored) == 0


@pytest.mark.parametrize(
    ("write", "says"),
    [
        (lambda folder: csv_file(folder, "Mã,Màu\nA,đỏ\n"), "Màu"),
        (lambda folder: csv_file(folder, "Mã đơn vị\nA\n"), "Loại đơn vị"),
        (lambda folder: csv_file(folder, ""), "tep.csv"),
        (lambda folder: csv_file(folder, "Ma\nĐ\n", encoding="cp1258"), "UTF-8"),
        (lambda folder: csv_file(folder, "x", "tep.xlsx"), "tep.xlsx"),
    ],
    ids=["unknown column", "missing columns", "empty", "another encoding", "no workbook"],
)
def test_a_file_that_is_not_understood_is_one_sentence(
    qcdc: Qcdc, stored: object, tmp_path: Path, write: Callable[[Path], Path], says: str
) -> None:
    """Exit code 2, no traceback."""
    assert says in refused(qcdc("import", "units", write(tmp_path)))


def test_a_file_that_is_not_there_is_refused(qcdc: Qcdc, stored: object) -> None:
    """By click itself."""
    assert qcdc("import", "units", "khong-co.csv").exit_code == 2


def test_people_get_codes_in_a_file_beside(
    qcdc: Qcdc, stored: sessionmaker[Session], place: Province, tmp_path: Path
) -> None:
    """The codes work, and are printed nowhere else."""
    result = qcdc("import", "people", csv_file(tmp_path, PEOPLE))
    assert result.exit_code == 0
    written = (tmp_path / "tep-ma-moi.csv").read_text("utf-8-sig")
    codes = [line.split(",")[4] for line in written.splitlines()[1:]]
    assert len(codes) == 2
    assert not any(code in result.output for code in codes)
    with stored() as session:
        assert {find_invitation(session, code, NOW).title for code in codes} == {"Trưởng thôn"}


def test_importing_people_twice_invites_nobody_twice(
    qcdc: Qcdc, stored: sessionmaker[Session], place: Province, tmp_path: Path
) -> None:
    """The codes of the first time are not overwritten."""
    path = csv_file(tmp_path, PEOPLE)
    qcdc("import", "people", path)
    assert "tep-ma-moi.csv" in refused(qcdc("import", "people", path))
    with stored() as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 2


def test_codes_that_cannot_be_written_invite_nobody(
    qcdc: Qcdc, stored: sessionmaker[Session], place: Province, tmp_path: Path
) -> None:
    """All or nothing, the file included."""
    target = tmp_path / "no" / "x.csv"
    sentence = refused(qcdc("import", "people", csv_file(tmp_path, PEOPLE), "--codes-to", target))
    assert "no/x.csv" in sentence
    with stored() as session:
        assert session.scalars(select(Invitation)).all() == []
