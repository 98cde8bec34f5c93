"""Messages of platforms into the inbox: stored under their own id, then answered at once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.channel import Incoming
from bot.clean import clean
from bot.worker import work_off
from qcdc_core.config import Settings
from qcdc_core.messages import inbox, ledger
from qcdc_core.people import phones

log = structlog.get_logger()


def store(
    sessions: sessionmaker[Session],
    channel: str,
    account: str,
    incoming: Incoming,
    now: datetime,
    settings: Settings | None = None,
) -> int | None:
    """Commit the message; the id of its conversation, or None when there is nothing to answer.

    A message is a sign of life, a copy of it is none: a chat that refused messages is tried again.
    One under a name that no table can hold is none of a platform's and is not kept. Of a telephone
    number only its mark is kept, under the data key of ``settings``.
    """
    if not incoming.has_storable_names:
        return None
    at = min(incoming.at or now, now)
    with sessions.begin() as session:
        chat = inbox.conversation_at(session, channel, account, incoming.address, now)
        if incoming.kind == "left":
            ledger.note_left(session, chat, at)
            return None
        message = inbox.receive(
            session,
            chat,
            incoming.external_id,
            clean(incoming.text),
            now,
            kind=incoming.kind,
            raw=_raw(incoming, settings),
        )
        if message is None:
            return None
        chat.unreachable_since = None
        ledger.open_window(session, chat, at)
        return chat.id


def _raw(incoming: Incoming, settings: Settings | None) -> dict[str, Any]:
    if incoming.phone is None:
        return incoming.raw
    return {**incoming.raw, "phone_mark": phones.mark(incoming.phone, settings)}


def answer(
    sessions: sessionmaker[Session],
    now: Callable[[], datetime],
    settings: Settings,
    conversation_id: int,
) -> None:
    """Take the turn here when that can be done; what fails is left to the sweep."""
    try:
        work_off(sessions, now, settings, conversation_id)
    except OperationalError as problem:
        log.warning("answer_put_off", error=type(problem).__name__)
