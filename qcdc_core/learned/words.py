"""Own words for figures: data that an administrator adds, used from the next message on."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from qcdc_core.errors import Refusal
from qcdc_core.forms import form as form_of
from qcdc_core.forms import forms
from qcdc_core.learned.tables import LearnedWord
from qcdc_core.reading import Synonym, fold
from qcdc_core.reading.vocabulary import vocabulary
from qcdc_core.reading.wordlist import joined
from qcdc_core.users.tables import User

SHORTEST, LONGEST = 3, 60


def synonyms_for(session: Session, form: str) -> tuple[Synonym, ...]:
    """The own words of a form, in a fixed order; empty when none was added."""
    return tuple(Synonym(one.phrase, one.form, one.code) for one in learned(session, form))


def learned(session: Session, form: str | None = None) -> Sequence[LearnedWord]:
    return session.scalars(_known(of_all=form is None), {"form": form}).all()


@cache
def _known(*, of_all: bool) -> Select[LearnedWord]:
    known = select(LearnedWord).order_by(LearnedWord.form, LearnedWord.phrase)
    return known if of_all else known.where(LearnedWord.form == bindparam("form"))


def learn(
    session: Session, form: str, code: str, phrase: str, user: User, now: datetime
) -> LearnedWord:
    """From now on ``phrase`` means this figure.

    Raises Refusal unknown_figure, phrase_length(least, most), phrase_with_number, phrase_taken
    (the reader knows the words already, or another figure has them).
    """
    if form not in forms() or code not in form_of(form).codes:
        raise Refusal("unknown_figure", figure=code)
    words = " ".join(fold(phrase).split())
    _check(session, form, words)
    row = LearnedWord(form=form, code=code, phrase=words, made_by=user.id, made_at=now)
    session.add(row)
    session.flush()
    return row


def unlearn(session: Session, word_id: int) -> LearnedWord:
    """Raises Refusal unknown_word."""
    row = session.get(LearnedWord, word_id)
    if row is None:
        raise Refusal("unknown_word")
    session.delete(row)
    return row


def _check(session: Session, form: str, words: str) -> None:
    if not SHORTEST <= len(joined(words)) <= LONGEST:
        raise Refusal("phrase_length", least=SHORTEST, most=LONGEST)
    if any(sign.isdigit() for sign in words):
        raise Refusal("phrase_with_number")
    known = vocabulary(form_of(form), synonyms_for(session, form)).phrases.get(joined(words))
    if known is not None and (known.label or known.unit or known.mark):
        raise Refusal("phrase_taken", phrase=words)
