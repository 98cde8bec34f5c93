"""Find the entries of the knowledge that a question means.

Three views are added up (measured in docs/design-notes.md): BM25 over folded syllables and pairs,
BM25 over character n-grams, which finds mistyped and run-together syllables, and the closeness to
the nearest single way of asking, which tells near-duplicates apart. In a long story the closeness
is that of its closest stretch, a little less sure than a question of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Protocol

from qcdc_core.law.index import Index
from qcdc_core.law.model import Card, Knowledge, Neighbour
from qcdc_core.law.words import syllables, words

Entry = Card | Neighbour

ASKS, TOPIC, ANSWER, DETAILS = 2.0, 2.0, 1.0, 0.5
WORDS, GRAMS, NEAREST = 1.0, 0.6, 1.0
GRAM_SIZES = (3, 4)
STRETCH, STEP, OF_STRETCH = 10, 3, 0.9


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found.

    ``closeness`` (0 to 1) is to its nearest ask, ``covered`` (0 to 1) the share of the question's
    weight that the entry's own words account for.
    """

    entry: Entry
    score: float
    closeness: float
    covered: float


class Searcher(Protocol):
    """What answering needs of a search; a better one may take its place."""

    def find(self, question: str, *, most: int = 8) -> list[Hit]:
        """The best hits, best first; empty when nothing has anything in common."""
        ...


def terms(found: Sequence[str]) -> list[str]:
    """Syllables that carry something, and all pairs."""
    stop = words().stop
    pairs = [f"{first} {second}" for first, second in pairwise(found)]
    return [one for one in found if one not in stop] + pairs


def grams(found: Sequence[str]) -> list[str]:
    line = f" {' '.join(found)} "
    return [
        line[start : start + size] for size in GRAM_SIZES for start in range(len(line) - size + 1)
    ]


def _weighted(parts: Iterable[tuple[Sequence[str], float]]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for found, weight in parts:
        for term in found:
            weights[term] = weights.get(term, 0.0) + weight
    return weights


def _parts(entry: Entry) -> list[tuple[str, float]]:
    asks = [(ask, ASKS) for ask in entry.asks]
    if isinstance(entry, Neighbour):
        return asks
    return [
        *asks,
        (entry.topic, TOPIC),
        (entry.answer, ANSWER),
        (entry.details or "", DETAILS),
    ]


class CardSearcher:
    """The search over cards and neighbours, built once and kept in memory."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._entries: list[Entry] = [*knowledge.cards.values(), *knowledge.neighbours]
        read = [[(syllables(text), weight) for text, weight in _parts(e)] for e in self._entries]
        self._words = Index([_weighted((terms(s), w) for s, w in parts) for parts in read])
        self._grams = Index([_weighted((grams(s), w) for s, w in parts) for parts in read])
        self._vocabulary = [frozenset(t for s, _ in parts for t in terms(s)) for parts in read]
        self._asks = _Asks([[syllables(ask) for ask in e.asks] for e in self._entries])

    def find(self, question: str, *, most: int = 8) -> list[Hit]:
        found = syllables(question)
        asked = terms(found)
        by_words = _levelled(self._words.scores(asked))
        by_grams = _levelled(self._grams.scores(grams(found)))
        nearest = self._nearest(found)
        totals = [
            WORDS * one + GRAMS * two + NEAREST * three
            for one, two, three in zip(by_words, by_grams, nearest, strict=True)
        ]
        best = sorted(range(len(totals)), key=totals.__getitem__, reverse=True)[:most]
        return [
            Hit(self._entries[n], totals[n], nearest[n], self._covered(asked, n))
            for n in best
            if totals[n] > 0
        ]

    def _nearest(self, found: Sequence[str]) -> list[float]:
        best = self._asks.closeness(terms(found))
        for stretch in _stretches(found):
            of_stretch = self._asks.closeness(terms(stretch))
            best = [max(one, OF_STRETCH * two) for one, two in zip(best, of_stretch, strict=True)]
        return best

    def _covered(self, asked: Sequence[str], number: int) -> float:
        own = self._vocabulary[number]
        weights = [(term, self._asks.rarity(term)) for term in asked]
        whole = sum(weight for _, weight in weights)
        return sum(weight for term, weight in weights if term in own) / whole if whole else 0.0


class _Asks:
    """Cosine between a question and every single ask; the best of each entry counts."""

    def __init__(self, asks: Sequence[Sequence[Sequence[str]]]) -> None:
        self._owners = [number for number, own in enumerate(asks) for _ in own]
        self._size = len(asks)
        bags = [set(terms(ask)) for own in asks for ask in own]
        self._index = Index([dict.fromkeys(bag, 1.0) for bag in bags])
        self._unknown = max(self._index.idf.values(), default=1.0)
        self._postings: dict[str, list[int]] = {}
        for number, bag in enumerate(bags):
            for term in bag:
                self._postings.setdefault(term, []).append(number)
        self._lengths = [self._length(bag) for bag in bags]

    def rarity(self, term: str) -> float:
        """Of a term that no ask holds: that of the rarest."""
        return self._index.idf.get(term, self._unknown)

    def _length(self, bag: Iterable[str]) -> float:
        return sqrt(sum(self.rarity(term) ** 2 for term in bag))

    def closeness(self, asked: Sequence[str]) -> list[float]:
        bag = set(asked)
        shared = [0.0] * len(self._owners)
        for term in bag:
            weight = self.rarity(term) ** 2
            for number in self._postings.get(term, ()):
                shared[number] += weight
        own_length = self._length(bag)
        best = [0.0] * self._size
        for number, weight in enumerate(shared):
            if weight:
                cosine = weight / (own_length * self._lengths[number])
                owner = self._owners[number]
                best[owner] = max(best[owner], cosine)
        return best


def _stretches(found: Sequence[str]) -> Iterator[Sequence[str]]:
    """Overlapping stretches of a long question; none of a short one."""
    if len(found) > STRETCH:
        for start in range(0, len(found) - STRETCH + STEP, STEP):
            yield found[start : start + STRETCH]


def _levelled(scores: list[float]) -> list[float]:
    """Scaled so that the best is 1."""
    top = max(scores, default=0.0)
    return [score / top for score in scores] if top else scores
