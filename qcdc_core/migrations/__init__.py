"""Numbered schema changes; `upgrade` brings a database to the newest one."""

from pathlib import Path

from alembic import command
from alembic.config import Config

FOLDER = Path(__file__).resolve().parent


def upgrade(url: str) -> None:
    """Create or bring up to date the tables at this address; nothing happens when they are."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url
    command.upgrade(config, "head")
