"""Units that a message declares: "ĐVT: nghìn đồng", "1 sào = 500 m2"."""

import re
from collections.abc import Mapping
from decimal import Decimal

from qcdc_core.reading.amount import Scales
from qcdc_core.reading.number_words import literal
from qcdc_core.reading.text import Folded

_MONEY_UNIT = (
    r"(?P<money>1[.,]?000\s*(?:d|dong|vnd)|1000d|nghin(?:\s*(?:d|dong))?|ngan(?:\s*(?:d|"
    r"dong))?|ng\.?d"
    r"|trieu(?:\s*(?:d|dong))?|tr\.?\s?d(?:ong)?|tr|ty(?:\s*dong)?|dong)"
)
_LAND_UNIT = r"(?P<land>ha|hec\s?ta|hecta|m2|met vuong)"
_DECLARED = re.compile(
    rf"\b(?:dvt|don vi(?: tinh)?|dv tinh|dv|tinh (?:bang|theo)(?: don vi)?|ghi (?:theo|"
    rf"bang)(?: don vi)?|"
    rf"theo don vi(?:"
    rf" tinh)?)\s*[:=]?\s*(?:la\s+)?(?:{_MONEY_UNIT}\b(?:\s*[,;/va]+\s*{_LAND_UNIT}\b)?|"
    rf"{_LAND_UNIT.replace('land', 'only')}\b)",
)
_BRACKETED = re.compile(rf"\(\s*(?:{_MONEY_UNIT}|{_LAND_UNIT})\s*\)\s*(?:[:=]|(?=$|[,;.\n]))")
_PLACES = (
    "o|nay|minh|day|dat|ruong|vuon|mien|trung|nam|bac|bo|tay|nguyen|cua|thon|xa|lang|chung|toi|ta"
    "|tui|em|dia|phuong|que|ben|moi|mot|huyen|tinh|vung|nao|thi|tuc"
)
_LOCAL = re.compile(
    r"(?P<count>\d[\d.,]* ?|\b(?:hai|ba|bon|nam|nua) )?"
    rf"\b(?P<unit>sao|thuoc|mau|cong)(?P<words>(?: (?:{_PLACES})\b){{0,5}}?)"
    r"\s*(?P<sign>=|:|\bla\b|\bbang\b|\bkhoang\b)?\s*"
    r"(?P<size>\d[\d.,]*)\s*(?:m2|met vuong|met|m)(?![a-z0-9])"
)
_UNIT_NAMES = {"sao": "sao", "thuoc": "thuoc", "mau": "mau", "cong": "cong_dat"}
_SIZES = (("ty", 10**9), ("tr", 10**6), ("ng", 10**3), ("1", 10**3), ("dong", 1))


def declared(
    folded: Folded, local_units: Mapping[str, Decimal]
) -> tuple[Scales, list[tuple[int, int]]]:
    """The units a folded message declares over those of the installation, and where it does."""
    plain = folded.plain
    spans: list[tuple[int, int]] = []
    money = land = None
    for found in _BRACKETED.finditer(plain):
        spans.append(found.span())
        money = _size(found["money"]) if found["money"] else money
        land = _hectares(found["land"]) if found["land"] else land
    if "tinh" in plain or "dvt" in plain or "don vi" in plain or "dv " in plain:
        for found in _DECLARED.finditer(plain):
            spans.append(found.span())
            money = _size(found["money"]) if found["money"] else money
            area = found["land"] or found["only"]
            if area:
                land = _hectares(area)
    local = {fold_unit(name): size for name, size in local_units.items()}
    if "m" in plain:
        for found in _LOCAL.finditer(plain):
            added = folded.marked[found.start("unit") : found.end("unit")] == "cộng"
            size = None if added else _local_size(found)
            if size is not None:
                local[_UNIT_NAMES[found["unit"]]] = size
                spans.append(found.span())
    return Scales(money, land, local), spans


def fold_unit(name: str) -> str:
    return _UNIT_NAMES.get(name, name)


def _hectares(unit: str) -> Decimal:
    return Decimal(10_000) if unit.startswith("h") else Decimal(1)


def _size(unit: str) -> Decimal:
    return Decimal(next((size for start, size in _SIZES if unit.startswith(start)), 10**3))


def _local_size(found: re.Match[str]) -> Decimal | None:
    """None when a count stands before the unit: "2 sào 500 m2" explains nothing."""
    count = (found["count"] or "").strip()
    if count not in ("", "1", "01") or (
        found["unit"] == "cong" and not count and not found["words"]
    ):
        return None
    readings = literal(found["size"].rstrip(".,"))
    whole = [one for one in readings if one == one.to_integral_value()] or list(readings)
    return max(whole) if whole else None
