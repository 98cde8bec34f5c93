"""Messages, or pieces of them, that were not understood; most frequent words first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from qcdc_core.forms import form as form_of
from qcdc_core.learned.tables import UnreadPiece
from qcdc_core.reading import fold
from qcdc_core.reading.vocabulary import vocabulary

LONGEST = 400
SHORTEST_WORD = 2
MOST_WORDS = 40
MOST_LISTED = 100


@dataclass(frozen=True)
class UnknownWord:
    """A word (folded) of pieces that were not understood, and in how many of them it stands."""

    word: str
    count: int


def note_unread(
    session: Session, message_id: int, form: str, pieces: Sequence[str], now: datetime
) -> None:
    """Keep pieces of a message for somebody to look at. Noted twice is noted once."""
    known = set(
        session.scalars(select(UnreadPiece.place).where(UnreadPiece.message_id == message_id))
    )
    for place, text in enumerate(pieces):
        if place not in known and text.strip():
            session.add(
                UnreadPiece(
                    message_id=message_id, place=place, form=form, text=text[:LONGEST], at=now
                )
            )
    session.flush()


def unread(session: Session) -> Sequence[UnreadPiece]:
    """What nobody has looked at yet, newest first."""
    return session.scalars(
        select(UnreadPiece)
        .where(~UnreadPiece.settled)
        .order_by(UnreadPiece.at.desc(), UnreadPiece.id.desc())
        .limit(MOST_LISTED)
    ).all()


def unknown_words(pieces: Sequence[UnreadPiece]) -> list[UnknownWord]:
    """Words that the reader of the piece's form has no meaning for, most frequent first."""
    counted: Counter[str] = Counter()
    for piece in pieces:
        counted.update(set(_unknown(piece)))
    common = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:MOST_WORDS]
    return [UnknownWord(word, count) for word, count in common]


def settle(session: Session, piece_ids: Sequence[int]) -> None:
    """Somebody has looked at these; they are listed no more."""
    session.execute(update(UnreadPiece).where(UnreadPiece.id.in_(piece_ids)).values(settled=True))


def _unknown(piece: UnreadPiece) -> list[str]:
    known = vocabulary(form_of(piece.form)).known
    signs = "".join(sign if sign.isalnum() else " " for sign in fold(piece.text))
    return [
        word
        for word in signs.split()
        if len(word) >= SHORTEST_WORD and word.isalpha() and word not in known
    ]
