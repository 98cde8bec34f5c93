"""The worker: takes the turns of waiting messages, each in its own transaction."""

import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from bot.dialogue import take_turn, wording
from qcdc_core import db
from qcdc_core.config import Settings
from qcdc_core.messages import inbox, outbox

log = structlog.get_logger()


def work_off(
    sessions: sessionmaker[Session],
    now: Callable[[], datetime],
    settings: Settings,
    conversation_id: int | None = None,
    left_for: timedelta = timedelta(0),
) -> int:
    """Take turns until nothing waits (in this conversation, or in all); returns how many.

    ``left_for``: of all, only messages that nobody has taken up for so long.

    Never raises for a message: one that fails is tried again later, then parked with a word to the
    sender. Raises what the database raises when it cannot be reached, locked for long or full.
    """
    taken = 0
    if conversation_id is None and not _is_any_waiting(sessions, None):
        return 0
    while _take_one(sessions, now, settings, conversation_id, left_for):
        taken += 1
        if not _is_any_waiting(sessions, conversation_id):
            break
    return taken


def _is_any_waiting(sessions: sessionmaker[Session], conversation_id: int | None) -> bool:
    """Asked first because claiming takes the write lock, mostly after the last message is done."""
    with sessions() as session:
        db.only_read(session)
        return inbox.is_any_waiting(session, conversation_id)


def _take_one(
    sessions: sessionmaker[Session],
    now: Callable[[], datetime],
    settings: Settings,
    conversation_id: int | None,
    left_for: timedelta,
) -> bool:
    message_id = None
    try:
        with sessions.begin() as session:
            claimed = inbox.claim(session, now(), conversation_id, left_for)
            if claimed is None:
                return False
            message, conversation = claimed
            message_id = message.id
            take_turn(session, message, conversation, settings, now())
            inbox.mark_done(message, now())
    except OperationalError as problem:
        if message_id is not None:
            _put_off(sessions, message_id, type(problem).__name__, now())
        raise
    except Exception as error:
        if message_id is None:
            raise
        # The words of a message never go into the log: only where it failed, and the kind of error.
        place = traceback.extract_tb(error.__traceback__)[-1]
        log.error(  # noqa: TRY400 - a traceback could carry the words of the message
            "turn_failed",
            message_id=message_id,
            error=type(error).__name__,
            place=f"{place.name}:{place.lineno}",
        )
        _note_failure(sessions, message_id, type(error).__name__, now())
    return True


def _put_off(sessions: sessionmaker[Session], message_id: int, failure: str, now: datetime) -> None:
    """So that the next run begins with other messages; a database that is away notes nothing."""
    with suppress(OperationalError), sessions.begin() as session:
        inbox.put_off(session, message_id, failure, now)


def _note_failure(
    sessions: sessionmaker[Session], message_id: int, failure: str, now: datetime
) -> None:
    with sessions.begin() as session:
        message = inbox.mark_failed(session, message_id, failure, now)
        if message.state == "parked":
            text = wording.parked()
            outbox.put(session, message.conversation_id, text, now, reply_to=message.id)
