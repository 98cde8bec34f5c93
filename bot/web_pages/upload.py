"""A photo or file from the chat page: its bytes come with the message, so nothing is fetched."""

import hashlib
import uuid

from flask import Flask, abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bot.clean import clean
from bot.dialogue.opening import open_with_greeting
from bot.web_pages import limits, transcript, visitor
from bot.web_pages.chat import try_to_answer
from bot.web_pages.parts import parts
from qcdc_core import evidence
from qcdc_core.errors import Refusal
from qcdc_core.evidence.keep import checked
from qcdc_core.messages import inbox
from qcdc_core.messages.tables import Conversation

ENDPOINT = "upload"
_AROUND = 64 * 1024  # the other fields, and what a form puts between them
_LONGEST_NAME = 200


def allow_larger(app: Flask) -> None:
    """Before anything reads a form: this one alone may be large, and must say how large."""
    app.before_request(_allow_larger)


def init_app(app: Flask) -> None:
    limited = limits.messages_of_address(limits.messages(_upload))
    app.add_url_rule("/messages/tep", ENDPOINT, limited, methods=["POST"])


def _allow_larger() -> None:
    if request.endpoint != ENDPOINT:
        return
    if request.content_length is None:
        abort(411)
    request.max_content_length = evidence.LARGEST + _AROUND


def _upload() -> Response:
    """Raises Refusal: malformed, or as `evidence.keep` does."""
    sent = request.files.get("file")
    if sent is None:
        raise Refusal("malformed")
    with sent.stream:
        body = sent.read(evidence.LARGEST + 1)
    page_id = _page_id()
    checked(body)
    name = clean(sent.filename or "").replace("\n", " ")[:_LONGEST_NAME]
    try_to_answer(_store(page_id, name, body))
    return redirect(url_for("chat", _anchor="newest"), 303)


def _page_id() -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get("id", ""))
    except ValueError as problem:
        raise Refusal("malformed") from problem


def _store(page_id: uuid.UUID, name: str, body: bytes) -> int:
    """The id of the conversation. A file that was stored before changes nothing."""
    with parts().writing.begin() as session:
        now = parts().now()
        chat = inbox.conversation_at(
            session, transcript.CHANNEL, transcript.ACCOUNT, visitor.welcome(), now
        )
        if not chat.state:
            open_with_greeting(session, chat, parts().settings, now)
        _receive(session, chat, page_id, name, body)
        return chat.id


def _receive(
    session: Session, chat: Conversation, page_id: uuid.UUID, name: str, body: bytes
) -> None:
    """Of somebody who has not joined no bytes are kept: only that a file was sent."""
    now = parts().now()
    external_id = uuid.uuid5(page_id, f"{chat.id}\n{hashlib.sha256(body).hexdigest()}")
    raw = {"id": str(page_id), "name": name}
    message = inbox.receive(session, chat, str(external_id), "", now, kind="file", raw=raw)
    if message is not None and chat.person_id is not None:
        evidence.supply(session, message, name, body, now)
