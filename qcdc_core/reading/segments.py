"""Line after line; the topic and the window talked about run on from one to the next."""

from collections.abc import Iterator
from dataclasses import replace

from qcdc_core.reading.align import Aligner, Bond
from qcdc_core.reading.answers import AnswerReader
from qcdc_core.reading.dates import Scope
from qcdc_core.reading.doubts import doubt
from qcdc_core.reading.entries import Entry, Told, Word
from qcdc_core.reading.item import Item, Quantity, scope_of
from qcdc_core.reading.line import Line, Window
from qcdc_core.reading.pairs import given
from qcdc_core.reading.parts import lend_ahead
from qcdc_core.reading.places import OTHER, Place, places
from qcdc_core.reading.vocabulary import Vocabulary

_NO_COUNT = frozenset({None, "phan_tram", "thang", "ngay", "tuoi"})


class LineReader:
    """Collects what all lines tell."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.told = Told()
        self.window = Window()

    def read(self, items: list[Item]) -> None:
        line = Line(items, places(items, self.vocabulary, self.told))
        line.bonds = Aligner(items, line.places, self.vocabulary, self.told).bonds()
        lend_ahead(line)
        doubt(line, self.vocabulary)
        line.windows = self._windows(items)
        entries = AnswerReader(self.vocabulary, self.told, line).entries()
        entries += [entry for bond in line.bonds for entry in self._entries(bond, line)]
        entries.sort(key=lambda one: one.start)
        self.told.entries += entries
        if line.places:
            self.told.topic = line.places[-1].topic

    def _windows(self, items: list[Item]) -> list[Window]:
        """For each item the window that holds there: "lũy kế", "tháng này", "(lũy kế 17)"."""
        before, outside = self.window, None
        headed = _is_window(items[0])
        result = []
        for item in items:
            if item.text == "(":
                outside = self.window
            elif item.text == ")" and outside is not None:
                self.window, outside = outside, None
            elif item.text == ";" and not headed:
                self.window = before
            scope = scope_of(item)
            if item.mark == "cumulated" or scope is Scope.LONGER:
                self.window = Window(longer=True)
            elif scope in (Scope.OWN, Scope.INSIDE):
                self.window = Window(inside=scope is Scope.INSIDE)
            result.append(self.window)
        if not _is_headline(items):
            self.window = before
        return result

    def _entries(self, bond: Bond, line: Line) -> Iterator[Entry]:
        if bond.code == OTHER:
            self._rest(bond, line)
            return
        if bond.quantity.rest:
            yield from self._pair(bond, line)
            return
        if bond.code is None:
            bond.quantity.part = _is_part(bond, line)
            self.told.loose.append(bond.quantity)
            yield from self._mentioned(bond, line)
            return
        window = _window(bond, line)
        self._whole_of_unclear(bond, line)
        before, behind = _around(bond.at, line.items)
        codes = bond.code[1:].split(",") if bond.code.startswith("?") else [bond.code]
        joined = _joined(bond, line)
        if joined is not None and joined != bond.code:
            start, end = bond.quantity.start, bond.quantity.end
            yield Entry(joined, start, end, bond.quantity, label="va", unsure=bond.unsure)
        for code in codes:
            yield Entry(
                code,
                bond.quantity.start,
                bond.quantity.end,
                bond.quantity,
                label=_label(bond, line),
                unknown=bond.unknown or bond.behind,
                listed=_is_listed(bond, line),
                part=_part_word(bond, line),
                longer=window.longer,
                inside=window.inside,
                unsure=bond.unsure or len(codes) > 1,
                rivals=bond.rivals,
                shared=bond.code.startswith("?"),
                before=before,
                behind=behind,
            )

    def _rest(self, bond: Bond, line: Line) -> None:
        """Trực tuyến 288, trực tiếp 12: together they are all that was received."""
        place = line.places[bond.place] if bond.place is not None else None
        topic = self.vocabulary.topics.get(place.topic or "") if place else None
        if place and topic and place.item.text in topic.rest_words:
            self.told.rests.append((topic.name, bond.quantity))

    def _mentioned(self, bond: Bond, line: Line) -> Iterator[Entry]:
        """Họp 4 tổ: the label beside a number of something else is asked, if it has no other."""
        quantity = bond.quantity
        if quantity.unit == "ho" and _are_counted_behind(bond, line):
            self.told.loose.pop()  # nothing of it is left unread
            return
        place = _beside(bond, line)
        if place is None and quantity.unit == "ho":
            place = _met(bond, line)
        if place is None or quantity.unit in _NO_COUNT:
            return
        if quantity.unit == "ho":
            yield from self._households(quantity, place)
        for code in place.unclear or ((place.code,) if place.code else ()):
            if code in self.vocabulary.figures and self.vocabulary.figure(code).kind != "flag":
                yield Entry(code, quantity.start, quantity.end, quantity, unsure=True, aside=True)

    def _households(self, quantity: Quantity, place: Place) -> Iterator[Entry]:
        """Họp 1 cuộc 70 hộ: who came is told in households, so how many people is asked."""
        topic = self.vocabulary.topics.get(place.topic or "")
        if topic is not None and topic.pair and place.code in topic.pair:
            self.told.loose.pop()  # placed after all
            yield Entry(topic.pair[1], quantity.start, quantity.end, word=Word.UNSURE)

    def _whole_of_unclear(self, bond: Bond, line: Line) -> None:
        """Có 5 cuộc kiểm tra, đã làm 2: beside its own part, the unclear number is the whole."""
        if bond.code is None or not bond.code.startswith("?") or bond.place is None:
            return
        if line.places[bond.place].turned:
            return
        topic = self.vocabulary.topics.get(line.places[bond.place].topic or "")
        if topic and topic.whole and any(one.code == topic.part for one in line.bonds):
            bond.code = topic.whole

    def _pair(self, bond: Bond, line: Line) -> Iterator[Entry]:
        """Both sides of a stroke; a pair that nobody can tell is asked for what is named."""
        window = line.windows[bond.at]
        found = given(bond, line, self.vocabulary)
        if found and {*bond.rivals} <= {code for code, _quantity in found}:
            bond.unsure = False
        if found is None:
            codes = (bond.code or "").strip("?").split(",")
            found = [(code, bond.quantity) for code in codes if code]
            bond.unsure = True
        if not found:
            self.told.loose.append(bond.quantity)
            before = [place for place in line.places if place.at < bond.at]
            if before and bond.quantity.rest[-1].unit == "ho":  # họp có 71/85 hộ
                yield from self._households(bond.quantity, before[-1])
        for code, quantity in found:
            if code is not None and code != OTHER:
                single = replace(quantity, rest=())
                yield Entry(
                    code,
                    bond.quantity.start,
                    bond.quantity.end,
                    single,
                    label="/",
                    longer=window.longer,
                    inside=window.inside,
                    unsure=bond.unsure,
                )


def _window(bond: Bond, line: Line) -> Window:
    """That of its place, or one named behind it in the clause: 2 cuộc trong 6 tháng đầu năm."""
    at, named = bond.at, None
    own = line.places[bond.place].item if bond.place is not None else None
    for item in line.items[at + 1 :]:
        if (item.kind in "CBL" and item is not own) or item.text in ("-", ")"):
            break
        if item.quantity is not None:
            return line.windows[at]
        if item.mark == "cumulated" or scope_of(item) is Scope.LONGER:
            named = Window(longer=True)
    return named or line.windows[at]


def _are_counted_behind(bond: Bond, line: Line) -> bool:
    """66 hộ, 80 người: right behind the households stand the people who came."""
    behind = next((one for one in line.items[bond.at + 1 :] if one.kind not in "FC"), None)
    return behind is not None and behind.quantity is not None and behind.quantity.unit == "nguoi"


def _met(bond: Bond, line: Line) -> Place | None:
    """Họp 2 buổi 66 hộ: the label of the meetings right in front of the households."""
    before = [one for one in line.bonds if one.at < bond.at][-1:]
    if not before or before[0].place is None or before[0].quantity.unit != "cuoc":
        return None
    near = all(item.kind == "F" for item in line.items[before[0].at + 1 : bond.at])
    return line.places[before[0].place] if near else None


def _is_listed(bond: Bond, line: Line) -> bool:
    """One of the parts behind "đơn:", by its label or by words of its own."""
    if bond.unknown:
        return True
    if bond.behind:
        return _runs_beside(bond, line)
    return bond.place is not None and line.places[bond.place].listed


def _runs_beside(bond: Bond, line: Line) -> bool:
    """Another number of the same figure stands next to it, also said to be of something."""
    at = line.bonds.index(bond)
    beside = [*line.bonds[max(0, at - 1) : at], *line.bonds[at + 1 : at + 2]]
    return any(one.code == bond.code and one.behind for one in beside)


def _label(bond: Bond, line: Line) -> str:
    """The label's words, with those of the same figure right behind the number."""
    if bond.place is None:
        return ""
    place = line.places[bond.place]
    behind = [
        one.item.text for one in line.places if one.at == bond.at + 1 and one.code == place.code
    ]
    return " ".join([place.item.text, *behind])


