"""The chat page on a database of its own, and a browser that opened it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.web import create_app
from qcdc_core import db
from qcdc_core.config import Settings
from tests.bot.web_pages.visitor import Clock, Visitor


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, var=tmp_path, secret_key="ký thử", committee="Ban Chỉ đạo thử")


@pytest.fixture
def app(engine: Engine, settings: Settings, now: datetime) -> Flask:
    return create_app(settings, engine, Clock(now))


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def reading(engine: Engine) -> Iterator[Session]:
    with db.reading(engine)() as session:
        yield session
