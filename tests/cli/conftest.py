"""The program `qcdc` as somebody calls it, on a database and in a folder of the test's own."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core import clock, config, db
from qcdc_core.cli import main
from qcdc_core.language import speak
from qcdc_core.migrations import upgrade
from tests.builders import Province, build_province

Qcdc = Callable[..., Result]
NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No settings of this machine, no file of this folder; the clock stands still."""
    monkeypatch.chdir(tmp_path)
    for name in config.Settings.model_fields:
        monkeypatch.delenv(f"QCDC_{name.upper()}", raising=False)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    config.settings.cache_clear()
    yield
    config.settings.cache_clear()
    speak("vi")


@pytest.fixture
def use_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Choose the database of the commands that follow."""
    urls: list[str] = []

    def use(url: str) -> None:
        urls.append(url)
        monkeypatch.setenv("QCDC_DATABASE_URL", url)
        config.settings.cache_clear()

    yield use
    for url in urls:
        with suppress(SQLAlchemyError, OSError, ImportError):  # one that could not be opened
            db.engine_for(url).dispose()
    db.engine_for.cache_clear()


@pytest.fixture
def qcdc() -> Qcdc:
    """Call the program: ``qcdc("user", "add", "hoa", input="...")``."""

    def call(*arguments: object, **options: Any) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments], **options)

    return call


@pytest.fixture
def stored(
    engine: Engine, sessions: sessionmaker[Session], use_database: Callable[[str], None]
) -> sessionmaker[Session]:
    """Sessions on the database that the commands use: all tables, no rows."""
    use_database(engine.url.render_as_string(hide_password=False))
    return sessions


@pytest.fixture
def place(stored: sessionmaker[Session]) -> Province:
    with stored.begin() as session:
        return build_province(session)


@pytest.fixture
def empty_database(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table."""
    if database_kind == "sqlite":
        return f"sqlite:///{tmp_path / 'var' / 'qcdc.db'}"
    return str(request.getfixturevalue("postgres").new_database())


@pytest.fixture
def migrated(empty_database: str, use_database: Callable[[str], None]) -> str:
    upgrade(empty_database)
    use_database(empty_database)
    return empty_database


def refused(result: Result, *, code: int = 2) -> str:
    """The one sentence of a command that refused; no traceback, nothing on standard output."""
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.stdout == ""
    [sentence] = result.stderr.strip().splitlines()
    return str(sentence)
