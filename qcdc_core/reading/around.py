"""The words that stand around a number."""

from collections.abc import Sequence

from qcdc_core.reading.entries import ANSWER_MARKS
from qcdc_core.reading.item import Item


def named_behind(line: Sequence[Item], at: int) -> tuple[str, ...]:
    """What the number is said to be of, behind it: 120 chính thức, 2 ý kiến về đường."""
    words: list[str] = []
    for item in line[at + 1 :]:
        if item.kind in "CBQ" or item.text in ("(", ")") or item.mark == "part":
            break
        if item.kind in "WN" or item.named:
            words.append(item.text)
    return tuple(words)


def any_words(line: Sequence[Item], at: int) -> tuple[str, ...]:
    """What stands between the comma and a part of a list, whatever it is: tăng ca 2."""
    words: list[str] = []
    for item in reversed(line[:at]):
        if item.kind not in "FM" or item.mark in ANSWER_MARKS:
            break
        words.append(item.text)
    return tuple(words)
