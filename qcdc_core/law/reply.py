"""What comes back from asking: values only; the sentences around them are made in wording.py."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from qcdc_core.law.citation import Citation

Outcome = Literal["answered", "ask_back", "unsure", "out_of_scope"]


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """The answer to one of the questions of a message.

    ``source`` is the id of the card, or the citation of the article when no card answers and the
    facts of the article do. ``day`` is the day whose law applies.
    """

    question: str
    source: str
    answer: str
    citations: tuple[Citation, ...]
    day: date
    checked_on: date
    details: str | None = None
    steps: str | None = None
    correction: str | None = None
    cautions: tuple[str, ...] = ()
    next_step: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the places that a question may be about; ``card`` answers when it is chosen."""

    label: str
    card: str
    citation: Citation
    glimpse: str


@dataclass(frozen=True, slots=True)
class Reply:
    """``text`` fits a phone. An unsure or out-of-scope reply has no parts and no citations.

    ``near``: what an unsure question may have meant, the likeliest first; empty for all others.
    """

    outcome: Outcome
    text: str
    parts: tuple[AnswerPart, ...] = ()
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    next_steps: tuple[str, ...] = ()
    near: tuple[Choice, ...] = ()
