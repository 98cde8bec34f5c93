"""The demo province: an invented, present-day province with 21 months of figures."""

from qcdc_core.demo.load import Loaded, is_empty, load

__all__ = ["Loaded", "is_empty", "load"]
