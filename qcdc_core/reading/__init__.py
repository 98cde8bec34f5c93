"""Reading figures as people really write them: text in, values and doubts out. Pure functions."""

from qcdc_core.reading.reader import read
from qcdc_core.reading.text import fold
from qcdc_core.reading.values import (
    Awaiting,
    Doubt,
    DoubtReason,
    Intent,
    ReadFigure,
    Reading,
    Synonym,
)

__all__ = [
    "Awaiting",
    "Doubt",
    "DoubtReason",
    "Intent",
    "ReadFigure",
    "Reading",
    "Synonym",
    "fold",
    "read",
]
