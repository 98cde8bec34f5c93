"""One quantity as a value of one figure, or the reason why it must be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from qcdc_core.forms import Figure
from qcdc_core.reading.item import Quantity
from qcdc_core.reading.values import DoubtReason

LOCAL_UNITS = frozenset({"sao", "cong_dat", "thuoc", "mau"})
_OFFERED = (DoubtReason.range, DoubtReason.several_values)
_HECTARE = Decimal(10_000)
_SURE_LAND = 100  # m²; a smaller bare number may be sào or metres
_SURE_MONEY = Decimal(100_000)
_MILLION, _THOUSAND = Decimal(1_000_000), Decimal(1_000)


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in the unit of the form, or a reason with the values it might be."""

    value: Decimal | None = None
    reason: DoubtReason | None = None
    choices: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Scales:
    """Units that the message (or the installation) declares: money, land, local units."""

    money: Decimal | None = None
    land: Decimal | None = None
    local: Mapping[str, Decimal] = field(default_factory=dict)


def amount(figure: Figure, quantity: Quantity, scales: Scales) -> Amount:
    """Weigh one quantity. A doubt that the quantity carries already wins."""
    if quantity.sure:
        return Amount(quantity.value)
    if quantity.doubt is not None:
        choices = quantity.readings if quantity.doubt in _OFFERED else ()
        return Amount(reason=quantity.doubt, choices=choices)
    if figure.unit == "đồng":
        return _money(quantity, scales)
    if figure.unit == "m²":
        return _land(quantity, scales)
    if quantity.scale >= 10**6:
        return Amount(reason=DoubtReason.unclear)
    return _plain(figure, quantity)


def _plain(figure: Figure, quantity: Quantity) -> Amount:
    if figure.kind == "flag":
        return _flag(quantity)
    return _decimal(quantity) if figure.decimals else _count(quantity)


def _flag(quantity: Quantity) -> Amount:
    if quantity.value in (0, 1):
        return Amount(quantity.value)
    return Amount(reason=DoubtReason.unclear)


def _count(quantity: Quantity) -> Amount:
    """Counts are whole: 1.250 and 1,250 are both 1250. "Một trăm hai" may be 120 or 102."""
    whole = [one for one in quantity.readings if one == one.to_integral_value()]
    if quantity.words and len(whole) > 1:
        return Amount(reason=DoubtReason.separator, choices=quantity.readings)
    if whole:
        return Amount(max(whole))  # 1.000 is a thousand, not one
    return Amount(reason=DoubtReason.fraction)


def _decimal(quantity: Quantity) -> Amount:
    if len(quantity.readings) == 1 or "." in quantity.literal:
        return Amount(quantity.value)
    return Amount(reason=DoubtReason.separator, choices=quantity.readings)


def _land(quantity: Quantity, scales: Scales) -> Amount:
    if quantity.unit == "met":
        return Amount(reason=DoubtReason.unclear, choices=quantity.readings)
    if quantity.unit in LOCAL_UNITS or quantity.unit == "cong":
        return _local(quantity, scales)
    factor = Decimal(1)
    if quantity.unit == "ha" or (quantity.unit is None and scales.land):
        factor = _HECTARE if quantity.unit == "ha" else scales.land or factor
        if len(quantity.readings) > 1:
            return Amount(
                reason=DoubtReason.separator,
                choices=tuple(one * factor for one in quantity.readings),
            )
    found = _decimal(quantity)
    if found.value is None:
        return found
    if quantity.unit is None and scales.land is None and 0 < found.value < _SURE_LAND:
        return Amount(reason=DoubtReason.no_unit, choices=(found.value,))
    return Amount(found.value * factor)


def _local(quantity: Quantity, scales: Scales) -> Amount:
    unit = "cong_dat" if quantity.unit == "cong" else quantity.unit or ""
    size = scales.local.get(unit)
    if size is None or len(quantity.readings) > 1:
        return Amount(reason=DoubtReason.local_unit)
    return Amount(quantity.value * size)


def _money(quantity: Quantity, scales: Scales) -> Amount:
    readings = quantity.readings
    if quantity.scale > 1:
        likely = [one for one in readings if one >= _SURE_MONEY]
        if len(readings) == 1 or (quantity.scale == _THOUSAND and len(likely) == 1):
            return Amount((likely or readings)[0])
        return Amount(reason=DoubtReason.separator, choices=readings)
    if readings[0] == 0:
        return Amount(Decimal(0))
    whole = readings[0] if readings[0] == readings[0].to_integral_value() else readings[-1]
    if scales.money and quantity.unit is None:
        return _declared(readings, scales.money)
    if whole == whole.to_integral_value() and whole >= _SURE_MONEY:
        return Amount(whole)
    return Amount(reason=DoubtReason.no_unit, choices=_money_choices(readings))


def _declared(readings: tuple[Decimal, ...], unit: Decimal) -> Amount:
    """A table in thousands or millions; an amount that is absurd there was written in full."""
    if readings[0] * unit >= 10**12 or (readings[0] >= 10**6 and unit > 1):
        return Amount(reason=DoubtReason.unclear, choices=(readings[0], readings[0] * unit))
    if len(readings) > 1 and unit >= _MILLION:
        return Amount(reason=DoubtReason.separator, choices=tuple(one * unit for one in readings))
    whole = [one for one in readings if one == one.to_integral_value()]
    return Amount(max(whole or readings[:1]) * unit)


def _money_choices(readings: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    value = readings[0]
    if value < _THOUSAND:
        return (value * _MILLION, value * _THOUSAND)
    return (value * _THOUSAND, value)
