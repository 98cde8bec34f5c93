"""The structure of a Vietnamese legal text: chương, mục, điều, khoản, điểm.

The signs of each level are those that all such texts share: "Chương II", "Điều 5.", "1.", "a)".
What does not continue the numbering is part of the words before it, or is refused: nothing is
guessed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from qcdc_core.errors import Refusal
from qcdc_core.official.paragraphs import Paragraph

POINTS = "abcdđeghiklmnopqrstuvxy"
MOST_PROBLEMS = 10

# A footnote's mark of a consolidated text may stand behind the number: "Điều 9.[3] …".
_MARK = r"(?:\[\d+\])?"
_CHAPTER = re.compile(r"(?:chương|phần)\s+(?:[ivxlc]+|\d+|thứ \w+)\b([.:]?)\s*(.*)", re.IGNORECASE)
_SECTION = re.compile(r"(?:tiểu )?mục\s+(?:\d+|[ivx]+)\b([.:]?)\s*(.*)", re.IGNORECASE)
_ARTICLE = re.compile(rf"Điều\s+(\d+)([a-zđ]?)\s*(?:[.:]{_MARK}\s*|$)(.*)", re.IGNORECASE)
_CLAUSE = re.compile(rf"(\d+)([a-zđ]?)\.{_MARK}\s+\S")
_POINT = re.compile(rf"([a-zđ])(\d?)\){_MARK}\s+\S")
_END = re.compile(
    r"(?:(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) này (?:đã )?được (?:Quốc hội|Ủy ban)"
    r"|Nơi nhận\b|TM\. |KT\. |PHỤ LỤC\b|Phụ lục\b|XÁC THỰC VĂN BẢN)"
    r"|(?:CHỦ TỊCH QUỐC HỘI|THỦ TƯỚNG|BỘ TRƯỞNG|CHỦ NHIỆM)$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """An article (no clause), a clause, or a point, with its own words."""

    article: str
    clause: str | None
    point: str | None
    words: str
    chapter: str = ""
    section: str = ""


def parts_of(paragraphs: Sequence[Paragraph], *, excerpt: bool = False) -> tuple[str, list[Part]]:
    """What stands before the first article, and the parts in order.

    ``excerpt``: articles and clauses may be missing between others. Raises Refusal no_articles,
    numbered_by_program(place),
    quotation_open(place) or numbers_missing(places).
    """
    reader = _Reader(excerpt=excerpt)
    for one in paragraphs:
        if not reader.take(one):
            break
    if not reader.parts:
        raise Refusal("no_articles")
    if reader.quotes:
        raise Refusal("quotation_open", place=f"Điều {reader.parts[-1].article}")
    if not excerpt:
        reader.problems += _missing_articles(reader.parts)
    if reader.problems:
        raise Refusal("numbers_missing", places="; ".join(reader.problems[:MOST_PROBLEMS]))
    return "\n".join(reader.before), reader.parts


def _missing_articles(parts: Iterable[Part]) -> list[str]:
    numbers = [int(re.sub(r"\D", "", one.article)) for one in parts if one.clause is None]
    return [f"Điều {a} → Điều {b}" for a, b in pairwise(numbers) if b > a + 1]


def _is_heading(sign: str, title: str) -> bool:
    """A sentence may begin so: “Chương II của Luật này quy định …”."""
    return not title or bool(sign) or title.isupper()


@dataclass
class _Reader:
    """Takes one paragraph after the other and knows where in the text it stands."""

    excerpt: bool
    before: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    chapter: str = ""
    section: str = ""
    title_open: str = ""
    quotes: int = 0

    def take(self, paragraph: Paragraph) -> bool:
        """False when the articles are over."""
        words = paragraph.words
        inside, self.quotes = self.quotes > 0, self._quotes_after(words)
        if inside:
            self._add(words)
        elif self.parts and _END.match(words):
            return False
        elif not (self._heading(words) or self._article(words)):
            self._refuse_hidden_number(paragraph)
            if not (self._clause(words) or self._point(words)):
                self._add(words)
        return True

    def _quotes_after(self, words: str) -> int:
        """An amending law quotes whole articles: what stands in the quotation is not its own."""
        if not self.parts:
            return 0
        return max(0, self.quotes + words.count("“") - words.count("”"))

    def _heading(self, words: str) -> bool:
        for level, pattern in (("chapter", _CHAPTER), ("section", _SECTION)):
            found = pattern.fullmatch(words)
            if found and _is_heading(*found.groups()):
                if level == "chapter":
                    self.section = ""
                setattr(self, level, words)
                self.title_open = "" if found.group(2) else level
                return True
        return self._title(words)

    def _title(self, words: str) -> bool:
        """Everything between a bare "Chương II" and what follows it is its title."""
        if not self.title_open or _ARTICLE.fullmatch(words):
            self.title_open = ""
            return False
        setattr(self, self.title_open, f"{getattr(self, self.title_open)}. {words}")
        return True

    def _article(self, words: str) -> bool:
        found = _ARTICLE.fullmatch(words)
        if found is None or not self._comes_next(int(found.group(1))):
            return False
        number = found.group(1) + found.group(2)
        self.parts.append(Part(number, None, None, words, self.chapter, self.section))
        return True

    def _comes_next(self, number: int) -> bool:
        """Later than the article before; or the first again, after a table of contents."""
        if not self.parts:
            return True
        last = int(re.sub(r"\D", "", self.parts[-1].article))
        if number == 1 and last > 1 and all(one.clause is None for one in self.parts):
            self.parts.clear()
            return True
        return number >= last

    def _clause(self, words: str) -> bool:
        found = _CLAUSE.match(words)
        if found is None or not self.parts:
            return False
        number, letter = int(found.group(1)), found.group(2)
        last = int(re.sub(r"\D", "", self.parts[-1].clause or "0"))
        if number < last or (number == last and not letter):
            return False
        if number > last + 1 and not self.excerpt:
            self.problems.append(f"Điều {self.parts[-1].article}: {last or '–'} → {number}.")
        self._open(clause=found.group(1) + letter, point=None, words=words)
        return True

    def _point(self, words: str) -> bool:
        found = _POINT.match(words)
        if found is None or not self.parts or found.group(1) not in POINTS:
            return False
        letter, sub = found.groups()
        last = self.parts[-1].point
        place = POINTS.index(last[0]) if last else -1
        expected = (place, place + 1) if sub else (place + 1,)
        if POINTS.index(letter) not in expected:
            return False
        self._open(clause=self.parts[-1].clause, point=letter + sub, words=words)
        return True

    def _open(self, *, clause: str | None, point: str | None, words: str) -> None:
        self.parts.append(replace(self.parts[-1], clause=clause, point=point, words=words))

    def _refuse_hidden_number(self, paragraph: Paragraph) -> None:
        if paragraph.numbered and self.parts:
            place = f"Điều {self.parts[-1].article}"
            raise Refusal("numbered_by_program", place=place)

    def _add(self, words: str) -> None:
        if not self.parts:
            self.before.append(words)
            return
        last = self.parts[-1]
        self.parts[-1] = replace(last, words=f"{last.words}\n{words}")
