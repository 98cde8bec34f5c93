"""From what people type to the syllables that are compared: folding, teencode, same words."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from qcdc_core.law.model import Regime
from qcdc_core.reading.text import fold

_SYLLABLE = re.compile(r"[a-z0-9]+")
_ACCENTED = re.compile(r"[^\W_]+")
_WORDS_FILE = Path(__file__).parent / "knowledge" / "words.yaml"


@dataclass(frozen=True)
class Words:
    """The tables of knowledge/words.yaml, folded."""

    short: Mapping[str, str]
    accented: Mapping[str, str]
    same: Mapping[tuple[str, ...], tuple[str, ...]]
    stop: frozenset[str]
    field: tuple[str, ...]
    outside: tuple[str, ...]
    orders: tuple[str, ...]
    regimes: Mapping[Regime, tuple[str, ...]]

    @property
    def longest_same(self) -> int:
        return max((len(phrase) for phrase in self.same), default=0)


@cache
def words() -> Words:
    raw = yaml.safe_load(_WORDS_FILE.read_text(encoding="utf-8"))
    return Words(
        short={str(key): value for key, value in raw["short"].items()},
        accented=raw["accented"],
        same={
            tuple(phrase.split()): tuple(meant.split())
            for meant, phrases in raw["same"].items()
            for phrase in phrases
        },
        stop=frozenset(raw["stop"].split()),
        field=tuple(raw["field"]),
        outside=tuple(raw["outside"]),
        orders=tuple(raw["orders"]),
        regimes={regime: tuple(phrases) for regime, phrases in raw["regimes"].items()},
    )


def syllables(text: str) -> list[str]:
    """Folded syllables with teencode written out and words of one meaning made one."""
    table = words()
    written = unicodedata.normalize("NFC", text).lower().replace("%", " phan tram ")
    found: list[str] = []
    for token in _ACCENTED.findall(written):
        meant = table.accented.get(token)
        if meant is None:
            folded = fold(token)
            meant = table.short.get(folded, folded)
        found.extend(_SYLLABLE.findall(meant))
    return _same(found, table)


def _same(found: list[str], table: Words) -> list[str]:
    """Replace phrases from left to right, the longest first."""
    result: list[str] = []
    place = 0
    while place < len(found):
        for length in range(table.longest_same, 0, -1):
            meant = table.same.get(tuple(found[place : place + length]))
            if meant is not None:
                result.extend(meant)
                place += length
                break
        else:
            result.append(found[place])
            place += 1
    return result


def has_phrase(line: str, phrase: str) -> bool:
    """Is the phrase in a line of syllables, at the borders of syllables?"""
    return f" {phrase} " in f" {line} "
