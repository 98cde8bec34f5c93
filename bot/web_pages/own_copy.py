"""The copy of a person's data as a file, for the very chat that asked for it."""

from flask import Flask, Response, abort
from sqlalchemy import select

from bot.channels.attachments import Document, document_of
from bot.web_pages import transcript, visitor
from bot.web_pages.parts import parts
from qcdc_core.messages.tables import Conversation


def init_app(app: Flask) -> None:
    app.add_url_rule("/tep/du-lieu-cua-toi/<key>", "own_copy", _own_copy)


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


def _download(document: Document) -> Response:
    response = Response(document.body, content_type=f"{document.mime}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=document.name)
    return response
