"""One question, read once: its syllables, terms, kind and the places it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from sys import intern

from qcdc_core.law.model import Audience, Regime
from qcdc_core.law.regime import named_regimes, of_audience
from qcdc_core.law.words import also_meant, phrases_in, syllables, words


@dataclass(frozen=True, slots=True)
class Asked:
    """``also``: terms that people mean besides what they say. ``facets``: what is asked for."""

    found: tuple[str, ...]
    terms: tuple[str, ...]
    also: tuple[str, ...]
    phrases: frozenset[str]
    regimes: tuple[Regime, ...]
    facets: tuple[str, ...]

    @property
    def in_field(self) -> bool:
        """Does a word of this field of law stand in the question?"""
        return not self.phrases.isdisjoint(words().field)


# A message is read to see whose it is, and once more as its own only piece.
@lru_cache(maxsize=8)
def read_question(text: str, audience: Audience | None = None) -> Asked:
    """``audience`` helps where no place is named."""
    found = tuple(syllables(text))
    phrases = phrases_in(found)
    return Asked(
        found=found,
        terms=tuple(dict.fromkeys(terms(found))),
        also=tuple(dict.fromkeys(term for meant in also_meant(found) for term in terms(meant))),
        phrases=phrases,
        regimes=named_regimes(found, phrases) or of_audience(audience),
        facets=facets_of(phrases),
    )


def terms(found: Sequence[str]) -> list[str]:
    """Syllables that carry something, and all pairs."""
    stop = words().stop
    pairs = [f"{first} {second}" for first, second in pairwise(found)]
    return [one for one in found if one not in stop] + pairs


def kept_terms(found: Sequence[str]) -> list[str]:
    """The same for an index: each term stands in memory once, in however many entries it is."""
    return [intern(term) for term in terms(found)]


def facets_of(phrases: frozenset[str]) -> tuple[str, ...]:
    """What a question asks for: a fine, a person, a time, a number, a way of doing …"""
    return tuple(name for name, own in words().facets.items() if not phrases.isdisjoint(own))
