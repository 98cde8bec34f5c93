"""Checking figures: rules as data, outliers, and what does not fit as values."""

from qcdc_core.checking.check import Context, check, implied
from qcdc_core.checking.context import context_for
from qcdc_core.checking.finding import Finding, Repair

__all__ = ["Context", "Finding", "Repair", "check", "context_for", "implied"]
