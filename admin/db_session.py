"""One session per request: writing for a POST, reading for all else. Pages commit themselves."""

from flask import Flask, g, request
from sqlalchemy.orm import Session

from admin.parts import parts


def session() -> Session:
    """The request's session; what a page did not commit is undone at the request's end."""
    if "session" not in g:
        makers = parts()
        g.session = (makers.writing if request.method == "POST" else makers.reading)()
    found: Session = g.session
    return found


def init_app(app: Flask) -> None:
    app.teardown_appcontext(_close)


def _close(_error: BaseException | None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
