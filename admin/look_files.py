"""The shared face under /look/NAME?v=DIGEST."""

from flask import Flask, Response, abort, request, url_for

from admin.parts import parts
from qcdc_core import look


def init_app(app: Flask) -> None:
    app.add_url_rule("/look/<name>", "look", _file)
    app.jinja_env.globals["look_url"] = _url


def _url(name: str) -> str:
    return url_for("look", name=name, v=look.digest_of(name))


def _file(name: str) -> Response:
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
