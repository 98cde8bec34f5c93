"""Parts that are numbered: cuộc 1 có 45 người, lớp thứ hai: 60. Such a number is no figure."""

from collections.abc import Sequence

from qcdc_core.reading.item import Item, Quantity

_MOST_PARTS = 20
_COUNTED_PARTS = frozenset({"cuoc", "ngay", "ho"})
_PLACES = frozenset({"xuong", "chuyen", "doi", "phan xuong"})
_TURNS = frozenset({"lan", "dot", "vong", "khoa"})
_LINKS = frozenset({":", "la", "co", "duoc", "thi", "-"})
_THE = "thu"  # thứ nhất, thứ 2
_FIRST = "nhat"


def name_parts(items: Sequence[Item]) -> list[Item]:
    """The items with each numbered part as one word, so that parts are told apart."""
    items = list(items)
    for at, item in enumerate(items):
        if item.quantity is not None and _is_ordinal(items, at):
            _name(items, at, at - 1 - (items[at - 1].text == _THE))
        elif item.text == _FIRST and at > 1 and _is_the(items, at - 1):
            _name(items, at, at - 2)
    return items


def _is_the(items: Sequence[Item], at: int) -> bool:
    return items[at].text == _THE and _is_part(items[at - 1])


def _is_part(noun: Item) -> bool:
    return noun.unit in _COUNTED_PARTS or noun.text in _PLACES


def _is_ordinal(items: Sequence[Item], at: int) -> bool:
    """cuộc 1 có 45 người, xưởng 2 là 45: the number of the part, not of the figure."""
    quantity = items[at].quantity
    if quantity is None or quantity.unit or at == 0 or quantity.value > _MOST_PARTS:
        return False
    if items[at - 1].text == _THE:
        return at > 1 and _is_the(items, at - 1)
    noun = items[at - 1]
    if noun.text in _TURNS and noun.kind == "F":
        return True  # kiến nghị lần 2
    if not quantity.literal.isdigit() or not (noun.kind == "W" or _is_part(noun)):
        return False
    behind = items[at + 1 : at + 3]
    if len(behind) == 2 and behind[0].text in _LINKS and behind[1].quantity is not None:
        return True
    own = behind[0].quantity if behind else None
    return own is not None and own.unit is not None and noun.unit == "cuoc"


def _name(items: list[Item], at: int, noun_at: int) -> None:
    item, noun = items[at], items[noun_at]
    _lend_unit(items, at, noun.text)
    item.kind, item.text, item.quantity = "W", f"{noun.text} {item.start}", None
    for one in items[noun_at:at]:
        one.kind, one.label = "F", None


def _lend_unit(items: Sequence[Item], at: int, noun: str) -> None:
    """cuộc 1: 30 người, cuộc 2: 35: the second measure is that of the first."""
    mine = _measure(items, at)
    before = next(
        (
            _measure(items, one)
            for one in range(at - 1, -1, -1)
            if items[one].text.startswith(f"{noun} ")
        ),
        None,
    )
    if mine is not None and before is not None and mine.unit is None and not mine.foreign:
        mine.unit = before.unit


def _measure(items: Sequence[Item], at: int) -> Quantity | None:
    """The number said of the part, right behind it or behind one word."""
    return next((one.quantity for one in items[at + 1 : at + 3] if one.quantity is not None), None)
