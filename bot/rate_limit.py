"""How fast a channel may be used: so many a second in all, one a second in each chat."""

from dataclasses import dataclass, field

_PER_SECOND = 25
_CHAT_PAUSE = 1.0
_KEPT = 5000


@dataclass
class Pace:
    """Deadlines, not events: a halt ends when its time has come and not before.

    All times are seconds on one steadily growing clock, told by the caller.
    """

    per_second: int = _PER_SECOND
    chat_pause: float = _CHAT_PAUSE
    _next_any: float = 0.0
    _halted_until: float = 0.0
    _next_in_chat: dict[str, float] = field(default_factory=dict)

    def ready_in(self, chat: str, now: float) -> float:
        """Seconds until a message may go to this chat; 0 when it may go now."""
        ready = max(self._next_any, self._halted_until, self._next_in_chat.get(chat, 0.0))
        return max(0.0, ready - now)

    def used(self, chat: str, now: float) -> None:
        """A message went out to this chat."""
        self._next_any = max(self._next_any, now - 1.0) + 1.0 / self.per_second
        self._next_in_chat[chat] = now + self.chat_pause
        if len(self._next_in_chat) > _KEPT:
            self._next_in_chat = {one: at for one, at in self._next_in_chat.items() if at > now}

    def halt(self, seconds: float, now: float) -> None:
        self._halted_until = max(self._halted_until, now + seconds)

    def halted_for(self, now: float) -> float:
        return max(0.0, self._halted_until - now)
