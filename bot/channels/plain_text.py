"""Messages for channels without buttons, and long texts in several pieces."""

from collections.abc import Iterator, Sequence

# Channels whose choices are lines of text; there a bare letter chooses one.
WITHOUT_BUTTONS = frozenset({"zalo-bot", "zalo-oa"})
LETTERS = "ABCDEFGH"


def with_choices(text: str, choices: Sequence[str]) -> str:
    """The choices as lines with letters. Not numbers: here a bare number is always a figure."""
    lines = [f"{letter}. {label}" for letter, label in zip(LETTERS, choices, strict=False)]
    return "\n".join([text, *lines]) if lines else text


def chosen_letter(text: str, count: int) -> int | None:
    """The place of the choice that a bare letter names; None for any other text.

    “ạ” is politeness, not A: the letter must stand without a mark.
    """
    said = text.strip().rstrip(".)").upper()
    place = LETTERS.find(said) if len(said) == 1 else -1
    return place if 0 <= place < count else None


def pieces(text: str, longest: int) -> Iterator[str]:
    """Pieces of at most ``longest`` UTF-16 units, cut at paragraphs, lines, else between words."""
    rest = text
    while units(rest) > longest:
        cut = _cut(rest, longest)
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, longest: int) -> int:
    """The place of the best border within the first ``longest`` units."""
    fitting = _fitting(text, longest)
    for border in ("\n\n", "\n", " "):
        place = text.rfind(border, 1, fitting)
        if place > 0:
            return place
    return fitting


def _fitting(text: str, longest: int) -> int:
    """How many signs fit, never parting a letter from the marks behind it."""
    used, place = 0, 0
    while place < len(text) and used + units(text[place]) <= longest:
        used += units(text[place])
        place += 1
    while 1 < place < len(text) and _is_mark(text[place]):
        place -= 1
    return place


def _is_mark(sign: str) -> bool:
    """Belongs to the sign before: accents, joiners, skin tones."""
    if sign in "\u200d\ufe0f":
        return True
    return "\u0300" <= sign <= "\u036f" or "\U0001f3fb" <= sign <= "\U0001f3ff"
