"""From tokens to items: labels, quantities, marks, unknown words, commas and breaks."""

from collections.abc import Sequence
from decimal import Decimal

from qcdc_core.reading.apart import apart
from qcdc_core.reading.dates import Mention
from qcdc_core.reading.item import Item, Quantity, sign
from qcdc_core.reading.matching import PhraseMatcher
from qcdc_core.reading.number_words import FIRST_WORDS, Number
from qcdc_core.reading.numbers import NumberScanner
from qcdc_core.reading.spelling import respell
from qcdc_core.reading.tokens import Kind, Token
from qcdc_core.reading.values import DoubtReason
from qcdc_core.reading.vocabulary import LONGEST, Phrase, Vocabulary

_LONGEST_UNIT = 4
_PEOPLE = frozenset({"anh", "chi", "em", "bac", "chu", "co", "chau", "ong", "thay", "moi", "ca"})
_WHOLE_PHRASES = frozenset({"half", "all", "later", "last_time"})  # năm sau is no five
_GIVERS = frozenset({"nguoi", "ho"})
_MILLION = 10**6
_THING = "vat"  # counted by no figure: băng rôn, cây, xe


class ItemReader:
    """Turns the tokens of one message into items."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        tokens: list[Token],
        mentions: Sequence[Mention],
        masked: Sequence[tuple[int, int]],
    ) -> None:
        self.vocabulary = vocabulary
        respell(tokens)
        self.tokens = apart(tokens, vocabulary)
        tokens = self.tokens
        self.cover = {start: Item("T", start, end) for start, end in masked}
        for mention in mentions:
            self.cover[mention.start] = Item(
                "T", mention.start, mention.end, mark=mention.mark, mention=mention
            )
        self.matcher = PhraseMatcher(vocabulary, tokens, self.cover)
        self.phrases = self.matcher.phrases
        self.scanner = NumberScanner(
            tokens, closed=self.matcher.closed, units=vocabulary.first_units
        )

    def items(self) -> list[Item]:
        items: list[Item] = []
        skip_to = 0
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.start < skip_to:
                index += 1
                continue
            covering = self.cover.get(token.start)
            if covering is None:
                index = self._item(index, items)
                continue
            longer = self._label_over(index, covering)
            if longer is not None:
                index = self._phrase(index, longer, items)
                continue
            items.append(covering)
            skip_to = covering.end
            index += 1
        return items

    def _label_over(self, index: int, covering: Item) -> tuple[Phrase, int] | None:
        """A label that begins with a time: kỳ trước chuyển sang, cuối kỳ còn."""
        if covering.mention is None:
            return None
        text, found = "", None
        for end in range(index + 1, min(index + LONGEST, len(self.tokens)) + 1):
            text += self.tokens[end - 1].text
            phrase = self.vocabulary.phrases.get(text)
            if phrase is not None and phrase.label and self.tokens[end - 1].end > covering.end:
                found = (phrase, end)
        return found

    def _item(self, index: int, items: list[Item]) -> int:
        found = self.phrases[index]
        token = self.tokens[index]
        may_count = token.kind is Kind.NUMBER or token.text in FIRST_WORDS
        if may_count and (found is None or self._leaves_number(found, index)):
            number = self.scanner.at(index)
            if number is not None:
                return self._quantity(index, number, items)
        if found is not None:
            return self._phrase(index, found, items)
        if token.kind in (Kind.SIGN, Kind.LINE):
            items.append(sign(token))
        elif token.kind is Kind.NUMBER:
            items.append(Item("N", token.start, token.end, token.text))
        else:
            items.append(Item("W", token.start, token.end, token.text))
        return index + 1

    def _leaves_number(self, found: tuple[Phrase, int], index: int) -> bool:
        """Not where the phrase is a label or an idiom; "một nửa", "100%" are no numbers."""
        phrase, end = found
        whole = phrase.mark in _WHOLE_PHRASES and end > index + 1
        return not (phrase.noise or phrase.label or whole)

    def _phrase(self, index: int, found: tuple[Phrase, int], items: list[Item]) -> int:
        phrase, end = found
        start, stop = self.tokens[index].start, self.tokens[end - 1].end
        mark = self.matcher.mark(phrase, index, end) or ""
        if phrase.noise:
            kind = "F"
        elif phrase.label:
            kind = "L"
        elif mark:
            kind = "M"
        elif phrase.filler or phrase.unit not in (None, _THING):
            kind = "F"
        else:
            kind = "W"
        items.append(
            Item(
                kind,
                start,
                stop,
                phrase.text,
                phrase.label,
                mark,
                unit=phrase.unit,
                named=phrase.noise,
            )
        )
        return end

    def _quantity(self, index: int, number: Number, items: list[Item]) -> int:
        first = self.tokens[index]
        end = number.end
        quantity = Quantity(
            readings=number.readings,
            start=first.start,
            end=self.tokens[end - 1].end,
            scale=number.scale,
            money=number.money,
            weak=number.weak,
            words=number.words,
            literal=first.text if first.kind is Kind.NUMBER and end == index + 1 else "",
            tail=number.tail,
        )
        if number.rough:
            quantity.doubt = DoubtReason.approximate
        if number.spaced:
            quantity.doubt = DoubtReason.separator
        if number.money:
            quantity.unit = "dong"
        after = self._unit(end, quantity, labelled=bool(items) and items[-1].kind == "L")
        items.append(Item("Q", quantity.start, quantity.end, quantity=quantity))
        return after

    def _unit(self, end: int, quantity: Quantity, *, labelled: bool) -> int:
        """Take the unit word behind the number; give the token from which to go on."""
        end = self._currency_dot(end, quantity)
        if end >= len(self.tokens):
            return end
        token = self.tokens[end]
        found = self._unit_phrase(end)
        if found is None:
            if self.phrases[end] is None and token.kind is Kind.WORD:
                quantity.foreign = True
                quantity.unit_text = token.text
            return end
        phrase, after = found
        money = quantity.unit == "dong" and phrase.unit != "dong"
        givers = quantity.scale >= _MILLION and phrase.unit in _GIVERS  # 10 triệu | dân góp
        if money or givers or self._is_polite(end):
            return end
        label = phrase.label
        if (
            label
            and self.matcher.is_number_at(after)
            and (label.topic or (labelled and self._is_bare_number(after)))
        ):
            return end  # "17 đơn 3": the word belongs to the number behind it
        quantity.unit = phrase.unit
        quantity.unit_text = phrase.text
        if label and label.topic and not self.matcher.says(after, "ruoi", "dat", "ruong", "vuon"):
            self.matcher.rematch(end)
            return end
        after = self._half_behind(after, quantity)
        quantity.end = self.tokens[after - 1].end
        self.matcher.rematch(after)
        return after

    def _is_polite(self, index: int) -> bool:
        """Meant: "13 triệu nha anh": no household."""
        token = self.tokens[index]
        if token.text != "nha" or token.marked == "nhà":
            return False
        behind = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        return behind is None or not token.bare or behind.text in _PEOPLE

    def _half_behind(self, after: int, quantity: Quantity) -> int:
        """2 công rưỡi đất: the half behind the unit, and the word that tells land from labour."""
        if self.matcher.says(after, "ruoi"):
            half = quantity.scale * Decimal("0.5")
            quantity.readings = tuple(one + half for one in quantity.readings)
            after += 1
        if quantity.unit == "cong" and self.matcher.says(after, "dat", "ruong", "vuon"):
            quantity.unit = "cong_dat"
        return after

    def _unit_phrase(self, index: int) -> tuple[Phrase, int] | None:
        """The longest unit word that begins here, whatever longer phrase it begins."""
        whole = self.phrases[index]
        if whole is not None and whole[0].noise and whole[0].unit is None:
            return None
        text, found = "", None
        for end in range(index + 1, min(index + _LONGEST_UNIT, len(self.tokens)) + 1):
            if self.tokens[end - 1].kind is Kind.LINE:
                break
            text += self.tokens[end - 1].text
            phrase = self.vocabulary.phrases.get(text)
            if (
                phrase is not None
                and end > index + 1
                and not self.matcher.is_spaced(phrase, index, end)
            ):
                continue
            if (
                phrase is not None
                and phrase.unit is not None
                and self._is_cut(whole, end, phrase.unit)
            ):
                found = (phrase, end)
        if found is None and whole is not None and whole[0].unit is not None:
            return whole
        return found

    def _is_cut(self, whole: tuple[Phrase, int] | None, end: int, unit: str) -> bool:
        """A longer phrase may be cut only where its other side is a label: ý kiến | trả lời."""
        if whole is None or whole[1] <= end:
            return True
        rest = self.matcher.match(end)
        label, cut = whole[0].label, rest[0].label if rest else None
        topic = self.vocabulary.topics.get(label.topic or "") if label else None
        if topic and not any(self.vocabulary.may_count(code, unit) for code in topic.codes):
            return False  # 67 công nhân viên: no days of work
        if label is None or cut is None:
            return cut is not None
        return label.code is None or label.code in (cut.code, *cut.roles.values())

    def _is_bare_number(self, index: int) -> bool:
        """Hội nghị 2 người 120: nothing behind the number that could be its unit."""
        if self.matcher.says(index, ":"):
            return False
        index += 1
        if index >= len(self.tokens) or self.tokens[index].kind is not Kind.WORD:
            return True
        found = self.phrases[index]
        return self._is_polite(index) or (found is not None and found[0].unit is None)

    def _currency_dot(self, end: int, quantity: Quantity) -> int:
        """Meant: "tr.đ": the dot between the scale and the currency."""
        if (
            quantity.scale > 1
            and end + 1 < len(self.tokens)
            and self.tokens[end].text == "."
            and self.tokens[end].glued
            and self.tokens[end + 1].glued
            and self.tokens[end + 1].text in ("d", "dong")
        ):
            return end + 1
        return end
