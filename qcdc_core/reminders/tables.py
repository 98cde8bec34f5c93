"""Rules of reminding, the reminders themselves, and who is not to be reminded."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base, Moment


class ReminderRule(Base):
    """What the office says in place of the shipped rule of the same form, audience and days."""

    __tablename__ = "reminder_rule"
    __table_args__ = (UniqueConstraint("form", "audience", "days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(String(40))
    audience: Mapped[str] = mapped_column(String(10))
    days: Mapped[int]
    hour: Mapped[int]
    is_on: Mapped[bool] = mapped_column(default=True)


class Reminder(Base):
    """One message to one person or user, due at a moment; its row is claimed before it is written.

    ``key`` names the audience, who, and the day: a second one of the same day cannot be made.
    ``origin``: rule, wish (the person asked to be told later) or office (sent by hand).
    ``state``: planned, sent (handed to the outbox), shown (on the pages only: the user has no
    chat), held, dropped or refused; ``why`` says why not. ``detail``: the unit, form and period of
    what it names.
    """

    __tablename__ = "reminder"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    audience: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"), index=True)
    origin: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10), default="planned")
    why: Mapped[str | None] = mapped_column(String(30))
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbound_message.id", ondelete="SET NULL"), index=True
    )
    detail: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"))
    done_at: Mapped[datetime | None] = mapped_column(Moment)


class ReminderPause(Base):
    """No reminder of a ``period``: to a person (their own wish), or about a unit (the office's).

    One of ``person_id`` and ``unit_id`` is set; ``user_id`` says who of the office did it.
    """

    __tablename__ = "reminder_pause"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    period: Mapped[str | None] = mapped_column(String(10))
    until: Mapped[date | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    lifted_at: Mapped[datetime | None] = mapped_column(Moment)
