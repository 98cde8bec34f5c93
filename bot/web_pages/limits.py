"""How fast messages may come: by visitor, and by address because a visitor can be made anew."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from bot.web_pages import visitor

PER_VISITOR = "30 per minute"
# A whole commune's office, or a mobile network, may share one address.
PER_ADDRESS = "600 per minute"

# Counted in this process: the public face runs in one (Procfile).
_limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True)
messages = _limiter.limit(PER_VISITOR, key_func=lambda: visitor.address() or get_remote_address())
messages_of_address = _limiter.limit(PER_ADDRESS, key_func=get_remote_address)


def init_app(app: Flask) -> None:
    _limiter.init_app(app)
