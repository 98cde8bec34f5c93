"""Who writes: a random address in a signed cookie, which is all that is known of a visitor."""

import secrets

from flask import session

_KEY = "visitor"
_BYTES = 16


def address() -> str | None:
    """The address of this browser's conversation; None before its first page."""
    found: str | None = session.get(_KEY)
    return found


def welcome() -> str:
    """The same, given now when there is none; the cookie's life starts anew."""
    session.permanent = True
    session.modified = True
    found: str = session.setdefault(_KEY, secrets.token_hex(_BYTES))
    return found
