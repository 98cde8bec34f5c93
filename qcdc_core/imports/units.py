"""Units from a table: read, checked against each other and the tree, written all or none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.imports.cells import day_in, is_location_code, is_tax_code
from qcdc_core.imports.problem import Problem
from qcdc_core.imports.sheet import Column, Row, read_sheet, stray_cells
from qcdc_core.language import day as shown_day
from qcdc_core.language import gettext as _
from qcdc_core.rows import insert_rows
from qcdc_core.units.kinds import COMMUNES, KIND_WORDS, PROVINCES, VILLAGES
from qcdc_core.units.tables import Unit, UnitState

LONGEST_CODE = 40
LONGEST_NAME = 200

COLUMNS = (
    Column("code", "Mã đơn vị", ("Mã",), needed=True),
    Column("kind", "Loại đơn vị", ("Loại",), needed=True),
    Column("name", "Tên đơn vị", ("Tên",), needed=True),
    Column("parent_code", "Mã cấp trên", ("Mã đơn vị cấp trên", "Cấp trên", "parent")),
    Column("valid_from", "Từ ngày", ("Có hiệu lực từ", "Hiệu lực từ"), needed=True),
    Column("valid_to", "Hết hiệu lực từ", ("Đến trước ngày",)),
    Column("tax_code", "Mã số thuế", ("MST",)),
    Column("location_code", "Mã định danh", ("Mã định danh địa điểm",)),
)
_TITLES = {column.code: column.title for column in COLUMNS}


@dataclass(frozen=True)
class _New:
    """A row that is right in itself."""

    line: int
    code: str
    kind: str
    name: str
    parent_code: str
    valid_from: date
    valid_to: date | None
    tax_code: str | None
    location_code: str | None


@dataclass(frozen=True)
class _Stay:
    """Kind and validity of a possible parent."""

    kind: str
    valid_from: date
    valid_to: date | None

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class UnitsRead:
    """``count`` units can be added, or were, when there are no problems."""

    count: int
    problems: tuple[Problem, ...]


def import_units(
    session: Session, path: Path, now: datetime, actor: str, *, dry_run: bool = False
) -> UnitsRead:
    """Add the units of a file; nothing is written when any row has a problem.

    Raises Refusal as `read_sheet` does.
    """
    rows = read_sheet(path, COLUMNS)
    problems: list[Problem] = []
    new = [unit for row in rows if (unit := _unit(row, problems)) is not None]
    problems += _problems_together(session, new)
    if not problems and not dry_run:
        _write(session, new)
        record(session, now, actor, "import.units", path.name[:100], count=len(new))
    return UnitsRead(len(new), tuple(sorted(problems, key=lambda one: one.line)))


def _unit(row: Row, problems: list[Problem]) -> _New | None:
    found = [*_text_problems(row), *_code_problems(row), *_date_problems(row)]
    kind = kind_in(row["kind"])
    if row["kind"] and kind is None:
        known = ", ".join(word or _kind_name(code) for code, word in KIND_WORDS.items())
        found.append(_problem(row.line, "kind", "unknown_kind", value=row["kind"], known=known))
    problems += found
    first = day_in(row["valid_from"])
    if found or kind is None or first is None:
        return None
    return _New(
        row.line,
        row["code"],
        kind,
        row["name"],
        row["parent_code"],
        first,
        day_in(row["valid_to"]),
        row["tax_code"] or None,
        row["location_code"] or None,
    )


def _text_problems(row: Row) -> Iterator[Problem]:
    yield from stray_cells(row)
    for column in COLUMNS:
        if column.needed and not row[column.code]:
            yield _problem(row.line, column.code, "missing")
    for code, most in (("code", LONGEST_CODE), ("name", LONGEST_NAME)):
        if len(row[code]) > most:
            yield _problem(row.line, code, "too_long", most=most)


def _code_problems(row: Row) -> Iterator[Problem]:
    if row["code"] and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", row["code"]):
        yield _problem(row.line, "code", "bad_code")
    if row["tax_code"] and not is_tax_code(row["tax_code"]):
        yield _problem(row.line, "tax_code", "bad_tax_code", value=row["tax_code"])
    if row["location_code"] and not is_location_code(row["location_code"]):
        yield _problem(row.line, "location_code", "bad_location_code", value=row["location_code"])


def _date_problems(row: Row) -> Iterator[Problem]:
    first, end = day_in(row["valid_from"]), day_in(row["valid_to"])
    for code, read in (("valid_from", first), ("valid_to", end)):
        if row[code] and read is None:
            yield _problem(row.line, code, "bad_date", value=row[code])
    if first and end and end <= first:
        yield _problem(row.line, "valid_to", "dates_reversed")


def kind_in(text: str) -> str | None:
    """The kind meant by its code or its word, whatever the case; None when there is none."""
    said = text.lower()
    names = {_kind_name(code).lower(): code for code in KIND_WORDS}
    return said if said in KIND_WORDS else names.get(said)


def _kind_name(code: str) -> str:
    own = {"co_quan": _("cơ quan"), "doanh_nghiep": _("doanh nghiệp")}
    return own.get(code) or KIND_WORDS[code]


def _problems_together(session: Session, new: Sequence[_New]) -> Iterator[Problem]:
    taken = {code.lower() for code in session.scalars(select(Unit.code))}
    parents = _stays(session) | {
        unit.code: _Stay(unit.kind, unit.valid_from, unit.valid_to) for unit in new
    }
    first_lines: dict[str, int] = {}
    for unit in new:
        first = first_lines.setdefault(unit.code.lower(), unit.line)
        if first != unit.line:
            yield _problem(unit.line, "code", "duplicate", first=first)
        if unit.code.lower() in taken:
            yield _problem(unit.line, "code", "code_taken", value=unit.code)
        yield from _parent_problems(unit, parents)
    yield from _cycles(new)


def _stays(session: Session) -> dict[str, _Stay]:
    """The latest state of each unit stored, with the first day the unit was there."""
    rows = session.execute(
        select(Unit.code, UnitState.kind, UnitState.valid_from, UnitState.valid_to)
        .join(UnitState, UnitState.unit_id == Unit.id)
        .order_by(UnitState.valid_from)
    )
    found: dict[str, _Stay] = {}
    for code, kind, first, end in rows:
        found[code] = _Stay(kind, found[code].valid_from if code in found else first, end)
    return found


def _parent_problems(unit: _New, parents: Mapping[str, _Stay]) -> Iterator[Problem]:
    kind = _kind_name(unit.kind)
    if not unit.parent_code:
        if unit.kind not in PROVINCES:
            yield _problem(unit.line, "parent_code", "parent_needed", kind=kind)
        return
    parent = parents.get(unit.parent_code)
    if parent is None:
        yield _problem(unit.line, "parent_code", "unknown_unit", value=unit.parent_code)
    elif not _may_stand_under(unit.kind, parent.kind):
        other = _kind_name(parent.kind)
        yield _problem(unit.line, "parent_code", "wrong_parent", kind=kind, parent_kind=other)
    elif not parent.is_valid_on(unit.valid_from):
        first = shown_day(unit.valid_from)
        yield _problem(
            unit.line, "parent_code", "parent_not_valid", value=unit.parent_code, day=first
        )


def _may_stand_under(kind: str, parent_kind: str) -> bool:
    """Province, district (until 30/06/2025), commune, village; agencies and enterprises beside."""
    above = PROVINCES | {"huyen"}
    if kind in PROVINCES:
        return False
    if kind == "huyen":
        return parent_kind in PROVINCES
    if kind in COMMUNES:
        return parent_kind in above
    return parent_kind in COMMUNES if kind in VILLAGES else parent_kind in above | COMMUNES


def _cycles(new: Sequence[_New]) -> Iterator[Problem]:
    parents = {unit.code: unit.parent_code for unit in new}
    for unit in new:
        path = [unit.code]
        while (step := parents.get(path[-1])) and step not in path:
            path.append(step)
        if step == unit.code:
            way = " → ".join([*path, step])
            yield _problem(unit.line, "parent_code", "cycle", path=way)


def _write(session: Session, new: Sequence[_New]) -> None:
    rows = [
        {"code": unit.code, "tax_code": unit.tax_code, "location_code": unit.location_code}
        for unit in new
    ]
    insert_rows(session, Unit, rows)
    ids = dict(session.execute(select(Unit.code, Unit.id)).all())
    states = [
        {
            "unit_id": ids[unit.code],
            "parent_id": ids.get(unit.parent_code),
            "kind": unit.kind,
            "name": unit.name,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
        }
        for unit in new
    ]
    insert_rows(session, UnitState, states)


def _problem(line: int, column: str, code: str, **fields: object) -> Problem:
    return Problem(line, _TITLES[column], code, fields)
