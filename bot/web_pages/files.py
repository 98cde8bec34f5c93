"""The shared face under /look/NAME?v=DIGEST, and the chat's own sheet and script likewise."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, request, url_for

from bot.web_pages.parts import parts
from qcdc_core import look

STATIC = Path(__file__).parent.parent / "static"


def init_app(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = look.LIFETIME_SECONDS
    app.add_url_rule("/look/<name>", "look", _look)
    app.jinja_env.globals.update(look_url=_look_url, static_url=_static_url)


def _look_url(name: str) -> str:
    return url_for("look", name=name, v=look.digest_of(name))


def _static_url(name: str) -> str:
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def _look(name: str) -> Response:
    if name not in look.names():
        abort(404)
    one = look.served(name, parts().settings.var)
    response = Response(one.body, content_type=one.mime)
    response.cache_control.public = True
    # Only the address with the right digest may be kept for long.
    kept = request.args.get("v") == one.digest
    response.cache_control.max_age = look.LIFETIME_SECONDS if kept else 300
    response.cache_control.immutable = kept
    return response
