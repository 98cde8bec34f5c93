"""Find the entries of the knowledge that a question means.

What is added up for each entry (weights fitted on the tuning questions, see docs/design-notes.md):
BM25 over the ways of asking, BM25 over the facts that the entry cites, and the share of the
question that the entry's own words cover: all in one list per term, so that a question costs one
walk. Then whether the entry answers what is asked for (a fine, a person, a time …) and whether it
stands under the rules the asker named.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from qcdc_core.law.asked import Asked, facets_of, kept_terms, read_question
from qcdc_core.law.closeness import Asks
from qcdc_core.law.index import Packed, Postings, bm25, merged, telling
from qcdc_core.law.model import Audience, Card, Knowledge, Neighbour, Regime
from qcdc_core.law.regime import fits
from qcdc_core.law.words import phrases_in, syllables

Entry = Card | Neighbour
Found = TypeVar("Found", bound=Entry)

ASKS, FACTS, COVER = 32.0, 16.0, 13.0
OF_ALSO = 0.25
# Only these are looked at for what is asked for and where.
_LOOKED_AT = 50
FACET, FITS, FIRST_NAMED = 1.8, 4.2, 0.8


@dataclass(frozen=True, slots=True)
class Hit(Generic[Found]):
    """An entry found, ``number`` its place in the index; scores compare within one search only."""

    entry: Found
    number: int
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """The cards found, best first, and the best neighbour; only what has something in common."""

    cards: Sequence[Hit[Card]]
    neighbour: Hit[Neighbour] | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well a card fits a question.

    ``closeness`` (0 to 1) is to the nearest way of asking; ``covered`` (0 to 1) the share of the
    question's weight that the card's own words account for; ``lead`` is the score before that of
    the best neighbour, or before nothing.
    """

    closeness: float
    covered: float
    lead: float


class Searcher(Protocol):
    """What answering needs of a search; a better one may take its place."""

    def read(self, question: str, audience: Audience | None = None) -> Asked: ...

    def find(self, asked: Asked) -> Hits: ...

    def weigh(
        self, asked: Asked, card: Hit[Card], neighbour: Hit[Neighbour] | None
    ) -> Evidence: ...


@dataclass(frozen=True, slots=True)
class _Read:
    """The syllables of one entry, by what they are."""

    asks: Sequence[Sequence[str]]
    answer: Sequence[str]
    facts: Sequence[str]