def _joined(bond: Bond, line: Line) -> str | None:
    """Tiếp nhận và xử lý 7 đơn: the figure that "và" joins to the number's own."""
    if not bond.place:
        return None
    place, before = line.places[bond.place], line.places[bond.place - 1]
    between = [item for item in line.items[before.at + 1 : place.at] if item.kind != "F"]
    plus = [item.mark for item in between] == ["plus"]
    alone = bond.place - 1 not in line.taken and before.topic == place.topic
    free = before.at == 0 or line.items[before.at - 1].quantity is None
    joined = plus and alone and free and not before.header and before.code != OTHER
    return before.code if joined else None


def _beside(bond: Bond, line: Line) -> Place | None:
    """The label right in front of a number or right behind it that no number was given to."""
    taken = line.taken
    for index, place in enumerate(line.places):
        low, high = sorted((place.at, bond.at))
        between = line.items[low + 1 : high]
        if index not in taken and all(item.kind == "F" for item in between):
            return place
    return None


def _around(at: int, items: list[Item]) -> tuple[str, str]:
    """The words on both sides of a number, up to the next comma, bracket or number."""
    start, end = at, at + 1
    while start and not _parts_words(items[start - 1]):
        start -= 1
    while end < len(items) and not _parts_words(items[end]):
        end += 1
    before = " ".join([item.text for item in items[start:at]])
    return before, " ".join([item.text for item in items[at + 1 : end]])


