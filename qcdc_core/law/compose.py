"""One answer from one card, or from the facts of one article, for one day."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from qcdc_core.language import gettext as _
from qcdc_core.law.calculate import CALCULATIONS
from qcdc_core.law.citation import Citation
from qcdc_core.law.model import Card, Knowledge, Provision, Version
from qcdc_core.law.reply import AnswerPart, Choice

MOST_FACTS = 4


class NotInForce(LookupError):  # noqa: N818 - says what is the matter with the card
    """Nothing that the card says held on the day asked for."""


def version_on(card: Card, day: date) -> Card | Version | None:
    """What the card answers on ``day``; None when it has nothing for that day."""
    if card.holds_on(day):
        return card
    return next(
        (v for v in card.versions if v.in_force_from <= day <= v.in_force_to),
        None,
    )


def part_of_card(knowledge: Knowledge, card: Card, question: str, day: date) -> AnswerPart:
    """Raises `NotInForce` when neither the card nor the facts it rests on held on ``day``."""
    version = version_on(card, day)
    if version is None:
        return _from_facts(knowledge, card, question, day)
    calculation = CALCULATIONS.get(card.calc or "")
    return AnswerPart(
        question=question,
        source=card.id,
        answer=version.answer,
        details=version.details,
        steps=calculation(question) if calculation else None,
        citations=version.citations,
        cautions=tuple(_cautions(knowledge, version, day)),
        next_step=version.next_step or card.next_step,
        day=day,
        checked_on=card.checked_on,
    )


def _from_facts(knowledge: Knowledge, card: Card, question: str, day: date) -> AnswerPart:
    """The main article of the card may be older than the card: then its facts answer."""
    part = part_of_article(knowledge, card.citations[0], question, day)
    if part is None:
        raise NotInForce(card.id)
    return part


def part_of_article(
    knowledge: Knowledge, place: Citation, question: str, day: date
) -> AnswerPart | None:
    """What one place of the law says in our own words; None when it is unknown or not in force."""
    provision = knowledge.find_provision(place, day)
    if provision is None:
        return None
    facts = [fact for fact in provision.facts_at(place) if fact.confidence == "seen"]
    if not facts:
        return None
    said = " ".join(fact.text for fact in facts[:MOST_FACTS])
    return AnswerPart(
        question=question,
        source=str(place),
        answer=_("{place} ({title}): {facts}").format(
            place=place.in_words(knowledge.short_name(place)), title=provision.title, facts=said
        ),
        citations=(place,),
        cautions=tuple(_cautions_of(knowledge, [place], day)),
        day=day,
        checked_on=provision.checked_on,
    )


def _cautions(knowledge: Knowledge, version: Card | Version, day: date) -> Iterator[str]:
    if version.caution:
        yield version.caution
    yield from _cautions_of(knowledge, version.citations, day)


def _cautions_of(knowledge: Knowledge, citations: Sequence[Citation], day: date) -> Iterator[str]:
    """At most one sentence per document: what is said of the article goes before the document."""
    said: set[str] = set()
    for needs_check in (True, False):
        for citation in citations:
            if citation.document in said:
                continue
            caution = (
                _of_provision(knowledge.provisions.get(citation.provision), day)
                if needs_check
                else _of_document(knowledge, citation, day)
            )
            if caution:
                said.add(citation.document)
                yield caution


def _of_provision(provision: Provision | None, day: date) -> str | None:
    if provision is None or not provision.needs_check:
        return None
    since = provision.needs_check_from
    return provision.needs_check if since is None or since <= day else None


def _of_document(knowledge: Knowledge, citation: Citation, day: date) -> str | None:
    document = knowledge.documents.get(citation.document)
    if document is None or not document.caution:
        return None
    since = document.caution_from
    return document.caution if since is None or since <= day else None


def choices_of(group: Sequence[Card], day: date) -> tuple[Choice, ...]:
    """The members of a group that answer on ``day``."""
    return tuple(_choices(group, day))


def _choices(group: Sequence[Card], day: date) -> Iterator[Choice]:
    for card in group:
        version = version_on(card, day)
        if version is not None and card.choice:
            glimpse = _first_sentence(version.answer)
            yield Choice(card.choice, card.id, version.citations[0], glimpse)


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.;])\s", text, maxsplit=1)[0]
