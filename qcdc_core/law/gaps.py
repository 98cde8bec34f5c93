"""What the knowledge still lacks: for whoever looks after it, not for who asks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from qcdc_core.law.model import Card, Knowledge

# A card that nobody has looked at for so long is listed.
_OLD_AFTER_DAYS = 365


@dataclass(frozen=True)
class Gap:
    """``kind``: no_card, no_question, needs_check, lapsed or old; ``subject``: citation or card."""

    kind: str
    subject: str
    note: str = ""


def gaps(knowledge: Knowledge, today: date, cited: Iterable[str] = ()) -> list[Gap]:
    """Gaps as of ``today``. ``cited``: citations that test questions expect, as they are written.

    Without ``cited`` nothing is said about cards that no test question reaches.
    """
    tested = {(one.rpartition(":")[0], one.rpartition(":")[2].partition(".")[0]) for one in cited}
    found = [*_without_card(knowledge, today), *_needs_check(knowledge, today)]
    for card in knowledge.cards.values():
        found += _of_card(card, today)
        if tested and not any((one.document, str(one.article)) in tested for one in card.citations):
            found.append(Gap("no_question", card.id))
    return found


def _without_card(knowledge: Knowledge, today: date) -> Iterator[Gap]:
    answered = {
        citation.provision for card in knowledge.cards.values() for citation in card.citations
    }
    for key, provision in sorted(knowledge.provisions.items()):
        if provision.article and provision.holds_on(today) and key not in answered:
            yield Gap("no_card", f"{key[0]}:{key[1]}", provision.title)


def _needs_check(knowledge: Knowledge, today: date) -> Iterator[Gap]:
    for key, provision in sorted(knowledge.provisions.items()):
        if provision.needs_check and provision.holds_on(today):
            yield Gap("needs_check", f"{key[0]}:{key[1]}", provision.needs_check)


def _of_card(card: Card, today: date) -> Iterator[Gap]:
    if not card.holds_on(today):
        yield Gap("lapsed", card.id)
    elif (today - card.checked_on).days > _OLD_AFTER_DAYS:
        yield Gap("old", card.id, card.checked_on.isoformat())
