"""Words of correction inside a message: from 5 to 3, 3 and not 2, 12 is wrong."""

from qcdc_core.reading.item import Item
from qcdc_core.reading.values import DoubtReason

_FIXES = frozenset({"fix", "not_but"})


_MILD = frozenset({"sua", "thay", "doi", "gui lai", "bao lai"})  # also words of other matters


def is_correction(items: list[Item]) -> bool:
    """A word of correction; a mild one ("sửa") only at the head of the message."""
    for at, item in enumerate(items):
        if item.mark in _FIXES and (
            item.text not in _MILD or not any(one.kind in "LQ" for one in items[:at])
        ):
            return True
    return False


def mended(items: list[Item]) -> list[Item]:
    """The items without the numbers that are taken back; unchanged without a word of correction."""
    if not is_correction(items):
        _name_mild(items)
        return items
    numbers = [at for at, item in enumerate(items) if item.quantity is not None]
    back: set[int] = set()
    for order, at in enumerate(numbers):
        following = numbers[order + 1] if order + 1 < len(numbers) else None
        if _is_denied(items, at) or (order and _was_mistaken(items, numbers[order - 1], at)):
            back.add(at)
        elif following is not None and _was_mistaken(items, at, following):
            continue
        elif following is not None and _is_replaced(items, at, following):
            back.add(at)
            _doubt_either(items, at, following)
    return [item for at, item in enumerate(items) if at not in back]


def _name_mild(items: list[Item]) -> None:
    """Góp: xây ngõ 8 triệu, sửa đình 3 triệu: where nothing is taken back, what was mended."""
    for item in items:
        if item.mark == "fix" and item.text in _MILD:
            item.kind, item.mark = "W", ""


def _doubt_either(items: list[Item], at: int, following: int) -> None:
    """Ghi nhầm 5 thành 6, 5 nhầm 6: nobody can tell which of them is right."""
    first, second = items[at].quantity, items[following].quantity
    words = [item for item in items[:following] if item.kind == "C" or item.mark in _FIXES]
    if first is None or second is None or not words or not words[-1].text.endswith("nham"):
        return
    second.readings = (first.value, second.value)
    second.doubt = DoubtReason.several_values


def _is_denied(items: list[Item], at: int) -> bool:
    """The number behind a denial: "chứ không phải 2"."""
    for item in reversed(items[:at]):
        if item.mark == "not_but":
            return True
        if item.kind != "F":
            return False
    return False


def _was_mistaken(items: list[Item], right: int, at: int) -> bool:
    """Sửa thành 78, hôm qua bấm nhầm 87: what it becomes was said before what it was."""
    before = items[right - 1] if right else None
    becomes = before is not None and before.mark == "instead"
    between = items[right + 1 : at]
    clause = any(item.kind == "C" for item in between)
    return becomes and clause and bool(between) and between[-1].text.endswith("nham")


def _is_outcome(items: list[Item], between: list[Item]) -> bool:
    """Sửa hòa giải 4 vụ thành 3 không thành 1: beside another outcome "thành" is one too."""
    thanh = any(item.kind == "L" and item.text == "thanh" for item in between)
    others = ("khong thanh", "ko thanh", "k thanh", "kh thanh", "dang")
    return thanh and any(item.kind == "L" and item.text.startswith(others) for item in items)


def _is_replaced(items: list[Item], at: int, following: int) -> bool:
    """Another number takes its place: "từ 5 thành 3", "12 là sai, đúng là 11"."""
    between = items[at + 1 : following]
    if any(item.kind == "L" and item.text != "thanh" for item in between):
        return False
    if _is_outcome(items, between):
        return False
    marks = {item.mark for item in between}
    texts = {item.text for item in between}
    return bool(
        marks & {"fix", "instead", "to", "but"} or texts & {"thanh", "sang", "len", "xuong", "con"}
    )
