"""Who leads now, and when each periodic job is due next."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base, Moment


class Lease(Base):
    """``holder`` leads in the matter of ``name`` until the moment ``until``, unless renewed."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(100))
    taken_at: Mapped[datetime] = mapped_column(Moment)
    renewed_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)


class PeriodicJob(Base):
    """``failure`` names the kind of error of the last run; empty when it went well."""

    __tablename__ = "periodic_job"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    next_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    failure: Mapped[str | None] = mapped_column(String(100))
