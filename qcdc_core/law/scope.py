"""Whether a question is ours: in the field and known well enough, unsure, or another field.

The limits were set on the tuning half of tests/samples (never on the unseen half) and are kept
here, beside their meaning.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qcdc_core.law.model import Card, Neighbour
from qcdc_core.law.search import Hit
from qcdc_core.law.words import has_phrase, syllables, words

_MARKUP = re.compile(r"</?\w|\{\{|\{\s*\"|```|\[/?\w+\]|<\||\w+\(\)")

Standing = Literal["ours", "unsure", "outside"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares between 0 and 1; see `Hit` for closeness and cover."""

    sure_closeness: float = 0.50
    least_closeness: float = 0.22
    least_cover: float = 0.20
    far_closeness: float = 0.12
    far_cover: float = 0.12


LIMITS = Limits()


def standing(hits: Sequence[Hit], found: Sequence[str], limits: Limits = LIMITS) -> Standing:
    """``hits``: best first; ``found``: the syllables of the question."""
    if not hits or isinstance(hits[0].entry, Neighbour):
        return "outside"
    best, line = hits[0], " ".join(found)
    if _speaks_of_another_field(line, best.entry):
        return "outside"
    if best.closeness >= limits.sure_closeness:
        return "ours"
    if best.closeness >= limits.least_closeness and best.covered >= limits.least_cover:
        return "ours" if in_field(line) else "outside"
    far = best.closeness < limits.far_closeness or best.covered < limits.far_cover
    return "outside" if far or not in_field(line) else "unsure"


def is_for_a_machine(question: str) -> bool:
    """Markup and orders to a program: nobody asks about a right like that."""
    line = " ".join(syllables(question))
    return bool(_MARKUP.search(question)) or any(has_phrase(line, one) for one in words().orders)


def in_field(line: str) -> bool:
    return any(has_phrase(line, phrase) for phrase in words().field)


def _speaks_of_another_field(line: str, entry: Card | Neighbour) -> bool:
    outside = [phrase for phrase in words().outside if has_phrase(line, phrase)]
    if not outside or isinstance(entry, Neighbour):
        return bool(outside)
    own = " ".join(_own_lines(entry))
    return not all(phrase in own for phrase in outside)


def _own_lines(card: Card) -> list[str]:
    return [" ".join(syllables(text)) for text in (*card.asks, card.answer, card.topic)]
