"""The law as this software holds it: documents, provisions with dated facts, answer cards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from qcdc_core.law.citation import Citation

Regime = Literal["commune", "agency", "state_enterprise", "other_employer", "all"]
Audience = Literal["resident", "worker", "employer", "official", "agency_staff"]
Confidence = Literal["seen", "recalled"]
LONGEST_ANSWER = 600
FEWEST_ASKS = 5


def _as_citation(value: object) -> object:
    return Citation.parse(value) if isinstance(value, str) else value


def _as_parts(value: object) -> object:
    """``"1, 2"`` in a file is the tuple ("1", "2"); nothing is the empty tuple."""
    if value is None:
        return ()
    return tuple(part.strip() for part in str(value).split(","))


Cited = Annotated[Citation, BeforeValidator(_as_citation)]
Parts = Annotated[tuple[str, ...], BeforeValidator(_as_parts)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class _Dated(_Entry):
    in_force_from: date
    in_force_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


class Document(_Dated):
    """A law, decree, circular or guideline; `caution` is said with each answer resting on it."""

    document: str
    title: str
    short: str
    replaced_by: str | None = None
    confidence: Confidence
    caution: str | None = None
    caution_from: date | None = None


class Fact(_Entry):
    """What one place of the law says, in our own words. No clause: the whole article says it."""

    clause: Parts = ()
    point: Parts = ()
    text: str
    confidence: Confidence

    def speaks_of(self, citation: Citation) -> bool:
        """Does this fact lie in the place cited? A fact of the whole clause covers its points."""
        if citation.clause is None or not self.clause:
            return True
        if citation.clause not in self.clause:
            return False
        # Sub-points a1, a2 of a file lie in point a of the law.
        return (
            citation.point is None
            or not self.point
            or any(point.startswith(citation.point) for point in self.point)
        )


class Amendment(_Entry):
    document: str
    effective: date
    what: str
    confidence: Confidence


class Provision(_Dated):
    """One article."""

    document: str
    article: int
    title: str
    regimes: tuple[Regime, ...]
    replaced_by: str | None = None
    needs_check: str | None = None
    needs_check_from: date | None = None
    amended_by: tuple[Amendment, ...] = ()
    checked_on: date
    facts: tuple[Fact, ...] = ()

    def facts_at(self, citation: Citation) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.speaks_of(citation))


class Version(_Entry):
    """The answer of a card on days outside its own time; both ends inclusive."""

    in_force_from: date = Field(alias="from")
    in_force_to: date = Field(alias="to")
    answer: str = Field(max_length=LONGEST_ANSWER)
    citations: tuple[Cited, ...] = Field(min_length=1)
    details: str | None = None
    next_step: str | None = None
    caution: str | None = None


class Card(_Dated):
    """A question that people ask, with the answer and the law it rests on.

    ``of_today``: about which law applies to the past; answered by the law of the day of asking.
    """

    id: str = Field(pattern=r"^[a-z0-9_-]+$")
    topic: str
    audience: tuple[Audience, ...] = Field(min_length=1)
    regime: Regime
    asks: tuple[str, ...] = Field(min_length=FEWEST_ASKS)
    answer: str = Field(max_length=LONGEST_ANSWER)
    details: str | None = None
    citations: tuple[Cited, ...] = Field(min_length=1)
    next_step: str | None = None
    checked_on: date
    caution: str | None = None
    versions: tuple[Version, ...] = ()
    group: str | None = None
    choice: str | None = None
    calc: str | None = None
    of_today: bool = False

    @model_validator(mode="after")
    def _a_grouped_card_can_be_chosen(self) -> Self:
        if self.group and not self.choice:
            raise ValueError("a card with a group needs a choice")
        return self


class Neighbour(_Entry):
    """Questions in similar words that belong to somebody else, and a sentence saying to whom."""

    id: str
    asks: tuple[str, ...] = Field(min_length=1)
    answer: str = Field(max_length=LONGEST_ANSWER)


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything an answer may rest on. Made by `load_knowledge`, which has checked it."""

    documents: Mapping[str, Document]
    provisions: Mapping[tuple[str, int], Provision]
    cards: Mapping[str, Card]
    neighbours: tuple[Neighbour, ...] = ()
    groups: Mapping[str, tuple[Card, ...]] = field(default_factory=dict)

    def short_name(self, citation: Citation) -> str:
        known = self.documents.get(citation.document)
        return known.short if known else citation.document

    def find_provision(self, citation: Citation, day: date) -> Provision | None:
        """The article cited, if it is in force on ``day``."""
        provision = self.provisions.get(citation.provision)
        return provision if provision and provision.holds_on(day) else None
