"""From everything said about a figure to one value, or one doubt."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from qcdc_core.reading.amount import Amount, Scales, amount
from qcdc_core.reading.entries import Entry, Told, Word
from qcdc_core.reading.others import Others
from qcdc_core.reading.parts import add_up, are_listed, counted_meetings, is_part_alone
from qcdc_core.reading.statements import (
    are_said_again,
    is_per_head,
    is_relative,
    lists_all,
    order,
    people_over_households,
    same_measure,
    still_open,
)
from qcdc_core.reading.text import fold
from qcdc_core.reading.values import DoubtReason
from qcdc_core.reading.vocabulary import Vocabulary

_SEVERAL = 2


@dataclass(slots=True)
class Settled:
    """Values and doubts by code, each with the entry that it rests on."""

    values: dict[str, tuple[Decimal, Entry]] = field(default_factory=dict)
    doubts: dict[str, tuple[Amount, Entry]] = field(default_factory=dict)
    not_applicable: set[str] = field(default_factory=set)


class Settler:
    def __init__(
        self, vocabulary: Vocabulary, scales: Scales, told: Told, *, correction: bool
    ) -> None:
        self.vocabulary = vocabulary
        self.scales = scales
        self.told = told
        self.correction = correction
        self.result = Settled()
        self.others = Others(vocabulary, told, self.result.values, self.result.doubts)
        self.torn: set[int] = set()  # where pairs begin that cannot be right

    def settle(self) -> Settled:
        by_code: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.told.entries:
            by_code[entry.code].append(entry)
        relative: list[Entry] = []
        for code, entries in by_code.items():
            relative += self._plain(code, entries)
        self._whole_before_parts(relative)
        for entry in sorted(still_open(relative), key=order):
            self._relative(entry)
        self._with_rest()
        self._meetings(by_code)
        self._splits()
        return self.result

    def _whole_before_parts(self, relative: list[Entry]) -> None:
        """Có 2 vụ cãi nhau, hòa giải thành 1, 1 đang làm: the disputes that the outcomes make up.

        Else the 2 may be of something else, and is asked.
        """
        for whole, parts in self.vocabulary.splits.items():
            known = [self.result.values[one][0] for one in parts if one in self.result.values]
            own = fold(self.vocabulary.figure(whole).unit)
            found = [one for one in self.told.loose if one.unit == own]
            if whole in self.result.values or whole in self.result.doubts or not known:
                continue
            if len(found) != 1 or sum(known) > found[0].value or found[0].doubt:
                continue
            entry = Entry(whole, found[0].start, found[0].end, found[0])
            rest = any(one.code in parts and one.word is Word.REST for one in relative)
            several = len(known) >= _SEVERAL  # one alone may be equal by chance
            self.told.loose.remove(found[0])
            if rest or (several and sum(known) == found[0].value):
                self._take(whole, found[0].value, [entry])
            else:
                self._doubt(whole, self._why(entry), entry)

    def _with_rest(self) -> None:
        """Hồ sơ: trực tuyến 288, trực tiếp 12: the whole that nobody told is their sum."""
        for name in dict.fromkeys(name for name, _quantity in self.told.rests):
            rest = self.vocabulary.topics[name].rest
            whole, part = rest["of"], self.result.values.get(rest["beside"])
            sure = whole not in self.result.values and whole not in self.result.doubts
            left = [one for topic, one in self.told.rests if topic == name]
            found = [amount(self.vocabulary.figure(whole), one, self.scales) for one in left]
            values = [one.value for one in found if one.value is not None]
            if sure and part is not None and len(values) == len(found):
                self._take(whole, sum(values, part[0]), [part[1]])

    def _meetings(self, by_code: dict[str, list[Entry]]) -> None:
        """Cuộc 1: 45 người, cuộc 2: 51 người: two meetings, unless their number is told too."""
        for topic in self.vocabulary.topics.values():
            if (
                not topic.pair
                or topic.pair[0] in by_code
                or topic.pair[1] not in self.result.values
            ):
                continue
            entries = by_code[topic.pair[1]]
            counted = counted_meetings(entries)
            if counted:
                self._take(topic.pair[0], Decimal(counted), entries)

    def _plain(self, code: str, entries: list[Entry]) -> list[Entry]:
        """Settle what stands for itself; give back what needs another figure."""
        relative = [one for one in entries if is_relative(one)]
        own = [one for one in entries if not is_relative(one)]
        own = [one for one in own if not one.shared] or own
        own = [one for one in own if not one.aside] or own
        if self.correction:
            own = [one for one in own if one.word is not Word.LAST_TIME]
        if own:
            self._own(code, own)
        return relative[:1]

    def _own(self, code: str, told: list[Entry]) -> None:
        if any(entry.word is Word.NOT_APPLICABLE for entry in told):
            self.result.not_applicable.add(code)
            return
        entries = self._without_parts(told)
        broken = self._broken_list(code, entries, told)
        if broken is None:
            self._weigh(code, entries)
        else:
            self._doubt(code, broken, entries[0])

    def _weigh(self, code: str, entries: list[Entry]) -> None:
        if self.vocabulary.figure(code).kind == "flow":
            kept = [one for one in entries if not one.longer] or entries
            if len(kept) < len(entries) and all(one.listed for one in entries):
                self._doubt(code, Amount(reason=DoubtReason.cumulated), entries[0])
                return
            entries = kept
        entry = entries[0]
        unsure = [
            one
            for one in entries
            if one.unsure or one.word in (Word.UNSURE, Word.LAST_TIME) or self._is_one_of_many(one)
        ]
        if unsure:
            self._doubt(code, self._why(unsure[0]), unsure[0])
            return
        found = [self._amount(code, one) for one in entries]
        bad = next(
            ((one, e) for one, e in zip(found, entries, strict=True) if one.value is None), None
        )
        if bad:
            self._doubt(code, bad[0], bad[1])
            return
        if len(entries) == 1 and self._counts_people(code) and is_part_alone(entry):
            self._doubt(code, self._why(entry), entry)
            return
        values = [one.value for one in found if one.value is not None]
        value = self._one_value(entries, values)
        if value is None:
            self._tear(entries)
            several = values if len(set(values)) > 1 else [*values, sum(values, Decimal(0))]
            self._doubt(
                code,
                Amount(reason=DoubtReason.several_values, choices=tuple(dict.fromkeys(several))),
                entry,
            )
            return
        self._take(code, value, entries)

    def _counts_people(self, code: str) -> bool:
        return self.vocabulary.figure(code).unit == "người"

    def _tear(self, entries: list[Entry]) -> None:
        """Họp 5/9: 45 người: where one side of a stroke is contradicted, so is the other."""
        self.torn |= {one.start for one in entries if one.label == "/"}
        for code, (value, entry) in list(self.result.values.items()):
            if entry.label == "/" and entry.start in self.torn:
                del self.result.values[code]
                self._doubt(code, Amount(reason=DoubtReason.unclear, choices=(value,)), entry)

    def _is_one_of_many(self, entry: Entry) -> bool:
        """A part named in words while another number of the same unit found no place."""
        if entry.quantity is None:
            return False
        if entry.quantity.tail is not None:  # 12 triệu 5 cái: of the amount, or of its own
            return True
        measure = entry.quantity.measure
        if measure in self.vocabulary.sole_units and any(
            one.measure == measure and not one.part for one in self.told.loose
        ):
            return True  # part of one sum of money, and nobody can tell which
        if not entry.unknown:
            return False
        return any(
            same_measure(entry.quantity, one) or not (one.measure or one.foreign)
            for one in self.told.loose
        )

    def _take(self, code: str, value: Decimal, entries: list[Entry]) -> None:
        entry = entries[0]
        figure = self.vocabulary.figure(code)
        if entry.label == "/" and entry.start in self.torn:
            self._doubt(code, Amount(reason=DoubtReason.unclear, choices=(value,)), entry)
        elif (figure.kind == "flow" and entry.longer and value) or (
            code == "kiem_tra_da_lam" and entry.inside
        ):
            self._doubt(code, Amount(reason=DoubtReason.cumulated), entry)
        else:
            self.result.values[code] = (value, entry)

    def _without_parts(self, entries: list[Entry]) -> list[Entry]:
        """Meant: "họp 96 người trong đó nữ 41": the part goes when the whole is there."""
        whole = [one for one in entries if not one.part] or entries
        whole = people_over_households(whole)
        shares = [one for one in whole if not is_per_head(one)]
        return shares or whole

    def _broken_list(self, code: str, kept: list[Entry], told: list[Entry]) -> Amount | None:
        """Tổng 10 triệu, gồm đường 6 triệu, điện 3 triệu: all parts, which make another sum."""
        parts = [one for one in told if one.part and one not in kept]
        whole = kept[0].quantity
        if len(kept) != 1 or len(parts) < _SEVERAL or whole is None:
            return None
        if not all(lists_all(one, whole) for one in parts):
            return None
        found = [self._amount(code, one).value for one in (*kept, *parts)]
        known = [one for one in found if one is not None]
        if len(known) < len(found) or sum(known[1:], Decimal(0)) == known[0]:
            return None
        choices = (known[0], sum(known[1:], Decimal(0)))
        return Amount(reason=DoubtReason.several_values, choices=choices)

    def _why(self, entry: Entry) -> Amount:
        if entry.quantity is not None and not entry.word:
            return Amount(reason=DoubtReason.unclear, choices=entry.quantity.readings)
        return Amount(reason=DoubtReason.not_known)

    def _amount(self, code: str, entry: Entry) -> Amount:
        if entry.word is not None:
            return Amount(Decimal(1 if entry.word is Word.YES else 0))
        if entry.quantity is None:
            return Amount(reason=DoubtReason.unclear)
        return amount(self.vocabulary.figure(code), entry.quantity, self.scales)

    def _one_value(self, entries: list[Entry], values: list[Decimal]) -> Decimal | None:
        """The one value of several mentions: equal, a total with its parts, or a sum of parts."""
        if len(values) == 1:
            return values[0]
        totals = [
            value
            for value, entry in zip(values, entries, strict=True)
            if entry.quantity and entry.quantity.total
        ]
        parts = [
            value
            for value, entry in zip(values, entries, strict=True)
            if not (entry.quantity and entry.quantity.total)
        ]
        if totals:
            agreed = len(set(totals)) == 1 and (
                not parts or sum(parts) == totals[0] or set(parts) == set(totals)
            )
            return totals[0] if agreed else None
        if add_up(entries, self.told, self.vocabulary):
            return sum(values, Decimal(0))
        if len(set(values)) == 1:
            return values[0] if are_said_again(entries) else None
        if are_listed(entries[1:]) and sum(values[1:]) == values[0]:
            return values[0]
        return None

    def _doubt(self, code: str, why: Amount, entry: Entry) -> None:
        self.result.doubts.setdefault(code, (why, entry))
        for rival in entry.rivals:
            if rival in self.vocabulary.figures and rival not in self.result.values:
                self.result.doubts.setdefault(rival, (why, entry))

    # What is said of another figure: all, half, the rest, a percentage.

    def _relative(self, entry: Entry) -> None:
        code = entry.code
        if code in self.result.values or code in self.result.doubts:
            self._agree(code, entry)
            return
        wholes = self.vocabulary.wholes.get(code, ())
        if entry.word is Word.ALL and not wholes:
            return  # "đạt 100% kế hoạch" says nothing of the plan itself
        whole = next((one for one in wholes if one in self.result.values), None)
        if whole is None:
            asked = any(one in self.result.doubts for one in wholes)
            if entry.word is not Word.ALONE or asked:
                self._doubt(code, Amount(reason=self._reason(entry)), entry)
            return
        outcome = whole in self.vocabulary.splits
        if entry.word is Word.ALONE and outcome and self.others.stated(whole, code):
            total, of_total = self.result.values.pop(whole)
            self._doubt(
                whole, Amount(reason=DoubtReason.several_values, choices=(total,)), of_total
            )
            self._doubt(code, Amount(reason=self._reason(entry)), entry)
            return
        value = self.others.share(entry, whole)
        if value is None or value != value.to_integral_value() or value < 0:
            self._doubt(code, Amount(reason=self._reason(entry)), entry)
            return
        self._take(code, value, [entry])

    def _agree(self, code: str, entry: Entry) -> None:
        """A number and "all" or a share beside it that say two things: neither is taken."""
        whole = next(
            (w for w in self.vocabulary.wholes.get(code, ()) if w in self.result.values), ""
        )
        if not whole or code not in self.result.values:
            return
        value, own = self.result.values[code]
        share = self.others.share(entry, whole)
        if share is not None and share != value and share == share.to_integral_value():
            del self.result.values[code]
            choices = (value, share)
            self._doubt(code, Amount(reason=DoubtReason.several_values, choices=choices), own)

    def _reason(self, entry: Entry) -> DoubtReason:
        return DoubtReason.percent if entry.word is None else DoubtReason.part_of_total

    # A total that must be split.

    def _splits(self) -> None:
        if self.correction:
            return
        for code, parts in self.vocabulary.splits.items():
            if code not in self.result.values:
                continue
            total, entry = self.result.values[code]
            stated = sum(
                (self.result.values[one][0] for one in parts if one in self.result.values),
                Decimal(0),
            )
            if total <= stated:
                continue
            for part in parts:
                if part not in self.result.values:
                    self._doubt(part, Amount(reason=DoubtReason.split_missing), entry)


def only_values(settled: Settled) -> Mapping[str, Decimal]:
    return {code: value for code, (value, _) in settled.values.items()}
