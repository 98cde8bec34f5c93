"""Model answers: what a person answered once is given by itself when the same is asked again."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.law.words import syllables
from qcdc_core.questions.citing import still_in_force
from qcdc_core.questions.tables import AskedQuestion, ModelAnswer
from qcdc_core.users.tables import User

# Politeness and who speaks; every other word may change the matter.
_POLITE = frozenset(
    {"a", "ah", "ak", "anh", "chi", "em", "oi", "da", "vang", "nhe", "nhi", "nha", "xin", "cho"}
    | {"hoi", "toi", "giup", "voi", "ad"}
)


def keep_as_model(session: Session, question_id: int, user: User, now: datetime) -> ModelAnswer:
    """Keep an answered question as a model; the one kept for the same question before rests.

    Raises Refusal unknown_question, not_answered, model_needs_citation.
    """
    question = session.get(AskedQuestion, question_id)
    if question is None or question.state == "erased":
        raise Refusal("unknown_question")
    if question.answer is None:
        raise Refusal("not_answered")
    if not question.citations:
        raise Refusal("model_needs_citation")
    for old in _same_models(session, question.text):
        old.active = False
    kept = ModelAnswer(
        question=question.text,
        answer=question.answer,
        citations=question.citations,
        checked_on=local_day(now),
        made_by=user.id,
        made_at=now,
    )
    session.add(kept)
    session.flush()
    return kept


def model_answer_for(session: Session, text: str, today: date) -> ModelAnswer | None:
    """The model answer to this question, newest first; None when none fits or its law lapsed."""
    found = [one for one in _same_models(session, text) if still_in_force(one.citations, today)]
    return max(found, key=lambda one: one.id, default=None)


def _same_models(session: Session, text: str) -> Iterator[ModelAnswer]:
    wanted = _telling(text)
    for one in session.scalars(select(ModelAnswer).where(ModelAnswer.active)):
        if wanted and wanted == _telling(one.question):
            yield one


def _telling(text: str) -> frozenset[str]:
    """The words that say what is asked, in whatever order and spelling.

    All of them must agree: "xã" for "công ty", or 9 for 10, makes another question of it.
    """
    return frozenset(syllables(text)) - _POLITE
