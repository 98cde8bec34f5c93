"""The answer to one question: a bare number, a word, or one of the values offered."""

import re
from collections.abc import Sequence
from decimal import Decimal

from qcdc_core.reading.entries import Entry, Told, Word, answer
from qcdc_core.reading.item import Item, Quantity
from qcdc_core.reading.values import Awaiting
from qcdc_core.reading.vocabulary import Vocabulary

_ORDINALS = (
    (r"\b(?:dau|dau tien|thu nhat|so mot|truoc|ben trai|tren)\b", 0),
    (r"\b(?:thu hai|sau|so hai|duoi)\b", 1),
    (r"\b(?:thu ba|so ba)\b", 2),
    (r"\b(?:cuoi|cuoi cung)\b", -1),
)
_CHOOSING = re.compile(r"\b(?:cai|so|cau|chon|y|gia tri)\b|^\W*thu\b")


def complete(
    told: Told, items: Sequence[Item], awaiting: Awaiting, vocabulary: Vocabulary, plain: str
) -> None:
    """Give the figure asked about what the message leaves without a label."""
    if awaiting.code not in vocabulary.figures:
        return
    if any(entry.code == awaiting.code for entry in told.entries):
        return
    chosen = _chosen(awaiting, plain)
    if chosen is not None:
        told.entries.append(_value(awaiting.code, chosen, plain))
        told.loose.clear()
        return
    if len(told.loose) == 1 and _fits(told.loose[0], awaiting.code, vocabulary):
        quantity = told.loose.pop()
        told.entries.append(_number(awaiting, quantity, vocabulary))
    elif not told.loose and not told.entries:
        _word(told, items, awaiting.code, vocabulary)


def _chosen(awaiting: Awaiting, plain: str) -> Decimal | None:
    """One of the values offered, by its place: "cái đầu", "số thứ hai"."""
    if not awaiting.choices or not _CHOOSING.search(plain):
        return None
    for pattern, place in _ORDINALS:
        if re.search(pattern, plain) and place < len(awaiting.choices):
            return awaiting.choices[place]
    return None


def _value(code: str, value: Decimal, plain: str) -> Entry:
    return Entry(code, 0, len(plain), Quantity((value,), 0, len(plain), scale=1, sure=True))


def _number(awaiting: Awaiting, quantity: Quantity, vocabulary: Vocabulary) -> Entry:
    """For money "2" may be the second value offered; for a count it is two."""
    code, choices = awaiting.code, awaiting.choices
    unscaled = quantity.scale == 1 and quantity.unit is None and quantity.doubt is None
    money = vocabulary.figure(code).unit == "đồng"
    if money and unscaled and quantity.value in range(1, len(choices) + 1):
        chosen = choices[int(quantity.value) - 1]
        return Entry(
            code,
            quantity.start,
            quantity.end,
            Quantity((chosen,), quantity.start, quantity.end, sure=True),
        )
    if quantity.value in choices:
        quantity.sure = True
    return Entry(code, quantity.start, quantity.end, quantity)


def _fits(quantity: Quantity, code: str, vocabulary: Vocabulary) -> bool:
    return quantity.unit is None or quantity.unit in vocabulary.fits[code]


def _word(told: Told, items: Sequence[Item], code: str, vocabulary: Vocabulary) -> None:
    if any(item.kind == "L" for item in items):
        return
    marks = [item for item in items if item.mark]
    word = answer(marks)
    flag = vocabulary.figure(code).kind == "flag"
    if word is Word.YES and not flag:
        return
    if flag and word is Word.ALL:
        word = Word.YES
    if word is not None:
        told.entries.append(Entry(code, marks[0].start, marks[-1].end, word=word))
