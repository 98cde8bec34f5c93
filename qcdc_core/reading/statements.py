"""What several statements of one figure are to each other."""

from qcdc_core.reading.entries import Entry, Word
from qcdc_core.reading.item import Quantity
from qcdc_core.reading.parts import is_of_another
from qcdc_core.reading.values import DoubtReason

_PERCENT = "phan_tram"
_BESIDE = 2  # a comma and a space


def same_measure(one: Quantity, other: Quantity) -> bool:
    return one.measure == other.measure != ""


def is_relative(entry: Entry) -> bool:
    if entry.word in (Word.ALL, Word.HALF, Word.REST, Word.ALONE):
        return True
    return entry.quantity is not None and entry.quantity.unit == _PERCENT


def are_said_again(entries: list[Entry]) -> bool:
    """The same value twice is one figure said twice, unless two numbers have no label.

    Nor where the second is said to be of something else: họp 1 cuộc bàn đường, 1 cuộc bầu trưởng.
    """
    unlabelled = [one for one in entries if one.quantity is not None and not one.label]
    if any(is_of_another(entries[0], one) for one in unlabelled):
        return False
    return len(unlabelled) < 2 and not (unlabelled and len(entries) > 2)


def still_open(relative: list[Entry]) -> list[Entry]:
    """Chưa thành, còn đang hòa giải: what is not yet reached and still goes on is one outcome."""
    open_ones = [one for one in relative if one.word is Word.ALONE]
    return [
        one
        for one in relative
        if one not in open_ones
        or not one.label.startswith("chua ")
        or not any(other.start > one.start for other in open_ones)
    ]


def lists_all(entry: Entry, whole: Quantity) -> bool:
    """Gồm, bao gồm: what follows is all there is; "trong đó" and brackets may leave some unsaid."""
    part = entry.quantity
    return "gom" in entry.part and part is not None and same_measure(part, whole)


def people_over_households(entries: list[Entry]) -> list[Entry]:
    """Có 66 hộ, 80 người dự: the people right behind the households say who came."""
    if [_unit(one) for one in entries] == ["ho", "nguoi"]:
        first, second = entries
        return [second] if second.start - first.end <= _BESIDE else entries
    return entries


def _unit(entry: Entry) -> str | None:
    return entry.quantity.unit if entry.quantity else None


def is_per_head(entry: Entry) -> bool:
    return entry.quantity is not None and entry.quantity.doubt is DoubtReason.per_head


def order(entry: Entry) -> int:
    """The rest comes after what it is the rest of."""
    return 1 if entry.word is Word.REST else 0
