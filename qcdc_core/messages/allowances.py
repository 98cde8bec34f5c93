"""What each platform allows: windows, free messages, monthly quotas.

Sources: Zalo OA's sending policy (consultation messages: 7 days from the last interaction, 8 free
ones within 48 hours of it) and the plan page of the Zalo Bot Platform (Basic: 3,000 messages a
month, 50 people), as read in September and November 2026.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

TELEGRAM = "telegram"
ZALO_BOT = "zalo-bot"
ZALO_OA = "zalo-oa"
WEB = "web"


@dataclass(frozen=True)
class Window:
    """Counted from each sign of life of the person."""

    open_for: timedelta
    free_for: timedelta
    free: int


@dataclass(frozen=True)
class Allowance:
    """``a_month`` and ``people``: the platform's ceilings, None where there is none.

    ``rings``: a message is shown on the person's telephone; otherwise it lies until they look.
    """

    window: Window | None = None
    a_month: int | None = None
    people: int | None = None
    rings: bool = True


ALLOWANCES: Mapping[str, Allowance] = MappingProxyType(
    {
        TELEGRAM: Allowance(),
        ZALO_BOT: Allowance(a_month=3000, people=50),
        ZALO_OA: Allowance(window=Window(timedelta(days=7), timedelta(hours=48), 8)),
        WEB: Allowance(rings=False),
    }
)


def allowance(channel: str) -> Allowance:
    """Without limits for a channel that is not named here."""
    return ALLOWANCES.get(channel, Allowance())
