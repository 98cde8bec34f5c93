"""Channels that will soon be silent: tokens that run out, quotas that are used up, rests."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.health.result import Result
from qcdc_core.language import day, moment
from qcdc_core.language import gettext as _
from qcdc_core.messages.allowances import ALLOWANCES, ZALO_OA
from qcdc_core.messages.ledger import month_of
from qcdc_core.messages.tables import ChannelAccount, ChannelMonth, ChannelToken, Conversation
from qcdc_core.messages.tokens import REFRESH_LIVES

# The owner of the account may be away for a while.
_WARN_BEFORE = timedelta(days=30)
# Tokens are renewed twice a day; two days without it mean that nothing renews them.
_NOT_RENEWED = timedelta(days=2)
_NEARLY_USED = 0.8
_LONG_REST = timedelta(minutes=5)


def channels_well(session: Session, settings: Settings, now: datetime) -> Iterator[Result]:
    """Only for channels that are used; nothing for an installation with the web chat alone."""
    yield from _account_settings(settings)
    if not settings.zalo_oa_missing:
        yield _tokens(session.get(ChannelToken, (ZALO_OA, settings.zalo_oa_id)), now)
    yield from _resting(session, now)
    yield from _quotas(session, now)
    yield from _people(session)


def _account_settings(settings: Settings) -> Iterator[Result]:
    """Some of the Official Account's settings, but not all: it is not used, and nobody is told."""
    missing = settings.zalo_oa_missing
    if 0 < len(missing) < 4:
        text = _("Zalo OA thiếu thiết lập {names} nên chưa chạy. Điền đủ rồi chạy lại.")
        names = ", ".join(missing)
        yield Result("zalo_oa_settings", is_well=False, text=text.format(names=names))


def _tokens(row: ChannelToken | None, now: datetime) -> Result:
    if row is None:
        text = _("Zalo OA chưa được cấp quyền. Chạy: qcdc channel zalo-oa authorize")
        return Result("zalo_oa_token", is_well=False, text=text)
    ends = row.issued_at + REFRESH_LIVES
    if row.failure == "refused" or now >= ends:
        text = _("Zalo OA không gia hạn được mã truy cập. Chạy: qcdc channel zalo-oa authorize")
        return Result("zalo_oa_token", is_well=False, text=text)
    if now >= ends - _WARN_BEFORE or now - row.issued_at >= _NOT_RENEWED:
        text = _(
            "Mã truy cập Zalo OA không được gia hạn từ {since}, mất hẳn vào ngày {ends}. "
            "Kiểm tra tiến trình bot và đường mạng tới Zalo."
        )
        shown = text.format(since=moment(row.issued_at), ends=day(ends))
        return Result("zalo_oa_token", is_well=False, text=shown)
    text = _("Mã truy cập Zalo OA: tự gia hạn, lần cuối {since}.").format(
        since=moment(row.issued_at)
    )
    return Result("zalo_oa_token", is_well=True, text=text)


def _resting(session: Session, now: datetime) -> Iterator[Result]:
    rows = session.scalars(
        select(ChannelAccount)
        .where(ChannelAccount.rests_until > now + _LONG_REST)
        .order_by(ChannelAccount.channel)
    )
    for row in rows:
        text = _(
            "Kênh {channel} đang nghỉ đến {until} ({reason}). "
            "Xem mã bí mật, gói dịch vụ và hạn mức của kênh; tin chờ gửi vẫn còn nguyên."
        ).format(channel=row.channel, until=moment(row.rests_until or now), reason=row.rest_reason)
        yield Result("channel_rests", is_well=False, text=text)


def _quotas(session: Session, now: datetime) -> Iterator[Result]:
    rows = session.scalars(select(ChannelMonth).where(ChannelMonth.month == month_of(now)))
    for row in rows:
        allowance = ALLOWANCES.get(row.channel)
        most = allowance.a_month if allowance else None
        if most is None:
            continue
        text = _("Kênh {channel} đã gửi {sent}/{most} tin của tháng này.")
        is_well = row.sent < most * _NEARLY_USED
        shown = text.format(channel=row.channel, sent=row.sent, most=most)
        yield Result("quota", is_well=is_well, text=shown)


def _people(session: Session) -> Iterator[Result]:
    rows = session.execute(
        select(Conversation.channel, Conversation.account, func.count())
        .where(Conversation.channel.in_(ALLOWANCES))
        .group_by(Conversation.channel, Conversation.account)
    )
    for channel, _account, count in rows:
        most = ALLOWANCES[channel].people
        if most is not None and count >= most * _NEARLY_USED:
            text = _(
                "Kênh {channel} có {count} người, nền tảng chỉ cho {most}. "
                "Người đến sau nên dùng kênh khác."
            ).format(channel=channel, count=count, most=most)
            yield Result("people", is_well=False, text=text)