class CardSearcher:
    """The search over cards and neighbours, built once and kept in memory."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._entries: list[Entry] = [*knowledge.cards.values(), *knowledge.neighbours]
        facts = _facts(knowledge)
        read = [_read(entry, facts) for entry in self._entries]
        self._asks = Asks([one.asks for one in read])
        self._told = [tuple(kept_terms(one.answer)) for one in read]
        self._postings = self._built(read, [self._own(number) for number in range(len(read))])
        self._facets = _facets(read)

    def _built(self, read: Sequence[_Read], own: Sequence[frozenset[str]]) -> Packed:
        asks = bm25([_weights(one.asks) for one in read], k1=1.2, b=0.4)
        facts = bm25([_weights([one.facts]) for one in read], k1=1.2, b=0.3)
        cover: Postings = {}
        for number, of_one in enumerate(own):
            for term in of_one:
                cover.setdefault(term, []).append((number, self._asks.rarity(term)))
        return telling(merged([(asks, ASKS), (facts, FACTS), (cover, COVER)]), len(read))

    def _own(self, number: int) -> frozenset[str]:
        """The terms of an entry's asks and answer; put together when needed, to save memory."""
        return self._asks.terms_of(number).union(self._told[number])

    def read(self, question: str, audience: Audience | None = None) -> Asked:
        return read_question(question, audience)

    def find(self, asked: Asked) -> Hits:
        whole = sum(map(self._asks.rarity, asked.terms)) or 1.0
        totals = self._totals(asked)
        best_first = sorted(range(len(totals)), key=totals.__getitem__, reverse=True)
        scores = {
            number: totals[number] / whole + self._fitness(asked, number)
            for number in best_first[:_LOOKED_AT]
            if totals[number] > 0
        }
        return self._sorted(scores)

    def _sorted(self, scores: Mapping[int, float]) -> Hits:
        cards: list[Hit[Card]] = []
        neighbours: list[Hit[Neighbour]] = []
        for number in sorted(scores, key=scores.__getitem__, reverse=True):
            entry, score = self._entries[number], scores[number]
            if isinstance(entry, Card):
                cards.append(Hit(entry, number, score))
            else:
                neighbours.append(Hit(entry, number, score))
        return Hits(cards, neighbours[0] if neighbours else None)

    def weigh(self, asked: Asked, card: Hit[Card], neighbour: Hit[Neighbour] | None) -> Evidence:
        own = self._own(card.number)
        weights = [(term, self._asks.rarity(term)) for term in asked.terms]
        whole = sum(weight for _, weight in weights) or 1.0
        return Evidence(
            closeness=self._asks.closest(asked, card.number),
            covered=sum(weight for term, weight in weights if term in own) / whole,
            lead=card.score - (neighbour.score if neighbour else 0.0),
        )

    def _totals(self, asked: Asked) -> list[float]:
        totals = [0.0] * len(self._entries)
        for said, weight in ((asked.terms, 1.0), (asked.also, OF_ALSO)):
            for term in said:
                if posted := self._postings.get(term):
                    for number, score in zip(*posted, strict=True):
                        totals[number] += weight * score
        return totals

    def _fitness(self, asked: Asked, number: int) -> float:
        facets = self._facets[number]
        fitness = FACET * sum(facets.get(facet, 0.0) for facet in asked.facets)
        entry = self._entries[number]
        if isinstance(entry, Neighbour):
            return fitness + FITS
        return fitness + _fits(entry, asked.regimes)


def _fits(card: Card, regimes: Sequence[Regime]) -> float:
    if not regimes:
        return FITS
    named_first = FIRST_NAMED if card.regime == regimes[0] else 0.0
    return named_first + (FITS if fits(card, regimes) else 0.0)


def _facts(knowledge: Knowledge) -> Mapping[str, Sequence[str]]:
    """For each card the syllables of what it cites, with the titles of the articles."""
    return {card.id: _cited(knowledge, card) for card in knowledge.cards.values()}


def _cited(knowledge: Knowledge, card: Card) -> Sequence[str]:
    found: list[str] = []
    for citation in card.citations:
        provision = knowledge.provisions[citation.provision]
        found += syllables(provision.title)
        for fact in provision.facts_at(citation):
            found += syllables(fact.text)
    return found


def _read(entry: Entry, facts: Mapping[str, Sequence[str]]) -> _Read:
    asks = [syllables(ask) for ask in entry.asks]
    if isinstance(entry, Neighbour):
        return _Read(asks, (), ())
    answer = syllables(f"{entry.topic} {entry.answer} {entry.details or ''}")
    return _Read(asks, answer, facts[entry.id])


def _weights(lines: Iterable[Sequence[str]]) -> Mapping[str, float]:
    return Counter(term for line in lines for term in kept_terms(line))


def _facets(read: Sequence[_Read]) -> list[Mapping[str, float]]:
    """How much oftener each facet is asked of an entry than of all; nothing of neighbours."""
    counted = [Counter(f for ask in one.asks for f in facets_of(phrases_in(ask))) for one in read]
    shares = [
        {facet: count / len(one.asks) for facet, count in of_one.items()}
        for one, of_one in zip(read, counted, strict=True)
    ]
    mean = Counter[str]()
    for share in shares:
        mean.update(share)
    usual = {facet: total / len(read) for facet, total in mean.items()}
    return [{facet: share.get(facet, 0.0) - usual[facet] for facet in usual} for share in shares]
