"""Numbers of a story worked out against the thresholds of the law, with the steps shown."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from qcdc_core.language import gettext as _
from qcdc_core.language import number
from qcdc_core.reading.text import fold


@dataclass(frozen=True)
class Count:
    """A whole number in a question, with the words on both sides of it."""

    value: int
    before: str
    after: str

    def is_near(self, words: str) -> bool:
        return bool(re.search(rf"\b(?:{words})\b", f"{self.before} {self.after}"))


_GROUPED = re.compile(r"(?<![\d.,/])(\d{1,3}(?:\.\d{3})+|\d+)(?![\d%]|[.,/]\d)")
# A pair "216/310" is two counts; a date or a document number ("12/2022/NĐ-CP") is none.
_PAIR = re.compile(r"(?<![\d.,/])(\d{1,4})\s*/\s*(\d{1,4})(?![\d/]|\s*nd)")
_FRACTIONS = ("2/3", "1/2", "1/3")
_DATE_BEFORE = re.compile(r"\b(?:thang|nam|ngay|dieu|khoan|luat|nghi dinh|so|quy)\s*$")
_AGREE = "dong y|tan thanh|thuan|thong nhat|ung ho|nhat tri|bo phieu thuan|chiu|bieu quyet"
_WHOLES = "ho|nha|dai dien|noc|thon|ap|to dan pho|khu pho|lao dong|nguoi|cong nhan|nld"
_REACH = 18


def counts(question: str) -> list[Count]:
    """Whole numbers of the folded question that are not dates, articles, shares or money."""
    text = fold(question)
    found = [*_pairs(text), *_singles(text)]
    return [count for count in found if not _is_a_name(count)]


def _pairs(text: str) -> Iterator[Count]:
    for pair in _PAIR.finditer(text):
        if pair.group(0).replace(" ", "") in _FRACTIONS or int(pair.group(2)) > 1900:
            continue
        for value in pair.groups():
            yield _count(text, int(value), pair.start(), pair.end())


def _singles(text: str) -> Iterator[Count]:
    for single in _GROUPED.finditer(text):
        value = int(single.group(1).replace(".", ""))
        yield _count(text, value, single.start(), single.end())


def _count(text: str, value: int, start: int, end: int) -> Count:
    return Count(value, text[max(0, start - _REACH) : start], text[end : end + _REACH])


def _is_a_name(count: Count) -> bool:
    names_a_day_or_place = _DATE_BEFORE.search(count.before)
    return bool(names_a_day_or_place) or bool(
        re.match(r"\s*(?:%|phan tram|trieu|tr\b|nghin|ngan|ngay|thang|nam|lan|gio)", count.after)
    )


@dataclass(frozen=True)
class Share:
    """A threshold: a part of a whole, reached ("từ … trở lên") or passed ("trên …")."""

    part: Fraction
    must_pass: bool
    noun: str

    def needed(self, whole: int) -> int:
        """The smallest count that is enough."""
        exact = self.part * whole
        return floor(exact) + 1 if self.must_pass else ceil(exact)

    def __call__(self, question: str) -> str | None:
        found = self._whole_and_agreeing(counts(question))
        if found is None:
            return self._least(counts(question))
        whole, agreeing = found
        needed = self.needed(whole)
        verdict = _("đủ") if agreeing >= needed else _("chưa đủ")
        return _(
            "Tính: {part} của {whole} {noun} là {exact}, cần ít nhất {needed}; "
            "đã có {agreeing}: {verdict}."
        ).format(
            part=self._part_in_words(),
            whole=number(whole),
            noun=self.noun,
            exact=_exact(self.part * whole),
            needed=number(needed),
            agreeing=number(agreeing),
            verdict=verdict,
        )

    def _least(self, found: list[Count]) -> str | None:
        """How many are needed of the one number told, if it counts what is to agree."""
        if len(found) != 1 or not re.match(rf"\s*(?:{_WHOLES})\b", found[0].after):
            return None
        whole = found[0].value
        return _("Tính: {part} của {whole} {noun} là {exact}, cần ít nhất {needed}.").format(
            part=self._part_in_words(),
            whole=number(whole),
            noun=self.noun,
            exact=_exact(self.part * whole),
            needed=number(self.needed(whole)),
        )

    def _whole_and_agreeing(self, found: list[Count]) -> tuple[int, int] | None:
        if len(found) < 2:
            return None
        whole = max(count.value for count in found)
        others = [count for count in found if count.value != whole] or found[:1]
        said = [count for count in others if re.search(rf"\b(?:{_AGREE})\b", count.after)]
        return whole, (said or others)[-1].value if said else min(c.value for c in others)

    def _part_in_words(self) -> str:
        if self.part == Fraction(2, 3):
            return _("hai phần ba")
        return _("{percent}%").format(percent=number(int(self.part * 100)))


def _exact(value: Fraction) -> str:
    """Two decimals are enough to see on which side of a whole number it lies."""
    return number(round(Decimal(value.numerator) / Decimal(value.denominator), 2))


# Points a1 to a6 of clause 2, Article 38, Decree 145/2020: (fewer workers than, members).
_MEMBERS = ((50, "03"), (150, "04–08"), (300, "09–13"), (500, "14–18"), (1000, "19–23"))
_MOST_MEMBERS = "24"


def dialogue_members(question: str) -> str | None:
    """How many the workers' side sends at least, for the number of workers in the question."""
    workers = max((count.value for count in counts(question)), default=None)
    if not workers:
        return None
    members = next((members for limit, members in _MEMBERS if workers < limit), _MOST_MEMBERS)
    return _(
        "Với {workers} lao động: bên người lao động ít nhất {members} người, "
        "bên công ty ít nhất 03 người."
    ).format(workers=number(workers), members=members)


_MONEY = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:trieu|tr)\b")


def doubled_fine(question: str) -> str | None:
    """The fine of an organisation for an amount of triệu đồng named in the question."""
    said = _MONEY.search(fold(question))
    if not said:
        return None
    amount = Decimal(said.group(1).replace(",", "."))
    return _(
        "Tính: mức {amount} triệu đồng với cá nhân thì tổ chức là "
        "2 × {amount} = {doubled} triệu đồng."
    ).format(amount=number(amount), doubled=number(amount * 2))


_HOUSEHOLDS = "đại diện hộ"
CALCULATIONS: dict[str, Callable[[str], str | None]] = {
    "two_thirds_households": Share(Fraction(2, 3), must_pass=False, noun=_HOUSEHOLDS),
    "half_households": Share(Fraction(1, 2), must_pass=True, noun=_HOUSEHOLDS),
    "ten_percent_households": Share(Fraction(1, 10), must_pass=False, noun="hộ"),
    "two_thirds_conference": Share(Fraction(2, 3), must_pass=False, noun="người được triệu tập"),
    "two_thirds_villages": Share(Fraction(2, 3), must_pass=False, noun="thôn, tổ dân phố"),
    "half_workers": Share(Fraction(1, 2), must_pass=True, noun="người lao động"),
    "dialogue_members": dialogue_members,
    "doubled_fine": doubled_fine,
}
