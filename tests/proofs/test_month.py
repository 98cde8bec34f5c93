"""The short form of the month twice; `python -m tests.proofs.month_twice` is the long one."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import click
import pytest
from sqlalchemy import Engine

from qcdc_core import all_tables, db
from tests.postgres import PostgresServer
from tests.proofs.month_twice import play

SEED = 2026


@pytest.fixture
def new(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[], AbstractContextManager[Engine]]:
    """Opens an empty database that nobody used before."""
    numbers = count()

    @contextmanager
    def opened() -> Iterator[Engine]:
        if database_kind == "sqlite":
            engine = db.make_engine(f"sqlite:///{tmp_path / f'{next(numbers)}.db'}")
        else:
            server: PostgresServer = request.getfixturevalue("postgres")
            engine = db.make_engine(server.new_database())
        all_tables.metadata.create_all(engine)
        yield engine
        engine.dispose()

    return opened


def test_a_month_leaves_the_same_whenever_its_copies_come(
    new: Callable[[], AbstractContextManager[Engine]],
) -> None:
    """Every table and every answer, with reminders, a returned report and an erasure among them.

    And when all of it is called once more nothing changes at all.
    """
    found = play(new, people=20, seed=SEED)
    click.echo(found.counts)
    assert found.broken == []
    assert all(found.counts.values()), found.counts
