"""What the network's own failures mean for a message."""

from datetime import timedelta

import httpx

from bot.channels.channel import Delivery, Outcome

_PAUSE = timedelta(seconds=15)
# No connection was made, so nothing can have arrived.
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def failed(problem: Exception, count: int = 1) -> Delivery:
    """By the kind of ``problem``, an httpx.HTTPError or a ValueError for an answer that is no JSON.

    ``count``: the piece of the message that failed; the ones before have arrived. The text of the
    problem is left out: it may hold an address with a token.
    """
    nothing_left = isinstance(problem, NEVER_LEFT) and count == 1
    outcome = Outcome.later if nothing_left else Outcome.unknown
    return Delivery(outcome, reason=type(problem).__name__, wait=_PAUSE, count=count)
