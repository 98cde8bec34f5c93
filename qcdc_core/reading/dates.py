"""Periods and dates in words: t9, tháng trước, quý III, 9 tháng đầu năm, 08/2026, ngày 20/9."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from qcdc_core.periods import Period, PeriodKind
from qcdc_core.reading.text import Folded

_MONTH_WORDS = {
    "gieng": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi mot": 11,
    "muoi hai": 12,
    "chap": 12,
}
_QUARTERS = {
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
}
_YEAR = r"(?:\s*(?:[/.\-]|nam|,)\s*(?P<{0}>20\d\d)|\s+nam\s+(?P<{0}w>nay|ngoai|truoc|roi))?"
_UNITS_BEHIND = (
    r"(?!\s*(?:(?:cuoc|vu|luot|nguoi|don|buoi|lan|y kien)\s*(?:[,.;\n]|$)"
    r"|(?:cuoc|vu|luot|nguoi|buoi|lan)\s*\d|nay\b))"
)
_MONTHS = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
_PATTERN = re.compile(
    r"(?P<half>\b(?:6|sau|06)\s*thang\s*(?:dau|cuoi|dau nam|cuoi nam)(?:\s+nam)?"
    + _YEAR.format("hy")
    + r")"
    r"|(?P<nine>\b(?:9|chin|09)\s*thang(?:\s*dau)?(?:\s*(?:cua\s+)?nam)?(?=\W|$)"
    + _YEAR.format("ny")
    + r")"
    r"|(?P<many>\b(?:3|ba|03|11|10|8|7|5|4|hai|2)\s*thang\s*(?:dau nam|qua|gan day|dau|nay))"
    r"|(?P<since>\btu\s+(?:thang|t)\s*(?:\d{1,2}|gieng)\s*(?:den|toi|-)\s*(?:nay|gio|het|"
    r"thang\s*\d+|t\d+|thang nay))"
    rf"|(?P<quarter>\b(?:quy|qui|q)\s*\.?\s*0?(?P<qn>iii|iv|ii|i|[1-4]|mot|hai|ba|bon|tu)(?![0-9a-z]|[.,]\d){_UNITS_BEHIND}"
    + _YEAR.format("qy")
    + r")"
    r"|(?P<month>\b(?:(?:thang|thag)\s*\.?\s*|th?\.?)(?P<mn>1[0-2]|0?[1-9])(?![0-9a-z]|,\d|\.\d(?!\d{3}))"
    + _UNITS_BEHIND
    + r""
    + _YEAR.format("my")
    + r")"
    rf"|(?P<mword>\bthang\s+(?P<mw>{_MONTHS})(?![a-z]){_UNITS_BEHIND}" + _YEAR.format("wy") + r")"
    r"|(?P<relative>\b(?P<rk>thang|quy|ky)\s+(?P<rw>nay|ni|ray|truoc|roi|vua roi|vua qua|qua|"
    r"hien tai|vua rui|rui)(?![a-z]))"
    r"|(?P<inside>\b(?:trong|rieng)\s+(?P<ik>thang|quy|ky)(?!\s*(?:\d|i|nay|truoc|vua|roi))(?![a-z]))"
    r"|(?P<date>\b(?:(?:ngay|hom|mung)\s*)?(?:[0-3]?\d)\s*[/.\-]\s*(?:1[0-2]|"
    r"0?[1-9])\s*[/.\-]\s*(?:20)?\d\d(?!\d|[.,/]\d))"
    r"|(?P<slash>(?<![\d/])(?P<sm>1[0-2]|0?[1-9])\s*/\s*(?P<sy>20\d\d)(?![\d/]))"
    r"|(?P<day>\b(?:ngay|hom|mung|mai|hom qua|hom nay|toi|sang|chieu|tu|den)\s+(?:[0-3]?\d)"
    r"\s*/\s*(?:1[0-2]|0?[1-9])(?!\d)"
    r"|(?:(?<=du kien )|(?<=vao )|(?<=hen ))(?:[0-2]?\d|3[01])/(?:1[0-2]|0?[1-9])(?!\d))"
    # A day at the head of a clause: "20/9 họp 1 cuộc"; small numbers there are a pair.
    r"|(?P<bareday>(?:^|(?<=\n)|(?<=[,.;:(] )|(?<=[,.;:(]))"
    r"(?:(?:1[3-9]|2\d|3[01])/(?:1[0-2]|0?[1-9])|[0-3]?\d/0[1-9])(?=[ ,:]+[a-z]{3,})"
    r"(?! *(?:nguoi|luot|cuoc|buoi|don|dieu|tieu|van|ngay|cong|nhe|nha|nhen|thoi|roi|anh|chi)\b))"
    r"|(?P<dayword>\b(?:ngay|mung)\s+(?:3[01]|[12]\d|0?[1-9])(?:\s+(?=thang))(?=))"
    # The day alone: "hôm 12 họp thôn", "tối 15 có 42 người".
    r"|(?P<dayalone>\b(?P<dw>hom|toi|sang|chieu|dem|bua|mung) (?:3[01]|[12]\d|0?[1-9])"
    r"(?![\d%]|[.,/-]\d| *(?:luot|nguoi|ng|ho|hs|ho so|don|dong|m2|k|tr|trieu|ty|ngay|cong|vu|v|y|"
    r"gio|h|cuoc|buoi|lan|thang|van|tieu|noi|phut|tieng)\b))"
    r"|(?P<bareyear>\b(?:tu|toi|den|het|hoi) 20[1-3]\d"
    r"(?![\d%]|[.,/]\d| *(?:luot|nguoi|ng|ho|hs|don|d|dong|m2|k|tr|trieu|ty|ngay|"
    r"cong|vu|y|len|xuong|cuoc|buoi|van|tieu|noi)\b))"
    r"|(?P<year>\b(?P<yl>ca\s+nam|nam)\s+(?P<yn>20\d\d|nay|ngoai)(?!\d|[a-z]))",
)
# Words in front of a month or date that make it something else than the period of the report.
_ASIDE = re.compile(
    r"\b(?:so voi|to chuc|nhu|giong|bang|hon|cung ky|sang|cuoi|dau|giua|tu|den|du kien|han|hoi|vao|"
    r"het|y|"
    r"y het|y chang|ke hoach|truoc|qua|thay|lay(?: lai)?(?: so)?(?: lieu)?|copy|"
    r"giu nguyen(?: so)?|so lieu cua|ngay"
    r"|ton|don|hieu luc|ky ngay|cho den|moi|luc|cua|toi het|chuyen tu|con tu"
    r"|lai|ban hanh|thanh lap|cong nhan)\s*(?:so lieu\s*|"
    r"het\s*|so\s*|cuoi\s*|dau\s*|la\s*|vao\s*)?$",
)
_BROUGHT = re.compile(r"\bton (?:cua |tu )?$")  # đơn tồn kỳ trước: the words of a label
_CARRIED = re.compile(r"\s*(?:con ton|ton|chuyen|con lai|con|mang sang|de lai)\b")


class Scope(IntEnum):
    """What a mention of time does to the figures behind it."""

    NOTHING = 0
    OWN = 1  # the form's own window
    LONGER = 2  # a longer window: flows there are asked
    INSIDE = 3  # "trong quý": of this window only


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of time: its place in the folded text, the period if it names the report's."""

    start: int
    end: int
    period: Period | None
    scope: Scope
    mark: str = ""  # "later": a time to come, which answers "not yet"


