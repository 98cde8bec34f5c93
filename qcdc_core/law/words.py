"""From what people type to the syllables that are compared: folding, teencode, same words."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from qcdc_core.law.model import Regime
from qcdc_core.reading.text import fold

_SYLLABLE = re.compile(r"[a-z0-9]+")
_ACCENTED = re.compile(r"[^\W_]+")
_WORDS_FILE = Path(__file__).parent / "knowledge" / "words.yaml"
_LONGEST_PHRASE = 7

Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]


@dataclass(frozen=True)
class Words:
    """The tables of knowledge/words.yaml, folded.

    ``same`` and ``also`` are kept by the first syllable of the phrase, the longest phrases first.
    """

    short: Mapping[str, str]
    accented: Mapping[str, str]
    same: Phrases
    also: Phrases
    stop: frozenset[str]
    field: frozenset[str]
    outside: frozenset[str]
    orders: frozenset[str]
    regimes: Mapping[Regime, tuple[str, ...]]
    facets: Mapping[str, frozenset[str]]


@cache
def words() -> Words:
    raw = yaml.safe_load(_WORDS_FILE.read_text(encoding="utf-8"))
    return Words(
        short={str(key): value for key, value in raw["short"].items()},
        accented=raw["accented"],
        same=_by_first(raw["same"]),
        also=_by_first(raw["also"]),
        stop=frozenset(raw["stop"].split()),
        field=frozenset(raw["field"]),
        outside=frozenset(raw["outside"]),
        orders=frozenset(raw["orders"]),
        regimes={regime: tuple(phrases) for regime, phrases in raw["regimes"].items()},
        facets={facet: frozenset(phrases) for facet, phrases in raw["facets"].items()},
    )


def _by_first(table: Mapping[str, Iterable[Any]]) -> Phrases:
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for meant, phrases in table.items():
        for phrase in phrases:
            said = tuple(str(phrase).split())
            found.setdefault(said[0], []).append((said, tuple(meant.split())))
    return {first: sorted(pairs, key=_longest_first) for first, pairs in found.items()}


def _longest_first(pair: tuple[tuple[str, ...], tuple[str, ...]]) -> int:
    return -len(pair[0])


def syllables(text: str) -> list[str]:
    """Folded syllables with teencode written out and words of one meaning made one."""
    written = unicodedata.normalize("NFC", text).lower().replace("%", " phan tram ")
    found = [one for token in _ACCENTED.findall(written) for one in _written_out(token)]
    return _same(found, words().same)


@lru_cache(maxsize=8192)
def _written_out(token: str) -> tuple[str, ...]:
    table = words()
    meant = table.accented.get(token)
    if meant is None:
        folded = fold(token)
        meant = table.short.get(folded, folded)
    return tuple(_SYLLABLE.findall(meant))


def _same(found: Sequence[str], table: Phrases) -> list[str]:
    """Replace phrases from left to right, the longest first."""
    result: list[str] = []
    place = 0
    while place < len(found):
        pair = _phrase_at(found, place, table)
        if pair is None:
            result.append(found[place])
            place += 1
        else:
            result.extend(pair[1])
            place += len(pair[0])
    return result


def _phrase_at(
    found: Sequence[str], place: int, table: Phrases
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The longest phrase of the table that begins here, with what it means."""
    for pair in table.get(found[place], ()):
        said = pair[0]
        if tuple(found[place : place + len(said)]) == said:
            return pair
    return None


def also_meant(found: Sequence[str]) -> list[tuple[str, ...]]:
    """What people mean with the phrases of ``found`` besides what they say."""
    table = words().also
    pairs = (_phrase_at(found, place, table) for place in range(len(found)))
    return [pair[1] for pair in pairs if pair is not None]


def phrases_in(found: Sequence[str]) -> frozenset[str]:
    """Every run of syllables up to the longest phrase of the tables, joined by blanks."""
    return frozenset(
        " ".join(found[start:end])
        for start in range(len(found))
        for end in range(start + 1, min(start + _LONGEST_PHRASE, len(found)) + 1)
    )


def has_phrase(line: str, phrase: str) -> bool:
    """Is the phrase in a line of syllables, at the borders of syllables?"""
    return f" {phrase} " in f" {line} "
