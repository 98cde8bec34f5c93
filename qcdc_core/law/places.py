"""Cards of different regimes that fit a question equally well: then the place must be asked."""

from collections.abc import Iterator, Sequence
from datetime import date

from qcdc_core.language import gettext as _
from qcdc_core.law.asked import Asked
from qcdc_core.law.compose import choices_of
from qcdc_core.law.model import Card, Knowledge, Regime
from qcdc_core.law.reply import Choice
from qcdc_core.law.search import FITS, Hit

# Of the first score, without what every card gets when no place is named. On the tuning questions
# all that are to be asked back lie above or in a group, and one that is not.
_AS_GOOD = 0.86


def places_to_ask(
    knowledge: Knowledge, cards: Sequence[Hit[Card]], asked: Asked, day: date
) -> tuple[Choice, ...]:
    """``cards``: best first. Nothing when a place is named or one regime stands out."""
    if asked.regimes:
        return ()
    group = knowledge.groups.get(cards[0].entry.group or "") or list(_rivals(cards))
    choices = choices_of([_with_choice(card) for card in group], day)
    return choices if len(choices) > 1 else ()


def _rivals(cards: Sequence[Hit[Card]]) -> Iterator[Card]:
    """The best card of each regime that comes near the first; nothing when the first fits all."""
    least = FITS + _AS_GOOD * (cards[0].score - FITS)
    near = [hit.entry for hit in cards if hit.score >= least]
    if near[0].regime == "all":
        return
    seen: set[Regime] = {"all"}
    for card in near:
        if card.regime not in seen:
            seen.add(card.regime)
            yield card


def _with_choice(card: Card) -> Card:
    return card if card.choice else card.model_copy(update={"choice": _named(card.regime)})


def _named(regime: Regime) -> str:
    names: dict[Regime, str] = {
        "commune": _("Xã, phường, thôn"),
        "agency": _("Cơ quan, trường học công lập"),
        "state_enterprise": _("Doanh nghiệp nhà nước"),
        "other_employer": _("Công ty ngoài Nhà nước"),
    }
    return names[regime]
