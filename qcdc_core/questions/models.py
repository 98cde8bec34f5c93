"""Model answers: what a person answered once is given by itself when the same is asked again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.law import Citation
from qcdc_core.law.words import syllables
from qcdc_core.official import changed_since
from qcdc_core.questions.citing import in_force, still_in_force
from qcdc_core.questions.tables import AskedQuestion, ModelAnswer
from qcdc_core.users.tables import User

LOOK_AGAIN_AFTER = timedelta(days=365)

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


@dataclass(frozen=True)
class Standing:
    """A model answer in use. ``lapsed``: its law ended, so it is no longer given by itself.

    ``changed_from``: since then a loaded official text says a cited place in other words than when
    somebody last looked.
    """

    model: ModelAnswer
    lapsed: bool
    is_old: bool
    changed_from: date | None = None


def standing(session: Session, today: date) -> list[Standing]:
    """Every model answer in use, those that need a look first."""
    found = [
        Standing(
            one,
            lapsed=not still_in_force(one.citations, today),
            is_old=one.checked_on + LOOK_AGAIN_AFTER < today,
            changed_from=_changed_from(session, one, today),
        )
        for one in session.scalars(select(ModelAnswer).where(ModelAnswer.active))
    ]
    return sorted(
        found,
        key=lambda one: (not one.lapsed, one.changed_from is None, not one.is_old, one.model.id),
    )


def _changed_from(session: Session, model: ModelAnswer, today: date) -> date | None:
    places = [Citation.parse(text) for text in model.citations]
    days = [changed_since(session, place, model.checked_on, today) for place in places]
    return min((day for day in days if day is not None), default=None)


def look_again(session: Session, model_id: int, today: date) -> ModelAnswer:
    """Somebody read the answer against the law of today and found it right.

    Raises Refusal unknown_question, lapsed_citation(citation).
    """
    model = _model(session, model_id)
    in_force(model.citations, today)
    model.checked_on = today
    return model


def retire(session: Session, model_id: int) -> ModelAnswer:
    """The answer is given by itself no longer. Raises Refusal unknown_question."""
    model = _model(session, model_id)
    model.active = False
    return model


def _model(session: Session, model_id: int) -> ModelAnswer:
    model = session.get(ModelAnswer, model_id)
    if model is None or not model.active:
        raise Refusal("unknown_question")
    return model
