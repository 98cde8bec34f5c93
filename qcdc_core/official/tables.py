"""Official texts that an installation loaded: versions of documents, and their parts in order."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base, Moment


class OfficialText(Base):
    """One version of a document. It holds from ``in_force_from`` until the next version does.

    ``content_hash``: of the parts, so that another file with the same words is the same text.
    """

    __tablename__ = "official_text"
    __table_args__ = (UniqueConstraint("document", "in_force_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(String(60))
    in_force_from: Mapped[date]
    content_hash: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by: Mapped[str] = mapped_column(String(100))


class OfficialPart(Base):
    """One article, clause or point, letter by letter; ``place`` is its order in the text.

    ``words`` of an article without ``clause`` are its heading and what stands before clause 1.
    """

    __tablename__ = "official_part"
    __table_args__ = (UniqueConstraint("text_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("official_text.id", ondelete="CASCADE"))
    place: Mapped[int]
    chapter: Mapped[str] = mapped_column(String(400), default="")
    section: Mapped[str] = mapped_column(String(400), default="")
    article: Mapped[str] = mapped_column(String(10))
    clause: Mapped[str | None] = mapped_column(String(10))
    point: Mapped[str | None] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text)
