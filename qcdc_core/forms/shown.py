"""A value of a figure in words, the same in chat, pages and findings."""

from decimal import Decimal

from qcdc_core.forms.catalog import Figure
from qcdc_core.language import gettext as _
from qcdc_core.language import money_in_scale, number


def shown(figure: Figure, value: Decimal) -> str:
    """'12.500.000 đồng (12,5 triệu)', '3 vụ', 'có', 'không'."""
    if figure.kind == "flag":
        return _("có") if value else _("không")
    text = f"{number(value)} {_(figure.unit)}"
    scale = money_in_scale(value) if figure.unit == "đồng" else None
    return f"{text} ({scale})" if scale else text
