"""One line of a message (up to a full stop, a semicolon or the line's end) on its way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qcdc_core.reading.align import Bond
from qcdc_core.reading.item import Item
from qcdc_core.reading.places import Place


@dataclass(slots=True)
class Window:
    """What is known of the time talked about at one place."""

    longer: bool = False  # a longer window than the form's: flows there are asked
    inside: bool = False  # said to be of this window only


@dataclass(slots=True)
class Line:
    """Its items, what its labels mean, and which number was given to which label."""

    items: list[Item]
    places: list[Place]
    bonds: list[Bond] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)

    @property
    def taken(self) -> set[int]:
        """Indexes of the labels that have a number."""
        return {bond.place for bond in self.bonds if bond.place is not None}


def lines(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Parts of the message that begin with a break; one without a label goes on with the last."""
    line: list[Item] = []
    for part in _parts(items):
        if line and not any(item.kind == "L" for item in part):
            line += [Item("C", part[0].start, part[0].start, "."), *part]
            continue
        if line:
            yield line
        line = part
    if line:
        yield line


def _parts(items: Sequence[Item]) -> Iterator[list[Item]]:
    part: list[Item] = []
    for item in items:
        if item.kind != "B":
            part.append(item)
        elif part:
            yield part
            part = []
    if part:
        yield part
