"""Questions about rights: the law's cited answer, a choice between places, or a person."""

from datetime import date

from bot.dialogue.sources import changes, cited, offers_after
from bot.dialogue.state import Asked, LastQuestion, Offer
from bot.dialogue.talk import Talk
from qcdc_core.language import day, moment
from qcdc_core.language import gettext as _
from qcdc_core.law import Citation, Reply, answer_choice
from qcdc_core.law import answer_question as ask_law
from qcdc_core.questions import find_open, model_answer_for
from qcdc_core.questions.citing import sentence_of
from qcdc_core.questions.tables import AskedQuestion, ModelAnswer

# Questions that may be covered by the next one; a question about a report must stand.
_GIVES_WAY = frozenset({"welcome", "law", "answer"})


def answer_question(talk: Talk, question: str) -> None:
    """Answer as of today. A question of an unclear place is asked back with the places.

    Where a person answers already, or answered the same before, the machine does not speak.
    """
    if question == talk.text:
        talk.message.topic = "question"
    open_one = find_open(talk.session, talk.conversation.id, question)
    model = model_answer_for(talk.session, question, talk.today)
    if open_one is not None:
        talk.say(already_waiting(open_one))
    elif model is not None:
        _tell_model(talk, question, model)
    else:
        _tell(talk, question, ask_law(question, talk.today))


def answer_if_ours(talk: Talk) -> bool:
    """A matter may be named without asking: "mức phạt không đối thoại". False: not our law."""
    if ask_law(talk.text, talk.today).outcome not in ("answered", "ask_back"):
        return False
    answer_question(talk, talk.text)
    return True


def answer_law_choice(talk: Talk, offer: Offer) -> None:
    """The place was chosen: answer the question that was asked (it is kept in the offer)."""
    talk.state.asked = None
    talk.message.topic = "question"
    _tell(talk, offer.value, answer_choice(offer.code, offer.value, talk.today))


def already_waiting(question: AskedQuestion) -> str:
    return _("Câu này đã chuyển cán bộ lúc {moment}. Có trả lời sẽ nhắn vào đây.").format(
        moment=moment(question.asked_at)
    )


def _tell(talk: Talk, question: str, reply: Reply) -> None:
    if reply.choices:
        offers = tuple(Offer(one.label, "law", one.card, question) for one in reply.choices)
        talk.put(Asked("law", offers=offers), reply.text)
        return
    told = LastQuestion(
        question[:4000],
        talk.message.id,
        ",".join(part.source for part in reply.parts)[:100],
        tuple(str(place) for place in reply.citations),
        _day(talk, reply).isoformat(),
    )
    changed = [
        line
        for part in reply.parts
        for line in changes(talk, part.citations, part.checked_on, part.day)
    ]
    meant = tuple(Offer(one.label, "law", one.card, question) for one in reply.near)
    _offer_a_person(talk, told, "\n".join([reply.text, *dict.fromkeys(changed)]), meant)


def _tell_model(talk: Talk, question: str, model: ModelAnswer) -> None:
    lines = [
        model.answer,
        sentence_of(model.citations),
        *changes(talk, map(Citation.parse, model.citations), model.checked_on, talk.today),
        _("Cán bộ đã trả lời câu này ngày {day}.").format(day=day(model.checked_on)),
        _general(),
    ]
    told = LastQuestion(
        question[:4000],
        talk.message.id,
        f"model:{model.id}",
        tuple(model.citations),
        talk.today.isoformat(),
    )
    _offer_a_person(talk, told, "\n".join(lines))


def _day(talk: Talk, reply: Reply) -> date:
    """The day whose law was told."""
    return min((part.day for part in reply.parts), default=talk.today)


def _general() -> str:
    return _("Thông tin chung, không thay cho tư vấn trong vụ việc cụ thể.")


def _offer_a_person(
    talk: Talk, told: LastQuestion, text: str, meant: tuple[Offer, ...] = ()
) -> None:
    """Offer the way to a person, unless a question about a report stands: that one comes back.

    ``meant``: what an unsure question may have meant, offered first.
    """
    talk.state.question = told
    asked = talk.state.asked
    places = cited(told.places, date.fromisoformat(told.day))
    if asked is not None and asked.kind not in _GIVES_WAY:
        talk.say("\n".join([text, *(f"- {one.label}" for one in meant)]), cited=places)
    else:
        talk.put(Asked("answer", offers=(*meant, *offers_after(talk, told))), text, places)
