"""Which address was registered with which platform, so that the doctor can compare it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from qcdc_core.db import Base, Moment


class RegisteredWebhook(Base):
    """The address last registered by `qcdc channel set-webhook`."""

    __tablename__ = "registered_webhook"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    url: Mapped[str] = mapped_column(String(500))
    set_at: Mapped[datetime] = mapped_column(Moment)


def address_of(public_url: str, channel: str) -> str:
    """Where the platform sends messages to."""
    return f"{public_url.rstrip('/')}/hook/{channel}"


def remember(session: Session, channel: str, url: str, now: datetime) -> None:
    session.merge(RegisteredWebhook(channel=channel, url=url, set_at=now))
    session.flush()


def registered(session: Session) -> Mapping[str, str]:
    """Addresses by channel; a channel that was never registered is not in it."""
    return {row.channel: row.url for row in session.scalars(select(RegisteredWebhook))}
