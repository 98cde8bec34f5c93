"""What every channel can do: take a text with ordered choices out, and hand messages in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

# Of the columns of `qcdc_core.messages.tables`.
LONGEST_NAME = 200


class Outcome(StrEnum):
    """What became of one sending."""

    sent = "sent"
    refused = "refused"  # the platform will never take it
    later = "later"  # surely not delivered; try again after ``wait``
    unknown = "unknown"  # nobody can say whether it arrived
    gone = "gone"  # this chat takes nothing any more: blocked, deleted
    closed = "closed"  # outside its window: its person must write first
    free_used = "free_used"  # no free message left until its person writes again
    halted = "halted"  # the channel as a whole must rest for ``wait``


@dataclass(frozen=True)
class Delivery:
    """``external_id`` is the platform's name for what was sent; ``reason`` never holds secrets.

    ``count``: how many messages of the platform it took, or may have taken.
    """

    outcome: Outcome
    external_id: str | None = None
    reason: str = ""
    wait: timedelta = timedelta()
    count: int = 1


@dataclass(frozen=True)
class Incoming:
    """One message as a platform hands it in.

    ``kind``: text, image, file, voice, sticker, contact, follow, other, edited; or "left" for
    somebody who wants no more messages, which is noted and not answered. ``at``: the platform's
    moment, where it is told. ``phone``: of a contact that is proved to be the sender's own.
    """

    external_id: str
    address: str
    kind: str
    text: str = ""
    raw: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    phone: str | None = None

    @property
    def has_storable_names(self) -> bool:
        """Whether its ids fit into the tables as they are. Shortened, two could become one."""
        names = self.external_id, self.address
        return all(0 < len(one) <= LONGEST_NAME and one.isprintable() for one in names)


class Channel(Protocol):
    """A way to reach people. ``longest`` is counted in UTF-16 units, as the platforms count.

    ``paid_a_month``: messages outside the free ones that the installation is ready to pay for.
    """

    name: str
    account: str
    longest: int
    has_buttons: bool
    paid_a_month: int

    def send(self, address: str, text: str, choices: Sequence[str]) -> Delivery:
        """Deliver one message. Never raises for what the platform or the network does."""
        ...
