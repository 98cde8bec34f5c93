"""Parts that add up to one figure: kinds (nam 40, nữ 85), meetings one by one, things named."""

import re
from collections.abc import Sequence
from itertools import pairwise

from qcdc_core.reading.amount import LOCAL_UNITS
from qcdc_core.reading.entries import Entry, Told
from qcdc_core.reading.kinds import Kind, belongs, is_partial, kinds_in
from qcdc_core.reading.line import Line
from qcdc_core.reading.vocabulary import Vocabulary

_SAME = frozenset({"nay", "do", "kia", "ay"})  # 1 cuộc này: the one just told
_THING = re.compile(r"[a-z]{2,}")
_MEETING = re.compile(r"\b(?:cuoc|buoi|lan|dot|lop|hoi nghi|hop)\b")


def lend_ahead(line: Line) -> None:
    """Cuộc 1: 45 người, cuộc 2: 51 người dự họp: the label behind the last part is all theirs."""
    for one, other in reversed(list(pairwise(line.bonds))):
        same = one.quantity.unit == other.quantity.unit
        if one.code is None and same and _part_of(one.unknown) == _part_of(other.unknown) != "":
            one.code = other.code


def _part_of(names: Sequence[str]) -> str:
    """The noun of a numbered part; empty for other words."""
    noun, _space, number = names[-1].rpartition(" ") if names else ("", "", "")
    return noun if number.isdigit() else ""


def counted_meetings(entries: Sequence[Entry]) -> int:
    """How many numbered meetings the people were counted at; 0 when any has no number."""
    named = {entry.unknown for entry in entries if _MEETING.match(_part_of(entry.unknown))}
    return len(named) if len(named) == len(entries) > 1 else 0


def add_up(entries: Sequence[Entry], told: Told, vocabulary: Vocabulary) -> bool:
    """Whether several numbers given to one figure are parts of it."""
    more = all(one.quantity is not None and one.quantity.more for one in entries[1:])
    return (
        more
        or are_listed(entries)
        or _are_kinds(entries, vocabulary)
        or _are_meetings(entries, told, vocabulary)
        or _are_units_apart(entries)
        or _are_things_apart(entries)
    )


def is_part_alone(entry: Entry) -> bool:
    """Lao động nữ 80: one kind of a figure that needs the others beside it."""
    quantity = entry.quantity
    if quantity is None or quantity.worked_out:
        return False
    return is_partial(entry.before) or is_partial(entry.behind)


def are_listed(entries: Sequence[Entry]) -> bool:
    """Each part has words of its own: ông Hai 120 m2, bà Sáu 80 m2; khiếu nại 2, tố cáo 1."""
    named = [(entry.label if entry.listed else "", *entry.unknown) for entry in entries]
    return (
        len(entries) > 1
        and all(entry.listed for entry in entries)
        and len(set(named)) == len(named)
    )


def _are_kinds(entries: Sequence[Entry], vocabulary: Vocabulary) -> bool:
    """Different kinds of one group, all before their numbers or all behind."""
    labels = [f"{entry.label} {entry.before}" for entry in entries]
    sides = (labels, [f"{entry.label} {entry.behind}" for entry in entries])
    unit = vocabulary.figure(entries[0].code).unit
    return any(
        _differ([{kind for kind in kinds_in(one) if belongs(kind, unit)} for one in side])
        for side in sides
    )


def _differ(found: Sequence[set[Kind]]) -> bool:
    groups = {kind.group for kinds in found for kind in kinds}
    for group in groups:
        names = [frozenset(one.name for one in kinds if one.group == group) for kinds in found]
        if all(names) and len(set(names)) == len(names):
            return True
    return False


def _are_meetings(entries: Sequence[Entry], told: Told, vocabulary: Vocabulary) -> bool:
    """Họp 2 buổi, buổi đầu 48 người, buổi sau 61 người: as many numbers as there are meetings."""
    topic = vocabulary.topics.get(vocabulary.topic_of.get(entries[0].code, ""))
    if topic is None or not topic.pair or entries[0].code != topic.pair[1]:
        return False
    counts = {
        one.quantity.value for one in told.entries if one.code == topic.pair[0] and one.quantity
    }
    each = all(_MEETING.search(entry.before) for entry in entries)
    return each and (not counts or counts == {len(entries)})


def _are_units_apart(entries: Sequence[Entry]) -> bool:
    """2 sào 5 thước: one area in two local units."""
    units = [entry.quantity.unit if entry.quantity else None for entry in entries]
    return len(units) > 1 and len(set(units)) == len(units) and set(units) <= LOCAL_UNITS


def _are_things_apart(entries: Sequence[Entry]) -> bool:
    """1 vụ đất đai 1 vụ hôn nhân; the later number is no part of the first, being as large."""
    first, *later = entries
    return bool(later) and all(
        is_of_another(first, one)
        and first.quantity is not None
        and one.quantity is not None
        and first.quantity.value <= one.quantity.value
        for one in later
    )


def is_of_another(first: Entry, other: Entry) -> bool:
    """Both count the same unit, and each is said to be of a thing of its own, behind it."""
    one, two = first.quantity, other.quantity
    if one is None or two is None or other.label or other.part or two.total or two.worked_out:
        return False
    mine, its = _THING.findall(first.behind), _THING.findall(other.behind)
    named = mine != its and mine and its and its[0] not in _SAME
    return bool(one.unit) and one.unit == two.unit and bool(named)