@dataclass(frozen=True, slots=True)
class Now:
    """Today, and the period being collected (see `reporting_month`)."""

    today: date
    current: Period


def reporting_month(today: date) -> Period:
    """The month whose window holds the day, from the 15th of the month before to the 14th.

    Source: Nghị định 09/2019/NĐ-CP, Điều 12.
    """
    month = Period.month(today.year, today.month)
    return month.plus(1) if today.day >= 15 else month


def mentions(folded: Folded, now: Now, every: PeriodKind) -> list[Mention]:
    """All mentions of time, in the order of the text."""
    if not _HINT.search(folded.plain):
        return []
    return list(_mentions(folded, now, every))


_HINT = re.compile(
    r"thang|thag|quy|qui|\bky\b|\b(?:tu|toi|den|het|hoi) 20|nam\s|"
    r"\bq|\bt\s*\.?\d|\bth\s*\.?\d|\d\s*[/.\-]\s*\d|ngay|hom|mung|"
    r"\b(?:toi|sang|chieu|dem|bua) \d"
)


_START = re.compile(
    r"\b(?:\d|sau |chin |ba |hai |tu |quy|qui|q[\s.\di]|tha|th?\.?\d|ky |trong |rieng |ngay|"
    r"hom|mung|mai |toi |sang |chieu |dem |bua |den |het |hoi |nam |ca )"
)


