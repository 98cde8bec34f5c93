"""One number, in digits or words, with its scale: 12.500.000, 2tr5, hai mươi mốt, triệu rưỡi.

The difficulty is lexical: a trailing digit after a scale means tenths of it (triệu hai =
1.200.000), and "12.345" is twelve thousand for one writer and twelve and a bit for another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from qcdc_core.reading.number_words import (
    BILLION,
    CURRENCY,
    DIGIT_WORDS,
    DIGITS,
    HALVED,
    LINH,
    MONEY_SCALES,
    RUOI,
    SCALES,
    TAIL_DIGITS,
    THOUSAND,
    THREE,
    Number,
    literal,
    tail_shares,
)
from qcdc_core.reading.tokens import Kind, Token

_SPENT = frozenset({"lam", "xay", "mua", "sua", "cho", "vao", "de"})  # 1 tỷ 2 làm đường
_POLITE = frozenset({"a", "ah", "nhe", "nha", "nhen", "thoi", "roi", "ha", "luon", "nua", "do"})


class NumberScanner:
    """Reads numbers out of one message's tokens; ``closed`` holds tokens that belong to phrases."""

    def __init__(
        self,
        tokens: Sequence[Token],
        *,
        closed: Sequence[bool],
        units: frozenset[str] = frozenset(),
    ) -> None:
        self.tokens = tokens
        self.closed = closed
        self.units = units

    def at(self, index: int) -> Number | None:
        """The number that begins at this token (digits or one of FIRST_WORDS), or None."""
        if self._word(index, "mot") and self._word(index + 1, "nua"):
            return None
        first = self._atom(index) or self._bare_scale(index)
        return None if first is None else self._with_scales(index, first)

    # One atom: digits, or words below a thousand.

    def _atom(self, index: int) -> Number | None:
        token = self._open(index)
        if token is None:
            return None
        if token.kind is Kind.NUMBER:
            return self._digits(index)
        if token.kind is Kind.WORD:
            return self._hundreds(index)
        return None

    def _open(self, index: int) -> Token | None:
        if index < len(self.tokens) and not self.closed[index]:
            return self.tokens[index]
        return None

    def _digits(self, index: int) -> Number | None:
        readings = literal(self.tokens[index].text)
        if not readings:
            return None
        number = Number(readings, index + 1)
        if len(readings) == 1 and readings[0] == readings[0].to_integral_value():
            number = self._spaced_groups(index, number)
        if number.value < 10 and self._word(number.end, "tram"):
            return self._behind_hundred(replace(number, readings=(number.value * 100,)))
        if self._word(number.end, "chuc"):
            return replace(number, readings=(number.value * 10,), end=number.end + 1)
        return number

    def _spaced_groups(self, index: int, number: Number) -> Number:
        """12 500 000: at least two groups, or one with a currency behind it."""
        if len(self.tokens[index].text) > THREE:
            return number
        end = index + 1
        while self._is_group(end):
            end += 1
        groups = end - index - 1
        if not groups:
            return number
        whole = Decimal("".join(token.text for token in self.tokens[index:end]))
        if groups > 1 or self._word(end, *CURRENCY, "m2", "met", "mv"):
            return Number((whole,), end)
        return replace(number, spaced=True)

    def _is_group(self, index: int) -> bool:
        token = self._open(index)
        return (
            token is not None
            and token.kind is Kind.NUMBER
            and len(token.text) == THREE
            and token.start == self.tokens[index - 1].end + 1
            and token.text.isdigit()
        )

    def _hundreds(self, index: int) -> Number | None:
        low = self._tens(index)
        if low is None:
            if self._spelled(index, "tram", "trăm"):
                return self._bare_hundred(index)
            return None
        if low.value < 10 and self._word(low.end, "tram"):
            return self._behind_hundred(replace(low, readings=(low.value * 100,), weak=False))
        return low

    def _bare_hundred(self, index: int) -> Number | None:
        number = self._behind_hundred(Number((Decimal(100),), index, words=True))
        if number.end > index + 1:
            return number
        rough = not self.tokens[index].bare or self._scale(index + 1)
        return replace(number, rough=True) if rough else None

    def _behind_hundred(self, number: Number) -> Number:
        """The number stands before "trăm": linh năm, rưỡi, hai (= hai mươi), mười lăm."""
        end = number.end + 1
        hundred = number.value
        if self._is_ruoi(end):
            return replace(number, readings=(hundred + 50,), end=end + 1, words=True)
        if self._is_linh(end):
            digit = self._digit(end + 1) or self._tail_digit(end + 1)
            if digit:
                return replace(number, readings=(hundred + digit,), end=end + 2, words=True)
        token = self._open(end)
        if token is not None and token.kind is Kind.WORD:
            low = self._tens(end)
            if low and low.value >= 10:
                return replace(number, readings=(hundred + low.value,), end=low.end, words=True)
            digit = self._digit(end) or self._tail_digit(end)
            if digit and (self._ends_number(end + 1) or self._opens_unit(end + 1)):
                sure = self._strict_tail(end) is not None or self._ends_number(end + 1)
                readings = (hundred + digit * 10, hundred + digit)  # một trăm hai người
                kept = readings[:1] if sure else readings
                return replace(number, readings=kept, end=end + 1, words=True)
        return replace(number, end=end, words=True)

    def _tens(self, index: int) -> Number | None:
        token = self._open(index)
        if token is None or token.kind is not Kind.WORD:
            return None
        if token.text == "muoi" and self._fits(token, frozenset({"mười", "mươi"})):
            return self._ten_and(index)
        if token.text == "chuc" and self._fits(token, frozenset({"chục"})):
            return Number((Decimal(10),), index + 1, words=True, rough=True)
        digit = self._digit(index)
        return self._digit_and(index, token, digit) if digit is not None else None

    def _digit_and(self, index: int, token: Token, digit: int) -> Number:
        """hai, hai mươi mốt, hai mốt."""
        if self._word(index + 1, "muoi", "chuc"):
            ones = self._digit(index + 2) or self._tail_digit(index + 2) or 0
            if self._word(index + 3, "muoi", "tram", "chuc"):
                ones = 0
            tens, end = Decimal(digit * 10 + ones), index + 2 + bool(ones)
            rough = not ones and self._word(index + 1, "chuc") and self._may_be_about(token)
            return Number((tens,), end, words=True, rough=rough)
        tail = self._strict_tail(index + 1)
        if tail:
            return Number((Decimal(digit * 10 + tail),), index + 2, words=True)
        return Number((Decimal(digit),), index + 1, words=True, weak=self._is_weak(token))

    def _ten_and(self, index: int) -> Number:
        ones = self._digit(index + 1) or self._tail_digit(index + 1) or 0
        if self._word(index + 2, "muoi", "tram", "chuc"):
            ones = 0
        return Number((Decimal(10 + ones),), index + 1 + bool(ones), words=True)

    # Scales behind the atom.

    def _bare_scale(self, index: int) -> Number | None:
        """triệu hai, nghìn rưỡi, nửa triệu: a scale that begins the number."""
        token = self._open(index)
        if token is None or token.kind is not Kind.WORD:
            return None
        if self._spelled(index, "nua", "nửa") and (
            self._scale(index + 1) or self._word(index + 1, *HALVED)
        ):
            return Number((Decimal("0.5"),), index + 1, words=True)
        if token.text in ("trieu", "nghin", "ngan", "ty") and self._scale(index):
            behind = index + 1
            if self._is_ruoi(behind) or self._digit(behind) or self._tail_digit(behind):
                return Number((Decimal(1),), index, words=True)
        return None

    def _with_scales(self, start: int, number: Number) -> Number:
        scale = self._scale(number.end)
        if scale is None:
            if self._is_ruoi(number.end):
                half = tuple(one + Decimal("0.5") for one in number.readings[:1])
                return replace(number, readings=half, end=number.end + 1)
            return number
        size, end, money = scale
        scaled = replace(
            number,
            readings=tuple(one * size for one in number.readings),
            end=end,
            scale=size,
            money=money,
            weak=False,
        )
        return self._behind_scale(scaled, size)

    def _behind_scale(self, number: Number, size: int) -> Number:
        end = number.end
        if self._is_ruoi(end):
            half = tuple(one + Decimal(size) / 2 for one in number.readings)
            return replace(number, readings=half, end=end + 1)
        low = self._behind_zero(number, size)
        if low is not None:
            return low
        part = self._atom(end)
        if part is None or len(part.readings) > 1 or part.spaced:
            digit = self._tail_digit(end)
            if digit and self._ends_number(end + 1):
                return self._added(number, Decimal(digit * size) / 10, end + 1)
            return number
        scale = self._scale(part.end)
        if scale is not None:
            return self._lower_scale(number, part, scale, size)
        return self._tail(number, part, size)

    def _behind_zero(self, number: Number, size: int) -> Number | None:
        """Một nghìn lẻ năm; một triệu không trăm năm mươi nghìn."""
        end = number.end
        hundred = 2 * (self._word(end, "khong") and self._word(end + 1, "tram"))
        end += hundred + self._is_linh(end + hundred)
        ones = self._atom(end) or self._tail_atom(end)
        if end == number.end or ones is None or len(ones.readings) > 1:
            return None
        scale = self._scale(ones.end)
        if scale is None:
            return self._added(number, ones.value, ones.end)
        return self._lower_scale(number, ones, scale, size) if hundred else None

    def _tail_atom(self, index: int) -> Number | None:
        digit = self._tail_digit(index)
        return Number((Decimal(digit),), index + 1, words=True) if digit else None

    def _lower_scale(
        self, number: Number, part: Number, scale: tuple[int, int, bool], size: int
    ) -> Number:
        lower, end, money = scale
        if lower > size and part.words and part.value >= 100:
            whole = self._added(number, part.value, end)  # một nghìn năm trăm triệu
            whole = replace(whole, readings=tuple(one * lower for one in whole.readings))
            return self._behind_scale(replace(whole, scale=lower, money=money), lower)
        if lower >= size or part.value * lower >= size:
            return number
        added = self._added(number, part.value * lower, end)
        return self._behind_scale(replace(added, money=added.money or money), lower)

    def _tail(self, number: Number, part: Number, size: int) -> Number:
        """2tr5 → tenths, 7tr200 → thousandths; 2tr50 may be either way and stays undecided."""
        token = self.tokens[number.end]
        joined = token.kind is Kind.NUMBER and token.glued
        if part.value != part.value.to_integral_value() or part.value == 0:
            return number
        if part.words and part.value >= 10 and size == THOUSAND:
            return self._added(number, part.value, part.end)  # một nghìn sáu trăm tám mươi
        shares = tail_shares(part.value, token.text if part.end == number.end + 1 else "")
        if not shares:
            return number
        hundreds = part.words and part.value >= 100
        if not joined and not hundreds and not self._ends_number(part.end):
            if self._opens_unit(part.end):
                return number
            return replace(number, tail=number.value + shares[0] * size)
        readings = tuple(one + share * size for one in number.readings for share in shares)
        return replace(number, readings=readings, end=part.end)

    def _added(self, number: Number, more: Decimal, end: int) -> Number:
        return replace(number, readings=tuple(one + more for one in number.readings), end=end)

    def _ends_number(self, index: int) -> bool:
        """Nothing behind that would make the last digit a number of its own."""
        if index >= len(self.tokens):
            return True
        token = self.tokens[index]
        if token.kind is not Kind.WORD:
            part = token.text in "x*/%+" or (token.text == "-" and token.glued)
            return token.kind is not Kind.NUMBER and not part
        return (
            token.text in _POLITE
            or token.text in _SPENT
            or token.text in CURRENCY
            or token.text in MONEY_SCALES
            or self._scale(index) is not None
        )

    def _opens_unit(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].text in self.units

    def _scale(self, index: int) -> tuple[int, int, bool] | None:
        """Size, the token behind, and whether a currency stands in the same word."""
        token = self._open(index)
        if token is None or token.kind is not Kind.WORD:
            return None
        if token.text in MONEY_SCALES:
            return MONEY_SCALES[token.text], index + 1, True
        if token.text == "k":
            return (THOUSAND, index + 1, False) if self._is_kilo(index) else None
        known = SCALES.get(token.text)
        if known is None or not self._fits(token, known[1]) or token.marked == "van":
            return None  # without marks "1 van ban" is a document, not ten thousand
        size, end = known[0], index + 1
        following = self._scale(end) if size < BILLION else None
        if following and following[0] == BILLION:
            return size * BILLION, following[1], following[2]
        return size, end, False

    def _is_kilo(self, index: int) -> bool:
        """500k, not "4 k giải quyết" where k is không."""
        if self.tokens[index].glued and index and self.tokens[index - 1].kind is Kind.NUMBER:
            return True
        before = self.tokens[index - 1].text if index else ""
        return (
            before.isdigit()
            and len(before) > 1
            and (index + 1 == len(self.tokens) or self._word(index + 1, *CURRENCY))
        )

    # Single words.

    def _digit(self, index: int) -> int | None:
        return self._said(index, DIGIT_WORDS)

    def _tail_digit(self, index: int) -> int | None:
        return self._said(index, TAIL_DIGITS)

    def _said(self, index: int, words: Mapping[str, tuple[int, frozenset[str]]]) -> int | None:
        token = self._open(index)
        known = words.get(token.text) if token is not None else None
        fits = token is not None and known is not None and self._fits(token, known[1])
        return known[0] if fits and known is not None else None

    def _strict_tail(self, index: int) -> int | None:
        """Hai mốt, ba tư, bốn lăm: only where the marks are written."""
        token = self._open(index)
        if token is None or token.marked in (token.text, "một"):
            return None
        return self._tail_digit(index)

    def _may_be_about(self, token: Token) -> bool:
        """Tám chục, eighty; tầm chục, some ten."""
        return token.text == "tam" and self._is_weak(token)

    def _is_weak(self, token: Token) -> bool:
        return DIGITS[token.text][2] and token.bare and token.text == token.marked

    def _fits(self, token: Token, spelled: frozenset[str]) -> bool:
        if token.marked in spelled:
            return True
        return token.marked == token.text and token.bare

    def _spelled(self, index: int, plain: str, marked: str) -> bool:
        token = self._open(index)
        return token is not None and token.text == plain and self._fits(token, frozenset({marked}))

    def _is_ruoi(self, index: int) -> bool:
        token = self._open(index)
        return token is not None and token.text == "ruoi" and self._fits(token, RUOI)

    def _is_linh(self, index: int) -> bool:
        token = self._open(index)
        spelled = LINH.get(token.text) if token is not None else None
        return token is not None and spelled is not None and self._fits(token, spelled)

    def _word(self, index: int, *words: str) -> bool:
        token = self._open(index)
        return token is not None and token.text in words
