"""`qcdc doctor`: exit code 0 when all is well, 1 with what to do when not."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from qcdc_core import db, leader
from qcdc_core.messages.inbox import conversation_at, receive
from tests.cli.conftest import NOW, Qcdc


@pytest.fixture(autouse=True)
def kept_typeface(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The pages' typeface is cut once for all tests of this file."""
    folder = tmp_path_factory.getbasetemp() / "doctor-var"
    folder.mkdir(exist_ok=True)
    monkeypatch.setenv("QCDC_VAR", str(folder))


@pytest.fixture
def well(migrated: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A process leads and has its key."""
    monkeypatch.setenv("QCDC_SECRET_KEY", "khóa thử")
    with Session(db.engine_for(migrated)) as session, session.begin():
        leader.hold(session, leader.TICKER, "máy thử", NOW)
    return migrated


def wrong(qcdc: Qcdc) -> list[str]:
    """The lines that are not well; as many as the last line counts."""
    result = qcdc("doctor")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    lines = [line for line in result.stdout.splitlines() if line.startswith("! ")]
    assert result.exit_code == (1 if lines else 0)
    assert (result.stderr == f"{len(lines)} chỗ cần xử lý.\n") == bool(lines)
    return lines


def test_a_healthy_installation_is_well(qcdc: Qcdc, well: str) -> None:
    """Every check says what is so."""
    result = qcdc("doctor")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[-1] == "Mọi thứ đều ổn."
    assert all(line.startswith("✔ ") for line in lines[:-1])
    assert len(lines) == 12


def test_a_missing_key_is_told(qcdc: Qcdc, migrated: str) -> None:
    """With how it comes to be."""
    lines = wrong(qcdc)
    assert len(lines) == 2  # nor does a process lead
    assert "QCDC_SECRET_KEY" in lines[0]


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////dev/null/qcdc.db",
        "postgresql+psycopg://nobody@/none?host=/nonexistent",
        "nonsense",
        "postgresql://nobody@/none",
    ],
    ids=["no folder", "no server", "no address", "no driver"],
)
def test_a_database_that_is_down_is_told(
    qcdc: Qcdc,
    monkeypatch: pytest.MonkeyPatch,
    use_database: Callable[[str], None],
    url: str,
) -> None:
    """With the setting to look at, and the rest is examined all the same."""
    monkeypatch.setenv("QCDC_SECRET_KEY", "khóa thử")
    use_database(url)
    [line] = wrong(qcdc)
    assert "QCDC_DATABASE_URL" in line


def test_a_database_without_tables_is_told(
    qcdc: Qcdc, empty_database: str, use_database: Callable[[str], None]
) -> None:
    """With the command that makes them."""
    use_database(empty_database)
    assert any("qcdc migrate" in line for line in wrong(qcdc))


def test_messages_that_nobody_works_off_are_told(qcdc: Qcdc, well: str) -> None:
    """With how many and since when; a message of this minute is nothing odd."""
    for minutes, told in ((1, False), (17, True)):
        with Session(db.engine_for(well)) as session, session.begin():
            sent = NOW - timedelta(minutes=minutes)
            chat = conversation_at(session, "web", "default", "a", sent)
            receive(session, chat, f"m-{minutes}", "họp 2 cuộc", sent)
        lines = wrong(qcdc)
        assert bool(lines) is told
    assert "2 tin đến chờ xử lý, tin cũ nhất đã 17 phút" in lines[0]
    assert "họp" not in lines[0]


def test_a_key_that_others_can_read_is_told(
    qcdc: Qcdc, well: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the command that mends it."""
    env = tmp_path / ".env"
    env.write_text("")
    env.chmod(0o644)
    assert "chmod 600 .env" in wrong(qcdc)[0]
    env.chmod(0o600)
    assert wrong(qcdc) == []