def _found(plain: str) -> "Iterator[re.Match[str]]":
    """Matches of the pattern, tried only where one of its beginnings stands."""
    end = 0
    for start in _START.finditer(plain):
        if start.start() < end:
            continue
        found = _PATTERN.match(plain, start.start())
        if found is not None:
            end = found.end()
            yield found


def _mentions(folded: Folded, now: Now, every: PeriodKind) -> Iterator[Mention]:
    plain = folded.plain
    for found in _found(plain):
        if found["mw"] == "sau" and folded.marked[found.end("mw") - 3 : found.end("mw")] != "sáu":
            continue  # tháng sau, the next month
        if found["dw"] and not _is_time_of_day(folded, found):
            continue
        name = next(key for key in _READERS if found[key])
        period = _READERS[name](found, now, every)
        if (
            _is_outcome(plain, found)
            or _LATE.search(plain, 0, found.start())
            or _BROUGHT.search(plain, 0, found.start())
        ):
            continue
        aside = bool(_ASIDE.search(plain, max(0, found.start() - 24), found.start()))
        if (
            _NOT_BEFORE.match(folded.marked, found.end())
            and period
            and _months_ahead(period, now.today) > 0
        ):
            yield Mention(found.start(), found.end(), None, Scope.NOTHING, "later")
            continue
        if aside or _CARRIED.match(plain, found.end()):
            mark = _later(plain, found, period, now)
            yield Mention(found.start(), found.end(), None, _aside_scope(name), mark)
            continue
        if (
            name == "year"
            and found["yl"] == "nam"
            and plain[: found.start()].strip(" .,:-") not in _HEADS
        ):
            period = None
        scope = _scope(name, period, every)
        if scope is Scope.OWN and _ONLY.search(plain, max(0, found.start() - 8), found.start()):
            scope = Scope.INSIDE
        yield Mention(found.start(), found.end(), period, scope)


def _is_time_of_day(folded: Folded, found: "re.Match[str]") -> bool:
    """Tối, not tới or tôi; and sáng only with its mark: "sửa 12 sang 15" changes a number."""
    marked = folded.marked[found.start("dw") : found.end("dw")]
    right = {"toi": {"tối", "toi"}, "sang": {"sáng"}, "dem": {"đêm"}}.get(found["dw"])
    return right is None or marked in right


def _is_outcome(plain: str, found: "re.Match[str]") -> bool:
    """Meant: "hg 2v t2": two of the two disputes settled, not February."""
    short = bool(found["mn"]) and found[0][:1] == "t" and found[0][1:].isdigit()
    before = max(0, found.start() - 16), found.start()
    return short and _OUTCOME.search(plain, *before) is not None


_NOT_BEFORE = re.compile(r"\s*(?:thì |thi )?(?:mới|moi|sẽ|se)\b")  # tháng 12 mới làm
_OUTCOME = re.compile(r"(?:\d *v(?:u)?|\bhg *\d+|\bhoa giai *\d+(?: *vu?)?)[ ,:(]*$")  # hg 2v t2
_LATE = re.compile(r"\b(?:dh|dung han)\W*\d+\W*$")  # dh 243, th1: in time, and late
_ONLY = re.compile(r"\brieng (?:trong )?$")
_SOON = 3  # months; a month further away without a year is one gone by
_NEXT_YEAR = re.compile(r"\s*(?:cua )?(?:nam sau|nam toi|sang nam)\b")
_UNTIL = re.compile(r"\b(?:den|toi|het|han|hoi|luc|tu|cho den)\s*(?:het\s*)?$")


def _months_ahead(period: Period, today: date) -> int:
    return (period.year - today.year) * 12 + period.last_month - today.month


