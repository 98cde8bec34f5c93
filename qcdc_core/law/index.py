"""A small BM25 index with the scores of every term worked out beforehand (eager scoring)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

K1 = 1.2
B = 0.6
# A term that stands in almost every entry tells nothing and costs the longest walk.
TOO_COMMON = 0.6


class Index:
    """Entries are numbered in the order given; a search adds up one list per term."""

    def __init__(self, entries: Sequence[Mapping[str, float]]) -> None:
        """``entries``: the weighted terms of each entry."""
        self.size = len(entries)
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self.idf: dict[str, float] = {}
        lengths = [sum(entry.values()) for entry in entries]
        mean = sum(lengths) / max(1, len(lengths)) or 1.0
        spread = Counter(term for entry in entries for term in entry)
        for number, (entry, length) in enumerate(zip(entries, lengths, strict=True)):
            damping = K1 * (1 - B + B * length / mean)
            for term, weight in entry.items():
                if spread[term] > TOO_COMMON * self.size and self.size > 10:
                    continue
                rarity = self._rarity(term, spread[term])
                score = rarity * weight * (K1 + 1) / (weight + damping)
                self._postings.setdefault(term, []).append((number, score))

    def _rarity(self, term: str, spread: int) -> float:
        if term not in self.idf:
            self.idf[term] = log(1 + (self.size - spread + 0.5) / (spread + 0.5))
        return self.idf[term]

    def scores(self, terms: Iterable[str]) -> list[float]:
        """One score per entry, in their order; 0 where no term stands."""
        totals = [0.0] * self.size
        for term in terms:
            for number, score in self._postings.get(term, ()):
                totals[number] += score
        return totals
