"""Files that go out with a message, and the channels that can carry them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from qcdc_core import personal
from qcdc_core.config import Settings
from qcdc_core.messages.tables import Conversation
from qcdc_core.personal.requests import copy_for

# Elsewhere the words of a message must do without its file.
DELIVERING = frozenset({"web", "telegram"})


@dataclass(frozen=True)
class Document:
    name: str
    mime: str
    body: bytes


def document_of(
    session: Session,
    attachment: dict[str, Any],
    chat: Conversation,
    settings: Settings,
    now: datetime,
) -> Document | None:
    """The file as it is now; None when it may not be handed to this chat, or no longer."""
    if attachment["kind"] == "copy":
        return _copy(session, attachment, chat, settings, now)
    return None


def _copy(
    session: Session,
    attachment: dict[str, Any],
    chat: Conversation,
    settings: Settings,
    now: datetime,
) -> Document | None:
    request = copy_for(session, attachment["key"], chat.id, now)
    if request is None:
        return None
    made = personal.copy_of(session, personal.subject_in(session, chat), settings, now)
    # With a byte-order mark, so that old programs do not garble the Vietnamese.
    return Document(attachment["name"], "text/plain", made.text.encode("utf-8-sig"))
