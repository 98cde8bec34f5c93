"""What is said of another figure: all of it, half, the rest, a percentage."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from decimal import Decimal

from qcdc_core.reading.entries import Entry, Told, Word
from qcdc_core.reading.vocabulary import Vocabulary

_HALF = Decimal("0.5")


@dataclass(slots=True)
class Others:
    """The figures settled so far, for the one that is told by its share of another.

    A value is worked out only from what is sure: of "đúng hạn khoảng 90, còn lại trễ" nothing is.
    """

    vocabulary: Vocabulary
    told: Told
    values: Mapping[str, tuple[Decimal, Entry]]
    doubts: Container[str]

    def share(self, entry: Entry, whole_code: str) -> Decimal | None:
        """What `entry` makes of a whole that is known; None when it says no one number."""
        whole = self.values[whole_code][0]
        if entry.word is Word.ALL:
            return whole
        if entry.word is Word.HALF:
            return whole * _HALF
        if entry.word is Word.REST:
            taken = self._beside(entry.code) or self._apart(whole_code, entry.code)
            return whole - taken if taken else None
        if entry.word is Word.ALONE:
            return whole if whole == 1 else None
        if entry.quantity is None or entry.quantity.doubt or len(entry.quantity.readings) > 1:
            return None
        share = whole * entry.quantity.value / 100
        return share if entry.quantity.value <= 100 else None

    def stated(self, whole: str, but: str) -> Decimal:
        """The sum of the parts of a whole that are known, without one of them."""
        parts = self.vocabulary.splits.get(whole, ()) or tuple(
            code for code, wholes in self.vocabulary.wholes.items() if whole in wholes
        )
        known = (self.values[one][0] for one in parts if one != but and one in self.values)
        return sum(known, Decimal(0))

    def _apart(self, whole: str, code: str) -> Decimal | None:
        """What the parts that share nothing with it have taken; None where one of them is asked."""
        outcomes = self.vocabulary.splits.get(whole, self.vocabulary.apart.get(code, ()))
        others = [one for one in outcomes if one != code]
        if any(one in self.doubts for one in others):
            return None
        return sum((self.values[one][0] for one in others if one in self.values), Decimal(0))

    def _beside(self, code: str) -> Decimal | None:
        """What is told to be the other part: trực tiếp 97, beside trực tuyến."""
        topic = self.vocabulary.topics.get(self.vocabulary.topic_of.get(code, ""))
        if topic is None or topic.rest.get("beside") != code:
            return None
        parts = [one for name, one in self.told.rests if name == topic.name]
        if any(one.doubt or len(one.readings) > 1 for one in parts):
            return None
        return sum((one.value for one in parts), Decimal(0))
