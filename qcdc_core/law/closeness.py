"""How close a question is to the nearest single way of asking; in a story its closest stretch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt

from qcdc_core.law.asked import Asked, kept_terms, terms
from qcdc_core.law.index import rarity

STRETCH, STEP = 10, 3
# A stretch of a story is a little less sure than a question of its own.
OF_STRETCH = 0.9


class Asks:
    """All ways of asking, kept by the number of their entry."""

    def __init__(self, asks: Sequence[Sequence[Sequence[str]]]) -> None:
        bags = [[frozenset(kept_terms(ask)) for ask in own] for own in asks]
        spread = Counter(term for own in bags for bag in own for term in bag)
        size = sum(map(len, bags))
        self._rarity = {term: rarity(size, count) for term, count in spread.items()}
        self._unknown = max(self._rarity.values(), default=1.0)
        self._bags = [[(bag, self._length(bag)) for bag in own] for own in bags]

    def rarity(self, term: str) -> float:
        """Of a term that no ask holds: that of the rarest."""
        return self._rarity.get(term, self._unknown)

    def _length(self, bag: Iterable[str]) -> float:
        return sqrt(sum(self.rarity(term) ** 2 for term in bag))

    def terms_of(self, number: int) -> frozenset[str]:
        """Every term of the entry's ways of asking."""
        return frozenset[str]().union(*(bag for bag, _ in self._bags[number]))

    def closest(self, asked: Asked, number: int) -> float:
        """Cosine (0 to 1) between the question and the nearest ask of the entry."""
        best = self._closest(asked.terms, number)
        for stretch in _stretches(asked.found):
            best = max(best, OF_STRETCH * self._closest(terms(stretch), number))
        return best

    def _closest(self, said: Iterable[str], number: int) -> float:
        squared = {term: self.rarity(term) ** 2 for term in said}
        length = sqrt(sum(squared.values())) or 1.0
        shared = (
            sum(squared[term] for term in bag.intersection(squared)) / of_ask
            for bag, of_ask in self._bags[number]
            if of_ask
        )
        return max(shared, default=0.0) / length


def _stretches(found: Sequence[str]) -> Iterator[Sequence[str]]:
    """Overlapping stretches of a long question; none of a short one."""
    if len(found) > STRETCH:
        for start in range(0, len(found) - STRETCH + STEP, STEP):
            yield found[start : start + STRETCH]
