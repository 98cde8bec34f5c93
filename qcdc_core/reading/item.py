"""What a message is made of: labels, quantities, marks, words, commas and breaks."""

from dataclasses import dataclass
from decimal import Decimal

from qcdc_core.reading.dates import Mention, Scope
from qcdc_core.reading.tokens import Token
from qcdc_core.reading.values import DoubtReason
from qcdc_core.reading.vocabulary import Label

_BREAKS = frozenset(".!\n")
_BULLETS = frozenset("•▪◦●■►➢➤")
_LAST_PLAIN = 0x2000  # pictures behind it part what they stand between


@dataclass(slots=True)
class Quantity:
    """A number with what stands around it. ``doubt``: why it may not be taken as it is."""

    readings: tuple[Decimal, ...]
    start: int
    end: int
    unit: str | None = None
    scale: int = 1
    money: bool = False
    weak: bool = False
    words: bool = False
    literal: str = ""
    doubt: DoubtReason | None = None
    tail: Decimal | None = None
    per: str | None = None
    rest: tuple["Quantity", ...] = ()  # a/b: what stands behind the stroke
    worked_out: bool = False
    added: bool = False
    sure: bool = False  # a value that was offered and chosen
    foreign: bool = False
    unit_text: str = ""
    total: bool = False
    more: bool = False  # "1 cuộc nữa": beside another of the same
    part: bool = False  # behind "trong đó"

    @property
    def value(self) -> Decimal:
        return self.readings[0]

    @property
    def measure(self) -> str:
        """The unit; money also where only a scale tells it; empty when nothing does."""
        return self.unit or ("dong" if self.scale > 1 else "")

    def same_unit(self, other: "Quantity") -> bool:
        return self.unit == other.unit or self.unit is None or other.unit is None


@dataclass(slots=True)
class Item:
    """``kind``: L label, Q quantity, M mark, W word, C comma, B break, F filler, T masked."""

    kind: str
    start: int
    end: int
    text: str = ""
    label: Label | None = None
    mark: str = ""
    quantity: Quantity | None = None
    unit: str | None = None
    mention: Mention | None = None
    named: bool = False  # an idiom, which may name a part (đầu tháng, thanh niên)


def sign(token: Token) -> Item:
    """Commas part figures, full stops and bullets break lines, other signs stand as they are."""
    kind = "S"
    if token.text in _BREAKS or token.text in _BULLETS:
        kind = "B"
    elif token.text in (",", ";") or ord(token.text[0]) > _LAST_PLAIN:
        kind = "C"
    return Item(kind, token.start, token.end, token.text)


def scope_of(item: Item) -> Scope:
    return item.mention.scope if item.mention else Scope.NOTHING
