"""What every channel can do: take a text with ordered choices out, and hand messages in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol


class Outcome(StrEnum):
    """What became of one sending."""

    sent = "sent"
    refused = "refused"  # the platform will never take it
    later = "later"  # surely not delivered; try again after ``wait``
    unknown = "unknown"  # nobody can say whether it arrived
    gone = "gone"  # this chat takes nothing any more: blocked, deleted
    halted = "halted"  # the channel as a whole must rest for ``wait``


@dataclass(frozen=True)
class Delivery:
    """``external_id`` is the platform's name for what was sent; ``reason`` never holds secrets."""

    outcome: Outcome
    external_id: str | None = None
    reason: str = ""
    wait: timedelta = timedelta()


@dataclass(frozen=True)
class Incoming:
    """One message as a platform hands it in. ``kind``: text, image, file, voice or other."""

    external_id: str
    address: str
    kind: str
    text: str = ""
    raw: dict[str, Any] = field(default_factory=dict)


class Channel(Protocol):
    """A way to reach people. ``longest`` is counted in UTF-16 units, as the platforms count."""

    name: str
    account: str
    longest: int
    has_buttons: bool

    def send(self, address: str, text: str, choices: Sequence[str]) -> Delivery:
        """Deliver one message. Never raises for what the platform or the network does."""
        ...
