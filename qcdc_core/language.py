"""Words and numbers for people: gettext with Vietnamese as the source language, and formats.

The bot and the worker have no web request, so the language is a context variable, not a request's.
"""

from contextvars import ContextVar
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from qcdc_core.clock import local
from qcdc_core.periods import Period

SOURCE = "vi"
LOCALES = Path(__file__).resolve().parent.parent / "locales"

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def speak(language: str) -> None:
    """Choose the language of this context (one request, one dialogue turn)."""
    _language.set(language)


def spoken() -> str:
    return _language.get()


@cache
def _translations(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    return Translations.load(LOCALES, [language], domain="qcdc")


def gettext(message: str) -> str:
    """The message in the language of this context; itself when nobody translated it."""
    return str(_translations(spoken()).ugettext(message))


def number(value: Decimal | int) -> str:
    """1.250,5: thousands with a dot, decimals with a comma, in both languages of this country."""
    return str(format_decimal(value, format="#,##0.####", locale="vi"))


def percent(value: Decimal | None) -> str:
    """Two decimals, rounded half up (never cut); an unknown share is a dash, never 0 or 100."""
    if value is None:
        return "–"
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return str(format_decimal(rounded, format="#,##0.##", locale="vi")) + "%"


def money_in_scale(value: Decimal) -> str | None:
    """'12,5 triệu' or '1,2 tỷ' beside a large amount of đồng; None below one million."""
    for size, word in ((Decimal(10**9), gettext("tỷ")), (Decimal(10**6), gettext("triệu"))):
        if abs(value) >= size:
            return f"{format_decimal(value / size, format='#,##0.######', locale='vi')} {word}"
    return None


def day(value: date) -> str:
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def moment(value: datetime) -> str:
    """'19:42 ngày 13/10/2026' on a clock in Việt Nam."""
    there = local(value)
    return gettext("{time} ngày {day}").format(time=f"{there:%H:%M}", day=day(there.date()))


_ROMAN = ("I", "II", "III", "IV")


def period_name(period: Period) -> str:
    """'tháng 10/2026', 'quý III/2026', '6 tháng đầu năm 2026', 'năm 2026'."""
    fields = {"year": period.year, "number": period.number}
    match period.kind:
        case "month":
            return gettext("tháng {number}/{year}").format(**fields)
        case "quarter":
            return gettext("quý {roman}/{year}").format(
                roman=_ROMAN[period.number - 1], year=period.year
            )
        case "half" if period.number == 1:
            return gettext("6 tháng đầu năm {year}").format(**fields)
        case "half":
            return gettext("6 tháng cuối năm {year}").format(**fields)
        case "nine_months":
            return gettext("9 tháng đầu năm {year}").format(**fields)
        case "year":
            return gettext("năm {year}").format(**fields)
