"""Answer a question about rights: cited, dated, honest.

`ask` never raises for any text and executes nothing of it; what it says comes from the knowledge
word by word, so text that tries to give orders only fails to match.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from qcdc_core.language import day as day_in_words
from qcdc_core.law import wording
from qcdc_core.law.articles import named_articles, names_unknown_place, unknown_document
from qcdc_core.law.citation import Citation
from qcdc_core.law.compose import NotInForce, choices_of, part_of_article, part_of_card
from qcdc_core.law.model import Audience, Card, Knowledge, Neighbour, Regime
from qcdc_core.law.regime import fits, named_regimes, of_audience
from qcdc_core.law.reply import AnswerPart, Choice, Reply
from qcdc_core.law.scope import is_for_a_machine, standing
from qcdc_core.law.search import CardSearcher, Hit, Searcher
from qcdc_core.law.split import split_questions
from qcdc_core.law.when import day_of_facts
from qcdc_core.law.words import syllables

LONGEST_QUESTION = 2000


@dataclass(frozen=True, eq=False)
class LawIndex:
    """Knowledge with its search, built once (and again when the knowledge changes)."""

    knowledge: Knowledge
    searcher: Searcher

    @classmethod
    def of(cls, knowledge: Knowledge) -> "LawIndex":
        return cls(knowledge, CardSearcher(knowledge))


@cache
def _index_of(knowledge: Knowledge) -> LawIndex:
    return LawIndex.of(knowledge)


@dataclass(frozen=True, slots=True)
class _Finding:
    """What was found for one question: exactly one of the fields is set."""

    part: AnswerPart | None = None
    choices: tuple[Choice, ...] = ()
    refusal: Reply | None = None


def ask(
    source: Knowledge | LawIndex,
    question: str,
    today: date,
    *,
    audience: Audience | None = None,
) -> Reply:
    """The reply to one message, as of ``today``; ``audience`` helps where no place is named."""
    index = source if isinstance(source, LawIndex) else _index_of(source)
    asked = question[:LONGEST_QUESTION].strip()
    if not syllables(asked):
        return Reply("unsure", wording.unsure())
    pieces = split_questions(asked)
    findings = [_find(index, piece, asked, today, audience) for piece in pieces]
    return _reply(index.knowledge, pieces, findings)


def _find(
    index: LawIndex, piece: str, message: str, today: date, audience: Audience | None
) -> _Finding:
    day = day_of_facts(message, today)
    if is_for_a_machine(message):
        return _Finding(refusal=Reply("out_of_scope", wording.out_of_scope()))
    stranger = unknown_document(piece, index.knowledge)
    if stranger is not None:
        return _Finding(refusal=Reply("unsure", wording.unknown_document(stranger)))
    articles = named_articles(piece, index.knowledge)
    if articles:
        return _article(index.knowledge, articles[0], piece, day)
    if names_unknown_place(piece, index.knowledge):
        return _Finding(refusal=Reply("unsure", wording.unknown_place()))
    found = syllables(piece)
    hits = index.searcher.find(piece)
    regimes = named_regimes(found) or of_audience(audience)
    hits = _preferring(hits, regimes)
    place = standing(hits, found)
    if place != "ours":
        return _Finding(refusal=_refused(place, hits))
    card = hits[0].entry
    when = today if isinstance(card, Card) and card.of_today else day
    return _from_card(index.knowledge, hits, regimes, piece, when)


def _article(knowledge: Knowledge, place: Citation, piece: str, day: date) -> _Finding:
    part = part_of_article(knowledge, place, piece, day)
    if part is None:
        named = place.in_words(knowledge.short_name(place))
        return _Finding(refusal=Reply("unsure", wording.unknown_article(named)))
    return _Finding(part=part)


def _preferring(hits: list[Hit], regimes: Sequence[Regime]) -> list[Hit]:
    """Cards of another regime than the one named step back behind a close one that fits."""
    if not regimes:
        return hits
    return sorted(hits, key=lambda hit: hit.score * _fitness(hit, regimes), reverse=True)


def _fitness(hit: Hit, regimes: Sequence[Regime]) -> float:
    if isinstance(hit.entry, Neighbour) or fits(hit.entry, regimes):
        return 1.0
    return OTHER_REGIME


OTHER_REGIME = 0.65


def _refused(place: str, hits: Sequence[Hit]) -> Reply:
    if place == "unsure":
        return Reply("unsure", wording.unsure())
    if hits and isinstance(hits[0].entry, Neighbour):
        return Reply("out_of_scope", hits[0].entry.answer)
    return Reply("out_of_scope", wording.out_of_scope())


def _from_card(
    knowledge: Knowledge, hits: Sequence[Hit], regimes: Sequence[Regime], piece: str, day: date
) -> _Finding:
    card = hits[0].entry
    assert isinstance(card, Card)  # noqa: S101 - a neighbour is never "ours"
    group = knowledge.groups.get(card.group or "", ())
    if group and not regimes:
        choices = choices_of(group, day)
        if len(choices) > 1:
            return _Finding(choices=choices)
    named = (one for regime in regimes for one in group if one.regime == regime)
    chosen = next(named, card)
    return _answered_by(knowledge, chosen, piece, day)


def _answered_by(knowledge: Knowledge, card: Card, piece: str, day: date) -> _Finding:
    try:
        return _Finding(part=part_of_card(knowledge, card, piece, day))
    except NotInForce:
        short = knowledge.short_name(card.citations[0])
        text = wording.not_in_force(short, day_in_words(day))
        return _Finding(refusal=Reply("unsure", text))


def reply_of_card(knowledge: Knowledge, card_id: str, question: str, today: date) -> Reply:
    """The reply to a message whose card is settled; "unsure" when there is no such card."""
    card = knowledge.cards.get(card_id)
    if card is None:
        return Reply("unsure", wording.unsure())
    asked = question[:LONGEST_QUESTION].strip()
    finding = _answered_by(knowledge, card, asked, day_of_facts(asked, today))
    return _reply(knowledge, [asked], [finding])


def _reply(knowledge: Knowledge, pieces: Sequence[str], findings: Sequence[_Finding]) -> Reply:
    parts = _distinct([finding.part for finding in findings if finding.part])
    if not parts:
        back = next((finding.choices for finding in findings if finding.choices), ())
        if back:
            cited = tuple(dict.fromkeys(choice.citation for choice in back))
            return Reply("ask_back", wording.ask_back(back), citations=cited, choices=back)
        return next(finding.refusal for finding in findings if finding.refusal)
    left = [piece for piece, finding in zip(pieces, findings, strict=True) if _is_open(finding)]
    return Reply(
        "answered",
        wording.answered(parts, knowledge, left),
        parts=tuple(parts),
        citations=tuple(dict.fromkeys(c for part in parts for c in part.citations)),
        next_steps=tuple(dict.fromkeys(p.next_step for p in parts if p.next_step)),
    )


def _is_open(finding: _Finding) -> bool:
    return finding.part is None


def _distinct(parts: Sequence[AnswerPart]) -> list[AnswerPart]:
    """Two questions that one card answers are answered once."""
    return list({part.source: part for part in reversed(parts)}.values())[::-1]
