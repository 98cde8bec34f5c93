"""Labels misspelt by ear or by a slip of the finger: kiến ngị, hồ xơ, đoàn viêng, giám sat.

Two strengths: a word that nobody knows may differ from a label by one letter; a word that is known
elsewhere (hạng, dac) must sound the same.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from qcdc_core.reading.text import fold
from qcdc_core.reading.tokens import Kind, Token
from qcdc_core.reading.wordlist import words

_FUZZY_FROM = 6  # letters of a phrase that may carry a slip
_HEARD_FROM = 5  # letters of one syllable that may be heard
_TWICE = re.compile(r"[aeiouy]([cghmnpt])\1$")  # hopp: no syllable ends so
WITHIN, _LONGEST = 4, 5  # tokens
_LIKE = ("ng", "n"), ("nh", "n"), ("ch", "t"), ("c", "t")
_HEADS = (
    ("ngh", "ng"),
    ("gh", "g"),
    ("gi", "d"),
    ("tr", "ch"),
    ("ph", "f"),
    ("dz", "d"),
    ("z", "d"),
    ("r", "d"),
    ("x", "s"),
    ("k", "c"),
    ("l", "n"),
    ("w", "qu"),
)
_KEPT = frozenset({"kh"})


@cache
def sound(syllable: str) -> str:
    """How a folded syllable is heard where neighbours mix: l/n, s/x, ch/tr, d/gi/r, n/ng, c/t."""
    heard = syllable.replace("y", "i")
    if syllable[:2] not in _KEPT:
        head = next(((old, new) for old, new in _HEADS if heard.startswith(old)), ("", ""))
        heard = head[1] + heard[len(head[0]) :]
    for old, new in _LIKE:
        if len(heard) > len(old) + 1 and heard.endswith(old):
            return heard[: -len(old)] + new
    return heard


@cache
def _respelt() -> Mapping[str, str]:
    """Misspelt short word → the right one with its marks."""
    listed = words()["respelt"].items()
    return {wrong: right for right, spellings in listed for wrong in spellings}


def respell(tokens: Sequence[Token]) -> None:
    """Mend units and scales that are too short to be guessed: ngừi, trịu."""
    for token in tokens:
        if _TWICE.search(token.text):
            token.text, token.marked = token.text[:-1], token.marked[:-1]
        right = _respelt().get(token.text)
        if right is not None:
            token.text = fold(right)
            token.marked = token.text if token.bare else right


@dataclass(frozen=True)
class Slips:
    """Misspelt joined phrase → the right one; spellings near two meanings are left out."""

    by_letters: Mapping[str, str]
    by_sound: Mapping[str, str]
    texts: Mapping[str, str]  # joined right phrase → its words
    openings: frozenset[str]  # two letters with which a misspelt label may begin


def slips(labels: Mapping[str, tuple[str, object]], taken: Mapping[str, object]) -> Slips:
    """``labels``: joined phrase → its text and meaning; ``taken``: joined phrases of any use."""
    letters: dict[str, set[str]] = defaultdict(set)
    sounds: dict[str, set[str]] = defaultdict(set)
    for key, (text, _meaning) in labels.items():
        if " " in text or len(key) >= _HEARD_FROM:
            sounds["".join(map(sound, text.split()))].add(key)
        if len(key) >= _FUZZY_FROM:
            letters[key].add(key)
            for shorter in _deletions(key):
                letters[shorter].add(key)
    return Slips(
        {one: key for one, key in _sure(letters, labels) if one in labels or one not in taken},
        dict(_sure(sounds, labels)),
        {key: text for key, (text, _meaning) in labels.items()},
        frozenset(one[:2] for one in letters),
    )


def _sure(
    near: Mapping[str, set[str]], labels: Mapping[str, tuple[str, object]]
) -> Iterator[tuple[str, str]]:
    for slip, keys in near.items():
        if len({labels[key][1] for key in keys}) == 1:
            yield slip, min(keys)


def _deletions(text: str) -> Iterator[str]:
    for index in range(len(text)):
        yield text[:index] + text[index + 1 :]


class Speller:
    """Finds the label that a window of tokens misspells."""

    def __init__(
        self,
        tokens: Sequence[Token],
        known: Slips,
        *,
        loose: Sequence[bool],
        words: frozenset[str],
        silent: Callable[[str], bool],
        covered: Mapping[int, object],
    ) -> None:
        self.tokens = tokens
        self.known = known
        self.loose = loose  # no phrase by itself
        self.words = words  # of all phrases; another one is strange
        self.silent = silent  # whether a word says nothing
        self.covered = covered

    def at(self, index: int, shortest: int) -> tuple[str, int] | None:
        """The joined right phrase and the token behind it; ``shortest``: where a match ends."""
        found: tuple[str, int] | None = None
        text = heard = ""
        loose = strange = False
        for end in range(index + 1, min(index + _LONGEST, len(self.tokens)) + 1):
            last = self.tokens[end - 1]
            if end > index + 1 and (last.kind is not Kind.WORD or last.start in self.covered):
                break
            text += last.text
            heard += sound(last.text)
            loose = loose or self.loose[end - 1]
            strange = strange or last.text not in self.words
            if loose and end > shortest:
                key = self._key(text, heard, index, end, strange=strange)
                found = (key, end) if key else found
        return found

    def _key(self, text: str, heard: str, index: int, end: int, *, strange: bool) -> str | None:
        key = self.known.by_sound.get(heard)
        if key and (strange or self._is_heard(key, index, end)):
            return key
        if end - index > WITHIN or text[:2] not in self.known.openings:
            return None
        if strange:
            return self._letters(text)
        key = self.known.by_letters.get(text)
        return key if key and self._is_shifted(text, key, index, end) else None

    def _is_shifted(self, text: str, key: str, index: int, end: int) -> bool:
        """A letter too few, in words of no use of their own: tổng lao độg."""
        return len(key) > _FUZZY_FROM and len(text) != len(key) and self._is_heard(key, index, end)

    def _is_heard(self, key: str, index: int, end: int) -> bool:
        """Only words of no use of their own may stand for others: dân hòa giải is not đang."""
        right = self.known.texts[key].split()
        if len(key) < _FUZZY_FROM or len(right) != end - index:
            return False
        return all(
            self.loose[at] or self.tokens[at].text == word or self.silent(self.tokens[at].text)
            for at, word in zip(range(index, end), right, strict=True)
        )

    def _letters(self, text: str) -> str | None:
        """One letter missing, too many or another."""
        near = self.known.by_letters
        if len(text) < _FUZZY_FROM - 1:
            return None
        if text in near or len(text) < _FUZZY_FROM:
            return near.get(text)
        found = {near[one] for one in _deletions(text) if one in near}
        keys = {key for key in found if abs(len(key) - len(text)) <= 1}
        return min(keys) if len(keys) == 1 else None
