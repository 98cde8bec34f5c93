"""`qcdc brief`: every format to a file or the screen; what cannot be compiled is one sentence."""

import json
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.briefs import Brief
from tests.briefs import quarter
from tests.builders import Province
from tests.cli.conftest import Qcdc, refused

BEGINS = {
    "docx": b"PK",
    "xlsx": b"PK",
    "pdf": b"%PDF",
    "html": b"<header>",
    "text": "ỦY BAN NHÂN DÂN TỈNH MINH HỌA".encode(),
    "json": b"{",
}


@pytest.fixture
def filled(stored: sessionmaker[Session], place: Province) -> Province:
    with stored.begin() as session:
        quarter.fill(session, place, quarter.QUARTER)
    return place


def arguments(unit: str = "MH", period: str = "2026-Q3") -> tuple[str, ...]:
    return ("brief", "--unit", unit, "--period", period)


@pytest.mark.parametrize("name", BEGINS)
def test_each_format_is_written_to_a_file(
    qcdc: Qcdc, filled: Province, tmp_path: Path, name: str
) -> None:
    """Nothing on the screen, exit code 0."""
    path = tmp_path / f"bao-cao.{name}"
    result = qcdc(*arguments(), "--format", name, "-o", path)
    assert (result.exit_code, result.output) == (0, "")
    assert path.read_bytes().startswith(BEGINS[name])


def test_without_a_file_it_goes_to_the_screen(qcdc: Qcdc, filled: Province) -> None:
    """As text, to be read or piped."""
    result = qcdc(*arguments())
    assert result.exit_code == 0
    assert "tỷ lệ hòa giải thành 42,86% (03/07 vụ)" in result.stdout


def test_the_json_is_the_brief_itself(qcdc: Qcdc, filled: Province) -> None:
    """Other programs read back what was compiled."""
    result = qcdc(*arguments(), "--format", "json")
    brief = Brief.from_json(json.loads(result.stdout))
    assert brief.number("thon_thang.hop_thon").value == 11


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "quý 3", "", "26-Q3"])
def test_what_is_no_period_is_refused(qcdc: Qcdc, filled: Province, period: str) -> None:
    """With how to write one."""
    assert "2026-Q3" in refused(qcdc(*arguments(period=period)))


@pytest.mark.parametrize(
    ("unit", "period", "says"),
    [
        ("XX", "2026-Q3", "XX"),
        ("MH", "2027-Q1", "chưa bắt đầu"),
        ("MH", "2026-Q1", "Chưa đơn vị nào gửi"),
    ],
    ids=["unknown unit", "not begun", "nothing reported"],
)
def test_what_cannot_be_compiled_is_one_sentence(
    qcdc: Qcdc, filled: Province, tmp_path: Path, unit: str, period: str, says: str
) -> None:
    """Exit code 2, no file, no traceback."""
    path = tmp_path / "x.docx"
    result = qcdc(*arguments(unit, period), "--format", "docx", "-o", path)
    assert says in refused(result)
    assert not path.exists()


def test_a_period_before_collecting_began_is_refused(
    qcdc: Qcdc, filled: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The setting decides."""
    monkeypatch.setenv("QCDC_COLLECT_FROM", "2026-09-15")
    assert "bắt đầu thu số liệu" in refused(qcdc(*arguments()))


def test_a_place_that_cannot_be_written_is_refused(
    qcdc: Qcdc, filled: Province, tmp_path: Path
) -> None:
    """With the path and the reason."""
    sentence = refused(qcdc(*arguments(), "-o", tmp_path / "no" / "x.txt"))
    assert "no/x.txt" in sentence


def test_an_annex_that_is_no_text_is_refused(qcdc: Qcdc, filled: Province, tmp_path: Path) -> None:
    """A Word file is no annex to compare with."""
    path = tmp_path / "annex.docx"
    path.write_bytes(b"PK\x03\x04\xff\xfe")
    assert "annex.docx" in refused(qcdc(*arguments(), "--compare", path))


def test_without_tables_it_says_what_to_run_first(
    qcdc: Qcdc, empty_database: str, use_database: object
) -> None:
    """On a fresh machine."""
    assert callable(use_database)
    use_database(empty_database)
    assert "qcdc migrate" in refused(qcdc(*arguments()))


@pytest.mark.parametrize("given", [("--unit", "MH"), ("--period", "2026-Q3")])
def test_unit_and_period_are_asked_for(qcdc: Qcdc, stored: object, given: tuple[str, str]) -> None:
    """Nothing is guessed."""
    result = qcdc("brief", *given)
    assert result.exit_code == 2
    assert "Missing option" in result.stderr
