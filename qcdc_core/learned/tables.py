"""Words and measures learned from use."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base, Exact, Moment


class LearnedWord(Base):
    """A phrase that means a figure in this installation. ``phrase`` is folded."""

    __tablename__ = "learned_word"
    __table_args__ = (UniqueConstraint("form", "phrase"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(60))
    phrase: Mapped[str] = mapped_column(String(60))
    made_by: Mapped[int] = mapped_column(ForeignKey("admin_user.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)


class UnreadPiece(Base):
    """Words of a message that nobody could place; the whole message when nothing was understood.

    ``settled``: an administrator has looked at it.
    """

    __tablename__ = "unread_piece"
    __table_args__ = (UniqueConstraint("message_id", "place"), Index(None, "settled", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("inbound_message.id"))
    place: Mapped[int]
    form: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime] = mapped_column(Moment)
    settled: Mapped[bool] = mapped_column(default=False)


class LandUnit(Base):
    """How many square metres a sào, công, mẫu or thước has where this unit is."""

    __tablename__ = "land_unit"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(20))
    square_metres: Mapped[Decimal] = mapped_column(Exact)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"))
    learned_at: Mapped[datetime] = mapped_column(Moment)
