"""Our own sheet and script under /static/NAME?v=DIGEST, and style sheets sent compressed."""

import gzip
import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for

_FOLDER = Path(__file__).parent / "static"
_FILES = frozenset({"static", "bootstrap.static"})
_COMPRESSIBLE = frozenset({"text/css", "text/javascript", "image/svg+xml"})


def init_app(app: Flask) -> None:
    app.jinja_env.globals["own_url"] = own_url
    app.after_request(_compress)


def own_url(name: str) -> str:
    """The digest changes with the file, so that nobody works with yesterday's script."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]


def _compress(response: Response) -> Response:
    """Files only: a page holds tokens, and compressing those beside typed words gives them away."""
    if (
        request.endpoint not in _FILES
        or response.status_code != 200
        or response.mimetype not in _COMPRESSIBLE
        or not request.accept_encodings.quality("gzip")
    ):
        return response
    response.direct_passthrough = False
    response.set_data(_gzipped(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.add("Vary", "Accept-Encoding")
    return response


@cache
def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
