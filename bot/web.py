"""The public face: the web chat. It can put messages in and hand replies out, and nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from bot.web_pages import (
    chat,
    errors,
    files,
    headers,
    health,
    limits,
    own_copy,
    parts,
    provision,
    templating,
    upload,
    webhooks,
)
from qcdc_core import clock, config, db

# As long as browsers keep a cookie at all; every visit to the page starts it anew.
PLACE_KEPT = timedelta(days=400)
# A full message of 4,000 signs, each sent as %XX%XX%XX%XX, fits.
LARGEST_REQUEST = 64 * 1024


def create_app(
    settings: config.Settings | None = None,
    engine: Engine | None = None,
    now: Callable[[], datetime] = clock.now,
) -> Flask:
    """A new application; tests give it a database and a clock of their own."""
    settings = settings or config.settings()
    app = Flask("bot")
    app.config.update(_configuration(settings))
    app.session_interface = _ChatSessions()
    parts.put(app, settings, engine or db.engine_for(settings.database_url), now)
    if settings.secure_cookies:
        # Said to stand behind an HTTPS server, whose word about the caller's address counts.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    upload.allow_larger(app)
    webhooks.init_app(app, CSRFProtect(app))
    pages = (chat, upload, provision, own_copy)
    for one in (templating, headers, files, errors, limits, health, *pages):
        one.init_app(app)
    return app


class _ChatSessions(SecureCookieSessionInterface):
    """Signed apart from the admin's sessions: neither cookie is worth anything as the other."""

    salt = "qcdc-chat"


def _configuration(settings: config.Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": config.secret_key(settings),
        "SESSION_COOKIE_NAME": "qcdc_chat",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": PLACE_KEPT,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        # The page may lie open for weeks: what was typed is not lost.
        "WTF_CSRF_TIME_LIMIT": None,
    }
