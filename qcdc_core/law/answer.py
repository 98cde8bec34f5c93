"""Answer a question about rights: cited, dated, honest.

`ask` never raises for any text and executes nothing of it; what it says comes from the knowledge
word by word, so text that tries to give orders only fails to match.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from qcdc_core.language import day as day_in_words
from qcdc_core.law import wording
from qcdc_core.law.articles import named_articles, names_unknown_place, unknown_document
from qcdc_core.law.asked import Asked
from qcdc_core.law.citation import Citation
from qcdc_core.law.compose import NotInForce, part_of_article, part_of_card
from qcdc_core.law.following import following
from qcdc_core.law.leading import FactOrder
from qcdc_core.law.model import Audience, Card, Knowledge, Neighbour
from qcdc_core.law.near import near
from qcdc_core.law.places import places_to_ask
from qcdc_core.law.reply import AnswerPart, Choice, Reply
from qcdc_core.law.scope import Standing, is_for_a_machine, standing
from qcdc_core.law.search import CardSearcher, Hit, Searcher
from qcdc_core.law.split import split_questions
from qcdc_core.law.when import day_of_facts

LONGEST_QUESTION = 2000


@dataclass(frozen=True, eq=False)
class LawIndex:
    """Knowledge with its search, built once (and again when the knowledge changes)."""

    knowledge: Knowledge
    searcher: Searcher
    order: FactOrder

    @classmethod
    def of(cls, knowledge: Knowledge) -> "LawIndex":
        return cls(knowledge, CardSearcher(knowledge), FactOrder(knowledge))


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
    message = question[:LONGEST_QUESTION].strip()
    asked = index.searcher.read(message, audience)
    if not asked.found:
        return Reply("unsure", wording.unsure())
    if is_for_a_machine(message, asked):
        return Reply("out_of_scope", wording.out_of_scope())
    pieces = split_questions(message)
    findings = [_find(index, piece, message, today, audience) for piece in pieces]
    if len(pieces) > 1 and any(map(_is_outside, findings)):
        # "Ban kiểm soát có mấy người, nhiệm kỳ mấy năm": the rest may speak of the same stranger.
        whole = _find(index, message, message, today, audience)
        if _is_outside(whole):
            return _reply(index.knowledge, [message], [whole])
    return _reply(index.knowledge, pieces, _followed(index, pieces, findings, message, today))


def _followed(
    index: LawIndex, pieces: Sequence[str], findings: Sequence[_Finding], message: str, today: date
) -> list[_Finding]:
    """The same, with what a piece left out taken from the one answered before it."""
    answered = {finding.part.source for finding in findings if finding.part}
    followed: list[_Finding] = []
    before: Card | None = None
    for piece, finding in zip(pieces, findings, strict=True):
        found = finding
        if finding.part is not None:
            before = index.knowledge.cards.get(finding.part.source)
        elif before is not None:
            card = following(index.searcher, piece, before, answered)
            if card is not None:
                found = _answered_by(index.knowledge, card, piece, _day_for(card, message, today))
                answered.add(card.id)
        followed.append(found)
    return followed


def _day_for(card: Card, message: str, today: date) -> date:
    return today if card.of_today else day_of_facts(message, today)


def _is_outside(finding: _Finding) -> bool:
    return finding.refusal is not None and finding.refusal.outcome == "out_of_scope"


def _find(
    index: LawIndex, piece: str, message: str, today: date, audience: Audience | None
) -> _Finding:
    day = day_of_facts(message, today)
    return _named(index.knowledge, piece, day) or _searched(index, piece, day, today, audience)


def _named(knowledge: Knowledge, piece: str, day: date) -> _Finding | None:
    """The answer to a question that names a document or an article; None when it names none."""
    stranger = unknown_document(piece, knowledge)
    if stranger is not None:
        return _Finding(refusal=Reply("unsure", wording.unknown_document(stranger)))
    articles = named_articles(piece, knowledge)
    if articles:
        return _article(knowledge, articles[0], piece, day)
    if names_unknown_place(piece, knowledge):
        return _Finding(refusal=Reply("unsure", wording.unknown_place()))
    return None


def _searched(
    index: LawIndex, piece: str, day: date, today: date, audience: Audience | None
) -> _Finding:
    asked = index.searcher.read(piece, audience)
    hits = index.searcher.find(asked)
    if not hits.cards:
        return _Finding(refusal=_refused("outside", hits.neighbour))
    evidence = index.searcher.weigh(asked, hits.cards[0], hits.neighbour)
    place = standing(hits.cards[0].entry, asked, evidence)
    if place != "ours":
        nearer = hits.neighbour if evidence.lead < 0 else None
        refused = _refused(place, nearer)
        if refused.outcome == "unsure":
            refused = replace(refused, text=wording.unsure_which(), near=near(hits.cards))
        return _Finding(refusal=refused)
    found = _from_card(index.knowledge, hits.cards, asked, piece, (day, today))
    if found.part is None:
        return found
    cited = index.order.led(found.part.citations, asked, evidence.closeness)
    return _Finding(part=replace(found.part, citations=cited))


def _article(knowledge: Knowledge, place: Citation, piece: str, day: date) -> _Finding:
    part = part_of_article(knowledge, place, piece, day)
    if part is None:
        named = place.in_words(knowledge.short_name(place))
        return _Finding(refusal=Reply("unsure", wording.unknown_article(named)))
    return _Finding(part=part)


def _refused(place: Standing, neighbour: Hit[Neighbour] | None) -> Reply:
    """``neighbour``: whose question it is, if it is somebody's that we know."""
    if neighbour is not None:
        return Reply("out_of_scope", neighbour.entry.answer)
    if place == "unsure":
        return Reply("unsure", wording.unsure())
    return Reply("out_of_scope", wording.out_of_scope())


def _from_card(
    knowledge: Knowledge,
    cards: Sequence[Hit[Card]],
    asked: Asked,
    piece: str,
    days: tuple[date, date],
) -> _Finding:
    """``days``: of the facts, and of asking."""
    card = cards[0].entry
    day = days[1] if card.of_today else days[0]
    choices = places_to_ask(knowledge, cards, asked, day)
    if choices:
        return _Finding(choices=choices)
    group = knowledge.groups.get(card.group or "", ())
    named = (one for regime in asked.regimes for one in group if one.regime == regime)
    return _answered_by(knowledge, next(named, card), piece, day)


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
