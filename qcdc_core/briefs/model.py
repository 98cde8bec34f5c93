"""A brief is a value: words, tables, and a table of numbers that every figure in it comes from.

Renderers walk over it and calculate nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Self

from pydantic import TypeAdapter

from qcdc_core.briefs.printing import count_text
from qcdc_core.errors import BadData


@dataclass(frozen=True)
class Coverage:
    """Units that answered, of the units expected; ``partly``: answered for some months only."""

    answered: int
    expected: int
    partly: int = 0

    @property
    def text(self) -> str:
        return f"{count_text(Decimal(self.answered))}/{count_text(Decimal(self.expected))}"

    @property
    def is_whole(self) -> bool:
        return self.answered == self.expected and not self.partly


@dataclass(frozen=True)
class Part:
    """Numerator or denominator of a share, with the name of what was counted."""

    name: str
    value: Decimal
    text: str


@dataclass(frozen=True)
class Number:
    """``value`` is None where nobody answered or the denominator is zero; ``text`` is then "–".

    ``sources`` are ids of the FigureValues it rests on; empty for counts of units or reports.
    """

    id: str
    name: str
    value: Decimal | None
    text: str
    unit: str
    numerator: Part | None = None
    denominator: Part | None = None
    coverage: Coverage | None = None
    sources: tuple[int, ...] = ()

    @property
    def texts(self) -> frozenset[str]:
        """All ways in which this number may be printed."""
        found = {self.text}
        if self.coverage is not None:
            found.add(self.coverage.text)
        if self.numerator is not None and self.denominator is not None:
            found |= {self.numerator.text, self.denominator.text}
            found.add(f"{self.numerator.text}/{self.denominator.text}")
        return frozenset(found)


@dataclass(frozen=True)
class Run:
    """A piece of a sentence; ``number`` is the id it prints, ``note`` the footnote behind it."""

    text: str
    number: str | None = None
    note: int | None = None


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    bullet: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Section:
    """``level`` 1 is marked I, II; level 2 is marked 1, 2."""

    key: str
    level: int
    mark: str
    title: str
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Column:
    """``width`` is the share of the table's width, in percent."""

    title: str
    width: int
    align: Literal["left", "right", "center"] = "left"


@dataclass(frozen=True)
class Cell:
    text: str
    number: str | None = None
    bold: bool = False


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Annex:
    key: str
    mark: str
    title: str
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    landscape: bool = False


@dataclass(frozen=True)
class Note:
    number: int
    text: str


@dataclass(frozen=True)
class Head:
    """What stands above, below and around the text. ``profile``: nha_nuoc or dang.

    ``closed_early_on``: the last day covered, when the period was closed before its end.
    """

    profile: str
    unit_code: str
    unit_name: str
    parent_body: str
    body: str
    committee: str
    place: str
    year: int
    period: str
    period_name: str
    first_day: date
    last_day: date
    calendar_name: str
    compiled_at: datetime
    closed_early_on: date | None
    title: str
    recipients: tuple[str, ...]
    signing: tuple[str, ...]


@dataclass(frozen=True)
class Brief:
    head: Head
    opening: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    closing: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...]
    notes: tuple[Note, ...]
    numbers: dict[str, Number]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for annex in self.annexes for table in annex.tables)

    @property
    def sentences(self) -> tuple[Paragraph, ...]:
        """Every paragraph in printed order, annexes included."""
        sections = [*self.sections, *(one for annex in self.annexes for one in annex.sections)]
        inside = [paragraph for section in sections for paragraph in section.paragraphs]
        return (*self.opening, *inside, *self.closing)

    def number(self, number_id: str) -> Number:
        """Raises KeyError when the brief has no number of that id."""
        return self.numbers[number_id]

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; decimals as strings, so that nothing is rounded on the way."""
        content: dict[str, Any] = _adapter().dump_python(self, mode="json")
        return content

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        """The brief as it was. Raises pydantic.ValidationError for anything else."""
        brief: Self = _adapter().validate_python(content)
        return brief


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(Brief)


def require_known_numbers(brief: Brief) -> None:
    """Raises BadData for a printed figure that is not, as printed, in the table of numbers."""
    for number_id, text in _printed(brief):
        known = brief.numbers.get(number_id)
        if known is None or text not in known.texts:
            raise BadData(f"the brief prints {text!r}, which is not number {number_id!r}")


def _printed(brief: Brief) -> Iterator[tuple[str, str]]:
    for paragraph in brief.sentences:
        yield from ((run.number, run.text) for run in paragraph.runs if run.number)
    for table in brief.tables:
        yield from ((cell.number, cell.text) for row in table.rows for cell in row if cell.number)
