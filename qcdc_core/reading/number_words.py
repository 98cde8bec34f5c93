"""Number words of Vietnamese, digits with their separators, and the number they make."""

from dataclasses import dataclass
from decimal import Decimal

# Folded word → (value, spelling with marks, whether it means something else without marks).
DIGITS: dict[str, tuple[int, frozenset[str], bool]] = {
    "mot": (1, frozenset({"một", "mốt", "môt"}), False),
    "hai": (2, frozenset({"hai"}), False),
    "ba": (3, frozenset({"ba"}), True),
    "bon": (4, frozenset({"bốn", "bôn"}), False),
    "nam": (5, frozenset({"năm"}), True),
    "sau": (6, frozenset({"sáu"}), True),
    "bay": (7, frozenset({"bảy", "bẩy"}), True),
    "tam": (8, frozenset({"tám"}), True),
    "chin": (9, frozenset({"chín"}), False),
}
DIGIT_WORDS = {word: (value, spelled) for word, (value, spelled, _weak) in DIGITS.items()}
# Digits only behind tens, hundreds or a scale.
TAIL_DIGITS: dict[str, tuple[int, frozenset[str]]] = {
    "tu": (4, frozenset({"tư"})),
    "lam": (5, frozenset({"lăm"})),
    "nham": (5, frozenset({"nhăm"})),
    "mot": (1, frozenset({"mốt", "một"})),
}
THOUSAND, MILLION, BILLION = 10**3, 10**6, 10**9
SCALES: dict[str, tuple[int, frozenset[str]]] = {
    "nghin": (THOUSAND, frozenset({"nghìn", "nghỉn", "nghín"})),
    "ngan": (THOUSAND, frozenset({"ngàn"})),
    "van": (10 * THOUSAND, frozenset({"vạn"})),
    "trieu": (MILLION, frozenset({"triệu", "triêu", "triều"})),
    "tr": (MILLION, frozenset({"tr"})),
    "cu": (MILLION, frozenset({"củ"})),
    "ty": (BILLION, frozenset({"tỷ", "ty"})),
    "ti": (BILLION, frozenset({"tỉ", "ti"})),
}
# Scale and currency in one word.
MONEY_SCALES = {
    "trd": MILLION,
    "trieud": MILLION,
    "trieudong": MILLION,
    "trdong": MILLION,
    "ngd": THOUSAND,
    "ngdong": THOUSAND,
    "nghind": THOUSAND,
    "nghindong": THOUSAND,
    "ngandong": THOUSAND,
    "kd": THOUSAND,
    "tyd": BILLION,
    "tydong": BILLION,
}
LINH = {"linh": frozenset({"linh"}), "le": frozenset({"lẻ"})}
RUOI = frozenset({"rưỡi", "rưởi", "ruỡi", "rươi", "rữơi"})
CURRENCY = frozenset({"d", "dong", "vnd", "vnđ"})
THREE = 3

HALVED = frozenset({"sao", "cong", "thuoc", "mau", "ha"})  # nửa sào


@dataclass(frozen=True, slots=True)
class Number:
    """``readings``: what the number can mean, the Vietnamese habit first; several: undecided.

    ``end`` is the token behind it; ``scale`` the largest scale word (1: none). ``weak``: one
    syllable that may be another word without its marks. ``rough``: "chục", "cả trăm".
    ``tail``: the value if the digit behind belongs to it (12 triệu 5).
    """

    readings: tuple[Decimal, ...]
    end: int
    scale: int = 1
    money: bool = False
    words: bool = False
    weak: bool = False
    rough: bool = False
    spaced: bool = False
    tail: Decimal | None = None

    @property
    def value(self) -> Decimal:
        return self.readings[0]


def literal(text: str) -> tuple[Decimal, ...]:
    """The readings of digits with separators; empty when it is no number (12.10.2026).

    "1.250" → 1250 or 1.25; "1,250" → 1.25 or 1250; "11.796,9" → 11796.9 only.
    """
    signs = [char for char in text if char in ".,"]
    groups = text.replace(",", ".").split(".")
    if not signs:
        return (Decimal(text),)
    if len(set(signs)) > 1:
        return _both_signs(signs, groups)
    thousands = _thousands(groups)
    if len(signs) > 1:
        return thousands
    decimal = (Decimal(".".join(groups)),)
    return thousands + decimal if signs[0] == "." else decimal + thousands


def _thousands(groups: list[str]) -> tuple[Decimal, ...]:
    head, *rest = groups
    fits = 1 <= len(head) <= THREE and head[0] != "0" and all(len(one) == THREE for one in rest)
    return (Decimal("".join(groups)),) if fits else ()


def _both_signs(signs: list[str], groups: list[str]) -> tuple[Decimal, ...]:
    """1.234,5 and 1,234.5: the last sign is the decimal one and must stand alone."""
    if signs.count(signs[-1]) > 1 or not _thousands(groups[:-1]):
        return ()
    return (Decimal("".join(groups[:-1]) + "." + groups[-1]),)


def tail_shares(part: Decimal, text: str) -> tuple[Decimal, ...]:
    """What share of the scale a trailing number is: 5 → 0.5, 200 → 0.2, 50 → 0.05 or 0.5.

    05 is 0.05 only: nobody writes a zero before tenths, and thousandths take two of them.
    """
    digits = len(text) if text.isdigit() else len(str(part))
    if digits == 1:
        return (part / 10,)
    if digits == THREE:
        return (part / 1000,)
    if digits == 2 and text.startswith("0"):
        return (part / 100,)
    if digits == 2:
        return (part / 1000, part / 100)
    return ()


FIRST_WORDS = frozenset({*DIGITS, "muoi", "chuc", "tram", "nua", "trieu", "nghin", "ngan", "ty"})
NUMBER_WORDS = frozenset(
    {*DIGITS, *TAIL_DIGITS, *SCALES, *MONEY_SCALES, "muoi", "tram", "chuc", "ruoi", "linh", "nua"}
)
