"""Migrated tables are the tables of the models, on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from qcdc_core import db
from qcdc_core.all_tables import metadata
from qcdc_core.migrations import upgrade


@pytest.fixture
def empty_database(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if database_kind == "sqlite":
        return f"sqlite:///{tmp_path / 'migrated.db'}"
    return str(request.getfixturevalue("postgres").new_database())


def test_migrated_tables_equal_the_models(empty_database: str) -> None:
    """Nobody can change a table without the migration that brings it to others."""
    upgrade(empty_database)
    engine = db.make_engine(empty_database)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_upgrading_twice_changes_nothing(empty_database: str) -> None:
    """`make run` migrates at every start."""
    upgrade(empty_database)
    upgrade(empty_database)
