"""Questions about rights: the law's cited answer, a choice between places, or an honest word."""

from bot.dialogue.state import Asked, Offer
from bot.dialogue.talk import Talk
from qcdc_core.language import gettext as _
from qcdc_core.law import Reply, answer_choice
from qcdc_core.law import answer_question as ask_law


def answer_question(talk: Talk, question: str) -> None:
    """Answer as of today. A question of an unclear place is asked back with the places."""
    _tell(talk, question, ask_law(question, talk.today))


def answer_law_choice(talk: Talk, offer: Offer) -> None:
    """The place was chosen: answer the question that was asked (it is kept in the offer)."""
    talk.state.asked = None
    _tell(talk, offer.value, answer_choice(offer.code, offer.value, talk.today))


def _tell(talk: Talk, question: str, reply: Reply) -> None:
    text = reply.text
    if reply.outcome == "answered":
        text = "\n".join([text, _("Thông tin chung, không thay cho tư vấn trong vụ việc cụ thể.")])
    if not reply.choices:
        talk.say(text)
        return
    offers = tuple(Offer(one.label, "law", one.card, question) for one in reply.choices)
    talk.put(Asked("law", offers=offers), text)
