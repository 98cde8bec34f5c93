"""How numbers are printed in official documents: 02 cuộc, 14/14, 92,41%, 11.796,9 triệu đồng."""

from decimal import ROUND_HALF_UP, Decimal

from qcdc_core.language import gettext as _
from qcdc_core.language import number, percent

DASH = "–"
_MILLION = Decimal(10**6)


def count_text(value: Decimal | None) -> str:
    """Whole numbers from 1 to 9 take a leading zero, as in the reports of the committees."""
    if value is None:
        return DASH
    is_small = value == value.to_integral_value() and 1 <= value <= 9
    return f"0{value:.0f}" if is_small else number(value)


def amount_text(value: Decimal | None, unit: str) -> tuple[str, str]:
    """The number and the unit beside it; large amounts of đồng in millions, exactly."""
    if value is not None and unit == "đồng" and value >= _MILLION:
        return millions_text(value), _("triệu đồng")
    return count_text(value), _(unit)


def millions_text(value: Decimal | None) -> str:
    """An amount of đồng in millions, with as many decimals as it takes to lose no đồng."""
    return DASH if value is None else _exact(value / _MILLION)


def share_text(value: Decimal | None, form: str) -> str:
    """Two decimals, rounded half up, for percentages and for means."""
    if form == "percent" or value is None:
        return percent(value)
    return number(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _exact(value: Decimal) -> str:
    whole, _point, decimals = format(value, "f").partition(".")
    decimals = decimals.rstrip("0")
    return f"{number(Decimal(whole))},{decimals}" if decimals else number(Decimal(whole))
