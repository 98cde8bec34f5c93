"""Units of land differ by region: what a unit said once is remembered for it."""

import re
from datetime import datetime
from decimal import Decimal
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from qcdc_core.learned.tables import LandUnit
from qcdc_core.reading import fold

# What a unit of land has anywhere in the country, in m²; the rest is a slip and not remembered.
# thước 24 (North) or 33 (Centre); sào 360, 497 or 500; công 1,000 to 1,296; mẫu ten sào or công.
_USUAL = {
    "thuoc": (Decimal(20), Decimal(40)),
    "sao": (Decimal(300), Decimal(1000)),
    "cong": (Decimal(900), Decimal(1300)),
    "mau": (Decimal(3000), Decimal(13000)),
}
_SAID = re.compile(r"(?P<count>\d+(?:[.,]\d+)?)\s*(?P<unit>sao|cong|mau|thuoc)\b")


def land_units_of(session: Session, unit_id: int | None) -> dict[str, Decimal]:
    """m² by name of the unit of land, as `qcdc_core.reading.read` takes it; empty when unknown."""
    if unit_id is None:
        return {}
    rows = session.scalars(_of_unit(), {"unit": unit_id})
    return {row.name: row.square_metres for row in rows}


@cache
def _of_unit() -> Select[LandUnit]:
    return select(LandUnit).where(LandUnit.unit_id == bindparam("unit"))


def remember_land_unit(
    session: Session, unit_id: int, quote: str, answer: Decimal, message_id: int, now: datetime
) -> None:
    """When “3 sào” was asked back and answered with ``answer`` m²: keep what one sào is here.

    Nothing is kept when the quote is not one count of one unit, or the size is unusual.
    """
    found = _SAID.fullmatch(" ".join(fold(quote).split()).removesuffix(" dat"))
    count = Decimal(found["count"].replace(",", ".")) if found else Decimal(0)
    if found is None or count == 0:
        return
    size = answer / count
    least, most = _USUAL[found["unit"]]
    if not least <= size <= most or size != size.quantize(Decimal("0.01")):
        return
    _keep(session, unit_id, found["unit"], size, message_id, now)


def _keep(
    session: Session, unit_id: int, name: str, size: Decimal, message_id: int, now: datetime
) -> None:
    row = session.scalar(select(LandUnit).filter_by(unit_id=unit_id, name=name))
    if row is None:
        row = LandUnit(unit_id=unit_id, name=name)
        session.add(row)
    row.square_metres, row.message_id, row.learned_at = size, message_id, now
    session.flush()
