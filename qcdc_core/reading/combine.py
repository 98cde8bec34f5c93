"""Numbers that belong together: ranges, pairs, products, sums, signs, and words of doubt."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from qcdc_core.reading.item import Item, Quantity
from qcdc_core.reading.ordinals import name_parts
from qcdc_core.reading.values import DoubtReason

_WIDEST_RANGE = 3  # "2 - 90" are two figures, "15 - 20" is a range
_LOOK = 3
_FROM = frozenset({"tu", "la tu"})
_MORE = frozenset({"nua", "them"})
_WORTH = frozenset({"tri gia", "gia tri", "quy ra tien", "quy tien", "tuong duong"})
_FAR = 6
_PEOPLE = frozenset({"nguoi", "luot"})
_BOTH_SIDES = frozenset({"hon", "may"})


def combined(items: Sequence[Item], text: str) -> list[Item]:
    """The items with every group of numbers made into one quantity."""
    result: list[Item] = []
    items = name_parts(_said_once(items))
    for at, item in enumerate(items):
        if item.quantity is not None:
            _as_word(items, at)
        result.append(item)
        if item.quantity is not None:
            _with_what_is_before(result, item.quantity, text)
        elif len(result) > 1 and result[-2].quantity is not None:
            _of_number_before(result, result[-2].quantity, items, at)
    return result


def _as_word(items: Sequence[Item], at: int) -> None:
    """100% đúng hạn, các mục khác bằng 0: numbers that are no quantities."""
    item = items[at]
    if _is_all(items, at):
        item.kind, item.mark, item.quantity = "M", "all", None
    elif _is_no_other(items, at):
        item.kind, item.mark, item.quantity = "M", "negation", None


def _of_number_before(
    result: list[Item], quantity: Quantity, items: Sequence[Item], at: int
) -> None:
    """What a word right behind a number does to it."""
    item = result[-1]
    if _is_rough_after(items, at):
        _rough_after(result)
    elif item.text in _MORE:
        quantity.more = True
        item.kind, item.mark = "F", ""
    elif item.text == "?" and _is_doubted(result):
        _doubt(quantity, DoubtReason.not_known)


def _said_once(items: Sequence[Item]) -> Sequence[Item]:
    """Drop a number said again in brackets: 01 (một) cuộc, 112 (một trăm mười hai) người."""
    kept: list[Item] = []
    at = 0
    while at < len(items):
        kept.append(items[at])
        if items[at].quantity is not None and _is_said_again(items[at : at + 4]):
            _take_unit(items[at], items[at + 4 : at + 5])
            at += 3
        at += 1
    return kept


def _is_said_again(group: Sequence[Item]) -> bool:
    if len(group) < 4 or (group[1].text, group[3].text) != ("(", ")"):
        return False
    first, second = group[0].quantity, group[2].quantity
    return first is not None and second is not None and second.value in first.readings


def _take_unit(item: Item, behind: Sequence[Item]) -> None:
    quantity = item.quantity
    if quantity is not None and quantity.unit is None and behind and behind[0].kind == "F":
        quantity.unit = behind[0].unit


def _is_all(items: Sequence[Item], at: int) -> bool:
    """100% đúng hạn"""
    quantity = items[at].quantity
    behind = items[at + 1 : at + 2]
    return (
        quantity is not None
        and quantity.unit == "phan_tram"
        and quantity.value == 100
        and bool(behind)
        and behind[0].kind == "L"
    )


def _is_no_other(items: Sequence[Item], at: int) -> bool:
    """các mục khác bằng 0"""
    quantity = items[at].quantity
    before = [item for item in items[max(0, at - 3) : at] if item.kind != "F" and item.text != ":"]
    other = bool(before) and (before[-1].mark == "other_items" or _is_of_all(before))
    return other and quantity is not None and quantity.value == 0


def _is_of_all(before: Sequence[Item]) -> bool:
    """Tất cả 0, said of no label."""
    return before[-1].mark == "all" and not any(item.kind in "LQ" for item in before)


def _is_doubted(result: list[Item]) -> bool:
    """Meant: "5?" glued to its number; "5 có được không ?" is a question and never comes here."""
    return result[-2].quantity is not None and result[-1].start == result[-2].end


def _is_rough_after(items: Sequence[Item], at: int) -> bool:
    """Of the number before: "40 mấy người", "300 mấy cái", "20 hơn": no number behind it."""
    item = items[at]
    before = items[at - 1].quantity if at else None
    if before is None:
        return False
    if item.mark == "rough_after" or (item.mark == "vague" and before.unit is None):
        return True
    follows = any(one.quantity is not None for one in items[at + 1 : at + 2])
    return item.mark == "rough" and item.text in _BOTH_SIDES and not follows


def _rough_after(result: list[Item]) -> None:
    quantity = result[-2].quantity
    if quantity is not None:
        _doubt(quantity, DoubtReason.approximate)


def _doubt(quantity: Quantity | None, reason: DoubtReason) -> None:
    if quantity is not None and quantity.doubt is None:
        quantity.doubt = reason


def _with_what_is_before(result: list[Item], quantity: Quantity, text: str) -> None:
    """Look at the items in front of a number just met, and merge or mark."""
    if _signed(result, quantity, text) or _summed(result) or _compared(result):
        return
    if _is_worth(result):
        return
    quantity.total = quantity.total or _is_total(result)
    if len(result) >= 3 and result[-3].quantity is not None and _merged(result):
        return
    if len(result) >= 2 and result[-2].quantity is not None:
        _neighbours(result)
        return
    if len(result) >= 4 and result[-2].mark == "times" and result[-4].quantity is not None:
        result[-1].quantity = _product(result[-4].quantity, quantity)  # 3 hội nghị x 80 người
        return
    _rough_before(result, quantity)


def _summed(result: list[Item]) -> bool:
    """60 chính thức + 25 thời vụ; 1,5 triệu + làm cổng 3 triệu + 500k điện = 5 triệu."""
    signs = [
        at
        for at in range(max(0, len(result) - 5), len(result) - 1)
        if result[at].text in ("+", "=")
    ]
    if not signs or any(item.kind in "BCQ" for item in result[signs[-1] + 1 : -1]):
        return False
    sign = signs[-1]
    before = next(
        (at for at in range(sign - 1, max(-1, sign - 5), -1) if result[at].quantity), None
    )
    if before is None or any(item.kind in "BC" for item in result[before:sign]):
        return False
    first, second = result[before].quantity, result[-1].quantity
    if first is None or second is None:
        return False
    if first.measure != second.measure and first.measure and second.measure:
        return False  # 2.000.000đ + 20 công
    labels = any(item.kind == "L" for item in result[sign + 1 : -1])
    if labels and not (first.scale > 1 and second.scale > 1):
        return False  # tồn đầu 1 + mới 4: two figures
    merged = _sum(first, second) if result[sign].text == "+" else _equal(first, second)
    result[before:] = [replace(result[before], end=result[-1].end, quantity=merged)]
    return True


def _equal(first: Quantity, second: Quantity) -> Quantity:
    """What stands behind "=" is the total; a sum that differs is asked."""
    agree = set(first.readings) & set(second.readings)
    doubt = second.doubt or first.doubt
    if not agree and first.worked_out:
        doubt = doubt or DoubtReason.several_values
    return replace(second, start=first.start, total=True, doubt=doubt)


def _compared(result: list[Item]) -> bool:
    """tăng 1 cuộc so với tháng trước, bằng 120% cùng kỳ: no figure of this period."""
    before = result[-2] if len(result) > 1 else None
    if before is None or before.mark != "up":
        return False
    result[-1].kind, result[-1].quantity = "F", None
    return True


def _is_worth(result: list[Item]) -> bool:
    """1.500 m2 trị giá 450 triệu: no money was given; of a thing alone it is asked."""
    item, quantity = result[-1], result[-1].quantity
    if quantity is None or len(result) < 2 or result[-2].text not in _WORTH:
        return False
    before = [one for one in result[-_FAR:-2] if one.kind not in "FC"]
    thing = before[-1].quantity if before else None
    if thing is not None and thing.unit not in (None, "dong"):
        item.kind, item.quantity = "F", None
        return True
    if before and before[-1].kind == "W":
        _doubt(quantity, DoubtReason.unclear)
    return False


def _is_total(result: list[Item]) -> bool:
    for item in reversed(result[:-1]):
        if item.mark == "total":
            return True
        if item.kind != "F":
            return False
    return False


def _rough_before(result: list[Item], quantity: Quantity) -> None:
    if len(result) > 2 and result[-2].text == "cua":
        share = result[-3].quantity
        if share is not None and share.unit == "phan_tram":
            _doubt(quantity, DoubtReason.percent)  # góp 30% của 100 triệu
            return
    for item in reversed(result[:-1][-_LOOK:]):
        if item.kind == "L":
            return
        if item.mark in ("rough", "vague"):
            _doubt(quantity, DoubtReason.approximate)
        elif item.mark == "unsure":
            _doubt(quantity, DoubtReason.not_known)
        elif item.mark == "negative":
            _doubt(quantity, DoubtReason.negative)
        elif item.kind != "F" and item.text != ":":
            return


def _signed(result: list[Item], quantity: Quantity, text: str) -> bool:
    """A minus glued to the number, with a space, a colon or nothing before it."""
    if len(result) < 2 or result[-2].text != "-" or result[-2].end != quantity.start:
        return False
    start = result[-2].start
    if len(result) >= 3 and result[-3].quantity is not None:
        return False
    if start and text[start - 1] not in " :(=\n":
        return False
    if len(result) == 2 or result[-3].kind == "B":
        return False  # a bullet
    quantity.doubt = DoubtReason.negative
    del result[-2]
    return True


def _merged(result: list[Item]) -> bool:
    before, sign, item = result[-3], result[-2], result[-1]
    first, second = before.quantity, item.quantity
    if first is None or second is None:
        return False
    if sign.mark == "instead" and len(result) > 3 and result[-4].text in _FROM:
        merged = replace(second, start=first.start)  # từ 200 xuống 185
    elif sign.text == "/":
        merged = replace(first, rest=(*first.rest, second), end=second.end)
    elif sign.mark == "times" and first.unit == "cuoc" and second.unit in _PEOPLE:
        item.quantity = _product(first, second)  # 2 lớp x 70 người: both are figures
        return True
    elif sign.mark == "times":
        merged = _product(first, second)
    elif sign.mark == "plus" and first.measure == second.measure != "":
        merged = _sum(first, second)
    elif _is_range(first, second, sign):
        merged = _range(first, second)
    else:
        return False
    result[-3:] = [replace(before, end=item.end, quantity=merged)]
    return True


def _product(first: Quantity, second: Quantity) -> Quantity:
    """65 hộ × 150k: the unit is that of the side that is no count of givers, or of meetings."""
    counted = second.unit in ("ho", "nguoi", "ngay") and first.unit != "cuoc"
    kept = first if counted or second.foreign else second
    values = tuple(a * b for a in first.readings for b in second.readings)
    unit = kept.unit
    if {first.unit, second.unit} == {"nguoi", "ngay"}:
        unit = "cong"
    return replace(
        kept,
        readings=values,
        unit=unit,
        start=first.start,
        end=second.end,
        literal="",
        doubt=first.doubt or second.doubt,
        foreign=False,
        worked_out=True,
        scale=max(first.scale, second.scale),
    )


def _sum(first: Quantity, second: Quantity) -> Quantity:
    unit = first.unit or second.unit
    values = (first.value + second.value,)
    doubt = first.doubt or second.doubt
    if len(first.readings) > 1 or len(second.readings) > 1:
        doubt = doubt or DoubtReason.separator
    return replace(
        second,
        readings=values,
        unit=unit,
        start=first.start,
        literal="",
        doubt=doubt,
        scale=max(first.scale, second.scale),
        worked_out=True,
        added=True,
    )


def _is_range(first: Quantity, second: Quantity, sign: Item) -> bool:
    if sign.mark in ("or", "to"):
        return first.unit is None or first.unit == second.unit
    if sign.text not in ("-", "~"):
        return False
    low, high = first.value * _scale_missing(first, second), second.value
    if first.unit and second.unit and first.unit != second.unit:
        return False
    glued = sign.start == first.end or sign.end == second.start
    return low < high and (glued or high <= low * _WIDEST_RANGE) and high <= low * 10


def _scale_missing(first: Quantity, second: Quantity) -> Decimal:
    """10-12 triệu: the scale stands once."""
    return Decimal(second.scale if first.scale == 1 else 1)


def _range(first: Quantity, second: Quantity) -> Quantity:
    low = first.value * _scale_missing(first, second)
    return replace(
        second,
        readings=(low, second.value),
        start=first.start,
        doubt=first.doubt or DoubtReason.range,
        literal="",
    )


def _neighbours(result: list[Item]) -> None:
    """Meant: "hai ba cuộc", "ba bốn vụ": two digits in words, one after the other."""
    first, second = result[-2].quantity, result[-1].quantity
    if first is None or second is None or first.unit or not (first.words and second.words):
        return
    if second.value == first.value + 1 and second.value < 10:
        merged = replace(
            second, readings=(first.value, second.value), start=first.start, doubt=DoubtReason.range
        )
        result[-2:] = [replace(result[-1], start=first.start, quantity=merged)]
