"""'Nhắc lại chiều mai', 'để mai', '3 ngày nữa nhắc': when a person wants to be told, as a moment.

Only a message that says nothing else is understood: every word of it must fit.
"""

import re
from datetime import date, datetime, timedelta

from qcdc_core.clock import local, local_day
from qcdc_core.reading.text import fold, normalise
from qcdc_core.reminders.hours import at

MORNING = 8
FARTHEST = timedelta(days=60)
_LONGEST = 60
_PARTS = {"sang": MORNING, "trua": 11, "chieu": 14, "toi": 19}
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "muoi": 10}
_WEEKDAYS = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4,
    "bay": 5, "7": 5,
}  # fmt: skip
_POLITE = re.compile(
    r"\b(?:oi|nhe|nha|nhen|hen|nghe|giup|gium|ho|dum|voi|a|da|vang|di|xin|cho|hay|roi|thi"
    r"|duoc khong|em|minh|bac|chau|tui|anh|chi|ban|bot|ad)\b"
)
_REMIND = re.compile(r"\bnhac(?: (?:lai|nho))*\b")
_PUT_OFF = re.compile(r"^(?:de|hen|doi|cho den)\b|\b(?:gui|bao|nop|lam|nhan|bao cao)\b")
_COUNT = r"(?P<n>\d{1,2}|mot|hai|ba|bon|nam|sau|bay|muoi|vai|may)"
_UNIT = r"(?P<unit>phut|tieng|gio|ngay|hom|bua|tuan)"
# "sau 2 giờ" or "2 giờ nữa": "2 giờ" alone is a time of the day.
_AFTER = (
    re.compile(rf"^sau {_COUNT} {_UNIT}(?: nua)?$"),
    re.compile(rf"^{_COUNT} {_UNIT} (?:nua|sau)$"),
)
_HOUR = re.compile(r"\b(?:luc |vao |khoang )?(?P<h>\d{1,2}) ?(?:h|gio|:) ?(?P<m>\d{2}|ruoi)?\b")
_DAY = re.compile(
    r"\b(?:vao )?(?:(?P<today>hom nay|bua nay|nay)|(?P<next>ngay kia|ngay mot|mot|kia)"
    r"|(?P<week>sang tuan|(?:dau )?tuan sau|tuan toi)|(?P<tomorrow>ngay mai|hom sau|mai)"
    r"|thu (?P<weekday>[2-7]|hai|ba|tu|nam|sau|bay)|(?P<sunday>chu nhat|cn)"
    r"|(?:ngay |hom |mung )(?P<date>\d{1,2})(?:[/-](?P<month>\d{1,2}))?"
    r"|(?P<date2>\d{1,2})/(?P<month2>\d{1,2}))\b"
)
_PART = re.compile(r"\b(?:vao |buoi |luc )?(?P<part>sang|trua|chieu|toi)\b")


def wanted_moment(text: str, now: datetime) -> datetime | None:
    """The moment meant, not yet put into allowed hours; None when the message is something else."""
    if len(text) > _LONGEST:
        return None
    plain = _plain(text)
    asks = _REMIND.search(plain) is not None
    rest = _tidy(_REMIND.sub(" ", plain))
    if not asks and _PUT_OFF.search(rest) is None:
        return None
    rest = _tidy(_PUT_OFF.sub(" ", rest))
    if asks and rest in ("", "sau", "luc khac", "sau nay", "de sau"):
        return at(local_day(now) + timedelta(days=1), MORNING) if rest else None
    return _moment(rest, now)


def _plain(text: str) -> str:
    """Folded, without polite words; “tôi” is no evening, “tối” is one."""
    said = re.sub(r"[^\w:/ -]", " ", normalise(text))
    said = re.sub(r"\btôi\b", " ", said)
    said = re.sub(r"\bmốt\b", "ngay mot", said)
    plain = _POLITE.sub(" ", fold(said))
    # Without marks "nhắc tôi" and "nhắc tối" are one; who writes so means themselves.
    return _tidy(re.sub(r"\b(nhac|nhac lai) toi\b", r"\1", plain) if "tối" not in said else plain)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _moment(rest: str, now: datetime) -> datetime | None:
    for pattern in _AFTER:
        if after := pattern.match(rest):
            return _after(after, now)
    found, hour, day, part = rest, None, None, None
    if match := _HOUR.search(found):
        hour, found = match, _without(found, match)
    if match := _DAY.search(found):
        day, found = match, _without(found, match)
    if match := _PART.search(found):
        part, found = match["part"], _without(found, match)
    if found or not (hour or day or part):
        return None
    clock = _clock(hour, part)
    return None if clock is None else _on(day, clock, now)


def _without(text: str, match: re.Match[str]) -> str:
    return _tidy(text[: match.start()] + " " + text[match.end() :])


def _after(found: re.Match[str], now: datetime) -> datetime | None:
    word = found["n"]
    count = int(word) if word.isdigit() else _NUMBERS.get(word, 3)
    unit = found["unit"]
    if unit in ("phut", "tieng", "gio"):
        return now + timedelta(**{"minutes" if unit == "phut" else "hours": count})
    days = count * 7 if unit == "tuan" else count
    moment = at(local_day(now) + timedelta(days=days), MORNING)
    return moment if moment - now <= FARTHEST else None


def _clock(hour: re.Match[str] | None, part: str | None) -> tuple[int, int] | None:
    """Hour and minute; None for an hour that no clock shows."""
    if hour is None:
        return _PARTS[part or "sang"], 0
    number, minute = int(hour["h"]), 30 if hour["m"] == "ruoi" else int(hour["m"] or 0)
    if part in ("chieu", "toi") and number < 12:
        number += 12
    return (number, minute) if number < 24 and minute < 60 else None


def _on(day: re.Match[str] | None, clock: tuple[int, int], now: datetime) -> datetime | None:
    today = local_day(now)
    if day is None:
        moment = at(today, *clock)
        return moment if moment > now else at(today + timedelta(days=1), *clock)
    meant = _day(day, today)
    if meant is None:
        return None
    moment = at(meant, *clock)
    if meant == today and moment <= now:  # "chiều nay", said in the afternoon
        moment = local(now + timedelta(hours=1))
    return moment if now < moment <= now + FARTHEST else None


def _day(found: re.Match[str], today: date) -> date | None:
    if found["today"]:
        return today
    if found["tomorrow"]:
        return today + timedelta(days=1)
    if found["next"]:
        return today + timedelta(days=2)
    if found["week"]:
        return today + timedelta(days=7 - today.weekday())
    if found["sunday"] or found["weekday"]:
        wanted = 6 if found["sunday"] else _WEEKDAYS[found["weekday"]]
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    return _date(int(found["date"] or found["date2"]), found["month"] or found["month2"], today)


def _date(number: int, month: str | None, today: date) -> date | None:
    """The next day of that number; None when no month near has it."""
    for step in range(3):
        place = today.month - 1 + step
        year, wanted = today.year + place // 12, place % 12 + 1
        if month is not None and int(month) != wanted:
            continue
        try:
            found = date(year, wanted, number)
        except ValueError:
            continue
        if found > today:
            return found
    return None
