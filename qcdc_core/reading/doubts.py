"""Doubt as default: a number is taken only where every word between it and its label is explained.

"Tuyên truyền qua loa 30 lần" counts broadcasts and "kiểm tra 3 nơi" counts places: a word that
nobody can explain, standing nearer to the number than the label does, may be what is counted.
"""

from collections import Counter
from itertools import pairwise

from qcdc_core.reading.align import Bond
from qcdc_core.reading.item import Item
from qcdc_core.reading.kinds import without_kinds
from qcdc_core.reading.line import Line
from qcdc_core.reading.places import OTHER
from qcdc_core.reading.vocabulary import Vocabulary

_PLANS = frozenset({"du kien", "sap", "sap toi", "se", "phan dau", "muc tieu", "chuan bi"})
_REPLACING = frozenset({"fix", "instead", "not_but", "but"})
_LEFT = frozenset({"con", "con lai", "van con"})
_ANY_THING = "dieu"  # the unit of whatever can be counted: 3 cái
_GIVEN = frozenset({"dong", "cong"})  # contributions, which are said with what they are for


def doubt(line: Line, vocabulary: Vocabulary) -> None:
    """Mark the bonds of a line that must be asked."""
    _doubt_first_of_many(line)
    marks = {item.mark for item in line.items}
    if "later" in marks:
        _doubt_planned(line)
    _doubt_one_more(line)
    _doubt_beside_undone(line, vocabulary)
    _take_what_is_left(line, vocabulary)
    if any(item.mark in _REPLACING and item.kind != "L" for item in line.items):
        return  # "trễ hạn từ 5 thành 3": what is taken back leaves its words
    strange = any(item.kind == "W" for item in line.items)
    parts = Counter(bond.code for bond in line.bonds if bond.unknown or bond.behind)
    for bond in line.bonds:
        if bond.code in (None, OTHER) or bond.quantity.rest:
            continue
        if _is_lonely(bond, line) or _is_managed(bond, line, vocabulary):
            bond.unsure = True
        named = parts[bond.code] > 1  # the words name one of several parts
        if named:
            continue
        if _counts_another(bond) or (strange and _is_unexplained(bond, line, vocabulary)):
            bond.unsure = True


def _doubt_first_of_many(line: Line) -> None:
    """Kiểm tra 3 xã, 2 doanh nghiệp: a number that found no place may be more of the one before."""
    for one, other in pairwise(line.bonds):
        if one.code is None or other.code is not None or one.quantity.rest:
            continue
        between = [item for item in line.items[one.at + 1 : other.at] if item.mark != "plus"]
        kinds = "".join(item.kind for item in between)
        bare = other.quantity.unit is None and one.quantity.scale == 1
        more = kinds[:1] in ("F", "W") and kinds.strip("FW") in ("", "C")
        if bare and (not kinds or (more and one.quantity.unit is None)):
            one.unsure = True


def _doubt_one_more(line: Line) -> None:
    """A bare number that goes on counting what the number before it did not count."""
    for one, other in pairwise(line.bonds):
        bare = other.place is None and other.quantity.unit is None and other.quantity.scale == 1
        if bare and other.through_topic and one.code != other.code and other.unknown:
            other.unsure = True


def _doubt_beside_undone(line: Line, vocabulary: Vocabulary) -> None:
    """Kiến nghị: 3 đã trả lời, 1 chưa: the 1 is of what is left, so the 3 may be done or all."""
    for bond in line.bonds:
        behind = line.items[bond.at + 1 : bond.at + 3]
        left = bool(behind) and behind[0].mark == "negation" and behind[0].text == "chua"
        topic = vocabulary.topics.get(vocabulary.topic_of.get(bond.code or "", ""))
        if not left or topic is None or not topic.part or any(one.kind == "L" for one in behind):
            continue
        others = [one for one in line.bonds if one is not bond]
        told = {one.code: one.quantity.value for one in others if not one.unsure}
        if told.get(topic.whole) == told.get(topic.part, 0) + bond.quantity.value:
            bond.code, bond.place = OTHER, None  # kiến nghị 9, giải quyết 6, 3 cái chưa
            continue
        for other in line.bonds:
            if other.code in (topic.whole, topic.part, topic.main):
                other.unsure = True


def _take_what_is_left(line: Line, vocabulary: Vocabulary) -> None:
    """Hòa giải 3 vụ, xong 2, còn 1 vụ: what is left goes on, where it makes up the total."""
    for bond in line.bonds:
        parts = vocabulary.splits.get(bond.code or "")
        if not parts or bond.at == 0 or line.items[bond.at - 1].text not in _LEFT:
            continue
        told = {one.code: one.quantity.value for one in line.bonds if one is not bond}
        done = sum(told.get(part, 0) for part in parts)
        if parts[-1] not in told and told.get(bond.code) == done + bond.quantity.value:
            bond.code, bond.unsure = parts[-1], False


def _doubt_planned(line: Line) -> None:
    """Dự kiến góp 20 triệu, sắp tới họp 1 cuộc: nothing of this period yet."""
    planned = False
    bonds = {bond.at: bond for bond in line.bonds}
    for at, item in enumerate(line.items):
        if item.kind == "C":
            planned = False
        elif item.text in _PLANS and item.kind == "M":
            planned = True
        elif at in bonds and planned and bonds[at].code is not None:
            bonds[at].unsure = True


def _counts_another(bond: Bond) -> bool:
    """Kiểm tra 6 nơi, treo 20 băng rôn: the noun behind the number is no unit of the figure."""
    quantity = bond.quantity
    return quantity.foreign and quantity.unit is None and quantity.scale == 1


def _is_managed(bond: Bond, line: Line, vocabulary: Vocabulary) -> bool:
    """Hòa giải được 3 vụ, and nothing else of them: they came to that many, or succeeded."""
    if bond.place is None or not line.places[bond.place].item.text.endswith(" duoc"):
        return False
    family = next(([w, *parts] for w, parts in vocabulary.splits.items() if bond.code in parts), [])
    return bool(family) and not any(
        one is not bond and (one.code in family or one.code is None) for one in line.bonds
    )


def _is_lonely(bond: Bond, line: Line) -> bool:
    """Công an giải quyết 3 vụ: a short word, nothing said of its matter, and no unit of its own."""
    if bond.place is None or not line.places[bond.place].lonely:
        return False
    topic = line.places[bond.place].topic
    return not any(place.topic == topic and not place.lonely for place in line.places)


def _is_unexplained(bond: Bond, line: Line, vocabulary: Vocabulary) -> bool:
    """Words nobody knows between the label and its number, of the same clause.

    Behind a comma only the words in front of the number count: "thành, đèn hỏng 3 cái".
    """
    between = _between(bond, line)
    commas = [at for at, item in enumerate(between) if item.kind == "C"]
    if commas and bond.quantity.unit != _ANY_THING:
        return False
    if commas:
        between = between[commas[-1] + 1 :]
        if any(item.mark == "negation" for item in between):
            return True
    benign = vocabulary.subjects
    if bond.quantity.measure in _GIVEN:
        benign = benign | vocabulary.purposes
    words = " ".join([item.text for item in between if item.kind == "W"])
    return any(word not in benign for word in without_kinds(words).split())


def _between(bond: Bond, line: Line) -> list[Item]:
    """The items between a number and its label, or the number or label that told its matter."""
    if bond.place is not None:
        low, high = sorted((bond.at, line.places[bond.place].at))
        return line.items[low + 1 : high]
    start = bond.at
    while start and line.items[start - 1].kind not in "LQB":
        start -= 1
    return line.items[start : bond.at]
