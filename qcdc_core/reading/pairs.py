"""Numbers written with a stroke: 02 cuộc/145 lượt, 3/5 vụ, 8/10 tiêu chí, 3/2/1."""

from collections.abc import Sequence

from qcdc_core.reading.align import Bond
from qcdc_core.reading.item import Item, Quantity
from qcdc_core.reading.line import Line
from qcdc_core.reading.places import OTHER, Place
from qcdc_core.reading.vocabulary import Topic, Vocabulary

Given = list[tuple[str | None, Quantity]]


def given(bond: Bond, line: Line, vocabulary: Vocabulary) -> Given | None:
    """Which figure each side of the stroke is; None: nobody can tell, so it is asked."""
    first = bond.quantity
    numbers = [first, *first.rest]
    code = bond.code
    if code is None or code == OTHER or code.startswith("?"):
        return _unclear_pair(bond, numbers, vocabulary)
    topic = vocabulary.topics.get(vocabulary.topic_of.get(code, ""))
    if topic is None:
        return None
    if topic.flag and code != topic.flag and len(numbers) == 2:
        return [(code, min(numbers, key=lambda one: one.value))]  # 180/200 người dự: of those asked
    if topic.pair and numbers[-1].unit == "ho":
        return []  # họp 71/85 hộ: households that came, of all there are
    labelled = _by_labels(bond, line.places, line.items, numbers)
    if labelled is not None:
        return _of_the_same_whole(_ordered(labelled, vocabulary), bond, line, vocabulary)
    return _by_units(numbers, topic) or _by_topic(code, numbers, topic, vocabulary)


def _unclear_pair(bond: Bond, numbers: list[Quantity], vocabulary: Vocabulary) -> Given | None:
    """A topic whose bare number is unclear, but whose pair is not: kiểm tra 4/6."""
    codes = bond.code[1:].split(",") if bond.code and bond.code.startswith("?") else []
    for topic in vocabulary.topics.values():
        if topic.part in codes and topic.whole and len(numbers) == 2:
            return _whole_and_part(topic.whole, topic.part or "", numbers)
    return None


def _by_labels(
    bond: Bond, places: Sequence[Place], line: Sequence[Item], numbers: list[Quantity]
) -> Given | None:
    """ĐV/LĐ: 180/200, or 85/90 lao động behind đoàn viên."""
    if len(numbers) != 2:
        return None
    if bond.place is not None and places[bond.place].stroke is not None:
        other = places[bond.place].stroke
        return [(other, numbers[0]), (bond.code, numbers[1])]
    behind = next((one for one in places if one.at > bond.at), None)
    front = next((one for one in reversed(places) if one.at < bond.at), None)
    if (
        behind is not None
        and front is not None
        and behind.at == bond.at + 1
        and behind.code not in (None, OTHER, front.code)
        and not _has_own_number(behind, line)
        and not any(item.kind in "CQ" for item in line[front.at : bond.at])
        and front.code not in (None, OTHER)
        and behind.at != front.at
    ):
        return [(front.code, numbers[0]), (behind.code, numbers[1])]
    return None


def _has_own_number(place: Place, line: Sequence[Item]) -> bool:
    """đơn 7/6 tồn 1: the label behind the pair goes with the number behind it."""
    behind = [item for item in line[place.at + 1 : place.at + 3] if item.text != ":"]
    return bool(behind) and behind[0].quantity is not None


def _ordered(found: Given, vocabulary: Vocabulary) -> Given:
    """A part is never larger than its whole: "giải quyết 5/6", whichever is named first."""
    (first, one), (second, other) = found
    if second is not None and first in vocabulary.wholes.get(second, ()):
        small, large = sorted((one, other), key=lambda each: each.value)
        return [(first, large), (second, small)]
    if first is not None and second in vocabulary.wholes.get(first, ()):
        small, large = sorted((one, other), key=lambda each: each.value)
        return [(first, small), (second, large)]
    return found


def _of_the_same_whole(found: Given, bond: Bond, line: Line, vocabulary: Vocabulary) -> Given:
    """Nhận 14 đơn, thuộc thẩm quyền 9, giải quyết 8/9 đơn: of the 9, which were told before."""
    told = {one.code: one.quantity.value for one in line.bonds if one is not bond}
    (part, _small), (whole, large) = sorted(found, key=lambda each: each[1].value)
    if told.get(whole, large.value) == large.value:
        return found
    for other in vocabulary.wholes.get(part or "", ()):
        if told.get(other) == large.value:
            return [(other if code == whole else code, value) for code, value in found]
    return found


def _by_units(numbers: list[Quantity], topic: Topic) -> Given | None:
    """Each side has its own unit word; one that is no figure of ours goes."""
    units = [one.unit for one in numbers]
    if None in units or len(set(units)) < len(units):
        return None
    return [(topic_code(topic, one), one) for one in numbers]


def topic_code(topic: Topic, quantity: Quantity) -> str | None:
    return topic.unit_codes.get(quantity.unit or "")


def _by_topic(
    code: str, numbers: list[Quantity], topic: Topic, vocabulary: Vocabulary
) -> Given | None:
    if len(numbers) == 2 and topic.part == topic.main == code:
        return [(code, numbers[0])]  # 8/10 tiêu chí: of a number that is no figure
    if len(numbers) == 2 and topic.pair and code == topic.pair[0]:
        if 0 < numbers[1].value < numbers[0].value:
            return None  # "họp 12/9" is a day rather than 12 meetings of 9 people
        return list(zip(topic.pair, numbers, strict=True))
    splits = vocabulary.splits.get(code)
    if splits and sum(one.value for one in numbers[1:]) > numbers[0].value:
        return None  # "hòa giải 2/3 vụ": outcomes are never more than their total
    if splits and len(numbers) - 1 <= len(splits):
        return [(code, numbers[0]), *zip(splits, numbers[1:], strict=False)]
    return _by_whole(code, numbers, topic, vocabulary) if len(numbers) == 2 else None


def _by_whole(
    code: str, numbers: list[Quantity], topic: Topic, vocabulary: Vocabulary
) -> Given | None:
    wholes = vocabulary.wholes.get(code, ())
    if len(wholes) == 1:
        return _whole_and_part(wholes[0], code, numbers)
    if code in (topic.whole, topic.main) and topic.part:
        return _whole_and_part(code, topic.part, numbers)
    return None


def _whole_and_part(whole: str, part: str, numbers: list[Quantity]) -> Given:
    small, large = sorted(numbers, key=lambda one: one.value)
    return [(whole, large), (part, small)]
