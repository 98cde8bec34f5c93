"""The database: column types, engine, sessions. SQLite is embedded, PostgreSQL for more machines.

Facts behind the SQLite settings (WAL, BEGIN IMMEDIATE, busy timeout) were measured: a deferred
transaction that reads and then writes fails at once under a second writer, whatever the timeout.
"""

import sqlite3
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Numeric,
    String,
    TypeDecorator,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeEngine

BUSY_TIMEOUT_SECONDS = 10
_LOOK_AGAIN_SECONDS = 0.001
_HAS_TURN = "qcdc_has_turn"

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables; constraint names are fixed so that migrations can name what they drop."""

    metadata = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """An aware datetime. SQLite has no zone, so UTC is stored and UTC comes back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal that is never a float on its way: NUMERIC on PostgreSQL, text on SQLite."""

    impl = Numeric(24, 4)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(30))
        return dialect.type_descriptor(Numeric(24, 4))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return format(value, "f")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else plain(Decimal(value))


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros or exponent, so that equal values print equally."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL; the folder of an SQLite file is made when missing."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    # Parameters stay out of error texts: they are what people wrote.
    engine = create_engine(
        url, connect_args={"timeout": BUSY_TIMEOUT_SECONDS}, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_sqlite)
    _OneWriter().serve(engine)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin by itself: see _OneWriter
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


class _OneWriter:
    """Lets the threads of a process write in turn, before SQLite sees them.

    SQLite's own waiting is a sleep that grows to a tenth of a second and wakes nobody: with eight
    threads at 25 messages a second some waited for seconds. For another process the one that has
    the turn looks every millisecond.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def serve(self, engine: Engine) -> None:
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "commit", lambda connection: self._end(connection.info))
        event.listen(engine, "rollback", lambda connection: self._end(connection.info))
        # What is given back has ended, however that came about.
        event.listen(engine, "checkin", lambda _driver, record: self._end(record.info))

    def _begin(self, connection: Connection) -> None:
        """Take the write lock at the start, unless the session said that it only reads."""
        if connection.get_execution_options().get("only_reads", False):
            connection.exec_driver_sql("BEGIN")
            return
        # After that long SQLite says itself that the database is locked.
        connection.info[_HAS_TURN] = self._turn.acquire(timeout=BUSY_TIMEOUT_SECONDS)
        try:
            _begin_immediate(connection)
        except BaseException:
            self._end(connection.info)
            raise

    def _end(self, info: dict[Any, Any]) -> None:
        if info.pop(_HAS_TURN, False):
            self._turn.release()


def _begin_immediate(connection: Connection) -> None:
    """Raises OperationalError after as many milliseconds as the connection's timeout has."""
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    patience: int = driver.execute("PRAGMA busy_timeout").fetchone()[0]
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        for _ in range(patience):
            if _has_begun(driver):
                return
            time.sleep(_LOOK_AGAIN_SECONDS)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout = {patience}")


def _has_begun(driver: sqlite3.Connection) -> bool:
    """Whatever else is wrong than another's lock is still wrong at the last try, and told there."""
    with suppress(sqlite3.OperationalError):
        driver.execute("BEGIN IMMEDIATE")
    return driver.in_transaction


@cache
def engine_for(url: str) -> Engine:
    """One engine per address in a process."""
    return make_engine(url)


def writing(engine: Engine) -> sessionmaker[Session]:
    """Sessions that may write: ``with writing(engine).begin() as session``."""
    return sessionmaker(engine, expire_on_commit=False)


def reading(engine: Engine) -> sessionmaker[Session]:
    """Sessions that only read: on SQLite they do not wait for a writer."""
    return sessionmaker(engine.execution_options(only_reads=True), expire_on_commit=False)


def only_read(session: Session) -> None:
    """Say of a session that may write, before anything else, that its transaction only reads."""
    session.connection(execution_options={"only_reads": True})
