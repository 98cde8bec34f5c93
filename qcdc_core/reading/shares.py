"""Measures per giver: mỗi hộ 200 nghìn and 65 hộ, 3 buổi mỗi buổi 35 người, 8,5 triệu/người."""

from collections.abc import Sequence
from dataclasses import replace

from qcdc_core.reading.item import Item, Quantity
from qcdc_core.reading.values import DoubtReason

_FAR = 4  # items between "mỗi hộ" and its number
_GIVEN = frozenset({"dong", "cong", "m2"})
_GIVERS = frozenset({"ho", "nguoi", "ngay", "thang"})


def shared(items: list[Item]) -> list[Item]:
    """Multiply what is said per giver with the givers named; per-giver alone is doubted."""
    _mark_each(items)
    _mark_behind_stroke(items)
    _mark_days(items)
    for item in items:
        if item.quantity is not None and item.quantity.per is not None:
            _multiply(items, item, item.quantity)
    return items


def _mark_each(items: list[Item]) -> None:
    for at, item in enumerate(items):
        if item.mark != "each":
            continue
        noun = next((one for one in items[at + 1 : at + 2]), None)
        if noun is None or noun.quantity is not None:
            continue
        found = _share_behind(items, at) or _share_before(items, at)
        if found is None or found.quantity is None or found.quantity.worked_out:
            continue
        found.quantity.per = noun.text
        _mark_beside(items, found, noun.text)
        noun.kind, noun.label = "F", None


def _mark_beside(items: list[Item], found: Item, noun: str) -> None:
    """Mỗi tổ 1 cuộc 30 người: the measure right behind is per giver too.

    Joined by "và" or a comma it may be that or a total (mỗi hộ 150k và 2 công, và 90 công), so it
    is asked. Behind a comma a label of its own makes it a total.
    """
    at = next(at for at, item in enumerate(items) if item is found)
    near = [one for one in items[at + 1 : at + 6] if one.kind != "F"]
    join = next((one for one in near[:2] if one.kind == "C" or one.mark == "plus"), None)
    if join is None:
        second = near[0].quantity if near else None
        if second is not None and not _is_of_givers(second, noun):
            second.per = noun
        return
    behind = [one for one in near[near.index(join) + 1 :] if one.kind != "L" or join.kind == "C"]
    second = behind[0].quantity if behind else None
    if second is not None and second.measure in _GIVEN:
        second.doubt = second.doubt or DoubtReason.per_head


def _is_of_givers(quantity: Quantity, noun: str) -> bool:
    return quantity.measure in ("", "ho") or quantity.unit_text == noun


def _share_behind(items: list[Item], at: int) -> Item | None:
    """mỗi hộ góp 200k"""
    for item in items[at + 1 : at + 2 + _FAR]:
        if item.quantity is not None:
            return item
        if item.kind in "BC":
            return None
    return None


def _share_before(items: list[Item], at: int) -> Item | None:
    """200k mỗi hộ, 2 ngày công mỗi người"""
    near = items[max(0, at - 2) : at]
    if len(near) > 1 and near[1].kind == "L" and near[0].quantity is not None:
        return near[0] if near[0].quantity.unit is not None else None
    return near[-1] if near and near[-1].quantity is not None else None


def _mark_behind_stroke(items: list[Item]) -> None:
    for at, item in enumerate(items[:-2]):
        stroke, noun = items[at + 1], items[at + 2]
        if item.quantity is None or stroke.text != "/" or noun.quantity is not None:
            continue
        own = [one for one in items[at + 3 : at + 5] if one.kind != "F" and one.text != ":"]
        if noun.kind == "L" and own and own[0].quantity is not None:
            continue  # "120 / số cuộc: 2"
        if noun.unit is not None or noun.kind in "WLF":
            if not item.quantity.worked_out:  # 70 hộ x 250k/hộ is multiplied already
                again = item.quantity.per is not None
                item.quantity.per = "" if again else noun.text  # 20k mỗi hộ mỗi tháng
            noun.kind, noun.label = "F", None


def _mark_days(items: list[Item]) -> None:
    """30 người đi dọn mương 2 ngày: people × days are days of work."""
    for at, item in enumerate(items):
        if item.quantity is None or item.quantity.unit != "nguoi":
            continue
        for other in items[at + 1 :]:
            if other.kind in "BCL":
                break
            if other.quantity is not None:
                if other.quantity.unit == "ngay" and other.quantity.per is None:
                    item.quantity.per = other.quantity.unit_text
                break


def _multiply(items: list[Item], item: Item, quantity: Quantity) -> None:
    givers = _givers(items, quantity)
    if givers is None or givers.quantity is None:
        quantity.doubt = quantity.doubt or DoubtReason.per_head
        return
    number = givers.quantity
    unit = quantity.unit
    if number.unit == "ngay" and unit == "nguoi":
        unit = "cong"
    item.quantity = replace(
        quantity,
        readings=tuple(a * b for a in quantity.readings for b in number.readings),
        unit=unit,
        per=None,
        literal="",
        worked_out=True,
        doubt=quantity.doubt or number.doubt,
    )
    behind = items[items.index(givers) + 1 :][:1]
    labelled = any(one.label is not None for one in behind)
    if number.unit in _GIVERS or (not labelled and (number.unit is None or number.foreign)):
        givers.kind, givers.quantity = "F", None


def _givers(items: Sequence[Item], quantity: Quantity) -> Item | None:
    """The number of households, meetings, days … that the share is multiplied with."""
    wanted = quantity.per or ""
    for at, item in enumerate(items):
        number = item.quantity
        if number is None or number is quantity or number.per is not None:
            continue
        bare = number.unit is None and at + 1 < len(items)
        behind = items[at + 1].text if bare else ""
        if wanted and wanted in (number.unit_text, behind):
            return item
    return None
