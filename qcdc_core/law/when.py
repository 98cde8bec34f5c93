"""The day whose law applies to what a question tells: "tháng 8/2026 công ty không đối thoại"."""

import re
from calendar import monthrange
from datetime import date, timedelta

from qcdc_core.reading.text import fold

# A number that belongs to the name of a document is no date: "nghị định 12/2022".
_DOCUMENT = re.compile(
    r"\b(?:nghi dinh|nd|luat(?: so)?|thong tu|quyet dinh|huong dan|bo luat|cong van)"
    r"(?: [a-z ]{0,40})?(?: so)? ?(?:nam )?\d+(?:/\d{4})?(?:/[a-z0-9-]+)?"
    r"|\d+/\d{4}/(?:nd|qh|tt|qd)[a-z0-9-]*"
)
_DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_MONTH = re.compile(r"\b(?:thang|t) ?(\d{1,2}) ?(?:[/-]|nam )? ?(\d{4})\b")
_LONE_MONTH = re.compile(r"\b(?:thang|t) ?(\d{1,2})\b(?! ?[/-])(?! thang)")
_YEAR = re.compile(r"\bnam (20\d{2})\b")
_BEFORE = re.compile(r"\b(?:truoc|truoc ngay|chua toi|chua den)\s*$")
_SINCE = re.compile(r"\b(?:tu|tu ngay|ke tu|ke tu ngay|sau|sau ngay|sau khi)\s*$")
_STILL = re.compile(
    r"\b(?:den nay|toi nay|den gio|toi gio|cho den nay|van con|van chua|van dang|hien nay"
    r"|bay gio van)\b"
)
_OVER = re.compile(r"\b(?:xong|khac phuc|ket thuc|da to chuc|roi)\b")


def day_of_facts(question: str, today: date) -> date:
    """The last day of the time that the question names, never after ``today``.

    A time that is named with "từ …" or that lasts "đến nay" reaches ``today``. Without any time the
    law of today applies.
    """
    text = _DOCUMENT.sub(" ", fold(question))
    if _STILL.search(text) and not _OVER.search(text):
        return today
    named = [day for day in _named_days(text, today) if day <= today]
    return max(named, default=today)


def _named_days(text: str, today: date) -> list[date]:
    named = []
    for pattern, last_day in ((_DAY, _full), (_MONTH, _month), (_YEAR, _year)):
        for found in pattern.finditer(text):
            day = last_day(found)
            if day is not None:
                named.append(_placed(day, text[: found.start()], found, today))
        text = pattern.sub(" ", text)
    if not named and re.search(r"\bhoi (?:thang|t)\b|\b(?:thang|t) ?\d+ vua", text):
        named = [_lone_month(int(found.group(1)), today) for found in _LONE_MONTH.finditer(text)]
    if not named and re.search(r"\bnam (?:ngoai|truoc|roi)\b", text):
        named = [date(today.year - 1, 12, 31)]
    return named


def _placed(day: date, before: str, found: re.Match[str], today: date) -> date:
    if _BEFORE.search(before):
        return _first_day(found, day) - timedelta(days=1)
    if _SINCE.search(before):
        return today
    # A month or year that is not over yet reaches today, not its own end.
    return today if _first_day(found, day) <= today < day else day


def _first_day(found: re.Match[str], last: date) -> date:
    if found.re is _MONTH:
        return last.replace(day=1)
    return last.replace(month=1, day=1) if found.re is _YEAR else last


def _full(found: re.Match[str]) -> date | None:
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(found: re.Match[str]) -> date | None:
    month, year = map(int, found.groups())
    if not (1 <= month <= 12 and 1990 <= year <= 2100):
        return None
    return date(year, month, monthrange(year, month)[1])


def _year(found: re.Match[str]) -> date:
    return date(int(found.group(1)), 12, 31)


def _lone_month(month: int, today: date) -> date:
    """The last day of the most recent such month that is over; a month of no calendar: today."""
    if not 1 <= month <= 12:
        return today
    year = today.year if month < today.month else today.year - 1
    return date(year, month, monthrange(year, month)[1])
