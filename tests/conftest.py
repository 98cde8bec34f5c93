"""Fixtures for all tests: a database of each kind, a session that is undone, the calendar."""

import shutil
import ssl
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core import all_tables, db
from tests.postgres import PostgresServer, why_no_postgres

KINDS = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql", "all"),
        default="all",
        help="which databases the tests with a database run on",
    )
    parser.addoption(
        "--pictures", action="store_true", help="browser tests keep their pictures in docs/pictures"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--database")
        kinds = KINDS if wanted == "all" else (wanted,)
        metafunc.parametrize("database_kind", kinds, scope="session")


@pytest.fixture(scope="session", autouse=True)
def _certificates_read_once() -> Iterator[None]:
    """Each HTTP client reads all certificates anew: a tenth of a second for a test with five."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A server of this test process: the system's programs, or those of the wheel."""
    reason = why_no_postgres()
    if reason:
        pytest.skip(reason)
    with PostgresServer.started() as server:
        yield server


@pytest.fixture(scope="session")
def empty_engine(database_kind: str, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine on a database with all tables and no rows; tests leave it empty."""
    if database_kind == "sqlite":
        folder = Path(tempfile.mkdtemp(prefix="qcdc-test-"))
        engine = db.make_engine(f"sqlite:///{folder / 'test.db'}")
    else:
        folder = None
        server: PostgresServer = request.getfixturevalue("postgres")
        engine = db.make_engine(server.new_database())
    all_tables.metadata.create_all(engine)
    yield engine
    engine.dispose()
    if folder:
        shutil.rmtree(folder)


@pytest.fixture
def session(empty_engine: Engine) -> Iterator[Session]:
    """A session whose work is undone after the test, even what it committed."""
    with empty_engine.connect() as connection:
        outer = connection.begin()
        with Session(
            bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as one:
            yield one
        outer.rollback()


@pytest.fixture
def engine(empty_engine: Engine) -> Iterator[Engine]:
    """The database itself, for tests of several sessions or processes; emptied afterwards."""
    yield empty_engine
    with empty_engine.begin() as connection:
        for table in reversed(all_tables.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return db.writing(engine)


@pytest.fixture
def now() -> datetime:
    """19:42 on 13 October 2026 in Việt Nam, the evening of the sample conversation."""
    return datetime(2026, 10, 13, 12, 42, tzinfo=UTC)
