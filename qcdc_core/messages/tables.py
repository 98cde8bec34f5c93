"""The message log: inbox, outbox and evidence in one (design: nothing confirmed is lost)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base, Moment


class Conversation(Base):
    """One chat on one channel. ``address`` is the channel's own name for it.

    ``unreachable_since``: the platform said that this chat takes nothing any more (blocked).
    ``state`` is where the dialogue stands, as plain JSON (bot/dialogue/state.py); a person appears
    only after consent.
    """

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("channel", "account", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    unreachable_since: Mapped[datetime | None] = mapped_column(Moment)


class InboundMessage(Base):
    """A message as it came, stored before it is answered.

    ``state``: waiting, done, or parked (failed too often; a person must look). ``topic``: question
    for a message that only asked something: no officer who reviews reports is shown it.
    """

    __tablename__ = "inbound_message"
    __table_args__ = (
        UniqueConstraint("channel", "account", "external_id"),
        Index(None, "conversation_id", "state"),
        Index(None, "state", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    channel: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(String(100))
    external_id: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(String(10))
    raw: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    received_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    failure: Mapped[str | None] = mapped_column(String(200))
    done_at: Mapped[datetime | None] = mapped_column(Moment)


class OutboundMessage(Base):
    """A reply or notice to deliver. ``state``: waiting, sending, sent, refused or unknown.

    ``attachment``: a file that goes with it (qcdc_core.messages.attachments), as plain JSON.

    ``repeatable``: may go out again when nobody knows whether it arrived. ``moved_from``: the same
    words in another chat of the person, which could not be reached there.
    """

    __tablename__ = "outbound_message"
    __table_args__ = (Index(None, "conversation_id", "id"), Index(None, "state", "next_try_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    reply_to: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    choices: Mapped[list[str]] = mapped_column(JSON, default=list)
    cited: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    attachment: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    repeatable: Mapped[bool] = mapped_column(default=False)
    external_id: Mapped[str | None] = mapped_column(String(200))
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    failure: Mapped[str | None] = mapped_column(String(200))
    moved_from: Mapped[int | None] = mapped_column(
        ForeignKey("outbound_message.id", ondelete="SET NULL"), unique=True
    )


class ChannelAccount(Base):
    """One bot or Official Account that this installation speaks through.

    ``served_at``: when a sender last looked after it. ``rests_until``: the platform takes nothing
    before, for ``rest_reason``. ``paid_a_month``: messages that the installation pays for.
    """

    __tablename__ = "channel_account"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    account: Mapped[str] = mapped_column(String(100), primary_key=True)
    served_at: Mapped[datetime | None] = mapped_column(Moment)
    rests_until: Mapped[datetime | None] = mapped_column(Moment)
    rest_reason: Mapped[str | None] = mapped_column(String(40))
    paid_a_month: Mapped[int] = mapped_column(default=0)


class ChannelMonth(Base):
    """The quota ledger: what went out through an account in a calendar month (``2026-10``).

    ``paid``: those of ``sent`` that were outside the free ones.
    """

    __tablename__ = "channel_month"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    account: Mapped[str] = mapped_column(String(100), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    sent: Mapped[int] = mapped_column(default=0)
    paid: Mapped[int] = mapped_column(default=0)


class ContactWindow(Base):
    """The window ledger: until when a chat may be written to, and how many messages are free.

    Opened anew by each sign of life of the person, at ``contact_at``; closed early by the
    platform's word. Only channels with windows have rows.
    """

    __tablename__ = "contact_window"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), primary_key=True)
    contact_at: Mapped[datetime] = mapped_column(Moment)
    open_until: Mapped[datetime] = mapped_column(Moment)
    free_until: Mapped[datetime] = mapped_column(Moment)
    free_left: Mapped[int]


class ChannelToken(Base):
    """A pair of tokens that replaces itself: both sealed (qcdc_core.sealed).

    ``issued_at`` names the pair: the refresh token lives from then on and works once. The process
    that replaces the pair holds ``lease_by`` until ``lease_until``. ``failure``: why the last
    replacement failed.
    """

    __tablename__ = "channel_token"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    account: Mapped[str] = mapped_column(String(100), primary_key=True)
    access_sealed: Mapped[str] = mapped_column(Text)
    refresh_sealed: Mapped[str] = mapped_column(Text)
    access_until: Mapped[datetime] = mapped_column(Moment)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    lease_by: Mapped[str | None] = mapped_column(String(40))
    failure: Mapped[str | None] = mapped_column(String(40))