def _later(plain: str, found: "re.Match[str]", period: Period | None, now: Now) -> str:
    """A month to come says "not yet"; "còn hạn đến 12/2027" does not."""
    ahead = _months_ahead(period, now.today) if period else 0
    if not 0 < ahead <= _SOON or (period and period.kind not in ("month", "quarter")):
        return ""
    if _UNTIL.search(plain, max(0, found.start() - 12), found.start()):
        return ""
    next_year = period is not None and period.year > now.today.year
    named = str(now.today.year + 1) in found[0] or _NEXT_YEAR.match(plain, found.end())
    if next_year and not named:
        return "unsure"  # "tổ chức T1", said in October: last January or the next
    return "later"


_HEADS = frozenset(
    {"", "bao cao", "bc", "so lieu", "tong ket", "trong", "luy ke", "bao cao so lieu"}
)


def _aside_scope(name: str) -> Scope:
    return Scope.LONGER if name == "since" else Scope.NOTHING


def _scope(name: str, period: Period | None, every: PeriodKind) -> Scope:
    if name in ("since", "many"):
        return Scope.LONGER
    if name == "inside":
        return Scope.INSIDE
    if period is None:
        return Scope.NOTHING
    if period.kind == every or (every == "quarter" and period.kind == "month"):
        return Scope.OWN
    return Scope.LONGER


_Reader = Callable[["re.Match[str]", Now, PeriodKind], Period | None]


def _year_of(found: "re.Match[str]", key: str, today: date) -> int | None:
    if found[key]:
        return int(found[key])
    word = found[key + "w"]
    return None if word is None else today.year - (word != "nay")


def _nearest(kind: PeriodKind, number: int, year: int | None, today: date) -> Period:
    """Without a year: the one whose middle is nearest to today."""
    if year is not None:
        return Period(year, kind, number)
    years = (today.year - 1, today.year, today.year + 1)
    return min((Period(one, kind, number) for one in years), key=lambda p: _distance(p, today))


def _distance(period: Period, today: date) -> int:
    middle = (period.first_month + period.last_month) // 2
    return abs((date(period.year, middle, 15) - today).days)


def _half(found: "re.Match[str]", now: Now, _every: PeriodKind) -> Period:
    year = _year_of(found, "hy", now.today) or now.today.year
    return Period(year, "half", 2 if "cuoi" in found[0] else 1)


def _nine(found: "re.Match[str]", now: Now, _every: PeriodKind) -> Period:
    return Period(_year_of(found, "ny", now.today) or now.today.year, "nine_months", 1)


def _quarter(found: "re.Match[str]", now: Now, _every: PeriodKind) -> Period:
    year = _year_of(found, "qy", now.today)
    return _nearest("quarter", _QUARTERS[found["qn"]], year, now.today)


def _month(found: "re.Match[str]", now: Now, _every: PeriodKind) -> Period:
    return _nearest("month", int(found["mn"]), _year_of(found, "my", now.today), now.today)


def _month_word(found: "re.Match[str]", now: Now, _every: PeriodKind) -> Period:
    return _nearest("month", _MONTH_WORDS[found["mw"]], _year_of(found, "wy", now.today), now.today)


def _relative(found: "re.Match[str]", now: Now, every: PeriodKind) -> Period:
    """Tháng, quý follow the civil calendar; kỳ is the period being collected."""
    if found["rk"] == "ky":
        here = now.current if now.current.kind == every else now.current.within(every)
    else:
        month = Period.month(now.today.year, now.today.month)
        here = month if found["rk"] == "thang" else month.within("quarter")
    return here if found["rw"] in ("nay", "ni", "ray", "hien tai") else here.before


def _slash(found: "re.Match[str]", _now: Now, _every: PeriodKind) -> Period:
    return Period.month(int(found["sy"]), int(found["sm"]))


def _whole_year(found: "re.Match[str]", now: Now, _every: PeriodKind) -> Period:
    word = found["yn"]
    year = int(word) if word.isdigit() else now.today.year - (word == "ngoai")
    return Period(year, "year", 1)


def _none(_found: "re.Match[str]", _now: Now, _every: PeriodKind) -> None:
    return None


_READERS: dict[str, _Reader] = {
    "half": _half,
    "nine": _nine,
    "many": _none,
    "since": _none,
    "quarter": _quarter,
    "month": _month,
    "mword": _month_word,
    "relative": _relative,
    "inside": _none,
    "date": _none,
    "slash": _slash,
    "day": _none,
    "bareday": _none,
    "dayword": _none,
    "bareyear": _none,
    "dayalone": _none,
    "year": _whole_year,
}
