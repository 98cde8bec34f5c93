"""A brief as a Word document by Nghị định 30/2020/NĐ-CP or by the Party's rules."""

from collections.abc import Iterable
from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.section import Section as DocxSection
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from qcdc_core.briefs import docx_parts as part
from qcdc_core.briefs.docx_notes import Footnotes
from qcdc_core.briefs.docx_tables import add_table
from qcdc_core.briefs.model import Annex, Brief, Paragraph, Section
from qcdc_core.briefs.profiles import Profile, profiles
from qcdc_core.briefs.words import annex_belongs_to, annex_name, closing_text, section_title


def to_docx(brief: Brief) -> bytes:
    """The number, the day and the signer's name are left open for the records office."""
    writer = _Writer(brief)
    writer.write()
    stream = BytesIO()
    writer.document.save(stream)
    return stream.getvalue()


class _Writer:
    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._profile: Profile = profiles()[brief.head.profile]
        self.document: DocxDocument = Document()
        self._notes = Footnotes(self.document, brief.notes, self._profile)

    def write(self) -> None:
        part.set_up_styles(self.document, self._profile)
        part.set_up_properties(self.document, self._brief)
        self._set_up_page(self.document.sections[0])
        part.add_head(self.document, self._brief, self._profile)
        self._paragraphs(self._brief.opening)
        self._sections(self._brief.sections)
        self._paragraphs(closing_text(self._brief, self._profile))
        part.add_signing(self.document, self._brief, self._profile)
        for annex in self._brief.annexes:
            self._annex(annex)

    def _sections(self, sections: Iterable[Section]) -> None:
        for one in sections:
            heading = self.document.add_paragraph(style=f"Heading {one.level}")
            heading.add_run(section_title(one, self._profile))
            self._paragraphs(one.paragraphs)

    def _paragraphs(self, paragraphs: Iterable[Paragraph]) -> None:
        for one in paragraphs:
            self._runs(self.document.add_paragraph(style="Body Text"), one)

    def _runs(self, written: DocxParagraph, one: Paragraph) -> None:
        if one.bullet:
            written.add_run("- ")
        for run in one.runs:
            written.add_run(run.text)
            if run.note is not None:
                self._notes.refer(written, run.note)

    def _annex(self, annex: Annex) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._set_up_page(section, landscape=annex.landscape)
        part.restart_page_numbers(section)
        for text, bold, italic in (
            (annex_name(annex), True, False),
            (annex.title.upper(), True, False),
            (annex_belongs_to(self._brief), False, True),
        ):
            line = part.add_line(self.document, text, self._profile.sizes["title"], bold=bold)
            line.runs[0].italic = italic
            line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_after = Pt(12)
        self._sections(annex.sections)
        for table in annex.tables:
            if table.title:
                self._table_title(table.title)
            add_table(self.document, table, self._profile, section)

    def _table_title(self, title: str) -> None:
        line = part.add_line(self.document, title, self._profile.sizes["text"], bold=True)
        line.paragraph_format.space_before = Pt(12)
        line.paragraph_format.space_after = Pt(6)
        line.paragraph_format.keep_with_next = True

    def _set_up_page(self, section: DocxSection, *, landscape: bool = False) -> None:
        margins = self._profile.margins
        width, height = Mm(210), Mm(297)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (height, width) if landscape else (width, height)
        section.top_margin, section.bottom_margin = Mm(margins["top"]), Mm(margins["bottom"])
        section.left_margin, section.right_margin = Mm(margins["left"]), Mm(margins["right"])
        section.header_distance = Mm(10)
        part.number_pages(section, self._profile)
