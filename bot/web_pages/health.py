"""/healthz: whether this process and its database answer, for whoever watches over them."""

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.web_pages.parts import parts


def init_app(app: Flask) -> None:
    app.add_url_rule("/healthz", "healthz", _health)


def _health() -> tuple[dict[str, str], int]:
    try:
        with parts().reading() as session:
            session.execute(text("select 1"))
    except SQLAlchemyError:
        return {"database": "unreachable"}, 503
    return {"database": "ok"}, 200
