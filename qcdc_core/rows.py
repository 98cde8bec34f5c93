"""Many rows in one statement, and their ids in the order of the rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from qcdc_core.db import Base


def insert_rows(
    session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]
) -> list[int]:
    if not rows:
        return []
    key: Any = table.__mapper__.primary_key[0]
    statement = insert(table).returning(key, sort_by_parameter_order=True)
    return list(session.scalars(statement, rows))
