"""Take an official text in as a version of its document; the same text twice changes nothing."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.audit import record
from qcdc_core.errors import Refusal
from qcdc_core.law.citation import Citation
from qcdc_core.law.model import Knowledge
from qcdc_core.official.paragraphs import paragraphs_of
from qcdc_core.official.quote import words_at
from qcdc_core.official.structure import Part, parts_of
from qcdc_core.official.tables import OfficialPart, OfficialText

# "Luật số: 10/2022/QH15", "Số: 145/2020/NĐ-CP".
_NUMBER = re.compile(r"\d+/\d{4}/[A-ZĐ][A-ZĐ0-9]*(?:-[A-ZĐ0-9]+)*")


@dataclass(frozen=True)
class Taken:
    """``outcome``: added, or unchanged when this version is there already with the same words.

    ``touched``: citations of answer cards whose words differ from the version before.
    """

    outcome: Literal["added", "unchanged"]
    articles: int
    clauses: int
    points: int
    touched: tuple[tuple[str, Citation], ...] = ()


@dataclass(frozen=True)
class Offered:
    """A file that is to be the wording of ``document`` from the day ``since``.

    ``excerpt``: articles and clauses may be missing between others.
    """

    path: Path
    document: str
    since: date
    excerpt: bool = False


def take_in_text(
    session: Session, knowledge: Knowledge, offered: Offered, now: datetime, actor: str
) -> Taken:
    """Store an official text as a version of its document.

    Raises Refusal unknown_document(document, known), another_document(path, found, document),
    before_document(day), version_exists(day), and what `paragraphs_of` and `parts_of` raise.
    """
    path, document, since = offered.path, offered.document, offered.since
    _check_document(knowledge, document, since)
    before, parts = parts_of(paragraphs_of(path), excerpt=offered.excerpt)
    _check_number(path, before, document)
    content_hash = _hash(parts)
    existing = session.scalar(
        select(OfficialText).where(
            OfficialText.document == document, OfficialText.in_force_from == since
        )
    )
    if existing is not None:
        if existing.content_hash != content_hash:
            raise Refusal("version_exists", day=since)
        return _taken("unchanged", parts)
    earlier = _earlier(session, document, since)
    text = OfficialText(
        document=document,
        in_force_from=since,
        content_hash=content_hash,
        file_name=path.name[:200],
        added_at=now,
        added_by=actor,
    )
    session.add(text)
    session.flush()
    session.add_all(_row(text.id, place, part) for place, part in enumerate(parts))
    record(session, now, actor, "official_text.added", f"{document} {since.isoformat()}")
    return _taken("added", parts, _touched(knowledge, document, earlier, parts))


def _check_document(knowledge: Knowledge, document: str, since: date) -> None:
    known = knowledge.documents.get(document)
    if known is None:
        listed = ", ".join(sorted(knowledge.documents))
        raise Refusal("unknown_document", document=document, known=listed)
    if since < known.in_force_from:
        raise Refusal("before_document", day=known.in_force_from)


def _check_number(path: Path, before: str, document: str) -> None:
    """A text that names other numbers before its first article, but not this, is another text."""
    numbers = _NUMBER.findall(before.upper())
    if numbers and document.upper() not in numbers:
        raise Refusal("another_document", path=path.name, found=numbers[0], document=document)


def _hash(parts: Sequence[Part]) -> str:
    said = json.dumps([(one.article, one.clause, one.point, one.words) for one in parts])
    return hashlib.sha256(said.encode()).hexdigest()


def _row(text_id: int, place: int, part: Part) -> OfficialPart:
    return OfficialPart(
        text_id=text_id,
        place=place,
        chapter=part.chapter[:400],
        section=part.section[:400],
        article=part.article,
        clause=part.clause,
        point=part.point,
        words=part.words,
    )


def _earlier(session: Session, document: str, since: date) -> list[OfficialPart]:
    text_id = session.scalar(
        select(OfficialText.id)
        .where(OfficialText.document == document, OfficialText.in_force_from < since)
        .order_by(OfficialText.in_force_from.desc())
        .limit(1)
    )
    if text_id is None:
        return []
    return list(
        session.scalars(
            select(OfficialPart).where(OfficialPart.text_id == text_id).order_by(OfficialPart.place)
        )
    )


def _touched(
    knowledge: Knowledge, document: str, earlier: Sequence[OfficialPart], parts: Sequence[Part]
) -> tuple[tuple[str, Citation], ...]:
    """Without a version before there is nothing to compare with."""
    if not earlier:
        return ()
    found = [
        (card.id, citation)
        for card in knowledge.cards.values()
        for citation in card.citations
        if citation.document == document
        and words_at(earlier, citation) != words_at(parts, citation)
    ]
    return tuple(dict.fromkeys(found))


def _taken(
    outcome: Literal["added", "unchanged"],
    parts: Sequence[Part],
    touched: tuple[tuple[str, Citation], ...] = (),
) -> Taken:
    return Taken(
        outcome,
        articles=len({one.article for one in parts}),
        clauses=sum(1 for one in parts if one.clause and not one.point),
        points=sum(1 for one in parts if one.point),
        touched=touched,
    )
