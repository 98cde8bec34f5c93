"""The greeting as the first message of a conversation, where the channel showed it already."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.dialogue import wording
from bot.dialogue.state import Asked, Offer, State
from qcdc_core.config import Settings
from qcdc_core.messages import outbox
from qcdc_core.messages.tables import Conversation


def open_with_greeting(
    session: Session, conversation: Conversation, settings: Settings, now: datetime
) -> None:
    """Record the greeting as delivered, and its offers as what was asked; not said twice then."""
    offers = greeting_offers()
    conversation.state = State(greeted=True, asked=Asked("welcome", offers=offers)).to_json()
    choices = [offer.label for offer in offers]
    greeting = outbox.put(
        session, conversation.id, wording.greeting(settings), now, choices=choices
    )
    greeting.state = "sent"
    greeting.sent_at = now


def greeting_offers() -> tuple[Offer, ...]:
    return (Offer(wording.have_code(), "have_code"), Offer(wording.want_to_ask(), "want_to_ask"))
