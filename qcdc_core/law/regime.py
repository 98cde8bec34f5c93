"""Under which rules the asker stands: commune, agency, state enterprise or other employer."""

from collections.abc import Sequence

from qcdc_core.law.model import Audience, Card, Regime
from qcdc_core.law.words import has_phrase, words

_OF_AUDIENCE: dict[Audience, Regime] = {
    "resident": "commune",
    "official": "commune",
    "worker": "other_employer",
    "employer": "other_employer",
    "agency_staff": "agency",
}

# Private and state enterprises both hold it: its name alone tells no place.
_OF_SEVERAL = " hoi nghi nguoi lao dong "


def named_regimes(found: Sequence[str], phrases: frozenset[str]) -> tuple[Regime, ...]:
    """The regimes whose words stand in the syllables of a question, the surest first.

    "Công ty nhà nước" is a state enterprise, and therefore no other employer. ``phrases``: what
    `phrases_in` finds in ``found``.
    """
    line = f" {' '.join(found)} ".replace(_OF_SEVERAL, " | ")
    named: list[Regime] = []
    for regime, own in words().regimes.items():
        held = [phrase for phrase in own if phrase in phrases and has_phrase(line, phrase)]
        if held:
            named.append(regime)
            for phrase in sorted(held, key=len, reverse=True):
                line = f" {line} ".replace(f" {phrase} ", " | ").strip()
    return tuple(named)


def of_audience(audience: Audience | None) -> tuple[Regime, ...]:
    return (_OF_AUDIENCE[audience],) if audience else ()


def fits(card: Card, regimes: Sequence[Regime]) -> bool:
    return card.regime == "all" or card.regime in regimes
