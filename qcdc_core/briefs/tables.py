"""Briefs that somebody compiled."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base, Moment


class CompiledBrief(Base):
    """A compiled brief, kept as it was: page and downloads come from this same content."""

    __tablename__ = "compiled_brief"
    __table_args__ = (Index(None, "unit_id", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    period: Mapped[str] = mapped_column(String(10))
    compiled_at: Mapped[datetime] = mapped_column(Moment)
    compiled_by: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_digest: Mapped[str] = mapped_column(String(64))
