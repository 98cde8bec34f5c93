"""Personal data: copy, withdrawal, erasure, the register of requests, and how long what is kept."""

from qcdc_core.personal.copy import copy_of
from qcdc_core.personal.erase import erase
from qcdc_core.personal.subject import subject_in, subject_of
from qcdc_core.personal.withdraw import withdraw

__all__ = ["copy_of", "erase", "subject_in", "subject_of", "withdraw"]
