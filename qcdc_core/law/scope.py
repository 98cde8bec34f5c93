"""Whether a question is ours: in the field and known well enough, unsure, or another field.

The limits were set on the tuning half of tests/samples (never on the unseen half) and are kept
here, beside their meaning.
"""

import re
from dataclasses import dataclass
from typing import Literal

from qcdc_core.law.asked import Asked
from qcdc_core.law.model import Card, Neighbour
from qcdc_core.law.search import Evidence
from qcdc_core.law.words import syllables, words

_MARKUP = re.compile(r"</?\w|\{\{|\{\s*\"|```|\[/?\w+\]|<\||\w+\(\)")

Standing = Literal["ours", "unsure", "outside"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares between 0 and 1; see `Evidence`."""

    sure_closeness: float = 0.50
    least_closeness: float = 0.22
    least_cover: float = 0.20
    far_closeness: float = 0.12
    far_cover: float = 0.12


LIMITS = Limits()


def standing(
    entry: Card | Neighbour, asked: Asked, evidence: Evidence, limits: Limits = LIMITS
) -> Standing:
    """``entry``: the best one found for the question."""
    if isinstance(entry, Neighbour) or _speaks_of_another_field(asked, entry):
        return "outside"
    if evidence.closeness >= limits.sure_closeness:
        return "ours"
    if evidence.closeness >= limits.least_closeness and evidence.covered >= limits.least_cover:
        return "ours" if asked.in_field else "outside"
    far = evidence.closeness < limits.far_closeness or evidence.covered < limits.far_cover
    return "outside" if far or not asked.in_field else "unsure"


def is_for_a_machine(message: str, asked: Asked) -> bool:
    """Markup and orders to a program: nobody asks about a right like that."""
    return bool(_MARKUP.search(message)) or not asked.phrases.isdisjoint(words().orders)


def _speaks_of_another_field(asked: Asked, entry: Card) -> bool:
    outside = asked.phrases & words().outside
    if not outside:
        return False
    own = " ".join(_own_lines(entry))
    return not all(phrase in own for phrase in outside)


def _own_lines(card: Card) -> list[str]:
    return [" ".join(syllables(text)) for text in (*card.asks, card.answer, card.topic)]
