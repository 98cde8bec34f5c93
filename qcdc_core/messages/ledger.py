"""The ledgers of windows and quotas: who may be written to now, and what has been used up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from qcdc_core.clock import LOCAL, local
from qcdc_core.db import Base
from qcdc_core.messages.allowances import allowance
from qcdc_core.messages.tables import ChannelAccount, ChannelMonth, ContactWindow, Conversation

Row = TypeVar("Row", bound=Base)

# An account that was not looked after for so long, while others were, is not in use any more.
_ABANDONED = timedelta(days=1)


class Standing(StrEnum):
    """Whether a chat may be written to."""

    open = "open"
    resting = "resting"  # the account takes nothing before ``until``
    closed = "closed"  # waiting does not help: the person must write first


@dataclass(frozen=True)
class Verdict:
    """``reason``: chat_gone, window_closed, free_used, quota_used, not_served, or the account's."""

    standing: Standing
    reason: str = ""
    until: datetime | None = None
    is_paid: bool = False


OPEN = Verdict(Standing.open)


def verdict(session: Session, chat: Conversation, now: datetime) -> Verdict:
    """May this chat be written to at ``now``?"""
    if chat.unreachable_since is not None:
        return Verdict(Standing.closed, "chat_gone")
    account = session.get(ChannelAccount, (chat.channel, chat.account))
    if account is not None and _is_abandoned(session, account):
        return Verdict(Standing.closed, "not_served")
    windowed = _window_verdict(session, chat, now, account.paid_a_month if account else 0)
    if windowed.standing is not Standing.open:
        return windowed
    if account is not None and account.rests_until and now < account.rests_until:
        return Verdict(Standing.resting, account.rest_reason or "", account.rests_until)
    most = allowance(chat.channel).a_month
    if most is not None and sent_in_month(session, chat.channel, chat.account, now) >= most:
        return Verdict(Standing.resting, "quota_used", next_month(now))
    return windowed


def open_window(session: Session, chat: Conversation, at: datetime) -> None:
    """A sign of life of the person at ``at``; nothing happens on channels without windows.

    One that arrives late, after a newer one, changes nothing.
    """
    window = allowance(chat.channel).window
    if window is None:
        return
    fresh = ContactWindow(
        conversation_id=chat.id,
        contact_at=at,
        open_until=at + window.open_for,
        free_until=at + window.free_for,
        free_left=window.free,
    )
    row = _kept(session, fresh, chat.id)
    if row is not fresh and row.contact_at < at:
        row.contact_at, row.open_until = fresh.contact_at, fresh.open_until
        row.free_until, row.free_left = fresh.free_until, fresh.free_left


def note_left(session: Session, chat: Conversation, at: datetime) -> None:
    """The person wants no more messages since ``at``, unless they wrote again afterwards."""
    row = session.get(ContactWindow, chat.id)
    if row is None or row.contact_at <= at:
        chat.unreachable_since = at
        close_window(session, chat, at)


def close_window(session: Session, chat: Conversation, now: datetime) -> None:
    """The platform said that nothing more may be written until the person writes again."""
    row = session.get(ContactWindow, chat.id)
    if row is not None:
        row.open_until = min(row.open_until, now)


def use_up_free(session: Session, chat: Conversation) -> None:
    """The platform said that no free message is left in this window."""
    row = session.get(ContactWindow, chat.id)
    if row is not None:
        row.free_left = 0


def note_sent(session: Session, chat: Conversation, now: datetime, count: int = 1) -> None:
    """Count what went out, or may have gone out, to this chat."""
    month = _month_row(session, chat.channel, chat.account, now)
    month.sent += count
    row = session.get(ContactWindow, chat.id)
    if row is None:
        return
    free = min(count, row.free_left) if now < row.free_until else 0
    row.free_left -= free
    month.paid += count - free


def serve(
    session: Session, channel: str, account: str, now: datetime, *, paid_a_month: int = 0
) -> None:
    """A sender looks after this account now, and may pay for so many messages a month."""
    row = _account_row(session, channel, account)
    row.served_at, row.paid_a_month = now, paid_a_month


def rest(session: Session, channel: str, account: str, until: datetime, reason: str) -> None:
    """The account as a whole takes nothing before ``until``."""
    row = _account_row(session, channel, account)
    row.rests_until = until
    row.rest_reason = reason[:40]


def sent_in_month(session: Session, channel: str, account: str, now: datetime) -> int:
    row = session.get(ChannelMonth, (channel, account, month_of(now)))
    return row.sent if row is not None else 0


def paid_in_month(session: Session, channel: str, account: str, now: datetime) -> int:
    row = session.get(ChannelMonth, (channel, account, month_of(now)))
    return row.paid if row is not None else 0


def month_of(now: datetime) -> str:
    """'2026-10', by the calendar in Việt Nam, where the platforms count."""
    return f"{local(now):%Y-%m}"


def next_month(now: datetime) -> datetime:
    """The first moment of the next month in Việt Nam."""
    here = local(now)
    year, month = divmod(here.year * 12 + here.month, 12)
    return datetime(year, month + 1, 1, tzinfo=LOCAL)


def _is_abandoned(session: Session, account: ChannelAccount) -> bool:
    """A sender that is down abandons nothing: it will deliver when it is back."""
    newest = session.scalar(select(func.max(ChannelAccount.served_at)))
    return bool(newest and account.served_at and newest - account.served_at > _ABANDONED)


def _window_verdict(
    session: Session, chat: Conversation, now: datetime, paid_a_month: int
) -> Verdict:
    if allowance(chat.channel).window is None:
        return OPEN
    row = session.get(ContactWindow, chat.id)
    if row is None or now >= row.open_until:
        return Verdict(Standing.closed, "window_closed")
    if now < row.free_until and row.free_left > 0:
        return OPEN
    if paid_in_month(session, chat.channel, chat.account, now) < paid_a_month:
        return Verdict(Standing.open, is_paid=True)
    return Verdict(Standing.closed, "free_used")


def _account_row(session: Session, channel: str, account: str) -> ChannelAccount:
    fresh = ChannelAccount(channel=channel, account=account, paid_a_month=0)
    return _kept(session, fresh, (channel, account))


def _month_row(session: Session, channel: str, account: str, now: datetime) -> ChannelMonth:
    month = month_of(now)
    fresh = ChannelMonth(channel=channel, account=account, month=month, sent=0, paid=0)
    return _kept(session, fresh, (channel, account, month))


def _kept(session: Session, fresh: Row, key: object) -> Row:
    """The row under this key, locked; ``fresh`` itself where there was none."""
    held = session.get(type(fresh), key, with_for_update=True)
    if held is not None:
        return held
    try:
        with session.begin_nested():
            session.add(fresh)
    except IntegrityError:  # another process was quicker
        return session.get_one(type(fresh), key, with_for_update=True)
    return fresh
