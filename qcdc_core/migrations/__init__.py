"""Numbered schema changes; `upgrade` brings a database to the newest one."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

FOLDER = Path(__file__).resolve().parent


def upgrade(url: str) -> None:
    """Create or bring up to date the tables at this address; nothing happens when they are."""
    config = _config()
    config.attributes["url"] = url
    command.upgrade(config, "head")


def is_newest(engine: Engine) -> bool:
    """Whether the database has the tables of this version."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config
