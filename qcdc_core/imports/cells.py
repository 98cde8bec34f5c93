"""Reading single cells: dates and the two national codes."""

import re
from datetime import date, datetime

WRITTEN = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
# Weights of the tax code's first nine digits; recomputed on real codes (domain/units.md).
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def day_in(text: str) -> date | None:
    """None when the text is no day; the day of the month stands first, as in Việt Nam."""
    for form in WRITTEN:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def is_tax_code(text: str) -> bool:
    """Ten digits with a check digit, or these with a branch of three digits."""
    if not re.fullmatch(r"\d{10}(-\d{3})?", text, re.ASCII):
        return False
    digits = [int(sign) for sign in text[:10]]
    total = sum(weight * digit for weight, digit in zip(TAX_WEIGHTS, digits, strict=False))
    return total % 11 > 0 and digits[9] == 10 - total % 11


def is_location_code(text: str) -> bool:
    """Nghị định 326/2026/NĐ-CP: twelve digits."""
    return re.fullmatch(r"\d{12}", text, re.ASCII) is not None
