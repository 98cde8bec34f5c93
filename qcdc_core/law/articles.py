"""Questions that name an article: "Điều 47 Nghị định 145 nói gì"."""

import re
from collections.abc import Iterator
from functools import cache

from qcdc_core.law.citation import Citation
from qcdc_core.law.model import Knowledge
from qcdc_core.reading.text import fold

_PLACE = re.compile(r"\b(?:diem ([a-z]) )?(?:khoan (\d+) )?dieu (\d{1,3})\b(?: khoan (\d+)\b)?")
_NUMBERED = re.compile(r"\b(\d{1,3})/(?:(\d{4})/?)?(?:nd|qh|tt|hd)?[a-z0-9-]*")
_LOOSE_NUMBER = re.compile(r"\b(?:nghi dinh|nd|luat|huong dan|hd|thong tu)(?: so)? (\d{1,3})\b")
_WITH_YEAR = re.compile(r"\b(\d{1,4})/(\d{4})\b")
_ANY_NUMBERED = re.compile(
    r"\b(?:nghi dinh|nd|luat|thong tu|tt|nghi quyet|nq|quyet dinh|qd|phap lenh"
    r"|cong van|cv)(?: so)? "
    r"(?P<number>\d{1,5})\b(?!%| (?:ho|nguoi|ngay|nam tuoi|thang|trieu))"
    r"(?:/(?P<year>\d{4})\b| nam (?P<later_year>\d{4})\b)?"
)
# Names that people use instead of numbers.
_NAMED = (
    (r"bo luat lao dong|blld|luat lao dong", "45/2019/QH14"),
    (r"luat cong doan|lcd", "50/2024/QH15"),
    (r"(?:luat )?(?:thuc hien )?dan chu (?:o )?co so|luat dan chu(?! [a-z])|ldc", "10/2022/QH15"),
    (r"to chuc chinh quyen dia phuong", "72/2025/QH15"),
)


def named_articles(question: str, knowledge: Knowledge) -> list[Citation]:
    """Every article named together with a document that we know; the article need not be known."""
    text = fold(question)
    documents = list(dict.fromkeys(_documents(text, knowledge)))
    if not documents:
        return []
    return [
        Citation(documents[0], int(article), before or after or None)
        for _, before, article, after in (place.groups() for place in _PLACE.finditer(text))
    ]


def unknown_document(question: str, knowledge: Knowledge) -> str | None:
    """The number of a document that the question rests on and nobody here has heard of.

    None when every numbered document is one of ours, or is at least spoken of by a card: older
    decrees are asked about too.
    """
    known = _numbers_known(knowledge)
    for found in _ANY_NUMBERED.finditer(fold(question)):
        number, year = found["number"], found["year"] or found["later_year"]
        if (number, year) not in known:
            return number if year is None else f"{number}/{year}"
    return None


@cache
def _numbers_known(knowledge: Knowledge) -> frozenset[tuple[str, str | None]]:
    """With their years, and without: people leave the year out."""
    texts = [*knowledge.documents, *(one.title for one in knowledge.documents.values())]
    for card in knowledge.cards.values():
        texts += [*card.asks, card.answer, card.details or ""]
        texts += [version.answer for version in card.versions]
    pairs = {pair for text in texts for pair in _WITH_YEAR.findall(text)}
    bare = {(document.partition("/")[0], None) for document in knowledge.documents}
    return frozenset({*pairs, *((number, None) for number, _year in pairs), *bare})


def names_unknown_place(question: str, knowledge: Knowledge) -> bool:
    """An article is named, with a law that nobody here has heard of or with none at all."""
    text = fold(question)
    return bool(_PLACE.search(text)) and not any(_documents(text, knowledge))


def _documents(text: str, knowledge: Knowledge) -> Iterator[str]:
    for pattern in (_NUMBERED, _LOOSE_NUMBER):
        for found in pattern.finditer(text):
            yield from _numbered(found.group(1), found, knowledge)
    for names, document in _NAMED:
        if re.search(rf"\b(?:{names})\b", text):
            yield document


def _numbered(number: str, found: re.Match[str], knowledge: Knowledge) -> Iterator[str]:
    year = found.group(2) if found.re is _NUMBERED else None
    for document in knowledge.documents:
        parts = document.split("/")
        if parts[0] == number and (year is None or parts[1] == year):
            yield document
