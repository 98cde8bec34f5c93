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

_CLAUSE_ENDS = frozenset(",.;:()")
_FEWEST = 3
# Words that a telephone writes with marks by itself, or that are added to any text.
_POLITE = frozenset(
    {"ạ", "dạ", "nhé", "nhá", "vâng", "cảm", "cám", "ơn", "ơi", "chào", "kính", "đồng", "chí"}
    | {"chị", "cô", "chú", "bác", "ông", "bà"}
)


@dataclass(slots=True)
class Token:
    """``start`` and ``end`` are places in the folded text; ``glued``: no space before it."""

    kind: Kind
    text: str
    marked: str
    start: int
    end: int
    glued: bool
    bare: bool = True  # in a clause typed without marks

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
    mark_bare(tokens)
    return tokens


def mark_bare(tokens: list[Token]) -> None:
    """Find the clauses typed without marks: there "nam" may be năm.

    A short clause without marks in a text that has them is no such clause (nam 120, nữ 85).
    """
    clauses: list[tuple[int, int, int, int]] = []
    start = words = marked = 0
    for at, token in enumerate(tokens):
        if token.kind is Kind.WORD:
            words += 1
            marked += token.text != token.marked and token.marked not in _POLITE
        elif token.kind is Kind.LINE or token.text in _CLAUSE_ENDS:
            clauses.append((start, at, words, marked))
            start, words, marked = at, 0, 0
    clauses.append((start, len(tokens), words, marked))
    accented = _is_accented(sum(one[2] for one in clauses), sum(one[3] for one in clauses))
    for start, end, words, marked in clauses:
        if _is_accented(words, marked) or (words < _FEWEST and accented):
            for token in tokens[start:end]:
                token.bare = False


def _is_accented(words: int, marked: int) -> bool:
    return marked > 0 and words <= marked * 4
