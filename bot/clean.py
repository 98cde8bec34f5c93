"""What somebody typed, made fit to store and to show."""

import re
import unicodedata

# They turn the order of signs on a page, so that 12 could be shown as 21.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_KEPT_CONTROLS = "\n\t"


def clean(text: str) -> str:
    """Composed letters, one kind of line end, no control signs, no halves of surrogate pairs."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return _TURNING.sub("", "".join(sign for sign in text if _may_stay(sign)))


def _may_stay(sign: str) -> bool:
    return sign in _KEPT_CONTROLS or unicodedata.category(sign) not in ("Cc", "Cs")
