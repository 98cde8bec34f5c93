"""Files received, and their bytes: of equal files the bytes are stored once."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base, Moment


class EvidenceContent(Base):
    """The bytes of a file under their SHA-256 (hexadecimal)."""

    __tablename__ = "evidence_content"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class EvidenceFile(Base):
    """One file of a message; ``place`` counts the files of a message from 0.

    ``state``: waiting (the platform still has it), kept, or failed. ``source``: how the platform is
    asked for it, until it is kept. ``unit_id``, ``form``, ``period``: the report it belongs to,
    drafted or sent; empty while the sender is asked. ``name``: as the sender's machine called it.
    """

    __tablename__ = "evidence_file"
    __table_args__ = (
        UniqueConstraint("message_id", "place"),
        Index(None, "state", "next_try_at"),
        Index(None, "unit_id", "form", "period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("inbound_message.id"))
    place: Mapped[int] = mapped_column(default=0)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    form: Mapped[str | None] = mapped_column(String(40))
    period: Mapped[str | None] = mapped_column(String(10))
    received_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    source: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    name: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str | None] = mapped_column(String(10))
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("evidence_content.sha256"), index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    failure: Mapped[str | None] = mapped_column(String(40))
