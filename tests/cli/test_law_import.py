"""`qcdc law import`: what it says of a text, and that a doubtful one leaves nothing behind."""

from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.official.tables import OfficialPart
from tests.cli.conftest import Qcdc, refused
from tests.official import files

FIRST = ("--document", "145/2020/nđ-cp", "--from", "2021-02-01")


def parts(stored: sessionmaker[Session]) -> int:
    with stored() as session:
        return session.scalar(select(func.count()).select_from(OfficialPart)) or 0


def test_a_text_is_loaded_once_and_counted(
    qcdc: Qcdc, stored: sessionmaker[Session], tmp_path: Path
) -> None:
    """The second time says that nothing changed, and nothing has; the audit names the first."""
    path = files.as_word(tmp_path / "a.docx")
    first = qcdc("law", "import", path, *FIRST)
    assert (first.exit_code, first.stdout) == (
        0,
        "145/2020/NĐ-CP: đã nạp bản chữ từ 01/02/2021: 4 điều, 5 khoản, 7 điểm.\n",
    )
    count = parts(stored)
    assert "không thay đổi gì" in qcdc("law", "import", path, *FIRST).stdout
    assert parts(stored) == count
    with stored() as session:
        actions = session.scalars(select(AuditEntry.action)).all()
    assert actions == ["official_text.added"]
    assert "145/2020/NĐ-CP: từ 01/02/2021, tệp a.docx" in qcdc("law", "texts").stdout


def test_a_new_version_lists_the_cards_to_look_at(
    qcdc: Qcdc, stored: sessionmaker[Session], tmp_path: Path
) -> None:
    lines = [line.replace("Điều 4.", "Điều 41.") for line in files.LINES]
    excerpt = (*FIRST, "--excerpt")
    qcdc("law", "import", files.as_text(tmp_path / "a.txt", lines), *excerpt)
    newer = [line.replace("Vịt ăn rau", "Vịt ăn cỏ") for line in lines]
    path = files.as_text(tmp_path / "b.txt", newer)
    result = qcdc("law", "import", path, *FIRST[:3], date(2026, 9, 1), "--excerpt")
    assert "cần xem lại" in result.stdout
    assert "Điều 41 Nghị định 145/2020/NĐ-CP" in result.stdout


def test_a_doubtful_text_leaves_nothing(
    qcdc: Qcdc, stored: sessionmaker[Session], tmp_path: Path
) -> None:
    """The sentence names the place; no part is kept."""
    lines = [line for line in files.LINES if not line.startswith("Điều 2.")]
    said = refused(qcdc("law", "import", files.as_text(tmp_path / "a.txt", lines), *FIRST))
    assert "Điều 1 → Điều 3" in said
    assert parts(stored) == 0


def test_every_refusal_has_a_sentence(
    qcdc: Qcdc, stored: sessionmaker[Session], tmp_path: Path
) -> None:
    text = files.as_text(tmp_path / "a.txt")
    assert qcdc("law", "import", text, *FIRST).exit_code == 0
    changed = files.as_text(
        tmp_path / "b.txt", [line.replace("Gà", "Ngan") for line in files.LINES]
    )
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF")
    for path, document, since, word in (
        (text, "1/1999/QH1", "2021-02-01", "10/2022/QH15"),
        (text, "59/2023/NĐ-CP", "2024-02-01", "145/2020/NĐ-CP"),
        (text, "145/2020/NĐ-CP", "2019-02-01", "01/02/2021"),
        (changed, "145/2020/NĐ-CP", "2021-02-01", "01/02/2021"),
        (pdf, "145/2020/NĐ-CP", "2021-02-01", ".docx"),
    ):
        result = qcdc("law", "import", path, "--document", document, "--from", since)
        assert word in refused(result)
