"""The only place that asks the system for the time; everything else is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Việt Nam. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(LOCAL)


def local_day(moment: datetime) -> date:
    return local(moment).date()


def midnight(day: date) -> datetime:
    """The moment at which the day begins in Việt Nam."""
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL)
