"""Pairs of tokens that replace themselves, kept sealed and replaced by one process at a time.

Zalo's rules: the access token lives 25 hours and dies when the next one is issued; the refresh
token lives three months and works once. So the lease is taken before the platform is asked, and
the new pair is committed before anybody uses it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import SecretStr
from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.messages.tables import ChannelToken
from qcdc_core.sealed import seal, unseal

REFRESH_LIVES = timedelta(days=90)
# Longer than the call that replaces a pair may take.
LEASE = timedelta(minutes=2)


@dataclass(frozen=True)
class Pair:
    """Secrets that do not show themselves in logs and tracebacks."""

    access: SecretStr
    refresh: SecretStr
    access_until: datetime
    issued_at: datetime


def held(session: Session, channel: str, account: str, settings: Settings) -> Pair | None:
    """The pair that counts now; None before the first authorisation.

    Raises qcdc_core.sealed.Unreadable when the data key was lost.
    """
    row = session.get(ChannelToken, (channel, account), populate_existing=True)
    if row is None:
        return None
    return Pair(
        access=SecretStr(unseal(row.access_sealed, settings)),
        refresh=SecretStr(unseal(row.refresh_sealed, settings)),
        access_until=row.access_until,
        issued_at=row.issued_at,
    )


def lease(session: Session, channel: str, account: str, pair: Pair, by: str, now: datetime) -> bool:
    """Whether ``by`` may now replace this very pair; False when another one does, or has done."""
    taken = session.execute(
        update(ChannelToken)
        .where(
            ChannelToken.channel == channel,
            ChannelToken.account == account,
            ChannelToken.issued_at == pair.issued_at,
            or_(ChannelToken.lease_until.is_(None), ChannelToken.lease_until <= now),
        )
        .values(lease_until=now + LEASE, lease_by=by)
        .execution_options(synchronize_session=False)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def store(session: Session, channel: str, account: str, pair: Pair, settings: Settings) -> None:
    """Put a new pair; the lease and the note of a failure end with it."""
    session.merge(
        ChannelToken(
            channel=channel,
            account=account,
            access_sealed=seal(pair.access.get_secret_value(), settings),
            refresh_sealed=seal(pair.refresh.get_secret_value(), settings),
            access_until=pair.access_until,
            issued_at=pair.issued_at,
            lease_until=None,
            lease_by=None,
            failure=None,
        )
    )
    session.flush()


def note_failure(session: Session, channel: str, account: str, by: str, failure: str) -> None:
    """The replacement failed: the lease ends, the reason stays until a pair is stored."""
    session.execute(
        update(ChannelToken)
        .where(
            ChannelToken.channel == channel,
            ChannelToken.account == account,
            ChannelToken.lease_by == by,
        )
        .values(lease_until=None, lease_by=None, failure=failure[:40])
        .execution_options(synchronize_session=False)
    )
