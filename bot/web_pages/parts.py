"""What the pages need from outside: settings, database, clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core import db
from qcdc_core.config import Settings


@dataclass(frozen=True)
class Parts:
    settings: Settings
    writing: sessionmaker[Session]
    reading: sessionmaker[Session]
    now: Callable[[], datetime]


def put(app: Flask, settings: Settings, engine: Engine, now: Callable[[], datetime]) -> None:
    app.extensions["qcdc"] = Parts(settings, db.writing(engine), db.reading(engine), now)


def parts() -> Parts:
    found: Parts = current_app.extensions["qcdc"]
    return found
