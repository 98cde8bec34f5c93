"""When people may be disturbed: 07:00 to 20:00 on working days."""

from datetime import date, datetime, time, timedelta

from qcdc_core.clock import LOCAL, local
from qcdc_core.forms.calendar import ReportingCalendar

FIRST_HOUR = 7
LAST_HOUR = 20
_DAY = timedelta(days=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That time of the day in Việt Nam."""
    return datetime.combine(day, time(hour, minute), LOCAL)


def next_allowed(
    moment: datetime, calendar: ReportingCalendar, *, any_day: bool = False
) -> datetime:
    """The moment itself, or the next one allowed; a day off is left at the same hour.

    ``any_day``: weekends and holidays too, for who asked for that very day.
    """
    there = local(moment)
    if there.hour < FIRST_HOUR:
        there = at(there.date(), FIRST_HOUR)
    elif there.hour >= LAST_HOUR:
        there = at(there.date() + _DAY, FIRST_HOUR)
    while not any_day and not calendar.is_working_day(there.date()):
        there += _DAY
    return there
