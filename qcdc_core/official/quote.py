"""Quote what was in force on a day, letter by letter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.law.citation import Citation
from qcdc_core.law.model import Knowledge
from qcdc_core.official.tables import OfficialPart, OfficialText


class _HasWords(Protocol):
    @property
    def article(self) -> str: ...
    @property
    def clause(self) -> str | None: ...
    @property
    def point(self) -> str | None: ...
    @property
    def words(self) -> str: ...


@dataclass(frozen=True)
class Quote:
    """``heading``: the article's own first line; ``words``: the place cited, without a change.

    ``in_force_from``: the first day of this wording. ``chapter`` and ``section`` may be empty.
    """

    citation: Citation
    heading: str
    words: str
    in_force_from: date
    chapter: str = ""
    section: str = ""


def quote(session: Session, knowledge: Knowledge, citation: Citation, day: date) -> Quote | None:
    """The wording in force on ``day``; None when it was not loaded, or the law did not hold."""
    document = knowledge.documents.get(citation.document)
    if citation.article == 0 or document is None or not document.holds_on(day):
        return None
    text = _version(session, citation.document, day)
    if text is None:
        return None
    parts = _parts_of_article(session, text, citation)
    words = words_at(parts, citation)
    if words is None:
        return None
    first = parts[0]
    heading = first.words.split("\n", 1)[0]
    return Quote(citation, heading, words, text.in_force_from, first.chapter, first.section)


def quotes(
    session: Session, knowledge: Knowledge, citations: Iterable[Citation], day: date
) -> list[Quote]:
    found = (quote(session, knowledge, one, day) for one in dict.fromkeys(citations))
    return [one for one in found if one is not None]


def words_at(parts: Sequence[_HasWords], citation: Citation) -> str | None:
    """The words of an article, a clause with its points, or a point; None when there is none."""
    found = [one.words for one in parts if _lies_in(one, citation)]
    return "\n".join(found) if found else None


def changed_since(session: Session, citation: Citation, checked_on: date, day: date) -> date | None:
    """The first day after ``checked_on``, up to ``day``, from which the words cited differ."""
    texts = session.scalars(
        select(OfficialText)
        .where(OfficialText.document == citation.document, OfficialText.in_force_from <= day)
        .order_by(OfficialText.in_force_from)
    ).all()
    for before, after in pairwise(texts):
        if after.in_force_from > checked_on and _differs(session, before, after, citation):
            return after.in_force_from
    return None


def _differs(
    session: Session, before: OfficialText, after: OfficialText, citation: Citation
) -> bool:
    old, new = (
        words_at(_parts_of_article(session, one, citation), citation) for one in (before, after)
    )
    return old != new


def _version(session: Session, document: str, day: date) -> OfficialText | None:
    return session.scalar(
        select(OfficialText)
        .where(OfficialText.document == document, OfficialText.in_force_from <= day)
        .order_by(OfficialText.in_force_from.desc())
        .limit(1)
    )


def _parts_of_article(
    session: Session, text: OfficialText, citation: Citation
) -> Sequence[OfficialPart]:
    return session.scalars(
        select(OfficialPart)
        .where(OfficialPart.text_id == text.id, OfficialPart.article == str(citation.article))
        .order_by(OfficialPart.place)
    ).all()


def _lies_in(part: _HasWords, citation: Citation) -> bool:
    wanted = (str(citation.article), citation.clause, citation.point)
    has = (part.article, part.clause, part.point)
    return all(want in (None, got) for want, got in zip(wanted, has, strict=True))


def loaded(session: Session) -> Iterator[OfficialText]:
    """Every version, by document and first day."""
    yield from session.scalars(
        select(OfficialText).order_by(OfficialText.document, OfficialText.in_force_from)
    )
