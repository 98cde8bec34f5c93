"""Briefs: composed from what was reported, rendered, kept, and opened down to the messages."""

from qcdc_core.briefs.compose import compose
from qcdc_core.briefs.keep import keep
from qcdc_core.briefs.model import Brief
from qcdc_core.briefs.sources import SourceRow, all_rows, sources

__all__ = ["Brief", "SourceRow", "all_rows", "compose", "keep", "sources"]
