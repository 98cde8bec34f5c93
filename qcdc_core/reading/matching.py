"""Phrases in the tokens of a message: the longest that fits, misspelt ones included."""

from collections.abc import Mapping
from dataclasses import replace

from qcdc_core.reading.number_words import NUMBER_WORDS, TAIL_DIGITS
from qcdc_core.reading.spelling import WITHIN, Speller
from qcdc_core.reading.tokens import Kind, Token
from qcdc_core.reading.vocabulary import LONGEST, Phrase, Vocabulary

_CARRIERS = frozenset({"muoi", "chuc", "tram", "linh", "le"})
_ANSWERS = frozenset({"co", "khong", "chua", "roi", "ko", "k"})
_APART = frozenset(",.;:/()\n")  # signs that are no phrases and begin none
_TELLING = 5


class PhraseMatcher:
    """``phrases``: where each begins, with the token behind it; ``closed``: tokens of no number."""

    def __init__(
        self, vocabulary: Vocabulary, tokens: list[Token], cover: Mapping[int, object]
    ) -> None:
        self.vocabulary = vocabulary
        self.tokens = tokens
        self.cover = cover
        phrases = vocabulary.phrases
        self.loose = [
            token.text not in phrases and token.text not in NUMBER_WORDS for token in tokens
        ]
        self.speller = (
            Speller(
                tokens,
                vocabulary.slips,
                loose=self.loose,
                words=vocabulary.known,
                silent=vocabulary.says_nothing,
                covered=cover,
            )
            if True in self.loose
            else None
        )
        self.phrases: list[tuple[Phrase, int] | None] = [None] * len(tokens)
        self.closed = [token.start in cover for token in tokens]
        self._match_all()

    def _match_all(self) -> None:
        index = 0
        while index < len(self.tokens):
            found = self.match(index)
            self.phrases[index] = found
            if found is None:
                index += 1
                continue
            phrase, end = found
            if phrase.noise or (phrase.label and not self._is_number_word(index, end)):
                self.closed[index:end] = [True] * (end - index)
            index = end

    def _is_number_word(self, index: int, end: int) -> bool:
        return end == index + 1 and self.tokens[index].kind is Kind.NUMBER

    def _ends_number(self, index: int) -> bool:
        """The last word of hai mươi tư, whatever phrase it may begin (tư vấn)."""
        token = self.tokens[index]
        if not index or self.tokens[index - 1].text not in _CARRIERS:
            return False
        spelled = TAIL_DIGITS[token.text][1]
        return token.marked in spelled or (token.bare and token.marked == token.text)

    def match(self, index: int) -> tuple[Phrase, int] | None:
        """The longest phrase that begins here, misspelt ones included."""
        token = self.tokens[index]
        if token.text in _APART or (token.text in TAIL_DIGITS and self._ends_number(index)):
            return None
        best = self._written(index)
        if token.kind is not Kind.WORD or self.speller is None:
            return best
        if True not in self.loose[index : index + WITHIN]:
            return best
        return self._misspelt(self.speller, index, best) or best

    def _written(self, index: int) -> tuple[Phrase, int] | None:
        """The longest phrase that is spelled out here."""
        text, best, hidden = "", None, False
        for end in range(index + 1, min(index + LONGEST, len(self.tokens)) + 1):
            last = self.tokens[end - 1]
            if end > index + 1:
                if last.kind is not Kind.WORD:
                    break
                hidden = hidden or last.start in self.cover
            text += last.text
            if text not in self.vocabulary.beginnings:
                break
            phrase = self._phrase_of(text, index, end)
            if phrase is None or (best and self._cuts_mark(end)):
                continue
            if phrase.mark == "last_time" if hidden else self._is_written(phrase, index, end):
                best = self._or_label(phrase, index, end)
        return best

    def _cuts_mark(self, end: int) -> bool:
        """The last word belongs to what follows: HNNLĐ dự kiến is not "HNNLĐ dự"."""
        pair = "".join(token.text for token in self.tokens[end - 1 : end + 1])
        phrase = self.vocabulary.phrases.get(pair) if end < len(self.tokens) else None
        return phrase is not None and bool(phrase.mark) and phrase.label is None

    def _or_label(self, phrase: Phrase, index: int, end: int) -> tuple[Phrase, int]:
        """Meant: "cong doan co dang co": behind an answer and without marks it is Đảng."""
        first = self.vocabulary.phrases.get(self.tokens[index].text)
        if phrase.mark == "affirm" and end > index + 1 and index and first and first.label:
            token, before = self.tokens[index], self.tokens[index - 1].text
            if token.bare and before in _ANSWERS and not self.is_number_at(end):
                return first, index + 1
        return phrase, end

    def _phrase_of(self, text: str, index: int, end: int) -> Phrase | None:
        phrase = self.vocabulary.phrases.get(text)
        if phrase is None:
            return None
        if end > index + 1:
            return phrase if self.is_spaced(phrase, index, end) else None
        return self._meant(phrase, index) if phrase.label else phrase

    def is_spaced(self, phrase: Phrase, index: int, end: int) -> bool:
        """Short words joined by chance are no phrase: "m ạ" is not "mà"."""
        words = [token.text for token in self.tokens[index:end]]
        return sum(map(len, words)) >= _TELLING or phrase.text.split() == words

    def _meant(self, phrase: Phrase, index: int) -> Phrase | None:
        """Without its label where the marks say another word: đang is not đảng."""
        token = self.tokens[index]
        unlike = self.vocabulary.unlike
        if token.marked not in unlike and (token.bare or token.marked + "." not in unlike):
            return phrase
        if token.marked == "đang" and phrase.label and phrase.label.topic is None:
            return phrase
        kept = phrase.mark or phrase.noise
        return replace(phrase, label=None) if kept else None

    def _is_written(self, phrase: Phrase, index: int, end: int) -> bool:
        """Phrases whose only use needs marks are refused where other marks stand."""
        if phrase.label or phrase.noise or phrase.unit or phrase.filler:
            return True
        return self.mark(phrase, index, end) is not None

    def mark(self, phrase: Phrase, index: int, end: int) -> str | None:
        if not phrase.mark and not phrase.spelled:
            return None
        marked = "".join(token.marked for token in self.tokens[index:end])
        if marked in phrase.spelled:
            return phrase.spelled[marked]
        if marked in self.vocabulary.unlike_marks:
            return None
        if phrase.spelled:
            plain = "".join(token.text for token in self.tokens[index:end])
            if phrase.mark and phrase.mark.endswith("?"):
                return phrase.mark[:-1] if marked == plain and self.tokens[index].bare else None
        return phrase.mark.rstrip("?") if phrase.mark else None

    def _misspelt(
        self, speller: Speller, index: int, best: tuple[Phrase, int] | None
    ) -> tuple[Phrase, int] | None:
        whole = best is not None and (best[0].label is not None or best[1] > index + 1)
        found = speller.at(index, best[1] if best and whole else index)
        return (self.vocabulary.phrases[found[0]], found[1]) if found else None

    def says(self, index: int, *words: str) -> bool:
        return index < len(self.tokens) and self.tokens[index].text in words

    def is_number_at(self, index: int) -> bool:
        if self.says(index, ":"):
            index += 1
        return index < len(self.tokens) and self.tokens[index].kind is Kind.NUMBER

    def rematch(self, index: int) -> None:
        """Match again what a unit word has cut off a longer phrase."""
        while index < len(self.tokens) and self.phrases[index] is None:
            found = self.match(index)
            if found is None:
                return
            self.phrases[index] = found
            index = found[1]
