"""What an installation adds to the reporting calendar."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, true
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base, Moment


class EarlyClosing(Base):
    """The committee closes a period early; ``last_day`` is the last day that it covers."""

    __tablename__ = "early_closing"

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(String(10), unique=True)
    last_day: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"))


class Holiday(Base):
    """What the installation says of a day: off (Tết and others are set year by year), or worked.

    Wins over the shipped days (`qcdc_core.forms.holidays`).
    """

    __tablename__ = "holiday"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    is_off: Mapped[bool] = mapped_column(default=True, server_default=true())
