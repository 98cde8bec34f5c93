"""The demo province, loaded once for each database; its tests only read it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from qcdc_core.demo import load
from tests.builders import CALENDAR

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)


@pytest.fixture(scope="package")
def demo(empty_engine: Engine) -> Iterator[Session]:
    with empty_engine.connect() as connection:
        outer = connection.begin()
        with Session(bind=connection, join_transaction_mode="create_savepoint") as session:
            load(session, CALENDAR, NOW)
            session.flush()
            yield session
        outer.rollback()
