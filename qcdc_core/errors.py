"""Refusals: what a person asked for and may not or cannot have now.

Problems in data are values (`qcdc_core.checking.Finding`); only refusals are raised.
"""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):  # noqa: N818 - a refusal is not a failure of the program
    """Something was asked that cannot be done; carries a stable code and the things it is about.

    The sentence for the person is made where it is shown, from ``code`` and ``fields``
    (bot/dialogue/wording.py, admin/wording.py), so that one refusal can speak to a village head
    and to an officer in their own words.
    """

    def __init__(self, code: str, /, **fields: Any) -> None:
        super().__init__(f"{code} {fields}" if fields else code)
        self.code = code
        self.fields: Mapping[str, Any] = fields


class BadData(ValueError):  # noqa: N818 - named for what it says about the file
    """A shipped or installed data file (forms, rules, law, calendar) does not hold together."""
