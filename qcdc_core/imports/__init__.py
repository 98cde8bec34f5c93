"""Units and people from tables (.xlsx, .csv): all rows or none."""

from qcdc_core.imports.people import import_people
from qcdc_core.imports.problem import Problem
from qcdc_core.imports.units import import_units

__all__ = ["Problem", "import_people", "import_units"]
