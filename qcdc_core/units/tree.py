"""The unit tree as it stood on a day, read whole: a province has a few thousand units."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from qcdc_core.errors import Refusal
from qcdc_core.units.kinds import KIND_WORDS
from qcdc_core.units.tables import Unit, UnitState


@dataclass(frozen=True)
class Node:
    """A unit as it stood on the tree's day."""

    id: int
    code: str
    kind: str
    name: str
    parent_id: int | None

    @property
    def full_name(self) -> str:
        """'thôn Đông', 'xã Sơn Lang'; agencies and enterprises by their own name."""
        return f"{KIND_WORDS[self.kind]} {self.name}".strip()


class Tree:
    """Units valid on ``day``. A unit whose parent is not valid that day stands at the top."""

    def __init__(self, day: date, nodes: Iterable[Node]) -> None:
        self.day = day
        self.nodes = {node.id: node for node in nodes}
        self._by_code = {node.code: node for node in self.nodes.values()}
        self._children: dict[int | None, list[Node]] = {}
        for node in self.nodes.values():
            parent = node.parent_id if node.parent_id in self.nodes else None
            self._children.setdefault(parent, []).append(node)

    def unit(self, code: str) -> Node:
        """Raises Refusal unknown_unit(code) when there is none of that code on that day."""
        try:
            return self._by_code[code]
        except KeyError:
            raise Refusal("unknown_unit", code=code) from None

    def node(self, unit_id: int) -> Node:
        """Raises KeyError when the unit is not valid on that day."""
        return self.nodes[unit_id]

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self.nodes

    def children(self, unit_id: int | None) -> tuple[Node, ...]:
        """The units directly below, by code; of None: the units at the top."""
        return tuple(self._children.get(unit_id, ()))

    def below(self, unit_id: int) -> Iterator[Node]:
        """The unit itself, then all units under it, parents before children."""
        yield self.nodes[unit_id]
        for child in self.children(unit_id):
            yield from self.below(child.id)

    def path(self, unit_id: int) -> tuple[Node, ...]:
        """From the top down to the unit itself."""
        steps = [self.nodes[unit_id]]
        while steps[-1].parent_id in self.nodes:
            steps.append(self.nodes[steps[-1].parent_id])
        return tuple(reversed(steps))

    def is_within(self, unit_id: int, top_id: int) -> bool:
        """Whether the unit is ``top_id`` or stands under it; False for a unit not valid."""
        return unit_id in self.nodes and any(node.id == top_id for node in self.path(unit_id))


def tree_on(session: Session, day: date) -> Tree:
    """The tree valid on that day; empty when nothing is."""
    return Tree(day, [Node(*row) for row in session.execute(_valid_on(), {"day": day})])


def units_on(session: Session, day: date, unit_ids: Collection[int]) -> dict[int, Node]:
    """These units as they stood on that day; those that were not valid are left out."""
    rows = session.execute(_some_valid_on(), {"day": day, "units": list(unit_ids)})
    return {row[0]: Node(*row) for row in rows}


def tree_near(session: Session, day: date, unit_id: int) -> Tree:
    """The unit, its parent, and all units under that parent: a message needs no whole province.

    Reading the 4,500 units of a province takes longer than all else in answering a message.
    """
    rows = session.execute(_near(), {"day": day, "unit": unit_id})
    return Tree(day, [Node(*row) for row in rows])


@cache
def _some_valid_on() -> Select[int, str, str, str, int | None]:
    return _valid_on().where(Unit.id.in_(bindparam("units", expanding=True)))


@cache
def _near() -> Select[int, str, str, str, int | None]:
    """The parent is looked up by the day too: it may have been another one before."""
    day: BindParameter[date] = bindparam("day")
    own = aliased(UnitState)
    parent = (
        select(own.parent_id)
        .where(own.unit_id == bindparam("unit"), own.valid_from <= day)
        .where(or_(own.valid_to.is_(None), own.valid_to > day))
        .scalar_subquery()
    )
    return _valid_on().where(
        or_(Unit.id == bindparam("unit"), Unit.id == parent, UnitState.parent_id == parent)
    )


@cache
def _valid_on() -> Select[int, str, str, str, int | None]:
    day: BindParameter[date] = bindparam("day")
    return (
        select(Unit.id, Unit.code, UnitState.kind, UnitState.name, UnitState.parent_id)
        .join(UnitState, UnitState.unit_id == Unit.id)
        .where(UnitState.valid_from <= day)
        .where(or_(UnitState.valid_to.is_(None), UnitState.valid_to > day))
        .order_by(Unit.code)
    )


def add_unit(  # noqa: PLR0913 - a unit has these parts, all named at the call
    session: Session,
    code: str,
    kind: str,
    name: str,
    parent_id: int | None,
    *,
    valid_from: date,
    valid_to: date | None = None,
    tax_code: str | None = None,
) -> Unit:
    """A new unit with its first state. Raises Refusal unit_code_taken(code), unknown_kind(kind)."""
    if kind not in KIND_WORDS:
        raise Refusal("unknown_kind", kind=kind)
    if session.scalar(select(Unit.id).where(Unit.code == code)) is not None:
        raise Refusal("unit_code_taken", code=code)
    unit = Unit(code=code, tax_code=tax_code)
    session.add(unit)
    session.flush()
    session.add(
        UnitState(
            unit_id=unit.id,
            parent_id=parent_id,
            kind=kind,
            name=name,
            valid_from=valid_from,
            valid_to=valid_to,
        )
    )
    session.flush()
    return unit


def change_unit(
    session: Session,
    unit_id: int,
    from_day: date,
    *,
    name: str | None = None,
    kind: str | None = None,
    parent_id: int | None = None,
) -> UnitState:
    """Give a unit a new name, kind or parent from a day on; what is not named stays.

    Raises Refusal unit_not_valid(unit_id, day) when the unit has no state on the day before, or
    unit_changes_already(unit_id, day) when that state ends there anyway.
    """
    old = _state_on(session, unit_id, from_day - timedelta(days=1))
    if old.valid_to == from_day:
        raise Refusal("unit_changes_already", unit_id=unit_id, day=from_day)
    new = UnitState(
        unit_id=unit_id,
        parent_id=old.parent_id if parent_id is None else parent_id,
        kind=kind or old.kind,
        name=name or old.name,
        valid_from=from_day,
        valid_to=old.valid_to,
    )
    old.valid_to = from_day
    session.add(new)
    session.flush()
    return new


def close_unit(session: Session, unit_id: int, from_day: date) -> None:
    """The unit is no more from that day on (merged away). Raises Refusal unit_not_valid."""
    _state_on(session, unit_id, from_day - timedelta(days=1)).valid_to = from_day
    session.flush()


def _state_on(session: Session, unit_id: int, day: date) -> UnitState:
    state = session.scalar(
        select(UnitState)
        .where(UnitState.unit_id == unit_id, UnitState.valid_from <= day)
        .where(or_(UnitState.valid_to.is_(None), UnitState.valid_to > day))
    )
    if state is None:
        raise Refusal("unit_not_valid", unit_id=unit_id, day=day)
    return state
