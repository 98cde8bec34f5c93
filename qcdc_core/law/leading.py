"""Which citation of an answer stands first: the one whose facts hold what was asked.

An author puts the main article of a card first. A question about a detail that another article of
the same card settles is led by that article, if its facts cover clearly more of the question
(fitted on the tuning questions, five folds by card: 302 to 308 of 349 first citations right).
"""

from collections import Counter
from collections.abc import Sequence

from qcdc_core.law.asked import Asked, kept_terms
from qcdc_core.law.citation import Citation
from qcdc_core.law.index import rarity
from qcdc_core.law.model import Knowledge
from qcdc_core.law.words import syllables

# How much more of the question must be covered: the nearer the card's own asks, the more.
LEAST_LEAD, LEAD_OF_CLOSENESS = 0.18, 0.13

_Bag = frozenset[str]


class FactOrder:
    """The terms of every fact, with the title of its article, and how much each term tells."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._bags: dict[tuple[str, int], list[_Bag]] = {}
        for key, provision in knowledge.provisions.items():
            title = kept_terms(syllables(provision.title))
            facts = [kept_terms(syllables(fact.text)) for fact in provision.facts]
            self._bags[key] = [frozenset((*title, *fact)) for fact in facts]
        spread = Counter(term for bags in self._bags.values() for bag in bags for term in bag)
        size = sum(map(len, self._bags.values()))
        self._rarity = {term: rarity(size, count) for term, count in spread.items()}
        self._unknown = rarity(size, 0)

    def led(
        self, citations: tuple[Citation, ...], asked: Asked, closeness: float
    ) -> tuple[Citation, ...]:
        """The same citations, perhaps with another one first."""
        cover = self._cover(citations, asked)
        best = max(range(len(citations)), key=cover.__getitem__)
        lead = LEAST_LEAD + LEAD_OF_CLOSENESS * closeness
        if cover[best] - cover[0] <= lead:
            return citations
        return (citations[best], *citations[:best], *citations[best + 1 :])

    def _cover(self, citations: Sequence[Citation], asked: Asked) -> list[float]:
        weights = {term: self._rarity.get(term, self._unknown) for term in asked.terms}
        whole = sum(weights.values()) or 1.0
        return [
            max((sum(map(weights.__getitem__, bag & weights.keys())) for bag in bags), default=0.0)
            / whole
            for bags in map(self._bags_at, citations)
        ]

    def _bags_at(self, citation: Citation) -> list[_Bag]:
        """Of the facts in the place cited."""
        provision = self._knowledge.provisions[citation.provision]
        pairs = zip(provision.facts, self._bags[citation.provision], strict=True)
        return [bag for fact, bag in pairs if fact.speaks_of(citation)]
