"""Answers from the shipped knowledge, read once per process, for callers that need no other."""

from datetime import date
from functools import cache

from qcdc_core.law.answer import LawIndex, ask, reply_of_card
from qcdc_core.law.compose import version_on
from qcdc_core.law.load import load_knowledge
from qcdc_core.law.model import Audience
from qcdc_core.law.reply import Reply


@cache
def _index() -> LawIndex:
    return LawIndex.of(load_knowledge())


def warm_up() -> None:
    """Read and index the knowledge now, so that the first asker does not wait for it."""
    _index()


def answer_question(question: str, today: date, *, audience: Audience | None = None) -> Reply:
    """The reply to one message as of ``today``. Never raises for any text."""
    return ask(_index(), question, today, audience=audience)


def details_of(source: str, day: date) -> str | None:
    """What a card adds on request to its answer of ``day``; None when it has nothing to add."""
    card = _index().knowledge.cards.get(source)
    version = version_on(card, day) if card else None
    return version.details if version else None


def answer_choice(card_id: str, question: str, today: date) -> Reply:
    """The reply to ``question`` after the asker chose ``Choice.card`` of an earlier reply.

    An unknown card (the knowledge changed meanwhile) is answered "unsure".
    """
    return reply_of_card(_index().knowledge, card_id, question, today)
