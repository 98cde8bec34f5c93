"""Files of a chat for that very chat: the copy of a person's data, and briefs."""

from flask import Flask, Response, abort
from sqlalchemy import select

from bot.channels.attachments import Document, document_of
from bot.web_pages import transcript, visitor
from bot.web_pages.parts import parts
from qcdc_core.messages.tables import Conversation, OutboundMessage


def init_app(app: Flask) -> None:
    app.add_url_rule("/tep/du-lieu-cua-toi/<key>", "own_copy", _own_copy)
    app.add_url_rule("/tep/bao-cao/<int(max=2147483647):number>", "own_brief", _own_brief)


def _own_copy(key: str) -> Response:
    """404 for every other chat, for a key that nobody has, and when its days are over."""
    address = visitor.address()
    now = parts().now()
    with parts().reading() as session:
        chat = session.scalar(
            select(Conversation).where(
                Conversation.channel == transcript.CHANNEL,
                Conversation.account == transcript.ACCOUNT,
                Conversation.address == (address or ""),
            )
        )
        if chat is None:
            abort(404)
        wanted = {"kind": "copy", "key": key, "name": "du-lieu-cua-toi.txt"}
        found = document_of(session, wanted, chat, parts().settings, now)
    if found is None:
        abort(404)
    return _download(found)


def _own_brief(number: int) -> Response:
    """The brief that came with a message of this very chat; 404 when it may not be had any more."""
    with parts().reading() as session:
        message = session.get(OutboundMessage, number)
        chat = session.get(Conversation, message.conversation_id) if message else None
        if message is None or chat is None or not _is_here(chat):
            abort(404)
        attached = message.attachment or {}
        if attached.get("kind") != "brief":
            abort(404)
        found = document_of(session, attached, chat, parts().settings, parts().now())
    if found is None:
        abort(404)
    return _download(found)


def _is_here(chat: Conversation) -> bool:
    here = transcript.CHANNEL, transcript.ACCOUNT, visitor.address()
    return (chat.channel, chat.account, chat.address) == here


def _download(document: Document) -> Response:
    response = Response(document.body, content_type=_type(document))
    response.headers.set("Content-Disposition", "attachment", filename=document.name)
    return response


def _type(document: Document) -> str:
    is_text = document.mime.startswith("text/")
    return f"{document.mime}; charset=utf-8" if is_text else document.mime
