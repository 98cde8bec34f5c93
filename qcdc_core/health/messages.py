"""Messages that nobody works off or delivers."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.health.result import Result
from qcdc_core.language import gettext as _
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage

# A turn takes milliseconds; the worker looks again after seconds, a failed turn after a minute.
LONGEST_WAIT = timedelta(minutes=5)
LONGEST_DELIVERY = timedelta(minutes=30)
# Replies there lie ready until the page asks; nobody delivers them.
FETCHED_BY_THE_READER = "web"


def inbox_well(session: Session, now: datetime) -> Iterator[Result]:
    """Waiting messages with the age of the oldest, and parked ones with the kinds of failure."""
    waiting = (
        select(InboundMessage.received_at)
        .where(InboundMessage.state == "waiting")
        .order_by(InboundMessage.received_at)
    )
    oldest = session.scalar(waiting.limit(1))
    count = session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
    yield _waiting(count, oldest, now)
    parked = session.execute(
        select(InboundMessage.failure, func.count())
        .where(InboundMessage.state == "parked")
        .group_by(InboundMessage.failure)
    ).all()
    if parked:
        yield _parked(sum(number for _failure, number in parked), [row[0] for row in parked])


def _waiting(count: int, oldest: datetime | None, now: datetime) -> Result:
    if oldest is None or now - oldest <= LONGEST_WAIT:
        text = _("Tin đến chờ xử lý: {count}.").format(count=count)
        return Result("inbox", is_well=True, text=text)
    text = _(
        "{count} tin đến chờ xử lý, tin cũ nhất đã {minutes} phút. "
        "Tiến trình bot có lẽ không chạy: khởi động lại (dòng bot trong Procfile)."
    )
    minutes = _minutes(now - oldest)
    return Result("inbox", is_well=False, text=text.format(count=count, minutes=minutes))


def _parked(count: int, failures: list[str | None]) -> Result:
    text = _(
        "{count} tin đến đã thử nhiều lần không xử lý được, đang để riêng ({failures}). "
        "Xem nhật ký của bot; tin vẫn còn nguyên."
    )
    kinds = ", ".join(sorted({failure or "?" for failure in failures}))
    return Result("parked", is_well=False, text=text.format(count=count, failures=kinds))


def outbox_well(session: Session, now: datetime) -> Result:
    """Replies that should have left by now, on the channels that deliver."""
    late = (
        select(OutboundMessage.made_at)
        .join(Conversation, Conversation.id == OutboundMessage.conversation_id)
        .where(OutboundMessage.state == "waiting", Conversation.channel != FETCHED_BY_THE_READER)
        .order_by(OutboundMessage.made_at)
    )
    oldest = session.scalar(late.limit(1))
    count = session.scalar(select(func.count()).select_from(late.subquery())) or 0
    if oldest is None or now - oldest <= LONGEST_DELIVERY:
        text = _("Tin đi chờ gửi: {count}.").format(count=count)
        return Result("outbox", is_well=True, text=text)
    text = _(
        "{count} tin đi chờ gửi, tin cũ nhất đã {minutes} phút. "
        "Xem mạng và mã truy cập của kênh Zalo, Telegram, rồi khởi động lại bot."
    )
    minutes = _minutes(now - oldest)
    return Result("outbox", is_well=False, text=text.format(count=count, minutes=minutes))


def _minutes(age: timedelta) -> int:
    return int(age.total_seconds() // 60)
