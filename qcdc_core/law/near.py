"""What an unsure question may have meant: the nearest cards by the words people ask them in."""

from collections.abc import Sequence

from qcdc_core.law.model import Card
from qcdc_core.law.reply import Choice
from qcdc_core.law.search import Hit

MOST = 3


def near(hits: Sequence[Hit[Card]]) -> tuple[Choice, ...]:
    """At most MOST choices, each of another matter: of a group and of an article the best one."""
    found: dict[str, Choice] = {}
    for card in (hit.entry for hit in hits):
        place = card.citations[0]
        matter = card.group or f"{place.document}:{place.article}"
        if matter not in found:
            found[matter] = Choice(card.asks[0], card.id, place, "")
        if len(found) == MOST:
            break
    return tuple(found.values())
