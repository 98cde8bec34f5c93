"""Several questions in one message, taken apart without losing what they are about."""

import re

from qcdc_core.reading.text import fold

# Also the numbers of a list: "1) … 2) …", "1/ … 2/ …".
_MARKS = re.compile(r"(?<!\S)\d[)/](?=\s)|[?;\n]+|\.(?=\s|$)|!+")
_JOINTS = re.compile(r",|\bva\b|\bvoi lai\b|\bcon\b(?= [a-z]+ [a-z]+)|\bhay la\b|:")
_ASKING = re.compile(
    r"\b(?:bao nhieu|bn|bnhieu|(?<!nha )may|nhiu|bao lau|khi nao|bao gio|luc nao|o dau"
    r"|the nao|ntn|ra sao|lam sao"
    r"|gi|j|ai|nao|tai sao|vi sao|co [a-z ]{2,40} (?:khong|ko|k|hong|hok|hem)"
    r"|(?:duoc|dc|dung|bat buoc|phai|dung chua|du chua|dat chua)[a-z ]{0,12}"
    r" (?:khong|ko|k|hong|chua|ha))\b"
    r"|\b(?:thi sao|la sao|bi sao|x2)\b"
)
MOST_QUESTIONS = 4
FEWEST_SYLLABLES = 2


def split_questions(message: str) -> list[str]:
    """The single questions in the order asked; the message itself when it asks only once.

    A piece that asks nothing tells the story of the question after it (or before it, at the end).
    """
    sentences = _gather(_cut(message, _MARKS))
    pieces = [piece for sentence in sentences for piece in _gather(_cut(sentence, _JOINTS))]
    return pieces[:MOST_QUESTIONS] if len(pieces) > 1 else [message.strip()]


def _cut(text: str, where: re.Pattern[str]) -> list[str]:
    """Cut at folded marks; folding keeps the length, so the places are those of the text."""
    folded = fold(text)
    if len(folded) != len(text):
        text = folded
    pieces, start = [], 0
    for mark in where.finditer(folded):
        pieces.append(text[start : mark.start()])
        start = mark.end()
    pieces.append(text[start:])
    return [piece.strip(" ,.-") for piece in pieces if piece.strip(" ,.-")]


def _gather(pieces: list[str]) -> list[str]:
    gathered: list[str] = []
    story: list[str] = []
    for piece in pieces:
        story.append(piece)
        if _asks(piece):
            gathered.append(", ".join(story))
            story = []
    if story and gathered:
        gathered[-1] = ", ".join([gathered[-1], *story])
    return gathered or [", ".join(story)]


def _asks(piece: str) -> bool:
    folded = fold(piece)
    return len(folded.split()) >= FEWEST_SYLLABLES and bool(_ASKING.search(folded))
