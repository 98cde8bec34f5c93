"""Answers to what cannot be taken: a sentence on the page for a form, a code for the script."""

import contextlib
import traceback

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException

from bot.web_pages import chat, wording
from qcdc_core.errors import Refusal

log = structlog.get_logger()

_STATUS = {
    "empty": 400,
    "malformed": 400,
    "too_long": 413,
    "not_text": 415,
    "file_too_large": 413,
    "file_kind": 415,
}
_CODES = {404: "not_found", 405: "not_found", 413: "too_large", 415: "not_text", 429: "too_many"}


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failed)


def _refused(refusal: Refusal) -> Response:
    return _answer(refusal.code, _STATUS.get(refusal.code, 400))


def _http_error(error: HTTPException) -> Response:
    code = "csrf" if isinstance(error, CSRFError) else _CODES.get(error.code or 500, "malformed")
    if code == "too_large" and request.endpoint == "upload":
        code = "file_too_large"
    answer = _answer(code, error.code or 500)
    if error.code == 405:
        answer.headers.extend(error.get_headers())
    return answer


def _failed(error: Exception) -> Response:
    # A traceback could carry the words of a message: only the kind of error and its place.
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error(
        "request_failed",
        endpoint=request.endpoint,
        error=type(error).__name__,
        place=f"{place.name}:{place.lineno}",
    )
    return _answer("failed", 500)


def _answer(code: str, status: int) -> Response:
    if not request.path.startswith("/messages"):
        page = render_template("error.html", sentence=wording.sentence(code))
        return make_response(page, status)
    if request.method == "POST" and not request.is_json:
        return _page_again(code, status)
    said = {"error": code, "message": wording.sentence(code)}
    if code == "csrf":
        # Of use only to our own page: no other origin may read this answer.
        said["csrf"] = generate_csrf()
    return make_response(jsonify(said), status)


def _page_again(code: str, status: int) -> Response:
    """The chat page with the sentence, and what was typed still in its box."""
    kept = ""
    with contextlib.suppress(HTTPException):  # too large to be read at all
        kept = request.form.get("text", "")
    try:
        page = chat.page(notice=wording.sentence(code), kept=kept)
    except Exception as error:  # noqa: BLE001 - the database may be what failed
        log.warning("page_failed", error=type(error).__name__)
        page = render_template("error.html", sentence=wording.sentence(code))
    return make_response(page, status)
