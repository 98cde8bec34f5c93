"""People who report (đầu mối), their posts, invitations and consents."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from qcdc_core.db import Base, Moment


class Person(Base):
    """Somebody who agreed to report; nothing about a person is stored before consent.

    ``erased_at``: nothing is known of the person since then; the row is the anonymous reference
    that the unit's figures keep.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    joined_at: Mapped[datetime] = mapped_column(Moment)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)


class Post(Base):
    """A person answers for a unit from ``valid_from`` up to, not including, ``valid_to``."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str] = mapped_column(String(100))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Invitation(Base):
    """A one-time code for a post. Only a digest of the code is kept.

    ``phone_mark``: fingerprint of the telephone number invited (qcdc_core.sealed), when one is
    known; a messenger that proves a number then stands for the code.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str] = mapped_column(String(100))
    person_name: Mapped[str | None] = mapped_column(String(200))
    phone_mark: Mapped[str | None] = mapped_column(String(64), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    used_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Consent(Base):
    """Provable consent: to which notice, for which purpose, when, by which message.

    Luật 91/2025/QH15 Điều 9 asks that subject, time and content can be proved.
    """

    __tablename__ = "consent"
    __table_args__ = (Index(None, "person_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(40))
    notice_digest: Mapped[str] = mapped_column(String(64))
    given_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"))


class ConsentNotice(Base):
    """The very words that consents were given to, by their digest."""

    __tablename__ = "consent_notice"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    first_at: Mapped[datetime] = mapped_column(Moment)


class LinkCode(Base):
    """A code given in one chat of a person, to be typed in another one. Only a digest is kept."""

    __tablename__ = "link_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class ChannelLink(Base):
    """Which chat was linked to which person, from when until when."""

    __tablename__ = "channel_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(Moment)
    unlinked_at: Mapped[datetime | None] = mapped_column(Moment)
