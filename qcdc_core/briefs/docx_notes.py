"""Footnotes of a Word document; python-docx has none, so the part is written here."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from qcdc_core.briefs.model import Note
from qcdc_core.briefs.profiles import Profile

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# The names by which Word knows them; python-docx derives the ids by leaving out the spaces.
_TEXT, _TEXT_ID = "footnote text", "footnotetext"
_REFERENCE, _REFERENCE_ID = "footnote reference", "footnotereference"
# Word asks for these two, which draw the line above the notes.
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/>'
    "</w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)


class Footnotes:
    """The part with all notes; nothing is added when there are none."""

    def __init__(self, document: Document, notes: tuple[Note, ...], profile: Profile) -> None:
        if not notes:
            return
        _add_styles(document, profile)
        part = Part(
            PackURI("/word/footnotes.xml"),
            _CONTENT_TYPE,
            _xml(notes).encode(),
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def refer(self, paragraph: Paragraph, number: int) -> None:
        """Put the raised number behind the text so far."""
        run = paragraph.add_run(style=_REFERENCE)
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        run._r.append(reference)  # noqa: SLF001 - python-docx has no footnotes


def _add_styles(document: Document, profile: Profile) -> None:
    text = document.styles.add_style(_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(profile.sizes["note"])
    text.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    reference = document.styles.add_style(_REFERENCE, WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True


def _xml(notes: Iterable[Note]) -> str:
    written = "".join(_note(note) for note in notes)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{written}</w:footnotes>"
    )


def _note(note: Note) -> str:
    return (
        f'<w:footnote w:id="{note.number}"><w:p><w:pPr><w:pStyle w:val="{_TEXT_ID}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{_REFERENCE_ID}"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note.text)}</w:t></w:r></w:p></w:footnote>'
    )
