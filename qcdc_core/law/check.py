"""What must hold between cards, provisions and documents before anyone is answered."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from qcdc_core.law.calculate import CALCULATIONS
from qcdc_core.law.citation import Citation
from qcdc_core.law.model import Card, Document, Knowledge, Provision, Version


def problems(knowledge: Knowledge) -> list[str]:
    """Every reason not to load this knowledge, one sentence each; empty when it holds."""
    found = list(_provision_problems(knowledge))
    for card in knowledge.cards.values():
        found.extend(f"card {card.id}: {problem}" for problem in _card_problems(knowledge, card))
    return found


def repeated(ids: Iterable[str]) -> list[str]:
    return [f"id {name} stands {count} times" for name, count in Counter(ids).items() if count > 1]


def _provision_problems(knowledge: Knowledge) -> Iterator[str]:
    for provision in knowledge.provisions.values():
        document = knowledge.documents.get(provision.document)
        if document is None:
            yield f"article {provision.article}: unknown document {provision.document}"
        elif not _within(provision, document):
            yield f"{provision.document}:{provision.article} outlives its document"


def _within(provision: Provision, document: Document) -> bool:
    return document.holds_on(provision.in_force_from) and (
        document.in_force_to is None
        or (provision.in_force_to is not None and provision.in_force_to <= document.in_force_to)
    )


def _card_problems(knowledge: Knowledge, card: Card) -> Iterator[str]:
    if card.calc and card.calc not in CALCULATIONS:
        yield f"unknown calculation {card.calc}"
    for citation in card.citations:
        yield from _citation_problems(knowledge, citation, card.in_force_from, card.in_force_to)
    for version in card.versions:
        for citation in version.citations:
            yield from _citation_problems(
                knowledge, citation, version.in_force_from, version.in_force_to
            )
    yield from _overlaps(card)


def _citation_problems(
    knowledge: Knowledge, citation: Citation, first: date, last: date | None
) -> Iterator[str]:
    provision = knowledge.provisions.get(citation.provision)
    if provision is None:
        yield f"cites {citation}, which is unknown"
        return
    if not (provision.holds_on(first) and _still_holds(provision, last)):
        yield f"cites {citation}, which is not in force from {first} to {last or 'now'}"
    facts = provision.facts_at(citation)
    if not facts:
        yield f"cites {citation}, of which nothing is known"
    elif all(fact.confidence == "recalled" for fact in facts):
        yield f"cites {citation}, which is only recalled"


def _still_holds(provision: Provision, last: date | None) -> bool:
    return provision.in_force_to is None if last is None else provision.holds_on(last)


def _overlaps(card: Card) -> Iterator[str]:
    spans = sorted(_spans(card), key=lambda span: span[0])
    for (_, last), (first, _) in itertools.pairwise(spans):
        if last is None or first <= last:
            yield f"two versions hold on {first}"
    for first, last in spans:
        if last is not None and last < first:
            yield f"a version ends on {last} before it starts"


def _spans(card: Card) -> Iterator[tuple[date, date | None]]:
    yield card.in_force_from, card.in_force_to
    version: Version
    for version in card.versions:
        yield version.in_force_from, version.in_force_to
