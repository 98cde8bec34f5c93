"""The same month twice: what came again, and when, leaves no trace."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from qcdc_core import all_tables, db
from tests.postgres import PostgresServer
from tests.proofs.month import Delivery, shuffled, tape
from tests.proofs.replay import Month, settle, stock

SEED = 2026


@contextmanager
def fresh(engine: Engine, request: pytest.FixtureRequest, folder: Path) -> Iterator[Engine]:
    """Another empty database of the same kind."""
    if engine.dialect.name == "sqlite":
        other = db.make_engine(f"sqlite:///{folder / 'other.db'}")
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        other = db.make_engine(server.new_database())
    all_tables.metadata.create_all(other)
    yield other
    other.dispose()


def played(engine: Engine, month: list[Delivery]) -> Month:
    settle(engine)
    found = Month(engine)
    found.passes(month)
    return found


def test_a_month_leaves_the_same_whenever_its_copies_come(
    engine: Engine, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Every table and every answer, with reminders, a returned report and an erasure among them.

    And when all of it is called once more nothing changes at all.
    """
    recorded = tape(SEED)
    first = played(engine, recorded)
    held = stock(engine)
    assert first.statuses == {200: len(recorded)}
    assert held["report"], "nothing happened"
    first.is_called_again(recorded)
    assert stock(engine) == held
    with fresh(engine, request, tmp_path) as other:
        again = played(other, shuffled(recorded, SEED))
        assert stock(other) == held
        assert again.answers() == first.answers()