def _parts_words(item: Item) -> bool:
    return item.kind in "BCQ" or item.text in ("(", ")", "+") or item.mark == "part"


def _is_window(item: Item) -> bool:
    return item.mark == "cumulated" or scope_of(item) is not Scope.NOTHING


def _is_headline(items: list[Item]) -> bool:
    """A window named at the head, or alone on its line, holds for the lines below too."""
    if not any(item.quantity for item in items):
        return True
    return _is_window(items[0])


def _is_part(bond: Bond, line: Line) -> bool:
    return bool(_part_word(bond, line))


def _part_word(bond: Bond, line: Line) -> str:
    """The "trong đó" or bracket that it stands behind, with no number of another matter between."""
    items = line.items
    place = line.places[bond.place] if bond.place is not None else None
    own = place.at if place is not None and place.header else bond.at
    for at in range(bond.at - 1, -1, -1):
        item = items[at]
        if item.mark == "part" and items[at + 1].mention is None:
            return item.text
        if item.text == "(":
            alone = at + 1 == bond.at and items[at + 2 : at + 3] and items[at + 2].text == ")"
            return "" if alone else item.text  # "10.000.000 (10 triệu)" says it once more
        if item.text in (")", ";") or (item.kind == "L" and place is None):
            return ""
        if item.quantity is not None and at < own < bond.at:
            return ""
    return ""
