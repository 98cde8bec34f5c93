"""Words run together without a space: hopthon, vuthanh, congdoanco."""

from qcdc_core.reading.number_words import NUMBER_WORDS
from qcdc_core.reading.tokens import Kind, Token
from qcdc_core.reading.vocabulary import Phrase, Vocabulary

_SHORTEST = 6
_WORDS = frozenset({"affirm", "negation"})


def apart(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Words run together are cut where both sides are phrases: vuthanh → vu thanh."""
    result: list[Token] = []
    for token in tokens:
        cut = _cut(token, vocabulary) if token.kind is Kind.WORD else None
        if cut is None:
            result.append(token)
            continue
        middle = token.start + cut
        left = Token(
            Kind.WORD,
            token.text[:cut],
            token.marked[:cut],
            token.start,
            middle,
            glued=token.glued,
            bare=token.bare,
        )
        right = Token(
            Kind.WORD,
            token.text[cut:],
            token.marked[cut:],
            middle,
            token.end,
            glued=True,
            bare=token.bare,
        )
        result += [left, right]
    return result


def _cut(token: Token, vocabulary: Vocabulary) -> int | None:
    text = token.text
    if len(text) < _SHORTEST or text in vocabulary.phrases or text in vocabulary.known:
        return None
    if text in NUMBER_WORDS:
        return None
    for cut in range(len(text) - 2, 1, -1):
        left, right = vocabulary.phrases.get(text[:cut]), vocabulary.phrases.get(text[cut:])
        if left and right and (left.label or left.unit) and _may_follow(right):
            return cut
    return None


def _may_follow(phrase: Phrase) -> bool:
    return bool(phrase.label or phrase.unit or phrase.text == "duoc" or phrase.mark in _WORDS)
