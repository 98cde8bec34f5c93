"""Citations that a person picked for an answer: known, in force, and in words."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from qcdc_core.errors import BadData, Refusal
from qcdc_core.language import gettext as _
from qcdc_core.law import Citation, Knowledge, load_knowledge


@cache
def knowledge() -> Knowledge:
    """The shipped provisions, read once per process."""
    return load_knowledge()


def in_force(written: Sequence[str], day: date) -> tuple[Citation, ...]:
    """Citations as `Citation` writes them, without blanks and repeats.

    Raises Refusal unknown_citation(citation) and lapsed_citation(citation).
    """
    texts = dict.fromkeys(text.strip() for text in written if text.strip())
    return tuple(_checked(text, day) for text in texts)


def _checked(text: str, day: date) -> Citation:
    try:
        citation = Citation.parse(text)
    except BadData:
        raise Refusal("unknown_citation", citation=text) from None
    provision = knowledge().provisions.get(citation.provision)
    if provision is None:
        raise Refusal("unknown_citation", citation=text)
    if not provision.holds_on(day):
        raise Refusal("lapsed_citation", citation=text)
    return citation


def still_in_force(written: Sequence[str], day: date) -> bool:
    try:
        in_force(written, day)
    except Refusal:
        return False
    return True


def sentence(citations: Sequence[Citation]) -> str:
    """'Căn cứ: khoản 1 Điều 47 Nghị định 145/2020/NĐ-CP; …'"""
    known = knowledge()
    words = [one.in_words(known.short_name(one)) for one in citations]
    return _("Căn cứ: {citations}").format(citations="; ".join(words))


def sentence_of(written: Sequence[str]) -> str:
    """The same for citations as they are stored."""
    return sentence([Citation.parse(text) for text in written])


def offered(day: date) -> list[tuple[str, str]]:
    """Every article in force on ``day``: as written, and in words with its title, for a picker."""
    known = knowledge()
    found = [one for one in known.provisions.values() if one.article and one.holds_on(day)]
    citations = [(Citation(one.document, one.article), one.title) for one in found]
    return [
        (str(citation), f"{citation.in_words(known.short_name(citation))}. {title}")
        for citation, title in sorted(citations)
    ]
