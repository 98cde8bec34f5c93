"""What one segment of a message says about figures, before it is weighed."""

from dataclasses import dataclass, field
from enum import StrEnum

from qcdc_core.reading.item import Item, Quantity


class Word(StrEnum):
    """An answer in a word instead of a number."""

    NO = "no"
    YES = "yes"
    ALL = "all"
    HALF = "half"
    REST = "rest"
    ALONE = "alone"  # "1 vụ thành": the outcome without a number
    UNSURE = "unsure"
    NOT_APPLICABLE = "not_applicable"
    LAST_TIME = "last_time"


@dataclass(slots=True)
class Entry:
    """One statement about a figure: a quantity or a word, and where it stands."""

    code: str
    start: int
    end: int
    quantity: Quantity | None = None
    word: Word | None = None
    label: str = ""
    unknown: tuple[str, ...] = ()
    part: str = ""  # "trong do" or another word behind which only a part is told
    longer: bool = False  # of a longer window than the form's
    inside: bool = False  # of this window only
    unsure: bool = False
    rivals: tuple[str, ...] = ()
    listed: bool = False
    shared: bool = False  # said of a matter with several figures
    aside: bool = False  # a number of something else beside the label
    before: str = ""  # the words between the comma or number before and this number
    behind: str = ""


@dataclass(slots=True)
class Told:
    """All statements of a message."""

    entries: list[Entry] = field(default_factory=list)
    loose: list[Quantity] = field(default_factory=list)
    rests: list[tuple[str, Quantity]] = field(default_factory=list)  # topic, what is left of it
    others_nothing: bool = False
    nothing: bool = False  # "không phát sinh", "không có gì"
    topic: str | None = None
    listing: str = ""  # the matter whose parts are being listed


# Marks of words.yaml that answer a label, strongest first.
_ANSWERS: tuple[tuple[str, Word], ...] = (
    ("not_applicable", Word.NOT_APPLICABLE),
    ("unsure", Word.UNSURE),
    ("vague", Word.UNSURE),
    ("last_time", Word.LAST_TIME),
    ("expired", Word.NO),
    ("later", Word.NO),
    ("negation", Word.NO),
    ("rest", Word.REST),
    ("half", Word.HALF),
    ("all", Word.ALL),
    ("affirm", Word.YES),
    ("weak_yes", Word.YES),
)
ANSWER_MARKS = frozenset(mark for mark, _ in _ANSWERS)


def answer(run: list[Item]) -> Word | None:
    """The word that a run of marks amounts to."""
    marks = {item.mark for item in run}
    for mark, word in _ANSWERS:
        if mark in marks:
            return word
    return None
