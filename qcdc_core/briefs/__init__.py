"""Briefs: composed from what was reported, rendered, kept, and opened down to the messages."""

from qcdc_core.briefs.compose import compose
from qcdc_core.briefs.keep import keep
from qcdc_core.briefs.model import Brief
from qcdc_core.briefs.sources import SourceRow, all_rows, sources
from qcdc_core.briefs.to_docx import to_docx
from qcdc_core.briefs.to_html import to_html
from qcdc_core.briefs.to_pdf import to_pdf
from qcdc_core.briefs.to_text import to_text
from qcdc_core.briefs.to_xlsx import to_xlsx

__all__ = [
    "Brief",
    "SourceRow",
    "all_rows",
    "compose",
    "keep",
    "sources",
    "to_docx",
    "to_html",
    "to_pdf",
    "to_text",
    "to_xlsx",
]
