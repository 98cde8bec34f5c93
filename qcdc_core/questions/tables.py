"""Questions handed to a person, and the answers that were kept as models."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base, Moment


class AskedQuestion(Base):
    """One question that waits for a person, or got its answer.

    ``why``: unsure (the machine did not know), asked_for (the asker wanted a person), or not_right
    (the machine's answer was doubted). ``state``: open, answered or erased; an erased question has
    no words and no chat any more. Nothing here names the asker: the way back is the chat alone.
    """

    __tablename__ = "asked_question"
    __table_args__ = (Index(None, "state", "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"))
    text: Mapped[str] = mapped_column(String(4000))
    why: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default="open")
    asked_at: Mapped[datetime] = mapped_column(Moment)
    assigned_to: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"))
    answer: Mapped[str | None] = mapped_column(Text)
    citations: Mapped[list[str]] = mapped_column(JSON, default=list)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)


class ModelAnswer(Base):
    """A reviewed answer that is given by itself when the same is asked again.

    ``citations`` as `Citation` writes them; when one of them lapses the answer is no longer given.
    """

    __tablename__ = "model_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(4000))
    answer: Mapped[str] = mapped_column(Text)
    citations: Mapped[list[str]] = mapped_column(JSON, default=list)
    checked_on: Mapped[date]
    made_by: Mapped[int] = mapped_column(ForeignKey("admin_user.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    active: Mapped[bool] = mapped_column(default=True)


class Opinion(Base):
    """What an asker thought of an answer of the machine. ``source``: the card, or "model:<id>"."""

    __tablename__ = "opinion"
    __table_args__ = (UniqueConstraint("message_id", "source"), Index(None, "source"))

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("inbound_message.id"))
    source: Mapped[str] = mapped_column(String(100))
    question: Mapped[str] = mapped_column(String(4000))
    good: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Moment)
