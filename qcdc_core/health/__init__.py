"""Is this installation well? Each check says what is so, and what to do when it is not."""

from qcdc_core.health.checks import examine
from qcdc_core.health.result import Result

__all__ = ["Result", "examine"]
