"""A small BM25 with the scores of every term worked out beforehand (eager scoring)."""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

# A term that stands in almost every entry tells nothing and costs the longest walk.
TOO_COMMON = 0.5
FEW_ENTRIES = 10

Postings = dict[str, list[tuple[int, float]]]
"""For each term the entries that hold it, with what it adds to their scores."""

Packed = dict[str, tuple[Sequence[int], Sequence[float]]]
"""The same to be kept: the entries, and beside them the scores; a third of the memory."""


def rarity(size: int, spread: int) -> float:
    """How much a term tells that stands in ``spread`` of ``size`` texts; never below 0."""
    return log(1 + (size - spread + 0.5) / (spread + 0.5))


def bm25(entries: Sequence[Mapping[str, float]], *, k1: float, b: float) -> Postings:
    """``entries``: the weighted terms of each entry, numbered in the order given."""
    size = len(entries)
    lengths = [sum(entry.values()) for entry in entries]
    mean = sum(lengths) / max(1, size) or 1.0
    spread = Counter(term for entry in entries for term in entry)
    tells = {term: rarity(size, count) for term, count in spread.items()}
    postings: Postings = {term: [] for term in spread}
    for number, (entry, length) in enumerate(zip(entries, lengths, strict=True)):
        damping = k1 * (1 - b + b * length / mean)
        for term, weight in entry.items():
            score = tells[term] * weight * (k1 + 1) / (weight + damping)
            postings[term].append((number, score))
    return postings


def merged(parts: Sequence[tuple[Postings, float]]) -> Postings:
    """One list per term in place of several, each with its weight."""
    totals: dict[str, dict[int, float]] = {}
    for postings, weight in parts:
        for term, posted in postings.items():
            into = totals.setdefault(term, {})
            for number, score in posted:
                into[number] = into.get(number, 0.0) + weight * score
    return {term: list(into.items()) for term, into in totals.items()}


def telling(postings: Postings, size: int) -> Packed:
    """Without the terms that stand in too many of ``size`` entries."""
    most = TOO_COMMON * size if size > FEW_ENTRIES else size
    return {term: _packed(posted) for term, posted in postings.items() if len(posted) <= most}


def _packed(posted: Sequence[tuple[int, float]]) -> tuple[Sequence[int], Sequence[float]]:
    return array("I", (number for number, _ in posted)), array("d", (score for _, score in posted))
