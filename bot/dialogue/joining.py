"""First contact: who speaks here, what is kept and why, consent, and joining by code."""

from collections.abc import Collection
from datetime import timedelta

from bot.dialogue import wording
from bot.dialogue.commands import AGREE, AGREE_WITHOUT_REMINDERS, NO
from bot.dialogue.linking import try_link
from bot.dialogue.opening import greeting_offers
from bot.dialogue.question import answer_if_ours, answer_question
from bot.dialogue.state import Offer
from bot.dialogue.talk import Talk
from qcdc_core.errors import Refusal
from qcdc_core.forms import form, forms_owed_by
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.people import consent
from qcdc_core.people.invitations import find_invitation, take_up
from qcdc_core.people.tables import Invitation
from qcdc_core.reading import Intent, read
from qcdc_core.reports.owed import owed_by_person

WRONG_CODES_ALLOWED = 5
WRONG_CODES_WINDOW = timedelta(minutes=15)

# Refusals that somebody would meet who tries codes at random.
_GUESSES = frozenset({"invitation_unknown", "link_used", "link_expired"})

_REPORTING = frozenset(
    {Intent.figures, Intent.correction, Intent.nothing_to_report, Intent.same_as_last}
)


def greet(talk: Talk) -> None:
    talk.state.greeted = True
    talk.ask("welcome", wording.greeting(talk.settings), greeting_offers())


def arrive(talk: Talk) -> None:
    """Somebody began to follow the account, or did so again; no word was said yet."""
    if talk.person_id is None:
        greet(talk)
    else:
        talk.say(_("Đã nối lại liên lạc. Nhắn số liệu hoặc câu hỏi vào đây."))


def visit(talk: Talk) -> None:
    """A message of somebody who has not joined: greeting words, a question, or figures too early.

    No rule of any form applies; the village form is read only to tell figures from questions.
    """
    reading = read(talk.text, form("thon_thang"), talk.today)
    if reading.intent is Intent.help:
        if not answer_if_ours(talk):  # "hướng dẫn lấy ý kiến dân thế nào" is about the law
            talk.say(wording.help_text(wording.example("thon_thang")))
    elif reading.intent is Intent.chat:
        if not answer_if_ours(talk):
            greet(talk)
    elif reading.intent in _REPORTING and reading.question is None:
        talk.say(wording.code_needed())
    else:
        answer_question(talk, talk.text)


def try_code(talk: Talk) -> None:
    """Link a chat, or look an invitation up and ask for consent.

    Wrong codes are counted and stopped after a few, whatever they were meant for.
    """
    try:
        _stop_guessing(talk)
        if try_link(talk):
            return
        invitation = find_invitation(talk.session, talk.text, talk.now)
    except Refusal as problem:
        if problem.code in _GUESSES:
            talk.state.wrong_codes.append(talk.now.timestamp())
        talk.say(wording.refusal(problem))
        return
    ask_consent(talk, invitation)


def answer_consent(talk: Talk, offer: Offer | None) -> None:
    """The answer to the consent question: an explicit word only; silence is no consent."""
    invitation = talk.session.get(Invitation, talk.state.invitation_id)
    if invitation is None:  # withdrawn meanwhile
        talk.state.invitation_id = talk.state.asked = None
        talk.say(wording.refusal(Refusal("invitation_unknown")))
        return
    match _consented(talk, offer):
        case "all":
            _join(talk, invitation, consent.PURPOSES)
        case "reporting":
            _join(talk, invitation, (consent.REPORTING,))
        case "none":
            talk.state.invitation_id = talk.state.asked = None
            talk.say(wording.not_agreed())
        case "full":
            talk.ask("consent", wording.full_notice(talk.settings), _consent_offers(full=False))
        case _:
            visit(talk)
            ask_consent(talk, invitation)


def _consented(talk: Talk, offer: Offer | None) -> str | None:
    """all, reporting, none, full; or None when the message does not answer."""
    if offer is not None and offer.do == "consent":
        return offer.code
    meanings = {
        "all": AGREE,
        "reporting": AGREE_WITHOUT_REMINDERS,
        "none": NO,
        "full": {"xem day du", "chi tiet", "xem them"},
    }
    return next((code for code, words in meanings.items() if talk.folded in words), None)


def ask_consent(talk: Talk, invitation: Invitation) -> None:
    """Say for whom the invitation is and what is kept; nothing is kept before the answer."""
    talk.state.invitation_id = invitation.id
    unit = talk.unit(invitation.unit_id).full_name
    text = "\n".join([wording.code_belongs_to(invitation.title, unit), wording.short_notice()])
    talk.ask("consent", text, _consent_offers(full=True))


def _consent_offers(*, full: bool) -> tuple[Offer, ...]:
    offers = (
        Offer(wording.agree(), "consent", "all"),
        Offer(wording.agree_without_reminders(), "consent", "reporting"),
        Offer(wording.disagree(), "consent", "none"),
    )
    return (*offers, Offer(wording.see_full_notice(), "consent", "full")) if full else offers


def _join(talk: Talk, invitation: Invitation, purposes: Collection[str]) -> None:
    text = wording.short_notice() + "\n" + wording.full_notice(talk.settings)
    notice = consent.Notice(wording.NOTICE_VERSION, text)
    chat, message_id = talk.conversation, talk.message.id
    try:
        take_up(talk.session, invitation, chat, notice, talk.now, message_id, purposes)
    except Refusal as problem:  # somebody else was quicker with the same code
        talk.state.invitation_id = None
        talk.state.asked = None
        talk.say(wording.refusal(problem))
        return
    talk.posts_changed()
    talk.state.invitation_id = None
    talk.state.asked = None
    welcome(talk, invitation)


def welcome(talk: Talk, invitation: Invitation) -> None:
    """Confirm the post and say which period is being taken and how to report it."""
    unit = talk.unit(invitation.unit_id)
    parts = [wording.joined(invitation.title, unit.full_name)]
    owed = [
        one
        for one in owed_by_person(talk.session, talk.reporter_id, talk.calendar, talk.now)
        if one.unit.id == unit.id and one.state == "missing"
    ]
    if owed:
        parts.append(wording.receiving(period_name(owed[0].period), owed[0].due))
        parts.append(wording.invite_to_report(owed[0].form.code))
        offers = (Offer(wording.step_by_step(), "steps"), Offer(wording.for_later(), "leave"))
        talk.ask("welcome", "\n".join(parts), offers)
        return
    if forms_owed_by(unit.kind):
        parts.append(wording.nothing_open())
    talk.say("\n".join(parts))


def _stop_guessing(talk: Talk) -> None:
    """Raises Refusal too_many_codes(minutes) after several wrong codes in a short time."""
    since = (talk.now - WRONG_CODES_WINDOW).timestamp()
    recent = [moment for moment in talk.state.wrong_codes if moment > since]
    talk.state.wrong_codes = recent
    if len(recent) >= WRONG_CODES_ALLOWED:
        raise Refusal("too_many_codes", minutes=WRONG_CODES_WINDOW.seconds // 60)


def leave_for_later(talk: Talk) -> None:
    talk.state.leave_report()
    talk.say(_("Đã để lại. Khi cần, nhắn số liệu hoặc câu hỏi vào đây."))
