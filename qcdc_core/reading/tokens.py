"""Cutting folded text into numbers, words and signs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from qcdc_core.reading.text import Folded

# m2 is a word (m²) unless it ends a longer one; digits keep their inner separators.
_PIECES = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)|(?P<word>m2(?![0-9a-z])|m\^2|[a-z]+)|(?P<line>\n)|(?P<sign>[^\s\w])|(?P<other>\w)",
)


class Kind(IntEnum):
    NUMBER = 1
    WORD = 2
    SIGN = 3
    LINE = 4


_KINDS = {
    "number": Kind.NUMBER,
    "word": Kind.WORD,
    "line": Kind.LINE,
    "sign": Kind.SIGN,
    "other": Kind.SIGN,
}


@dataclass(slots=True)
class Token:
    """``start`` and ``end`` are places in the folded text; ``glued``: no space before it."""

    kind: Kind
    text: str
    marked: str
    start: int
    end: int
    glued: bool

    def says(self, *words: str) -> bool:
        return self.text in words


def tokenise(folded: Folded, cuts: Sequence[int] = ()) -> list[Token]:
    """``cuts``: places where a token ends, whatever stands there (1.145 in a numbered list)."""
    plain, marked = folded.plain, folded.marked
    for cut in cuts:
        if plain[cut - 1] == ".":
            plain = plain[: cut - 1] + " " + plain[cut:]
    tokens: list[Token] = []
    before = -1
    for found in _PIECES.finditer(plain):
        start, end = found.span()
        kind = _KINDS[found.lastgroup or "sign"]
        tokens.append(Token(kind, found[0], marked[start:end], start, end, start == before))
        before = end
    return tokens


def is_accented(tokens: list[Token]) -> bool:
    """Whether the writer types marks: then an unmarked "nam" is not năm."""
    words = [token for token in tokens if token.kind is Kind.WORD]
    with_marks = sum(token.text != token.marked for token in words)
    return with_marks * 4 >= len(words) and with_marks > 0
