"""Numbered lists: "1. 2", "câu 7: 2 triệu", "(3) có". Without labels the form's order counts."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from qcdc_core.forms import Form
from qcdc_core.reading.item import Item
from qcdc_core.reading.vocabulary import Label

_WORDED = re.compile(
    r"\b(?:muc|cau|chi tieu|stt|chi so)\s*(?:so\s*)?(\d{1,2})\s*[:.)\-/=]?(?!\d)"
    r"|(?:^|(?<=[\n;,.])|(?<=[;,.] ))(?:so|c|m|ct)\s*(\d{1,2})\s*[:=](?!\d)"
)
_BRACKETED = re.compile(r"(?<![\w.,/])\(?(\d{1,2})\)")
_DOTTED = re.compile(r"(?:^|\n|:)[ \t]*(\d{1,2})\s*[.:/\-](?=\s|[a-z])")
_INLINE = re.compile(r"(?:^|(?<=[\s;,.]))(\d{1,2})\.(?=\s*[^\s\d]|\s+\d)")
_STROKED = re.compile(r"(?:^|(?<=[\s;,.]))(\d{1,2})/(?=\s+[^\s\d]|\s+\d)")
_DASHED = re.compile(r"(?:^|[;\n]|,(?=\s))\s*(\d{1,2})\s*-\s*(?=\S)")
_COMMAS = re.compile(r"(?:^|\n)\s*(\d{1,2})\s*,\s+(?=\S)")
_SPACED = re.compile(r"(?:^|\n)[ \t]*(\d{1,2})[ \t]+(?=\d[\d.,]*[ \t]*(?:\n|$))")
_TIGHT = re.compile(r"(?:^|(?<=\s))(\d{1,2})\.(?=\S)")
_KEYCAP = re.compile(r"(?:^|\n)\s*(\d{1,2})\ufe0f?\u20e3")
_COLONS = re.compile(r"(?:^|[,:;\n])\s*(\d{1,2})\s*[:=](?=\s*\S)")
_ANSWERED = re.compile(
    r"(?:^|(?<=[,;\n]))\s*(\d{1,2})(?:\s*[:=](?=\s*\S)|\s+(?=(?:co|khong|ko|k|chua|da|roi)\b))"
)
_HINT = re.compile(r"1\s*[).:=/\-,]|1\ufe0f?\u20e3|\b(?:muc|cau|chi tieu|stt|so|chi so)\b|\b1 ")
_NUMBERING = re.compile(r"\d\s*[).:=/\-,\ufe0f\u20e3]|\b(?:muc|cau|chi tieu|stt|chi so)\s|\n\s*\d")
_LETTERED = re.compile(r"(?<!\S)[a-h]\)\s")
_PATTERNS = (_BRACKETED, _DOTTED, _INLINE, _STROKED, _COLONS, _ANSWERED, _DASHED, _COMMAS, _SPACED)
_FEWEST = 2
_MANY = 5


def enumerators(plain: str, text: str) -> list[tuple[int, int, int]]:
    """(start, end, number) of what numbers the items of a list; empty when there is no list."""
    if not _HINT.search(plain) or len(_NUMBERING.findall(plain)) < _FEWEST:
        return []
    worded = [(one.start(), one.end(), int(one[1] or one[2])) for one in _WORDED.finditer(plain)]
    if len(worded) >= _FEWEST and len({number for _start, _end, number in worded}) == len(worded):
        return worded
    return _signed(plain, text)


def _signed(plain: str, text: str) -> list[tuple[int, int, int]]:
    """Numbers told from values by a sign behind them: 1. 2) 3/ 4: and the like."""
    tight = _spans(_TIGHT, plain)
    if _is_complete(tight) and len(tight) > _MANY:
        return tight
    for pattern in _PATTERNS:
        found = _without_values(plain, _spans(pattern, plain))
        if _is_counted(found, fewest=_FEWEST if pattern is _DOTTED else 3):
            return found
    if _is_complete(tight):
        return tight
    return _keycaps(plain, text)


def _keycaps(plain: str, text: str) -> list[tuple[int, int, int]]:
    if "\u20e3" in text and _is_counted(_spans(_KEYCAP, text), fewest=_FEWEST):
        return [(a, b, n) for a, b, n in _spans(re.compile(r"(?:^|\n)\s*(\d{1,2})(?=\s)"), plain)]
    return []


def lettered(plain: str) -> list[tuple[int, int]]:
    """a) b) c): they number, and mean nothing else."""
    return [found.span() for found in _LETTERED.finditer(plain)]


def _spans(pattern: re.Pattern[str], plain: str) -> list[tuple[int, int, int]]:
    return [(one.start(1), one.end(), int(one[1])) for one in pattern.finditer(plain)]


def _without_values(plain: str, found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Without what stands where a value stands: the 0 of "11. 0. Cảm ơn"."""
    kept: list[tuple[int, int, int]] = []
    for one in found:
        value = bool(kept) and not plain[kept[-1][1] : one[0]].strip(" \t")
        if not value and _may_number(one, plain):
            kept.append(one)
    return kept


def _may_number(found: tuple[int, int, int], plain: str) -> bool:
    """Behind a colon only the first of a list: "8. Công: 20. Cảm ơn" goes on counting nothing."""
    return found[2] == 1 or not plain[: found[0]].rstrip(" \t").endswith(":")


def _is_counted(found: Sequence[tuple[int, int, int]], *, fewest: int) -> bool:
    """Rising numbers that start with 1."""
    numbers = [number for _start, _end, number in found]
    rising = all(a < b for a, b in pairwise(numbers))
    return len(numbers) >= fewest and numbers[0] == 1 and rising


def _is_complete(found: Sequence[tuple[int, int, int]]) -> bool:
    """1, 2, 3 … with none left out."""
    numbers = [number for _start, _end, number in found]
    return len(numbers) > _FEWEST and numbers == list(range(1, len(numbers) + 1))


def numbered(
    items: Sequence[Item],
    found: Sequence[tuple[int, int, int]],
    form: Form,
    topics: Mapping[str, str],
) -> list[Item]:
    """Begin a line at each enumerator; one without a label of its own stands for its figure."""
    if not found:
        return list(items)
    starts = {start: (end, number) for start, end, number in found}
    result: list[Item] = []
    for at, item in enumerate(items):
        if item.start not in starts or item.kind != "T":
            result.append(item)
            continue
        end, number = starts[item.start]
        result.append(Item("B", item.start, item.start))
        codes = form.codes
        if not _has_label(items[at + 1 :], starts) and 1 <= number <= len(codes):
            code = codes[number - 1]
            label = Label(topic=topics.get(code), code=code)
            result.append(Item("L", item.start, end, f"#{number}", label))
    return result


def _has_label(behind: Sequence[Item], starts: dict[int, tuple[int, int]]) -> bool:
    for item in behind:
        if item.start in starts and item.kind == "T":
            return False
        if item.label is not None and (item.label.topic or item.label.other):
            return True
    return False
