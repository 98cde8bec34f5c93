"""The untidy quarter and its brief."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from qcdc_core.briefs import Brief
from tests.briefs import quarter
from tests.builders import Province


@pytest.fixture
def place(session: Session) -> Province:
    return quarter.build(session)


@pytest.fixture
def brief(session: Session, place: Province) -> Brief:
    return quarter.brief_of(session)


@pytest.fixture(scope="package")
def written(empty_engine: Engine) -> Brief:
    """The same brief, compiled once for tests that only write it down."""
    with empty_engine.connect() as connection:
        outer = connection.begin()
        with Session(bind=connection, join_transaction_mode="create_savepoint") as session:
            quarter.build(session)
            compiled = quarter.brief_of(session)
        outer.rollback()
    return compiled
