"""What the reader takes in and gives back, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from qcdc_core.periods import Period


class Intent(StrEnum):
    figures = "figures"
    correction = "correction"
    nothing_to_report = "nothing_to_report"
    same_as_last = "same_as_last"
    question = "question"
    help = "help"
    chat = "chat"


class DoubtReason(StrEnum):
    """Why a mentioned figure is asked back instead of taken."""

    no_unit = "no_unit"
    separator = "separator"
    range = "range"
    approximate = "approximate"
    negative = "negative"
    local_unit = "local_unit"
    cumulated = "cumulated"
    part_of_total = "part_of_total"
    split_missing = "split_missing"
    fraction = "fraction"
    several_values = "several_values"
    per_head = "per_head"
    percent = "percent"
    not_known = "not_known"
    unclear = "unclear"


@dataclass(frozen=True)
class ReadFigure:
    """A sure value in the unit of the form; the span is that of ``quote`` in the original text."""

    value: Decimal
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Doubt:
    """A figure that was mentioned but not surely read; ``choices`` may be offered, or be empty."""

    code: str
    reason: DoubtReason
    choices: tuple[Decimal, ...] = ()
    quote: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Awaiting:
    """The figure that the dialogue has just asked about, and the values it offered."""

    code: str
    choices: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Synonym:
    """An installation's own word for a figure of a form."""

    phrase: str
    form: str
    code: str


@dataclass(frozen=True)
class Reading:
    """What one message says.

    ``question`` is the part of a message that asks something (None: nothing). ``unread`` holds
    pieces with numbers that nobody could place: the dialogue tells the sender about them.
    ``rest`` are the codes that are 0 only because "còn lại không có": where one of them was told
    before, the words do not speak of it.
    """

    intent: Intent
    figures: Mapping[str, ReadFigure] = field(default_factory=dict)
    asks: tuple[Doubt, ...] = ()
    not_applicable: frozenset[str] = frozenset()
    period: Period | None = None
    question: str | None = None
    unread: tuple[str, ...] = ()
    rest: frozenset[str] = frozenset()
