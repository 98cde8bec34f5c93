"""The dialogue engine: one turn at a time, on any channel."""

from bot.dialogue import wording
from bot.dialogue.turn import take_turn
from qcdc_core.config import Settings

__all__ = ["greeting", "take_turn"]


def greeting(settings: Settings) -> tuple[str, tuple[str, ...]]:
    """What a visitor sees before writing anything: the words and the answers offered."""
    return wording.greeting(settings), (wording.have_code(), wording.want_to_ask())
