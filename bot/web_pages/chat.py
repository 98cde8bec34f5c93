"""The chat page, taking messages from it, and handing replies to it."""

import uuid
from datetime import datetime
from typing import Any

import structlog
from flask import Flask, redirect, render_template, request, url_for
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from bot import dialogue
from bot.dialogue.opening import open_with_greeting
from bot.web_pages import limits, transcript, visitor, wording
from bot.web_pages.cursor import Cursor
from bot.web_pages.parts import parts
from bot.web_pages.transcript import Entry, Transcript
from bot.web_pages.typed import Typed, typed
from bot.worker import work_off
from qcdc_core.clock import local_day
from qcdc_core.messages import inbox

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    limited = limits.messages_of_address(limits.messages(_send))
    app.add_url_rule("/", "chat", _chat)
    app.add_url_rule("/messages", "send", limited, methods=["POST"])
    app.add_url_rule("/messages", "ask", _ask)


def page(notice: str = "", kept: str = "") -> str:
    """The chat as it stands; ``kept`` is text that could not be taken and stays in the box."""
    shown = _shown(visitor.welcome(), None) or _first_visit()
    return _drawn(shown, notice=notice, kept=kept, newest=True)


def _chat() -> str:
    before = _moment(request.args.get("before", ""))
    if before is None:
        return page()
    return _drawn(_shown(visitor.welcome(), before) or transcript.NOTHING, newest=False)


def _send() -> Response | dict[str, Any]:
    """Store first, in a transaction of its own; then answer at once if that can be done."""
    message = typed(request)
    after = Cursor.parse(message.after)
    try_to_answer(_store(message))
    if request.is_json:
        return _news_here(after)
    return redirect(url_for("chat", _anchor="newest"), 303)


def _ask() -> dict[str, Any]:
    return _news_here(Cursor.parse(request.args.get("after", "")))


def _news_here(after: Cursor) -> dict[str, Any]:
    """Of the conversation that is this visitor's now: an erased one is theirs no more."""
    address = visitor.address()
    with parts().reading() as session:
        conversation = transcript.conversation_id(session, address) if address else None
    if conversation is None:
        return _as_json(Transcript((), after, waiting=False))
    return _news(conversation, after)


def _store(message: Typed) -> int:
    """The id of the conversation. A message that was stored before changes nothing."""
    now = parts().now()
    with parts().writing.begin() as session:
        conversation = inbox.conversation_at(
            session, transcript.CHANNEL, transcript.ACCOUNT, visitor.welcome(), now
        )
        if not conversation.state:
            open_with_greeting(session, conversation, parts().settings, now)
        # A page taken back from the browser's memory may use its id again for other words.
        external_id = uuid.uuid5(message.id, f"{conversation.id}\n{message.text}")
        raw = {"id": str(message.id)}
        inbox.receive(session, conversation, str(external_id), message.text, now, raw=raw)
        return conversation.id


def try_to_answer(conversation: int) -> None:
    """The message is safe whatever happens here: the worker sweeps up what was left."""
    try:
        work_off(parts().writing, parts().now, parts().settings, conversation)
    except OperationalError as error:
        log.warning("answer_left_to_worker", error=type(error).__name__)


def _shown(address: str, before: datetime | None) -> Transcript | None:
    """None for a visitor who has not written yet."""
    with parts().reading() as session:
        conversation = transcript.conversation_id(session, address)
        if conversation is None:
            return None
        shown = transcript.latest(session, conversation, before)
    _hand_out(shown)
    return shown


def _first_visit() -> Transcript:
    """The greeting, of which nothing is stored."""
    text, choices = dialogue.greeting(parts().settings)
    greeting = Entry("machine", 0, text, parts().now(), choices=choices)
    return Transcript((greeting,), Cursor(), waiting=False)


def _news(conversation: int, after: Cursor) -> dict[str, Any]:
    with parts().reading() as session:
        shown = transcript.since(session, conversation, after)
    _hand_out(shown)
    return _as_json(shown)


def _hand_out(shown: Transcript) -> None:
    try:
        transcript.hand_out(parts().writing, shown, parts().now())
    except OperationalError as error:  # shown all the same, and noted the next time
        log.warning("delivery_not_noted", error=type(error).__name__)


def _as_json(shown: Transcript) -> dict[str, Any]:
    return {
        "messages": [_entry(entry) for entry in shown.entries],
        "choices": shown.choices,
        "cursor": str(shown.cursor),
        "waiting": shown.waiting,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "id": entry.id,
        "side": entry.side,
        "text": entry.text,
        "choices": entry.choices,
        "time": wording.time_of_day(entry.at),
        "day": local_day(entry.at).isoformat(),
        "day_name": wording.day_name(entry.at),
        "html": render_template("entry.html", entry=entry),
    }


def _drawn(shown: Transcript, *, newest: bool, notice: str = "", kept: str = "") -> str:
    return render_template(
        "chat.html",
        shown=shown,
        newest=newest,
        notice=notice,
        kept=kept,
        ids=(uuid.uuid4(), uuid.uuid4(), uuid.uuid4()),
        before=shown.entries[0].at.isoformat() if shown.older else None,
    )


def _moment(written: str) -> datetime | None:
    """None for what is not an aware moment in ISO 8601."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
