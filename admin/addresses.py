"""Addresses that come in with a request and are gone to afterwards."""

from urllib.parse import urlsplit


def ours(wanted: str | None, otherwise: str) -> str:
    """The wanted path when it is one of this site, else the other one: never a foreign address."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return otherwise
    parsed = urlsplit(wanted)
    return otherwise if parsed.netloc or parsed.scheme else wanted
