"""A number typed into a field of an admin page: read strictly, or refused with a sentence."""

import re
from decimal import Decimal

from qcdc_core.db import plain
from qcdc_core.errors import Refusal
from qcdc_core.forms import Figure

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_BARE = re.compile(r"\d{1,15}(?:,\d+)?", re.ASCII)
NOT_APPLICABLE = "na"


def read_value(figure: Figure, typed: str) -> Decimal | None:
    """The value in the figure's unit; None when the figure does not apply to the unit.

    12.500.000 and 12500000 and 2,5 are read; 1.5 could be both and is refused. Raises Refusal
    not_a_number(typed), too_exact(decimals) or not_a_flag.
    """
    text = typed.strip().replace("\u00a0", "").replace(" ", "")
    if figure.may_not_apply and text == NOT_APPLICABLE:
        return None
    if figure.kind == "flag":
        if text not in ("0", "1"):
            raise Refusal("not_a_flag")
        return Decimal(text)
    if not (_GROUPED.fullmatch(text) or _BARE.fullmatch(text)):
        raise Refusal("not_a_number", typed=typed.strip()[:40])
    whole, _, decimals = text.replace(".", "").partition(",")
    if len(decimals.rstrip("0")) > figure.decimals:
        raise Refusal("too_exact", decimals=figure.decimals)
    return plain(Decimal(f"{whole}.{decimals or '0'}"))
