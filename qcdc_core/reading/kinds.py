"""Kinds of one figure that are named beside its numbers: nam and nữ, công văn and kế hoạch."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from qcdc_core.reading.wordlist import words

_PART = "part "  # groups in which one kind is less than the figure
_YEAR = "nam"  # without marks it is rather năm than men


@dataclass(frozen=True, slots=True)
class Kind:
    """``partial``: without the other kinds of its group it is no figure."""

    group: str
    name: str
    partial: bool


@cache
def _table() -> Mapping[str, tuple[Kind, ...]]:
    found: dict[str, tuple[Kind, ...]] = {}
    for group, kinds in words()["kinds"].items():
        for name, listed in kinds.items():
            for word in listed:
                kind = Kind(group, name, group.startswith(_PART) and name != _YEAR)
                found[word] = (*found.get(word, ()), kind)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_table(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest)})\b")


def kinds_in(text: str) -> frozenset[Kind]:
    """The kinds that a folded text names, the longest words first."""
    found = _pattern().findall(text)
    return frozenset(kind for word in found for kind in _table()[word])


def without_kinds(text: str) -> str:
    return _pattern().sub(" ", text)


def belongs(kind: Kind, unit: str) -> bool:
    """Whether a kind may be one of a figure that the form counts in ``unit``."""
    units = words()["kinds_of"].get(kind.group)
    return units is None or unit in units


def is_partial(text: str) -> bool:
    return any(kind.partial for kind in kinds_in(text))
