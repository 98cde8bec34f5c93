"""Pages for what cannot be shown or done: what happened, why, what to do now."""

from flask import Flask, current_app, g, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from admin import wording
from qcdc_core.errors import Refusal

# Refusals that mean: there is nothing here.
_ABSENT = frozenset({"unknown_unit", "unknown_report", "unknown_user"})


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _old_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failed)


def _refused(refusal: Refusal) -> tuple[str, int]:
    status = 404 if refusal.code in _ABSENT else 409
    return _page(wording.refused_title(), wording.refusal(refusal)), status


def _old_form(_error: CSRFError) -> tuple[str, int]:
    title, text = wording.old_form()
    return _page(title, text), 400


def _http_error(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    title, text = wording.http_error(code)
    return _page(title, text), code


def _failed(error: Exception) -> tuple[str, int]:
    # The request's session is closed without a commit, so nothing was half done. The page is made
    # without asking the database, which may be what failed.
    g.has_failed = True
    current_app.logger.error("request failed", exc_info=error)
    title, text = wording.http_error(500)
    return _page(title, text), 500


def _page(title: str, text: str) -> str:
    return render_template("error.html", title=title, text=text)
