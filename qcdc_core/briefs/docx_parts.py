"""Pieces of a Word document that python-docx leaves to us: fonts, fields, head, signing."""

from collections.abc import Iterable, Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qcdc_core.briefs.model import Brief
from qcdc_core.briefs.profiles import Profile
from qcdc_core.briefs.words import unbroken

_BLACK = RGBColor(0, 0, 0)
_FACES = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
_THEME_FACES = ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme")


def set_up_styles(document: Document, profile: Profile) -> None:
    """Every style used gets the font under all four names, or Word falls back to the theme's."""
    for name in ("Normal", "Body Text", "Heading 1", "Heading 2", "Header"):
        style = document.styles[name]
        set_font(style, profile.font)
        style.font.size = Pt(profile.sizes["text"])
        style.font.color.rgb = _BLACK
    _language(document.styles["Normal"])
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    body = document.styles["Body Text"].paragraph_format
    body.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.first_line_indent = Mm(profile.first_line)
    body.space_before, body.space_after = Pt(0), Pt(profile.space_after)
    body.line_spacing = profile.line_spacing
    body.widow_control = True
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        style.font.bold = True
        style.font.italic = False
        style.paragraph_format.first_line_indent = Mm(profile.first_line)
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        style.paragraph_format.space_before = Pt(profile.space_after)
        style.paragraph_format.space_after = Pt(profile.space_after)
        style.paragraph_format.keep_with_next = True


def set_font(style: CharacterStyle, name: str) -> None:
    style.font.name = name
    faces = style.element.get_or_add_rPr().get_or_add_rFonts()
    for face in _FACES:
        faces.set(qn(face), name)
    for face in _THEME_FACES:
        faces.attrib.pop(qn(face), None)


def set_up_properties(document: Document, brief: Brief) -> None:
    properties = document.core_properties
    properties.title = brief.head.title
    properties.author = brief.head.committee
    properties.language = "vi-VN"
    properties.comments = ""
    properties.created = properties.modified = brief.head.compiled_at


def add_head(document: Document, brief: Brief, profile: Profile) -> None:
    """The two-column head, then type and title with the line under it."""
    head, sizes = brief.head, profile.sizes
    table = _two_columns(document, profile, (38, 62))
    left, right = table.rows[0].cells
    parent = unbroken(head.parent_body, head.unit_name.upper())
    _fill(left, [(parent, sizes["parent"], False), (head.body, sizes["body"], True)])
    _under(left, profile.under_body, sizes["body"])
    _add(left, profile.number, sizes["number"], before=6)
    motto = [
        (text, sizes["motto"] if place == 0 else sizes["under_motto"], True)
        for place, text in enumerate(profile.motto)
    ]
    _fill(right, motto)
    underline(right.paragraphs[-1])
    date = _add(
        right,
        profile.place_and_date.format(place=head.place, year=head.year),
        sizes["date"],
        before=6,
    )
    date.runs[0].italic = True
    kind = add_line(document, profile.kind, sizes["kind"], bold=True)
    kind.paragraph_format.space_before = Pt(18)
    title = add_line(document, head.title, sizes["title"], bold=True)
    underline_short(document, title)


def add_signing(document: Document, brief: Brief, profile: Profile) -> None:
    """Recipients on the left; authority and post on the right, room for name and seal."""
    gap = document.add_paragraph()
    gap.paragraph_format.space_after = Pt(0)
    gap.paragraph_format.keep_with_next = True
    table = _two_columns(document, profile, (50, 50))
    left, right = table.rows[0].cells
    label = profile.recipients_label
    first = _text(left.paragraphs[0], label.text, profile.sizes["recipients_label"])
    first.bold, first.italic, first.underline = label.bold, label.italic, label.underline
    for one in brief.head.recipients:
        end = "" if one.endswith(".") else ";"
        line = left.add_paragraph()
        _text(line, f"- {one}{end}", profile.sizes["recipients"])
        line.paragraph_format.space_after = Pt(0)
    lines = [(text, profile.sizes["signing"], True) for text in brief.head.signing]
    _fill(right, lines)
    for _line in range(4):
        _add(right, "", profile.sizes["signing"])
    _keep_together(table)


def add_line(document: Document, text: str, size: float, *, bold: bool = False) -> Paragraph:
    """A centred line without indent."""
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = Pt(0)
    _text(line, text, size).bold = bold
    return line


def number_pages(section: Section, profile: Profile) -> None:
    """Centred in the top margin, hidden on the first page of each part."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = line.add_run()
    run.font.size = Pt(profile.sizes["page_number"])
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), ("end", None)):
        run._r.append(_field(kind, text))  # noqa: SLF001 - python-docx has no fields


def restart_page_numbers(section: Section) -> None:
    """A new section begins as a copy of the one before, which may have the setting already."""
    properties = section._sectPr  # noqa: SLF001 - python-docx has no page number settings
    for copied in properties.findall(qn("w:pgNumType")):
        properties.remove(copied)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    properties.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")


def underline(paragraph: Paragraph) -> None:
    """A line as long as the text, close under it."""
    for run in paragraph.runs:
        run.underline = True


def underline_short(document: Document, above: Paragraph) -> None:
    """A short line under the title, drawn as the border of an indented empty paragraph."""
    line = document.add_paragraph()
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(62)
    line.paragraph_format.space_after = Pt(12)
    line.paragraph_format.line_spacing = Pt(6)
    above.paragraph_format.keep_with_next = True
    _border_above(line)


def _border_above(paragraph: Paragraph) -> None:
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no borders
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _under(cell: _Cell, kind: str, size: float) -> None:
    """Under the issuing body: a star in Party documents, else a line of a third of its width."""
    if kind == "star":
        _add(cell, "*", size)
        return
    line = cell.add_paragraph()
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(24)
    line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.line_spacing = Pt(6)
    _border_above(line)


def _two_columns(document: Document, profile: Profile, shares: tuple[int, int]) -> Table:
    width = 210 - profile.margins["left"] - profile.margins["right"]
    table: Table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    set_widths(table, [Mm(width * share / 100) for share in shares])
    return table


def set_widths(table: Table, widths: Sequence[int]) -> None:
    """Of the grid and of every cell: Word obeys the cells, LibreOffice the grid."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
        for cell in column.cells:
            cell.width = Emu(width)


def _fill(cell: _Cell, lines: Iterable[tuple[str, float, bool]]) -> None:
    for place, (text, size, bold) in enumerate(lines):
        line = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_after = Pt(0)
        _text(line, text, size).bold = bold


def _add(cell: _Cell, text: str, size: float, before: float = 0) -> Paragraph:
    line: Paragraph = cell.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(before), Pt(0)
    _text(line, text, size)
    return line


def _text(paragraph: Paragraph, text: str, size: float) -> Run:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    return run


def _field(kind: str | None, text: str | None) -> object:
    if kind is not None:
        sign = OxmlElement("w:fldChar")
        sign.set(qn("w:fldCharType"), kind)
        return sign
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = text
    return instruction


def _keep_together(table: Table) -> None:
    """The signature never stands alone on a page, nor is it cut in two."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def _language(style: CharacterStyle) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
