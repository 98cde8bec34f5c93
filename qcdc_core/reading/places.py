"""What each label of a line means where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from qcdc_core.reading.entries import Told
from qcdc_core.reading.item import Item
from qcdc_core.reading.vocabulary import Label, Vocabulary

OTHER = "!"  # a matter that is no figure of the form
_TELLING = 6  # letters from which a short word tells its matter by itself
_ANSWERED = frozenset({"negation", "affirm"})
_EITHER_END = frozenset({"ton", "ton dong", "con ton"})


@dataclass(slots=True)
class Place:
    """A label at its place in the line: what it means there."""

    at: int
    item: Item
    topic: str | None
    code: str | None
    header: bool
    unclear: tuple[str, ...] = ()
    turned: bool = False  # of one of two ends of the period
    listed: bool = False  # one of the parts behind "đơn:", "văn bản gồm"
    stroke: str | None = None  # the figure named before "/": ĐV/LĐ
    lonely: bool = False  # a short word of a matter that nobody named


def places(line: Sequence[Item], vocabulary: Vocabulary, told: Told) -> list[Place]:
    """What each label of the line means, from what stands before it and behind."""
    found: list[Place] = []
    context, listing = told.topic, _goes_on(line, told.listing)
    for at, item in enumerate(line):
        if item.label is None:
            continue
        place = _place(at, item, line, vocabulary, context, listing)
        if place is None:
            _pass_over(item)
            continue
        if at >= 2 and line[at - 1].text == "/" and found and found[-1].at == at - 2:
            place.stroke = found[-1].code
        if _is_new_value(at, line):
            place.code, place.unclear = None, _whole_and(place, vocabulary)
        place.listed = bool(listing) and place.topic == listing
        if _is_part_of_last(place, found, line):
            continue
        if _is_said_by(place, found, line):
            found.pop()
        found.append(place)
        context = place.topic or context
        if place.topic and _opens_list(at, line):
            listing = place.topic
        elif place.code != OTHER and place.topic != listing:
            listing = ""
    told.listing = listing
    _turn(found, vocabulary, told)
    return found


def _pass_over(item: Item) -> None:
    """A label that is none here keeps what else it says."""
    if item.kind == "L":
        other = "W" if len(item.text) >= _TELLING else "F"
        item.kind = "M" if item.mark else other


def _is_the_rest_of_next(at: int, line: Sequence[Item], vocabulary: Vocabulary) -> bool:
    """Đúng hạn 90, còn lại trễ: the rest is late, and no petition is said to be left."""
    behind = line[at + 1 : at + 3]
    if line[at].mark != "rest" or any(one.quantity is not None for one in behind):
        return False
    label = behind[0].label if behind else None
    codes = {label.code, *label.roles.values()} if label else set()
    return bool(codes & vocabulary.wholes.keys())


def _is_answered(at: int, line: Sequence[Item]) -> bool:
    """A number, a colon or a plain yes or no stands beside the label."""
    behind = line[at + 1 : at + 2]
    near = [*line[max(0, at - 1) : at], *behind]
    plain = any(one.mark in _ANSWERED for one in near)
    return plain or any(one.quantity is not None or one.text in ":=" for one in behind)


def _goes_on(line: Sequence[Item], listing: str) -> str:
    """A list goes on over lines while they begin with one of its parts."""
    first = next((item.label for item in line if item.label is not None), None)
    return listing if first is not None and (first.other or listing in first.roles) else ""


def _is_new_value(at: int, line: Sequence[Item]) -> bool:
    """Sửa hòa giải thành 3: the successes, or the total that becomes 3."""
    if not line[at].text.endswith("thanh") or line[at].text.endswith("khong thanh"):
        return False
    matter = line[at].text != "thanh" or (at > 0 and line[at - 1].kind == "L")
    number = any(item.quantity is not None for item in line[at + 1 : at + 2])
    return matter and number and any(item.mark == "fix" for item in line[:at])


def _whole_and(place: Place, vocabulary: Vocabulary) -> tuple[str, ...]:
    code = place.code or ""
    return (*vocabulary.wholes.get(code, ()), code)


def _opens_list(at: int, line: Sequence[Item]) -> bool:
    """A matter and a colon or "gồm", with no number right behind: its parts follow."""
    behind = [item for item in line[at + 1 : at + 4] if item.kind not in "FT"]
    if len(behind) < 2 or not (behind[0].text == ":" or behind[0].mark == "part"):
        return False
    answered = behind[1].quantity is not None or behind[1].mark in _ANSWERED
    return behind[0].mark == "part" or not answered


def _is_part_of_last(place: Place, found: list[Place], line: Sequence[Item]) -> bool:
    """812 hồ sơ nộp trực tuyến: the matter behind its number takes the meaning of what follows."""
    if not found or place.header or not place.code or place.code == OTHER:
        return False
    last = found[-1]
    left = last.at > 1 and line[last.at - 2].text in ("con", "van con")
    if not (last.header or left) or last.topic != place.topic or last.at == 0:
        return False
    before = line[last.at - 1]
    between = line[last.at + 1 : place.at]
    if before.quantity is None or any(item.kind != "F" for item in between):
        return False
    if any(item.quantity is not None for item in line[place.at + 1 : place.at + 3]):
        return False
    last.code, last.header, last.unclear = place.code, False, ()
    return True


def _is_said_by(place: Place, found: list[Place], line: Sequence[Item]) -> bool:
    """Không có đơn tồn: the matter right in front says only of what the short word is."""
    if not found or place.header or not place.code or place.code == OTHER:
        return False
    last = found[-1]
    beside = last.header and last.topic == place.topic and last.at == place.at - 1
    return beside and (last.at == 0 or line[last.at - 1].quantity is None)


def _turn(found: list[Place], vocabulary: Vocabulary, told: Told) -> None:
    """The word "tồn": the start of the period before the settled ones are told, the end after.

    Alone it may be either.
    """
    codes = [entry.code for entry in told.entries]
    bare = [one for one in found if one.item.text in _EITHER_END]
    for place in bare:
        topic = vocabulary.topics.get(place.topic or "")
        if topic is None or not topic.turn or place.code != topic.turn[1]:
            continue
        before, _after, pivot = topic.turn
        ahead = codes + [one.code or "" for one in found if one.at < place.at]
        if pivot in ahead:
            continue
        if len(bare) > 1 and place is bare[0]:
            place.code = before
        else:
            place.unclear, place.turned = topic.turn[:2], True


def _place(
    at: int,
    item: Item,
    line: Sequence[Item],
    vocabulary: Vocabulary,
    context: str | None,
    listing: str,
) -> Place | None:
    label = item.label
    if item.mark == "later" and label is not None and label.topic and not _is_answered(at, line):
        return None  # "dang van dong": the verb, not the Party
    if _is_the_rest_of_next(at, line, vocabulary):
        return None
    if label is None or label.other:
        if listing or _belongs_to_label(at, line):
            item.kind = "W"  # "công vệ sinh", "kiến nghị: lương 2": what it was about
            return None
        return Place(at, item, None, OTHER, header=False)
    if listing in label.roles or _is_role(at, label, line, context):
        place = _role(at, item, label, line, context)
        if place is not None and place.lonely:
            place.lonely = not _names_matter(item, place.topic, vocabulary)
        return place
    topic = vocabulary.topics.get(label.topic or "")
    code = label.code or ((topic.main or topic.flag) if topic else None)
    unclear = topic.split if topic and not code else ()
    return Place(at, item, label.topic, code, header=label.code is None, unclear=unclear)


def _belongs_to_label(at: int, line: Sequence[Item]) -> bool:
    for item in reversed(line[:at]):
        if item.kind == "L":
            return item.label is not None and not item.label.other
        if item.kind != "F" and item.text != ":":
            return False
    return False


def _is_kind_of_petition(at: int, line: Sequence[Item]) -> bool:
    """Đơn: khiếu nại 1, tố cáo 1, kiến nghị 3."""
    last = next((one for one in reversed(line[:at]) if one.kind == "L"), None)
    return last is not None and last.text.endswith(("khieu nai", "to cao"))


def _is_role(at: int, label: Label, line: Sequence[Item], context: str | None) -> bool:
    """A word with both uses is a role where its topic runs on without a comma."""
    if label.topic is None:
        return bool(label.roles)
    if context in label.roles and _is_kind_of_petition(at, line):
        return True
    return context in label.roles and context != label.topic and _runs_on(at, line)


def _runs_on(at: int, line: Sequence[Item]) -> bool:
    """Whether a label or number stands in front with no comma; "đơn 0 kiến nghị 2" are two."""
    for back in range(at - 1, -1, -1):
        item = line[back]
        if item.kind in "CB":
            return False
        if item.kind == "Q" and back and line[back - 1].kind == "L":
            return not _has_number_of_its_own(at, line)
        if item.kind in "LQ":
            return True
    return False


def _has_number_of_its_own(at: int, line: Sequence[Item]) -> bool:
    return any(one.quantity is not None for one in line[at + 1 : at + 2])


def _role(
    at: int, item: Item, label: Label, line: Sequence[Item], context: str | None
) -> Place | None:
    """A short word: the figure it is in the matter talked about; None outside any such matter."""
    topics = [context] if context in label.roles else []
    topics += [one for one in _topics_behind(at, line) if one in label.roles]
    if (
        not topics
        and context is None
        and len(label.roles) == 1
        and len(item.text) >= _TELLING
        and _is_beside_number(at, line)
    ):
        topics = list(label.roles)
    if not topics and context is None and label.topic is None:
        topics = [one for one in _topics_ahead(at, line) if one in label.roles]
    if topics:
        topic = topics[0]
        code = label.roles[topic or ""]
        named = topic == context or bool(_topics_ahead(at, line))
        return Place(at, item, topic, code or OTHER, header=False, lonely=not named)
    codes = tuple(code for code in label.roles.values() if code)
    if context or len(item.text) < _TELLING or None in label.roles.values():
        return None
    if not _is_beside_number(at, line):
        return None
    return Place(at, item, context, None, header=False, unclear=codes)


def _names_matter(item: Item, topic: str | None, vocabulary: Vocabulary) -> bool:
    """The words "dự họp" hold the matter's own name."""
    found = [vocabulary.phrases.get(word) for word in item.text.split()]
    return any(one and one.label and one.label.topic == topic for one in found)


def _is_beside_number(at: int, line: Sequence[Item]) -> bool:
    near = [one for one in line[max(0, at - 1) : at + 3] if one.kind != "F"]
    return any(one.quantity is not None for one in near)


def _topics_ahead(at: int, line: Sequence[Item]) -> list[str]:
    """The next matter named in the line: "KH 7c, KT 5c" is about inspections from the start."""
    labels = (item.label for item in line[at + 1 :] if item.label is not None)
    return [label.topic for label in labels if label.topic][:1]


def _topics_behind(at: int, line: Sequence[Item]) -> list[str]:
    found = []
    for item in line[at + 1 :]:
        if item.kind in "CB":
            break
        if item.label and item.label.topic:
            found.append(item.label.topic)
    return found[:1]
