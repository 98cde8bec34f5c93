"""Labels answered by words instead of numbers: có, chưa, hết, còn lại, không rõ."""

from collections.abc import Iterator
from itertools import pairwise

from qcdc_core.reading.entries import ANSWER_MARKS, Entry, Told, Word, answer
from qcdc_core.reading.item import Item
from qcdc_core.reading.line import Line
from qcdc_core.reading.places import OTHER, Place
from qcdc_core.reading.vocabulary import Vocabulary

_NOTHING = frozenset({"gi", "ps", "gi het"})  # behind a negation: nothing at all


class AnswerReader:
    """Reads the words of one line, clause by clause."""

    def __init__(self, vocabulary: Vocabulary, told: Told, line: Line) -> None:
        self.vocabulary = vocabulary
        self.told = told
        self.line = line
        self.taken = line.taken | self._beside_numbers()
        self.at_place = {place.at: index for index, place in enumerate(line.places)}

    def _beside_numbers(self) -> set[int]:
        """Labels that say once more what the number beside them is: 5 ý kiến kiến nghị."""
        given = {(bond.at, bond.code) for bond in self.line.bonds}
        for bond in self.line.bonds:  # giải quyết 4 đơn thuộc thẩm quyền: of which the 4 are
            given |= {(bond.at, one) for one in self.vocabulary.wholes.get(bond.code or "", ())}
        return {
            index
            for index, place in enumerate(self.line.places)
            if {(place.at - 1, place.code), (place.at + 1, place.code)} & given
        }

    def entries(self) -> list[Entry]:
        return [entry for clause in self._clauses() for entry in self._clause(clause)]

    def _clauses(self) -> Iterator[range]:
        start = 0
        for end, item in enumerate(self.line.items):
            if item.kind == "C" or item.text in ("(", "-"):
                if end > start:
                    yield range(start, end)
                start = end + 1
        if start < len(self.line.items):
            yield range(start, len(self.line.items))

    def _clause(self, clause: range) -> Iterator[Entry]:
        runs = self._runs(clause)
        yield from self._undone(clause)
        labels = [
            self.at_place[at]
            for at in clause
            if at in self.at_place and self.line.places[self.at_place[at]].code != OTHER
        ]
        if not labels:
            yield from self._without_label(clause, runs)
            return
        answered = self._given(labels, runs)
        for index in labels:
            place, run = self.line.places[index], answered[index]
            if index not in self.taken or self._is_flag_beside(index):
                yield from self._answered(place, run)
            elif answer(run) is Word.UNSURE:
                self._shake(index)

    def _undone(self, clause: range) -> Iterator[Entry]:
        """Kiến nghị 3, chưa giải quyết: none of them, unless a number says how many."""
        for at in clause:
            index = self.at_place.get(at)
            place = self.line.places[index] if index is not None else None
            if place is None or place.code != OTHER or index in self.line.taken:
                continue
            topic = self.vocabulary.topics.get(place.topic or "")
            if topic and topic.part and "chua " in place.item.text and not self._number_beside(at):
                item = place.item
                yield Entry(topic.part, item.start, item.end, word=Word.NO, shared=True)

    def _number_beside(self, at: int) -> bool:
        """Of "kiến nghị 2 chưa trả lời" the 2 is the first label's, and none beside the second."""
        if at + 1 < len(self.line.items) and self.line.items[at + 1].quantity is not None:
            return True
        before = [bond for bond in self.line.bonds if bond.at == at - 1]
        return any(bond.place is None or bond.place == self.at_place[at] for bond in before)

    def _is_flag_beside(self, index: int) -> bool:
        """Hnnld rồi 170 người: the number is another figure's, the word answers the flag."""
        code = self.line.places[index].code
        flag = code is not None and self.vocabulary.figure(code).kind == "flag"
        return flag and all(bond.code != code for bond in self.line.bonds if bond.place == index)

    def _runs(self, clause: range) -> list[list[int]]:
        """Marks that answer, in runs broken by labels and numbers."""
        runs: list[list[int]] = [[]]
        for at in clause:
            item = self.line.items[at]
            told = at in self.at_place and self.line.places[self.at_place[at]].code != OTHER
            if self._is_of_number(at):
                continue
            if not told and (item.mark in ANSWER_MARKS or item.mark == "other_items"):
                runs[-1].append(at)
            elif item.kind in "LQ":
                runs.append([])
        return [run for run in runs if run]

    def _is_of_number(self, at: int) -> bool:
        """The "có" of "có 95 người" says nothing of a label, nor does "3 hộ chưa góp"."""
        item, behind = self.line.items[at], self.line.items[at + 1 : at + 2]
        before = self.line.items[at - 1].quantity if at else None
        if item.mark == "negation" and before is not None and before.unit in ("ho", "nguoi"):
            return True
        return item.text == "co" and bool(behind) and behind[0].quantity is not None

    def _given(self, labels: list[int], runs: list[list[int]]) -> dict[int, list[Item]]:
        """Which words speak of which label; the clause's first run shows on which side they are."""
        prefix = bool(runs) and runs[0][0] < self.line.places[labels[0]].at
        answered: dict[int, list[Item]] = {index: [] for index in labels}
        for run in runs:
            target = self._target(labels, run, prefix=prefix)
            if target is not None:
                answered[target] += [self.line.items[at] for at in run]
        for one, other in pairwise(labels):
            if answered[one] and not answered[other] and self._are_joined(one, other):
                answered[other] = answered[one]
        return answered

    def _are_joined(self, one: int, other: int) -> bool:
        """trực tuyến và đúng hạn: one word for both."""
        start, end = self.line.places[one].at + 1, self.line.places[other].at
        between = [item for item in self.line.items[start:end] if item.kind != "F"]
        return [item.mark for item in between] == ["plus"]

    def _target(self, labels: list[int], run: list[int], *, prefix: bool) -> int | None:
        before = [one for one in labels if self.line.places[one].at < run[0]][-1:]
        after = [one for one in labels if self.line.places[one].at > run[-1]][:1]
        if before and self._number_between(self.line.places[before[0]].at, run[0]):
            before = []
        if after and self._number_between(run[-1], self.line.places[after[0]].at):
            after = []
        if before and after and before[0] in self.taken and after[0] not in self.taken:
            before = []
        if after and self._denies(run, after[0]):
            return after[0]
        first, second = (after, before) if prefix else (before, after)
        return next(iter(first + second), None)

    def _denies(self, run: list[int], label: int) -> bool:
        """Kiến nghị về đường chưa được trả lời: the denial right in front of what was not done."""
        place = self.line.places[label]
        between = self.line.items[run[-1] + 1 : place.at]
        denial = all(self.line.items[at].mark == "negation" for at in run)
        return denial and not place.header and all(item.kind == "F" for item in between)

    def _number_between(self, start: int, end: int) -> bool:
        return any(item.quantity is not None for item in self.line.items[start:end])

    def _shake(self, index: int) -> None:
        """The number given to the label is not sure: "hình như họp 2 cuộc"."""
        for bond in self.line.bonds:
            if bond.place == index:
                bond.unsure = True

    def _answered(self, place: Place, run: list[Item]) -> Iterator[Entry]:
        """What words say about a label that has no number."""
        word = answer(run)
        if word is None and place.item.text.startswith("con lai"):
            word = Word.REST
        if place.unclear and word is not Word.NO:
            return
        if place.turned:
            word = Word.UNSURE  # "không tồn đơn": at the start, at the end, or at both
        start = min([place.item.start, *(one.start for one in run)])
        end = max([place.item.end, *(one.end for one in run)])
        window = self.line.windows[place.at]
        denied = any(one.mark in ("negation", "unsure", "vague") for one in run)
        for code in place.unclear or ((place.code,) if place.code else ()):
            if word is Word.NO and not denied and not self._is_flag(code):
                continue  # "dự kiến tháng sau" is no number
            meant = self._meant(code, word, place)
            if meant is not None:
                yield Entry(
                    code,
                    start,
                    end,
                    word=meant,
                    label=place.item.text,
                    longer=window.longer,
                    inside=window.inside,
                )

    def _meant(self, code: str, word: Word | None, place: Place) -> Word | None:
        if self._is_flag(code):
            if word in (Word.REST, Word.HALF):
                return None
            if word is None and place.item.text.startswith(self._yes(place)):
                return Word.YES
            return Word.YES if word is Word.ALL else word
        if word is None or word is Word.YES:
            return None if place.header else Word.ALONE
        return word

    def _is_flag(self, code: str) -> bool:
        return self.vocabulary.figure(code).kind == "flag"

    def _yes(self, place: Place) -> tuple[str, ...]:
        return self.vocabulary.topics[place.topic or ""].yes or ("?",)

    def _without_label(self, clause: range, runs: list[list[int]]) -> Iterator[Entry]:
        """Words alone between commas: the other figures, or once more the last label."""
        items = [self.line.items[at] for run in runs for at in run]
        word = answer([item for item in items if item.mark != "rest"])
        if word is Word.NO and any(item.mark in ("other_items", "rest") for item in items):
            self.told.others_nothing = True
            return
        said = {self.line.items[at].text for at in clause}
        negated = any(item.mark == "negation" for item in items)
        every = any(item.mark == "all" for item in items)
        events = every or said & _NOTHING or any("phat sinh" in text for text in said)
        if negated and events and self._of_events(clause):
            self.told.nothing = True
            return
        if word is None or any(self.line.items[at].kind in "LQ" for at in clause):
            return
        place = self._last_free(clause.start)
        if (
            place is None
            and word is Word.NO
            and any(self.line.items[at].text in ("nao", "cuoc nao", "don nao") for at in clause)
        ):
            yield from self._none_of_it(clause.start, items)
        if place is None or place.code is None:
            return
        meant = self._meant(place.code, word, place)
        if meant is not None and meant is not Word.ALONE:
            yield Entry(
                place.code, items[0].start, items[-1].end, word=meant, label=place.item.text
            )

    def _of_events(self, clause: range) -> bool:
        """Không có gì, but not "chưa hiểu gì": no other deed is denied."""
        items = [self.line.items[at] for at in clause]
        first = next(at for at, item in enumerate(items) if item.mark == "negation")
        return not any(item.kind in "LW" for item in items[first:])

    def _none_of_it(self, before: int, items: list[Item]) -> Iterator[Entry]:
        """Kế hoạch 4 cuộc, chưa đi cuộc nào: the part of the whole just told is 0."""
        found = [place for place in self.line.places if place.at < before]
        topic = self.vocabulary.topics.get(found[-1].topic or "") if found else None
        if topic is not None and topic.part and found[-1].code == topic.whole:
            yield Entry(topic.part, items[0].start, items[-1].end, word=Word.NO)

    def _last_free(self, before: int) -> Place | None:
        """The last label in front, unless a number was given to it."""
        found = [one for one, place in enumerate(self.line.places) if place.at < before]
        if not found or found[-1] in self.taken or self.line.places[found[-1]].code == OTHER:
            return None
        return self.line.places[found[-1]]
