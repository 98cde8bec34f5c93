"""Text typed with the Vietnamese keyboard off: Telex (hoaf giair) or VNI (hop5 tho6n) keystrokes.

Only a text that as a whole looks like keystrokes is decoded: "gas 5" or "x2" alone are not.
"""

import re
import unicodedata
from collections.abc import Callable

from qcdc_core.reading.text import Folded, fold_char

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_TELEX_LETTERS = (
    ("dd", "đ"),
    ("uow", "ươ"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("aw", "ă"),
    ("ow", "ơ"),
    ("uw", "ư"),
)
_VNI_MARKS = {"6": "\u0302", "7": "\u031b", "8": "\u0306"}
_WORD = re.compile(r"[^\W\d_]\w*")
_PIECE = re.compile(r"[^\W\d_]\w*|\W|\w")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?(?P<vowels>[aeiouy]{1,3})"
    r"(?:ch|ng|nh|[cmnpt])?",
)
# Endings that no Vietnamese syllable without keystrokes has.
_TELEX_END = re.compile(r"(?:[aeiouy]|[aeiouy](?:ch|ng|nh|[cmnpt]))[fsrxjw]$|dd|aa|ee|oo|[aou]w")
_VNI_END = re.compile(r"[a-z][1-9]")
# "hop2 cong5" are numbers glued to words; d9 and a digit inside the syllable are keystrokes.
_VNI_SURE = re.compile(r"d9|[aeiouy][1-8][a-z]")
_FEWEST = 3
_FEW_MARKS = 12  # bytes; keystrokes of a keyboard switched off are plain letters


def decode(text: str) -> Folded | None:
    """The folded text that the keystrokes stand for; None when it does not look like keystrokes."""
    if len(text.encode(errors="replace")) - len(text) > _FEW_MARKS:
        return None
    lower = unicodedata.normalize("NFC", text).lower()
    if len(lower) != len(text):
        return None
    words = _WORD.findall(lower)
    if len(words) < _FEWEST:
        return None
    if _mostly(words, _TELEX_END, telex):
        return _decoded(lower, telex)
    if _mostly(words, _VNI_END, vni) and any(
        _VNI_SURE.search(word) and vni(word) for word in words
    ):
        return _decoded(lower, vni)
    return None


def _mostly(words: list[str], looks: re.Pattern[str], decoder: Callable[[str], str | None]) -> bool:
    found = sum(1 for word in words if looks.search(word) and decoder(word))
    return found >= _FEWEST and found * 5 >= len(words) * 2


def _decoded(lower: str, decoder: Callable[[str], str | None]) -> Folded:
    marked: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _PIECE.finditer(lower):
        word = (
            decoder(found[0]) if found[0].isascii() and found[0][0].isalpha() else None
        ) or found[0]
        marked.append(word)
        starts += [found.start()] * len(word)
        ends += [found.end()] * len(word)
    whole = "".join(marked)
    return Folded("".join(map(fold_char, whole)), whole, tuple(starts), tuple(ends))


def telex(word: str) -> str | None:
    """One Telex word; None when it makes no Vietnamese syllable."""
    letters, tone = word, ""
    for char in word[1:]:
        if char in _TELEX_TONES:
            tone = _TELEX_TONES[char]
    if tone:
        index = max(at for at, char in enumerate(word) if char in _TELEX_TONES)
        letters = word[:index] + word[index + 1 :]
    for typed, meant in _TELEX_LETTERS:
        letters = letters.replace(typed, meant)
    return _syllable(letters, tone)


def vni(word: str) -> str | None:
    """One VNI word; None when it makes no Vietnamese syllable."""
    tone, letters = "", ""
    for char in word:
        if char in _VNI_TONES:
            tone = _VNI_TONES[char]
        elif char == "9":
            letters = letters.replace("d", "đ", 1)
        elif char in _VNI_MARKS:
            letters = _with_mark(letters, char)
        elif char.isdigit():
            return None
        else:
            letters += char
    return _syllable(unicodedata.normalize("NFC", letters), tone)


def _with_mark(letters: str, key: str) -> str:
    """Put the circumflex, horn or breve on the vowel that can carry it."""
    wanted = {"6": "aeo", "7": "uo", "8": "a"}[key]
    if key == "7" and "uo" in letters:
        return letters.replace("uo", "ươ", 1)
    for index in range(len(letters) - 1, -1, -1):
        if letters[index] in wanted:
            return letters[: index + 1] + _VNI_MARKS[key] + letters[index + 1 :]
    return letters


def _plain(letters: str) -> str:
    parts = unicodedata.normalize("NFD", letters.replace("đ", "d"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def _syllable(letters: str, tone: str) -> str | None:
    found = _SYLLABLE.fullmatch(_plain(letters))
    if found is None:
        return None
    if not tone:
        return letters
    at = _tone_place(letters, *found.span("vowels"))
    return unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])


def _tone_place(letters: str, start: int, end: int) -> int:
    """A vowel with a mark of its own carries the tone (the last such); else the usual place."""
    marked = [at for at in range(start, end) if letters[at] in "âêôăơư"]
    if marked:
        return marked[-1]
    length = end - start
    closed = end < len(letters)
    if length == 1:
        return start
    return start + 1 if closed or length > 2 else start
