"""The register of requests about personal data, with their clocks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base, Moment


class DataRequest(Base):
    """What somebody asked about their own data, by when it must be done, and what was done.

    ``kind``: one of `qcdc_core.personal.requests.KINDS`. ``origin``: chat or paper. ``person_id``
    is empty for somebody who never joined. ``key`` opens the copy from ``conversation_id`` alone.
    ``done_by`` is empty when the program did it at once. ``counts``: how much was told or erased.
    """

    __tablename__ = "data_request"
    __table_args__ = (Index(None, "done_at", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"), index=True)
    key: Mapped[str | None] = mapped_column(String(43), unique=True)
    received_at: Mapped[datetime] = mapped_column(Moment)
    answer_on: Mapped[date]
    due_on: Mapped[date]
    extended_for: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"))
    done_by: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"))
    outcome: Mapped[str | None] = mapped_column(Text)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
