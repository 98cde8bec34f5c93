"""What an installation teaches the reader: its own words for figures, its units of land."""

from qcdc_core.learned.land import land_units_of, remember_land_unit
from qcdc_core.learned.unread import note_unread
from qcdc_core.learned.words import learn, synonyms_for

__all__ = ["land_units_of", "learn", "note_unread", "remember_land_unit", "synonyms_for"]
