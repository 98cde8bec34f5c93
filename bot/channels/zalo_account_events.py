"""Events of a Zalo Official Account: the proof that Zalo sent them, and what they say.

The signature is plain SHA-256 over application id, raw body, timestamp and OA secret key. The
official pages do not describe it; this is what many integrations agree on. They differ in which
timestamp is meant, so both are tried: each needs the secret.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.channel import Incoming
from bot.channels.file_places import at_address, raw_of

_PREFIX = "mac="
_KINDS = {
    "user_send_text": "text",
    "user_send_image": "image",
    "user_send_gif": "image",
    "user_send_file": "file",
    "user_send_audio": "voice",
    "user_send_sticker": "sticker",
}
_FOLLOWERS = {"follow": "follow", "unfollow": "left"}
_LONGEST_ID = 180


def is_signed(shown: str, app_id: str, body: bytes, timestamps: Iterable[str], secret: str) -> bool:
    """Whether the header belongs to this very body; compared in constant time."""
    given = shown.removeprefix(_PREFIX).lower().encode()
    fits = False
    for timestamp in timestamps:
        signed = app_id.encode() + body + timestamp.encode() + secret.encode()
        fits |= hmac.compare_digest(given, hashlib.sha256(signed).hexdigest().encode())
    return fits


def event_of(raw: object) -> Mapping[str, Any] | None:
    """The event, flat or inside a wrapper; None for what is none."""
    if not isinstance(raw, dict):
        return None
    if isinstance(raw.get("event_name"), str):
        return raw
    inner = raw.get("data", raw.get("result"))
    return inner if isinstance(inner, dict) and isinstance(inner.get("event_name"), str) else None


def moment_of(event: Mapping[str, Any]) -> datetime | None:
    """``timestamp`` is a string of milliseconds; None for anything else."""
    try:
        return datetime.fromtimestamp(int(event["timestamp"]) / 1000, UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def read_event(event: Mapping[str, Any], oa_id: str) -> Incoming | None:
    """What a person of this Official Account did; None for all else.

    Echoes of what the account sent, receipts and kinds that are not from a person mean nothing
    here. A kind of message that came up later is "other", and is answered.
    """
    name = event["event_name"]
    if name in _FOLLOWERS:
        return _follower(event, name, oa_id)
    if not name.startswith("user_send_") or _id(event.get("recipient")) != oa_id:
        return None
    message, user = event.get("message"), _id(event.get("sender"))
    if not isinstance(message, dict) or user is None:
        return None
    message_id, text = message.get("msg_id"), message.get("text")
    if not isinstance(message_id, str) or not 0 < len(message_id) <= _LONGEST_ID - len(name):
        return None
    return Incoming(
        f"{name}:{message_id}",
        user,
        _KINDS.get(name, "other"),
        text if isinstance(text, str) else "",
        _files(message) if _KINDS.get(name) in ("image", "file") else {},
        at=moment_of(event),
    )


def _files(message: Mapping[str, Any]) -> dict[str, Any]:
    attached = message.get("attachments")
    parts = attached if isinstance(attached, list) else []
    payloads = [one.get("payload") for one in parts if isinstance(one, dict)]
    found = [one for one in payloads if isinstance(one, dict)]
    return raw_of(*(at_address(one.get("url"), one.get("name")) for one in found))


def _follower(event: Mapping[str, Any], name: str, oa_id: str) -> Incoming | None:
    """These have no message id: who and when names them."""
    user, at = _id(event.get("follower")), moment_of(event)
    if user is None or at is None or event.get("oa_id", oa_id) != oa_id:
        return None
    return Incoming(f"{name}:{user}:{event['timestamp']}"[:200], user, _FOLLOWERS[name], at=at)


def _id(part: object) -> str | None:
    found = part.get("id") if isinstance(part, dict) else None
    return found if isinstance(found, str) and 0 < len(found) <= _LONGEST_ID else None
