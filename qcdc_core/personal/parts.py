"""The copy for channels that carry no files: short texts, the words of the person themselves."""

from collections.abc import Iterator

from qcdc_core.language import gettext as _
from qcdc_core.personal.copy import Copy, Section, drawn

# Below the 2,000 signs that Zalo takes, with room for the number of the part.
LONGEST = 1800


def parts_of(copy: Copy) -> tuple[str, ...]:
    """What the assistant said is left out: it repeats what stands in the sections."""
    said = Section(_("Tin đã nhắn"), copy.own_messages)
    whole = "\n\n".join([copy.head, *map(drawn, (*copy.sections, said))])
    texts = list(_cut(whole))
    return tuple(
        _("({number}/{count})\n{text}").format(number=number, count=len(texts), text=text)
        for number, text in enumerate(texts, 1)
    )


def _cut(text: str) -> Iterator[str]:
    """At lines; a line that is too long alone is cut where it must be."""
    held = ""
    for line in text.split("\n"):
        for piece in _pieces(line):
            if len(held) + len(piece) + 1 > LONGEST:
                yield held.strip()
                held = ""
            held += f"{piece}\n"
    if held.strip():
        yield held.strip()


def _pieces(line: str) -> Iterator[str]:
    if not line:
        yield line
    for start in range(0, len(line), LONGEST - 1):
        yield line[start : start + LONGEST - 1]
