"""Which number belongs to which label.

A label may stand before its number (hòa giải 3) or behind it (3 vụ hòa giải), and people change
sides within one message. Each line is aligned as a whole: the cheapest assignment that keeps the
order and leaves no label or number alone wins; two equally good ones that differ are a doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qcdc_core.reading.around import any_words, named_behind
from qcdc_core.reading.entries import ANSWER_MARKS, Told
from qcdc_core.reading.fitting import PERCENT, Fitter
from qcdc_core.reading.item import Item, Quantity
from qcdc_core.reading.places import OTHER, Place
from qcdc_core.reading.vocabulary import Topic, Vocabulary

_NEAR, _TOPIC, _LONE, _CLOSE = 10.0, 6.0, 4.0, 1.5
_ADJACENT = 2.0
_COUNTED = 5.0


@dataclass(slots=True)
class Bond:
    """A number and the figure it was given to (None: nobody's); ``place`` is the label's index."""

    at: int
    quantity: Quantity
    code: str | None
    place: int | None
    score: float
    unsure: bool = False
    unknown: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()  # words of its own behind it, where none stand before
    through_topic: bool = False
    rivals: tuple[str, ...] = ()


class Aligner:
    """Assigns the numbers of one line."""

    def __init__(
        self, line: Sequence[Item], labels: Sequence[Place], vocabulary: Vocabulary, told: Told
    ) -> None:
        self.line = line
        self.labels = labels
        self.vocabulary = vocabulary
        self.told = told
        self.context = told.topic
        self.fitter = Fitter(vocabulary)
        self.alone = [self._alone(place) for place in labels]
        self.numbers = [at for at, item in enumerate(line) if item.quantity is not None]

    def bonds(self) -> list[Bond]:
        """Best assignment by dynamic programming over the numbers, left to right.

        The state is whether the first label behind the last number is used up; two best are kept
        per state to notice a tie.
        """
        states: dict[int | None, list[tuple[float, tuple[Bond, ...]]]] = {None: [(0.0, ())]}
        for order in range(len(self.numbers)):
            states = self._step(order, states)
        last = self.numbers[-1] if self.numbers else -1
        finished = [
            (score - self._lonely(last, len(self.line), used, None), bonds)
            for used, kept in states.items()
            for score, bonds in kept
        ]
        finished.sort(key=lambda one: -one[0])
        return self._marked(finished)

    def _step(
        self,
        order: int,
        states: dict[int | None, list[tuple[float, tuple[Bond, ...]]]],
    ) -> dict[int | None, list[tuple[float, tuple[Bond, ...]]]]:
        at = self.numbers[order]
        before = self.numbers[order - 1] if order else -1
        options = self._options(at, before, order)
        result: dict[int | None, list[tuple[float, tuple[Bond, ...]]]] = {}
        for used, kept in states.items():
            for bond in options:
                if bond.place is not None and bond.place == used:
                    continue
                lonely = self._lonely(before, at, used, bond.place)
                behind = (
                    bond.place if bond.place is not None and self._at(bond.place) > at else None
                )
                slot = result.setdefault(behind, [])
                slot.extend((score + bond.score - lonely, (*bonds, bond)) for score, bonds in kept)
        for slot in result.values():
            slot.sort(key=lambda one: -one[0])
            del slot[3:]
        return result

    def _at(self, place: int) -> int:
        return self.labels[place].at

    def _lonely(self, start: int, end: int, used: int | None, taken: int | None) -> float:
        """What the labels between two numbers cost that nobody took."""
        cost = 0.0
        for index, place in enumerate(self.labels):
            alone = self.alone[index]
            if not alone or not start < place.at < end or index in (used, taken):
                continue
            same = [self.labels[one].code for one in (used, taken) if one is not None]
            if place.code not in same:  # "đã giải quyết, trả lời" is said twice
                cost += alone
        return cost

    def _alone(self, place: Place) -> float:
        """What it costs when the label gets no number."""
        if self._is_covered(place):
            return 0.0
        return _LONE if not place.header or self._has_number(place.at) else 0.25

    def _is_covered(self, place: Place) -> bool:
        """Answered by a word instead of a number, or by the number beside it."""
        if place.code == OTHER or self._has_word(place.at):
            return True
        before = self.line[place.at - 1].quantity if place.at else None
        if before is None:
            return False
        others = [one.at for one in self.labels if one.code == OTHER]
        return bool(before.rest) or place.at - 2 in others  # "còn nợ 3 triệu tiền góp"

    def _has_number(self, at: int) -> bool:
        """A number right behind the label, but for a colon and words that say nothing."""
        for item in self.line[at + 1 :]:
            if item.quantity is not None:
                return True
            if item.kind not in "FS":
                return False
        return False

    def _has_word(self, at: int) -> bool:
        near = [self.line[one] for one in (at - 1, at + 1) if 0 <= one < len(self.line)]
        return any(item.mark in ANSWER_MARKS for item in near)

    def _options(self, at: int, before: int, order: int) -> list[Bond]:
        quantity = self.line[at].quantity
        if quantity is None:
            return []
        unknown = self._unknown(before, at)
        options = [Bond(at, quantity, None, None, 0.0, unknown=unknown)]
        front = self._front(at, before)
        behind = self._behind(at, order)
        if behind is not None and self._is_in_front(quantity, front, at):
            behind = None
        if behind is not None and front is not None and self.labels[behind].unclear:
            same = self.labels[behind].topic == self.labels[front].topic
            behind = None if same else behind
        for index in (front, behind):
            if index is not None:
                options.extend(self._through_label(at, quantity, index, unknown))
        topic = self._topic(at)
        behind_words = () if unknown else named_behind(self.line, at)
        if topic and not self._is_another_matter(topic, unknown):
            options.extend(self._through_topic(at, quantity, topic, unknown or behind_words))
        options.extend(self._ahead(at, quantity))
        options.extend(self._through_unit(at, quantity, unknown))
        if behind_words:
            for bond in options:
                bond.unknown, bond.behind = (), behind_words
        return options

    def _is_in_front(self, quantity: Quantity, front: int | None, at: int) -> bool:
        """A percentage, and a pair whose label stands before it between the same commas."""
        if quantity.unit == PERCENT:
            return front is not None and self.labels[front].code in self.vocabulary.wholes
        if front is None or not quantity.rest:
            return False
        return not any(item.kind == "C" for item in self.line[self._at(front) : at])

    def _ahead(self, at: int, quantity: Quantity) -> list[Bond]:
        """Two numbers in front of one label: 2 cuộc 88 người họp."""
        seen = False
        for item in self.line[at + 1 :]:
            if item.quantity is not None and item.quantity.unit and not seen:
                seen = True
            elif item.kind == "L" and seen and item.label and item.label.topic:
                topic = self.vocabulary.topics[item.label.topic]
                code = topic.unit_codes.get(quantity.unit or "")
                return [Bond(at, quantity, code, None, _TOPIC)] if code else []
            elif item.kind != "F":
                return []
        return []

    def _through_unit(self, at: int, quantity: Quantity, unknown: tuple[str, ...]) -> list[Bond]:
        """A unit that one figure of the form has, with nothing else said: 12tr. 40 công. 100m2."""
        unit = quantity.unit or ("dong" if quantity.scale > 1 else "")
        told = quantity.worked_out
        units = self.vocabulary.product_units if told else self.vocabulary.sole_units
        code = units.get(unit)
        front = [place for place in self.labels if place.at < at]
        if code is None or (front and front[-1].code == OTHER):
            return []
        given = [item.text for item in self.line[max(0, at - 2) : at] if item.kind == "F"]
        paid = quantity.per is not None and "dong" in given  # mỗi nhà đóng 300 nghìn làm rãnh
        if not paid and (unknown or self._is_talked_of(at)):
            return []
        left = at > 0 and self.line[at - 1].text == "con"  # quỹ còn 12 triệu: what is there
        return [Bond(at, quantity, code, None, 2.0, unsure=left)]

    def _is_talked_of(self, at: int) -> bool:
        """Whether unknown words stand behind the number, before the next comma or label."""
        for item in self.line[at + 1 :]:
            if item.kind in "CBL":
                return False
            if item.kind in "WN" and item.text not in self.vocabulary.purposes:
                return True
        return False

    def _front(self, at: int, before: int) -> int | None:
        found = [index for index, place in enumerate(self.labels) if before < place.at < at]
        return found[-1] if found else None

    def _behind(self, at: int, order: int) -> int | None:
        after = self.numbers[order + 1] if order + 1 < len(self.numbers) else len(self.line)
        for index, place in enumerate(self.labels):
            if at < place.at < after:
                stops = [item for item in self.line[at + 1 : place.at] if item.kind in "CBS"]
                return None if stops else index
        return None

    def _topic(self, at: int) -> str | None:
        topics = [place.topic for place in self.labels if place.at < at]
        return topics[-1] if topics else self.context

    def _unknown(self, start: int, end: int) -> tuple[str, ...]:
        """Unknown words since the last number, comma or label."""
        words: list[str] = []
        for item in self.line[start + 1 : end]:
            if item.kind == "C":
                words.clear()
            elif item.kind in "WN" or item.named:
                words.append(item.text)
            elif item.kind == "T" and item.mention is None:
                words.append(str(item.start))
            elif item.kind == "L":
                words = [word for word in words if word.isdigit()]  # names stay
        if words or start < 0 or any(item.kind in "CL" for item in self.line[start + 1 : end]):
            return tuple(words)
        earlier = [one for one in self.numbers if one < start]
        return self._unknown(earlier[-1] if earlier else -1, start)

    def _through_label(
        self, at: int, quantity: Quantity, index: int, unknown: tuple[str, ...]
    ) -> list[Bond]:
        place = self.labels[index]
        code, fit = self.fitter.fit(place, quantity)
        if code is None:
            return []
        low, high = sorted((at, place.at))
        between = self.line[low + 1 : high]
        score = _NEAR + fit - _COUNTED * self._is_counted(place, code)
        if place.at < at and all(item.kind == "F" or item.text == ":" for item in between):
            score += _ADJACENT
        score -= sum(6 if item.text == ";" else 3 for item in between if item.kind == "C")
        score -= 1 * sum(item.kind in "WN" for item in between)
        score -= 1 * sum(item.kind == "S" and item.text != ":" for item in between)
        score -= 0.5 * sum(item.kind == "M" for item in between)
        if place.at < at and any(item.text == "co" for item in between):
            score -= 2  # "NLĐ có 8 kiến nghị"
        if place.at > at:
            score -= 1 * sum(item.kind in "WNM" for item in between) + 0.5 * (quantity.unit is None)
            score -= quantity.foreign * 3
            score += _ADJACENT * quantity.total  # "tổng 150 lao động: 120 chính thức, 30 thời vụ"
        return [Bond(at, quantity, code, index, score, unknown=unknown)]

    def _is_counted(self, place: Place, code: str) -> bool:
        """The label of "1 hội nghị 75 người": it is what the number before it counts."""
        before = self.line[place.at - 1].quantity if place.at else None
        own = self.vocabulary.topics.get(place.topic or "")
        other = own is not None and code != (place.code or own.main)
        return other and before is not None and before.unit is None

    def _through_topic(
        self, at: int, quantity: Quantity, name: str, unknown: tuple[str, ...]
    ) -> list[Bond]:
        """Another number of the topic that runs on: by its unit word, or one more of the same."""
        topic = self.vocabulary.topics[name]
        second = self._second_of_pair(at, quantity, topic)
        if second:
            return [Bond(at, quantity, second, None, _TOPIC, through_topic=True)]
        if quantity.unit and quantity.unit in topic.soaks:
            return [Bond(at, quantity, OTHER, None, _TOPIC, unknown=unknown)]
        if quantity.unit is None:
            return self._total_of_list(at, quantity, topic) or self._one_more(
                at, quantity, name, unknown
            )
        if quantity.unit == PERCENT:
            return self._share_of_plan(at, quantity, topic)
        code = topic.unit_codes.get(quantity.unit)
        if code is None or self.fitter.is_flag(code):
            return []
        score = _TOPIC - 0.25 * len(unknown)  # of words before; those behind are no hindrance
        return [Bond(at, quantity, code, None, score, unknown=unknown, through_topic=True)]

    def _total_of_list(self, at: int, quantity: Quantity, topic: Topic) -> list[Bond]:
        """Hồ sơ: trực tiếp 34, trực tuyến 290, tổng 324: what the list began with."""
        heads = [
            one
            for one in self.labels
            if one.at < at and one.header and self.vocabulary.topics.get(one.topic or "") is topic
        ]
        if topic.pair or not quantity.total or not heads or self._has_number(heads[0].at):
            return []
        return [Bond(at, quantity, heads[0].code, None, _TOPIC, through_topic=True)]

    def _is_another_matter(self, topic: str, unknown: tuple[str, ...]) -> bool:
        """Họp chi bộ 2 cuộc: not of the village's meetings that were told before."""
        return any(self.vocabulary.others.get(word) == topic for word in unknown)

    def _share_of_plan(self, at: int, quantity: Quantity, topic: Topic) -> list[Bond]:
        """Theo kế hoạch 8 cuộc, đạt 75%: what was done of the whole just told."""
        front = [place.code for place in self.labels if place.at < at]
        reached = at > 0 and self.line[at - 1].text == "dat"
        if not reached or not topic.part or front[-1:] != [topic.whole]:
            return []
        return [Bond(at, quantity, topic.part, None, _TOPIC, through_topic=True)]

    def _second_of_pair(self, at: int, quantity: Quantity, topic: Topic) -> str | None:
        """Họp 1. 44. and họp 2 - 90: a bare number right behind the first of a pair."""
        if not topic.pair or quantity.unit or quantity.scale > 1 or quantity.foreign:
            return None
        first, second = topic.pair
        before = self.line[:at]
        if before:
            near = [item for item in before[-2:] if item.kind != "F"]
            if len(near) != 2 or near[1].text not in ("-", "."):
                return None
            if near[0].quantity is None and not self._is_behind_number(near[0]):
                return None
            labels = [place.code for place in self.labels if place.at < at]
            return second if labels and labels[-1] == first else None
        codes = [entry.code for entry in self.told.entries]
        return second if codes and codes[-1] == first and len(self.line) == 1 else None

    def _is_behind_number(self, item: Item) -> bool:
        """The label of "1 họp. 53"."""
        at = next(at for at, one in enumerate(self.line) if one is item)
        return item.kind == "L" and at > 0 and self.line[at - 1].quantity is not None

    def _one_more(
        self, at: int, quantity: Quantity, name: str, unknown: tuple[str, ...]
    ) -> list[Bond]:
        """One more of the same, bare: "Kiến nghị: lương 2, bữa ăn 3"."""
        codes = [place.code for place in self.labels if place.at < at and place.topic == name]
        if not self._runs_on(at):
            return []
        if any(item.text == ":" for item in self.line[:at]):
            unknown = unknown or any_words(self.line, at)
        if not codes or not unknown or codes[-1] is None or codes[-1] == OTHER:
            return []
        if self.fitter.is_flag(codes[-1]):
            return []
        return [Bond(at, quantity, codes[-1], None, 3.0, unknown=unknown, through_topic=True)]

    def _runs_on(self, at: int) -> bool:
        """Parts run on: behind a colon, "gồm", or where the last number had words of its own."""
        before = self.line[:at]
        if any(item.text == ":" or item.mark == "part" for item in before):
            return True
        numbers = [one for one in self.numbers if one < at]
        if not numbers:
            return False
        start = max((place.at for place in self.labels if place.at < numbers[-1]), default=0)
        return any(item.kind == "W" or item.named for item in before[start : numbers[-1]])

    def _doubt_between(self, bonds: Sequence[Bond]) -> None:
        """Meant: "1 họp 40": a label between two bare numbers, one of which is nobody's."""
        loose = {bond.at for bond in bonds if bond.code is None and bond.quantity.unit is None}
        for bond in bonds:
            if bond.place is not None and self._at(bond.place) - 1 in loose:
                bond.unsure = True

    def _marked(self, finished: list[tuple[float, tuple[Bond, ...]]]) -> list[Bond]:
        """The best assignment; bonds that a nearly as good one sees differently are unsure."""
        if not finished:
            return []
        best_score, best = finished[0]
        self._doubt_between(best)
        for score, bonds in finished[1:]:
            if best_score - score >= _CLOSE:
                break
            for mine, other in zip(best, bonds, strict=True):
                if mine.code != other.code:
                    mine.unsure = True
                    if other.code and other.code != OTHER:
                        mine.rivals = (*mine.rivals, *other.code.strip("?").split(","))
        return list(best)
