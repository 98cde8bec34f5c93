"""A later question of a message that leaves out its matter: "… mấy người, nhiệm kỳ bao lâu?"."""

from collections.abc import Collection

from qcdc_core.law.model import Card
from qcdc_core.law.search import Searcher

# Fitted on the tuning questions: of 73 such pieces 10 are answered, each by the right card.
LEAST_CLOSENESS, LEAST_COVERED = 0.5, 0.55
_LOOKED_AT = 6


def following(
    searcher: Searcher, piece: str, before: Card, answered: Collection[str]
) -> Card | None:
    """The card that answers ``piece`` about the matter of ``before``; None when none is near.

    It must be near both with the matter and without: "đúng không" is near to every matter and says
    nothing of itself. ``answered``: ids of the cards that the reply holds already.
    """
    with_matter, alone = searcher.read(f"{before.topic} {piece}"), searcher.read(piece)
    hits = searcher.find(with_matter)
    for hit in hits.cards[:_LOOKED_AT]:
        if hit.entry.id in answered or hit.entry.regime not in (before.regime, "all"):
            continue
        told = searcher.weigh(with_matter, hit, hits.neighbour)
        itself = searcher.weigh(alone, hit, None)
        near = min(told.closeness, itself.closeness) >= LEAST_CLOSENESS
        return hit.entry if near and itself.covered >= LEAST_COVERED else None
    return None
