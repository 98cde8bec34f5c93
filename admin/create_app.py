"""The admin application, put together from its parts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from admin import (
    db_session,
    error_pages,
    headers,
    look_files,
    own_files,
    parts,
    requests_checked,
    sign_in,
    templating,
)
from admin.pages import PAGES
from qcdc_core import clock, config, db

LONGEST_SESSION = timedelta(hours=12)
# Forms are words and figures; nothing is uploaded.
LARGEST_REQUEST = 256 * 1024


def create_app(
    settings: config.Settings | None = None,
    engine: Engine | None = None,
    now: Callable[[], datetime] = clock.now,
) -> Flask:
    """A new application; tests give it a database and a clock of their own."""
    settings = settings or config.settings()
    app = Flask("admin")
    app.config.update(_configuration(settings))
    parts.put(app, settings, engine or db.engine_for(settings.database_url), now)
    if settings.secure_cookies:
        # Said to stand behind an HTTPS server, whose word about the caller's address counts.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    CSRFProtect(app)
    Bootstrap5(app)
    requests_checked.init_app(app)
    for page in PAGES:
        app.register_blueprint(page)
    for one in (db_session, templating, headers, look_files, own_files, error_pages, sign_in):
        one.init_app(app)
    return app


def _configuration(settings: config.Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": config.secret_key(settings),
        "SESSION_COOKIE_NAME": "qcdc_admin",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "PERMANENT_SESSION_LIFETIME": LONGEST_SESSION,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=1),
        # A form may lie open as long as the session lives: what was typed is not lost.
        "WTF_CSRF_TIME_LIMIT": None,
        "BOOTSTRAP_SERVE_LOCAL": True,
    }
