"""What a visitor sent, made fit to store: well-formed, not too long, without control signs."""

import uuid
from typing import Any

from flask import Request
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.clean import clean
from bot.dialogue.turn import LONGEST
from bot.web_pages.cursor import Cursor
from qcdc_core.errors import Refusal

_FORM = "application/x-www-form-urlencoded"


class Typed(BaseModel):
    """``id`` is made by the page, once per message: sending again with it changes nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: uuid.UUID
    text: str
    after: str = str(Cursor())


def typed(request: Request) -> Typed:
    """The message of a request.

    Raises Refusal: not_text (another content type), malformed, empty, too_long(limit).
    """
    try:
        message = Typed.model_validate(_fields(request))
    except ValidationError as problem:
        raise Refusal("malformed") from problem
    text = clean(message.text)
    if not text.strip():
        raise Refusal("empty")
    if len(text) > LONGEST:
        raise Refusal("too_long", limit=LONGEST)
    return message.model_copy(update={"text": text})


def _fields(request: Request) -> Any:
    if request.is_json:
        return request.get_json()
    if request.mimetype != _FORM:
        raise Refusal("not_text")
    return {"id": request.form.get("id"), "text": request.form.get("text")}
