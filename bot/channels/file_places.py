"""Where a platform keeps a file that a message brought: kept with the message, fetched later."""

from typing import Any

from bot.clean import clean

MOST_FILES = 10
_LONGEST_ADDRESS = 2000
_LONGEST_NAME = 200


def at_address(url: object, name: object = "") -> dict[str, Any] | None:
    """None for what is no web address of a length that any platform uses."""
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        return None
    if len(url) > _LONGEST_ADDRESS or not url.isascii() or not url.isprintable():
        return None
    return {"url": url, "name": _named(name)}


def under_id(file_id: object, name: object = "") -> dict[str, Any] | None:
    """A file that is asked for by the platform's own id."""
    if not isinstance(file_id, str) or not 0 < len(file_id) <= _LONGEST_NAME:
        return None
    if not file_id.isascii() or not file_id.isprintable():
        return None
    return {"id": file_id, "name": _named(name)}


def raw_of(*found: dict[str, Any] | None) -> dict[str, Any]:
    """For ``Incoming.raw``; empty when there is no file."""
    files = [one for one in found if one is not None][:MOST_FILES]
    return {"files": files} if files else {}


def _named(name: object) -> str:
    return clean(name)[:_LONGEST_NAME] if isinstance(name, str) else ""
