"""Files that go out with a message, and the channels that can carry them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from sqlalchemy.orm import Session

from bot.channels.channel import Delivery
from qcdc_core import personal
from qcdc_core.briefs import to_docx
from qcdc_core.briefs.handing import receivers
from qcdc_core.briefs.model import Brief
from qcdc_core.briefs.tables import CompiledBrief
from qcdc_core.clock import local_day
from qcdc_core.config import Settings
from qcdc_core.messages.names import CARRYING_FILES
from qcdc_core.messages.tables import Conversation
from qcdc_core.personal.requests import copy_for

DELIVERING = CARRYING_FILES
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Document:
    name: str
    mime: str
    body: bytes


@runtime_checkable
class CarriesFiles(Protocol):
    """A channel that can send a file with a message."""

    def send_file(
        self, address: str, text: str, choices: Sequence[str], document: Document
    ) -> Delivery:
        """Deliver one message with its file. Never raises for what platform or network do."""
        ...


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
    if attachment["kind"] == "brief":
        return _brief(session, attachment, chat, now)
    return None


def _brief(
    session: Session, attachment: dict[str, Any], chat: Conversation, now: datetime
) -> Document | None:
    """Asked again at this moment: a user may have lost the unit, or the chat its person."""
    kept = session.get(CompiledBrief, attachment["key"])
    if kept is None or chat.person_id is None:
        return None
    allowed = {one.person_id for one in receivers(session, kept, local_day(now))}
    if chat.person_id not in allowed:
        return None
    return Document(attachment["name"], _WORD, to_docx(Brief.from_json(kept.content)))


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
