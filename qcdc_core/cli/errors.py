"""How commands speak: a refusal is one sentence on stderr and exit code 2."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import IO, Any

import click
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from qcdc_core import db
from qcdc_core.config import settings
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _


class Refused(click.ClickException):
    """What was asked cannot be done; the sentence says why and what to do instead."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=file is None)


@contextmanager
def refusals(sentences: Mapping[str, str]) -> Iterator[None]:
    """A refusal ends the command with its sentence, filled with the refusal's fields."""
    try:
        yield
    except Refusal as refusal:
        sentence = sentences.get(refusal.code)
        if sentence is None:
            raise
        raise Refused(sentence.format(**refusal.fields)) from refusal


def writing() -> AbstractContextManager[Session]:
    """A session on the database of the settings. Raises Refused when it has no tables yet."""
    return db.writing(migrated_engine()).begin()


def migrated_engine() -> Engine:
    """Raises Refused when the database cannot be opened or has no tables yet."""
    with database_there():
        engine = db.engine_for(settings().database_url)
        is_migrated = inspect(engine).has_table("unit")
    if not is_migrated:
        raise Refused(_("Cơ sở dữ liệu chưa có bảng. Chạy trước: qcdc migrate"))
    return engine


@contextmanager
def database_there() -> Iterator[None]:
    """A database that cannot be opened, or a driver that is not there, ends with a sentence."""
    try:
        yield
    except (SQLAlchemyError, OSError, ImportError) as error:
        raise Refused(
            _(
                "Không mở được cơ sở dữ liệu ({error}). "
                "Xem QCDC_DATABASE_URL, rồi chạy qcdc doctor."
            ).format(error=type(error).__name__)
        ) from error
