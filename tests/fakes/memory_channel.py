"""A channel without a platform, for tests that only need one: what it is told, it keeps."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.channels.channel import Delivery, Outcome
from bot.channels.plain_text import pieces, with_choices

WAITS = {Outcome.halted: timedelta(minutes=1), Outcome.later: timedelta(seconds=15)}


@dataclass
class MemoryChannel:
    """``outcomes``: what the next sends come to, instead of being sent."""

    name: str = "memory"
    account: str = "memory"
    longest: int = 2000
    has_buttons: bool = False
    paid_a_month: int = 0
    sent: list[tuple[str, str]] = field(default_factory=list)
    outcomes: deque[Outcome] = field(default_factory=deque)

    def send(self, address: str, text: str, choices: Sequence[str]) -> Delivery:
        if self.outcomes:
            outcome = self.outcomes.popleft()
            return Delivery(outcome, reason=str(outcome), wait=WAITS.get(outcome, timedelta()))
        parts = list(pieces(with_choices(text, choices), self.longest))
        self.sent += [(address, part) for part in parts]
        return Delivery(Outcome.sent, f"n{len(self.sent)}", count=len(parts))
