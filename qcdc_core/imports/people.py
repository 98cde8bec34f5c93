"""Focal points from a table: each row becomes an invitation; the codes go to a file."""

import csv
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.forms import forms_owed_by
from qcdc_core.imports.problem import Problem
from qcdc_core.imports.sheet import Column, Row, read_sheet, stray_cells
from qcdc_core.language import day
from qcdc_core.language import gettext as _
from qcdc_core.people.invitations import DAYS_VALID, invite, open_invitations
from qcdc_core.units.tree import Node, Tree, tree_on

COLUMNS = (
    Column("unit_code", "Mã đơn vị", ("Mã", "unit"), needed=True),
    Column("title", "Chức danh", ("Chức vụ",), needed=True),
    Column("name", "Họ tên", ("Họ và tên", "Tên", "person_name")),
)
_TITLES = {column.code: column.title for column in COLUMNS}
_MOST = {"title": 100, "name": 200}
# A spreadsheet takes a cell that begins so for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class PeopleRead:
    """``count`` invitations can be made, or were, when there are no problems."""

    count: int
    problems: tuple[Problem, ...]


def import_people(
    session: Session,
    path: Path,
    codes_to: Path,
    now: datetime,
    actor: str,
    *,
    dry_run: bool = False,
) -> PeopleRead:
    """Invite everybody of a file and write the codes to ``codes_to``; all rows or none.

    The codes are kept nowhere else. Raises Refusal file_exists, cannot_write(path), and as
    `read_sheet` does.
    """
    if codes_to.exists():
        raise Refusal("file_exists", path=str(codes_to))
    tree = tree_on(session, local_day(now))
    units = {unit.code: unit for unit in tree.nodes.values()}
    rows = read_sheet(path, COLUMNS)
    problems = [problem for row in rows for problem in _problems(row, units)]
    problems += _doubles(rows)
    problems += _invited_already(session, rows, units, now)
    if not problems and not dry_run:
        _invite_all(session, rows, tree, codes_to, now)
        record(session, now, actor, "import.people", path.name[:100], count=len(rows))
    return PeopleRead(len(rows), tuple(sorted(problems, key=lambda one: one.line)))


def _problems(row: Row, units: dict[str, Node]) -> Iterator[Problem]:
    yield from stray_cells(row)
    for column in COLUMNS:
        if column.needed and not row[column.code]:
            yield _problem(row.line, column.code, "missing")
    for code, most in _MOST.items():
        if len(row[code]) > most:
            yield _problem(row.line, code, "too_long", most=most)
    unit = units.get(row["unit_code"])
    if row["unit_code"] and unit is None:
        yield _problem(row.line, "unit_code", "unknown_unit", value=row["unit_code"])
    elif unit is not None and not forms_owed_by(unit.kind):
        yield _problem(row.line, "unit_code", "owes_nothing", value=row["unit_code"])


def _doubles(rows: Sequence[Row]) -> Iterator[Problem]:
    first_lines: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row[column.code].lower() for column in COLUMNS)
        first = first_lines.setdefault(key, row.line)
        if first != row.line:
            yield _problem(row.line, "unit_code", "duplicate", first=first)


def _invited_already(
    session: Session, rows: Sequence[Row], units: dict[str, Node], now: datetime
) -> Iterator[Problem]:
    """The same file twice must not give everybody two codes."""
    open_ones = {
        (one.unit_id, one.title.lower(), (one.person_name or "").lower()): one.expires_at
        for one in open_invitations(session, now)
    }
    for row in rows:
        unit = units.get(row["unit_code"])
        key = (unit.id if unit else 0, row["title"].lower(), row["name"].lower())
        if key in open_ones:
            until = day(local_day(open_ones[key]))
            yield _problem(row.line, "unit_code", "invited_already", until=until)


def _invite_all(
    session: Session, rows: Sequence[Row], tree: Tree, codes_to: Path, now: datetime
) -> None:
    expires = day(local_day(now + timedelta(days=DAYS_VALID)))
    lines = [[_("Mã đơn vị"), _("Đơn vị"), _("Chức danh"), _("Họ tên"), _("Mã mời"), _("Hết hạn")]]
    for row in rows:
        unit = tree.unit(row["unit_code"])
        code = invite(session, unit.id, row["title"], now, person_name=row["name"] or None)
        lines.append([unit.code, unit.full_name, row["title"], row["name"], code, expires])
    _write_codes(codes_to, lines)


def _write_codes(path: Path, lines: Sequence[Sequence[str]]) -> None:
    """For spreadsheets: with a byte-order mark; readable by its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        raise Refusal("cannot_write", path=str(path)) from None
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_as_text(cell) for cell in line] for line in lines)


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def _problem(line: int, column: str, code: str, **fields: object) -> Problem:
    return Problem(line, _TITLES[column], code, fields)
