"""A person on the web chat, for tests that read like a conversation."""

import itertools
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.dialogue import take_turn
from qcdc_core.config import Settings
from qcdc_core.messages import inbox
from qcdc_core.messages.tables import OutboundMessage

_numbers = itertools.count(1)


class Chat:
    """``says`` sends a message and returns the replies; ``choices`` are the last ones offered."""

    def __init__(self, session: Session, now: datetime, settings: Settings, who: str = "a") -> None:
        self.session = session
        self.now = now
        self.settings = settings
        self.conversation = inbox.conversation_at(session, "web", "web", who, now)
        self.choices: tuple[str, ...] = ()
        self.last = ""

    def says(self, text: str, kind: str = "text") -> str:
        external_id = f"m{next(_numbers)}"
        chat = self.conversation
        message = inbox.receive(self.session, chat, external_id, text, self.now, kind=kind)
        assert message is not None
        before = self.session.scalar(select(func.max(OutboundMessage.id))) or 0
        address = chat.address
        take_turn(self.session, message, chat, self.settings, self.now)
        inbox.mark_done(message, self.now)
        self.session.flush()
        # After an erasure the same address is another conversation.
        here = inbox.conversation_at(self.session, chat.channel, chat.account, address, self.now)
        self.conversation = here
        replies = self.session.scalars(
            select(OutboundMessage)
            .where(OutboundMessage.conversation_id == here.id, OutboundMessage.id > before)
            .order_by(OutboundMessage.id)
        ).all()
        assert replies, f"no answer to {text!r}"
        self.choices = tuple(replies[-1].choices)
        self.last = "\n\n".join(reply.text for reply in replies)
        return self.last

    def presses(self, label: str) -> str:
        assert label in self.choices, f"{label!r} is not offered: {self.choices}"
        return self.says(label)

    def waits(self, **delta: int) -> None:
        self.now += timedelta(**delta)
