"""Tables of a Word document: repeated headings, no row cut in two, fixed widths."""

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Pt
from docx.table import _Cell, _Row

from qcdc_core.briefs.docx_parts import set_widths
from qcdc_core.briefs.model import Cell, Column, Table
from qcdc_core.briefs.profiles import Profile

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}


def add_table(document: Document, table: Table, profile: Profile, section: Section) -> None:
    written = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    written.alignment = WD_TABLE_ALIGNMENT.CENTER
    written.autofit = False
    size = profile.sizes["table"]
    titles = [Cell(column.title, bold=True) for column in table.columns]
    _write_row(written.rows[0], titles, table.columns, size, is_heading=True)
    _repeat(written.rows[0])
    for row in table.rows:
        _write_row(written.add_row(), row, table.columns, size)
    whole = sum(column.width for column in table.columns)
    room = _room(section)
    set_widths(written, [room * column.width // whole for column in table.columns])


def _room(section: Section) -> int:
    """Width between the margins, in English Metric Units."""
    return (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)


def _write_row(
    row: _Row,
    cells: list[Cell] | tuple[Cell, ...],
    columns: tuple[Column, ...],
    size: float,
    *,
    is_heading: bool = False,
) -> None:
    for written, cell, column in zip(row.cells, cells, columns, strict=True):
        align = "center" if is_heading else column.align
        _write_cell(written, cell, align, size)
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def _write_cell(written: _Cell, cell: Cell, align: str, size: float) -> None:
    line = written.paragraphs[0]
    line.alignment = _ALIGN[align]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    run = line.add_run(cell.text)
    run.bold = cell.bold
    run.font.size = Pt(size)


def _repeat(row: _Row) -> None:
    """The heading row comes again on each page."""
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001
