"""After an answer: more of it, a person for it, or a word on whether it was right."""

from bot.dialogue.commands import ASK_PERSON, GOOD, MORE, NOT_RIGHT, VERBATIM, WITHDRAW
from bot.dialogue.question import already_waiting
from bot.dialogue.sources import tell_more, tell_verbatim
from bot.dialogue.state import LastQuestion, Offer
from bot.dialogue.talk import Talk
from qcdc_core.language import gettext as _
from qcdc_core.questions import erase_all, find_open, hand_over
from qcdc_core.questions.opinions import keep_opinion


def follow_up(talk: Talk, offer: Offer | None) -> bool:
    """Whether the message was about the last answer; False leaves it to others.

    "hỏi cán bộ" works as long as a question was asked before; opinions only right after an answer.
    """
    last = talk.state.question
    if last is None:
        return False
    match _meant(talk, offer):
        case "more":
            tell_more(talk, last)
        case "verbatim":
            tell_verbatim(talk, last)
        case "ask_person":
            _hand_over(talk, last, "asked_for" if last.source else "unsure")
        case "not_right":
            _opinion(talk, last, good=False)
            _hand_over(talk, last, "not_right")
        case "good":
            _opinion(talk, last, good=True)
            talk.state.asked = None
            talk.say(_("Cảm ơn. Còn câu nào khác thì cứ nhắn."))
        case _:
            return False
    talk.message.topic = "question"
    return True


def withdrawn(talk: Talk) -> bool:
    """The words “rút câu hỏi”: every question of this chat, answered or not, is forgotten."""
    if talk.folded not in WITHDRAW:
        return False
    talk.message.topic = "question"
    count = erase_all(talk.session, talk.conversation.id)
    talk.state.question = None
    talk.say(
        _("Đã rút và xóa {count} câu hỏi.").format(count=count)
        if count
        else _("Không có câu hỏi nào đang gửi cán bộ.")
    )
    return True


# At any time after an answer, and only right after it.
_ALWAYS = {"ask_person": ASK_PERSON, "verbatim": VERBATIM}
_RIGHT_AFTER = {"not_right": NOT_RIGHT | {"👎"}, "more": MORE, "good": GOOD | {"👍"}}


def _meant(talk: Talk, offer: Offer | None) -> str | None:
    if offer is not None:
        return offer.do
    is_right_after = talk.state.asked is not None and talk.state.asked.kind == "answer"
    meanings = _ALWAYS | (_RIGHT_AFTER if is_right_after else {})
    said = {talk.folded, *(sign for sign in "👎👍" if sign in talk.text)}
    return next((do for do, words in meanings.items() if said & words), None)


def _opinion(talk: Talk, last: LastQuestion, *, good: bool) -> None:
    keep_opinion(talk.session, last.message_id, last.source, last.text, good=good, now=talk.now)


def _hand_over(talk: Talk, last: LastQuestion, why: str) -> None:
    """The asker stays unnamed: the office sees the words, not the person."""
    if talk.state.asked is not None and talk.state.asked.kind == "answer":
        talk.state.asked = None
    waits = find_open(talk.session, talk.conversation.id, last.text)
    if waits is not None:
        talk.say(already_waiting(waits))
        return
    hand_over(talk.session, talk.conversation.id, last.message_id, last.text, why, talk.now)
    talk.say(
        _(
            "Đã chuyển câu hỏi cho cán bộ, không kèm tên người hỏi. Trả lời sẽ đến ngay tại đây, "
            "thường trong 2 ngày làm việc. Muốn rút lại: nhắn “rút câu hỏi”."
        )
    )
