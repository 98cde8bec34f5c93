"""Units (đơn vị) and their dated place in the tree."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base


class Unit(Base):
    """A province, commune, village, agency or enterprise; its code never changes or returns."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    tax_code: Mapped[str | None] = mapped_column(String(14))
    location_code: Mapped[str | None] = mapped_column(String(12))


class UnitState(Base):
    """Name, kind and parent of a unit from ``valid_from`` up to, not including, ``valid_to``.

    Villages are merged, split and renamed: a closed period rolls up by the states valid on its
    last day.
    """

    __tablename__ = "unit_state"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="dates_in_order"),
        Index(None, "unit_id", "valid_from", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
