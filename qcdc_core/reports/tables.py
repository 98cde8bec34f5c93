"""Reports (phiếu), every value that their figures ever had, and what happened to them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qcdc_core.db import Base, Exact, Moment


class Draft(Base):
    """A report that its sender has not confirmed yet; it belongs to the person, not to a chat.

    ``content`` is the JSON of `qcdc_core.reports.draft.Draft`.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("person_id", "unit_id", "form", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    form: Mapped[str] = mapped_column(String(40))
    period: Mapped[str] = mapped_column(String(10))
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    changed_at: Mapped[datetime] = mapped_column(Moment)


class Report(Base):
    """What a unit confirmed for a form and period. ``state``: sent, returned or accepted.

    ``first_day`` and ``end_day`` (not included) are the days covered, as the calendar stood at
    sending; ``number`` is what the receipt names.
    """

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("unit_id", "form", "period"),
        Index(None, "period", "form", "state"),
        CheckConstraint("end_day > first_day", name="days_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    form: Mapped[str] = mapped_column(String(40))
    period: Mapped[str] = mapped_column(String(10))
    first_day: Mapped[date]
    end_day: Mapped[date]
    due_on: Mapped[date]
    number: Mapped[str] = mapped_column(String(60), unique=True)
    state: Mapped[str] = mapped_column(String(10))
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))
    sent_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"))

    values: Mapped[list["FigureValue"]] = relationship(order_by="FigureValue.id")
    events: Mapped[list["ReportEvent"]] = relationship(order_by="ReportEvent.id")


class FigureValue(Base):
    """One value that a figure had. ``replaced_at`` is empty for the value that holds now.

    ``value`` is empty when the figure does not apply to the unit. ``quote_start`` and
    ``quote_end`` mark the words in the source message.
    """

    __tablename__ = "figure_value"
    __table_args__ = (
        Index(
            "uq_figure_value_one_holds",
            "report_id",
            "code",
            unique=True,
            postgresql_where=text("replaced_at IS NULL"),
            sqlite_where=text("replaced_at IS NULL"),
        ),
        Index(None, "report_id", "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    code: Mapped[str] = mapped_column(String(40))
    value: Mapped[Decimal | None] = mapped_column(Exact)
    entered_at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"))
    quote_start: Mapped[int | None]
    quote_end: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(Text)
    replaced_at: Mapped[datetime | None] = mapped_column(Moment)


class ReportEvent(Base):
    """sent, resent, returned, accepted, reopened: by whom, when, about which figure, why."""

    __tablename__ = "report_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("admin_user.id"))
    code: Mapped[str | None] = mapped_column(String(40))
    comment: Mapped[str | None] = mapped_column(Text)


class Explanation(Base):
    """The sender's reason for a finding that is a warning; shown to the reviewer and the brief."""

    __tablename__ = "explanation"
    __table_args__ = (UniqueConstraint("report_id", "rule", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    rule: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40), default="")
    reason: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(Moment)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"))
