"""The figures as people would write them, with the place of each figure's words."""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from random import Random
from typing import Any

from qcdc_core.db import plain
from qcdc_core.demo.model import Place, Said, Values, data, dice
from qcdc_core.forms import Figure, Form
from qcdc_core.periods import Period

STYLES = 3
OUTCOMES = ("hoa_giai_thanh", "hoa_giai_khong_thanh", "hoa_giai_dang")
# Nobody writes "góp 0 đồng", but "giám sát 0 cuộc" some do.
SAID_AS_ZERO = frozenset({"cuộc", "ý kiến", "đơn", "hồ sơ", "nội dung"})


def say(place: Place, form: Form, period: Period, values: Values, rng: Random) -> Said:
    """One message with all the values; flows of 0 are mostly left to a closing phrase."""
    style = _style(place, rng)
    names = _names(place, period)
    if not any(values.values()) and form.code == "thon_thang":
        return _written(rng.choice(data("phrases.yaml")["nothing"]).format(**names), {}, style)
    kind = "month" if form.every == "month" else "quarter"
    opening = rng.choice(data("phrases.yaml")["openings"][kind]).format(**names)
    told, untold = _divided(form, values, rng)
    text, quotes = _joined(opening, told, values, style, form)
    if untold:
        closing = data("phrases.yaml")["closings"][style]
        at = len(text) + len(_separator(style))
        text += _separator(style) + closing
        quotes |= {figure.code: (at, at + len(closing)) for figure in untold}
    return _written(text, quotes, style)


def correct(place: Place, form: Form, code: str, value: Decimal, rng: Random) -> Said:
    """'sửa góp tiền 12tr5'."""
    style = _style(place, rng)
    figure = _phrase(form, form.figure(code), value, style)
    text = rng.choice(data("phrases.yaml")["corrections"]).format(figure=figure)
    start = text.index(figure)
    return _written(text, {code: (start, start + len(figure))}, style)


def confirm(rng: Random) -> str:
    said: str = rng.choice(data("phrases.yaml")["confirmations"])
    return said


def _style(place: Place, rng: Random) -> int:
    """Most people write in their own way most of the time; offices in whole words."""
    if place.kind in ("tinh", "xa", "phuong", "co_quan"):
        return 0
    own = dice(place.code, "style").randrange(STYLES)
    return own if rng.random() < 0.85 else rng.randrange(STYLES)


def _written(text: str, quotes: dict[str, tuple[int, int]], style: int) -> Said:
    """On small keyboards the marks are left out; every letter keeps its place."""
    if style == STYLES - 1:
        text = "".join(_bare(letter) for letter in text)
    return Said(text, quotes)


def _bare(letter: str) -> str:
    return {"đ": "d", "Đ": "D"}.get(letter) or unicodedata.normalize("NFD", letter)[0]


def _names(place: Place, period: Period) -> dict[str, Any]:
    quarter = ("I", "II", "III", "IV")[(period.first_month - 1) // 3]
    name = place.full_name
    at_start = name[0].upper() + name[1:]
    return {
        "month": period.number,
        "year": period.year,
        "quarter": quarter,
        "unit": name,
        "Unit": at_start,
    }


def _divided(form: Form, values: Values, rng: Random) -> tuple[list[Figure], list[Figure]]:
    """Figures to name, and flows of 0 to close with; a stock of 0 that follows is not named.

    "còn lại không có" is said only of a whole form; outcomes do not stand without their cases.
    """
    named = [figure for figure in form if figure.code in values]
    whole = len(named) == len(form.figures)
    settled = any(values.get(code) for code in OUTCOMES)
    zeros = [figure for figure in named if figure.kind == "flow" and values[figure.code] == 0]
    untold = [
        one
        for one in zeros
        if whole and not (settled and one.code == "hoa_giai_vu")
        if one.unit not in SAID_AS_ZERO or rng.random() < 0.8
    ]
    told = [
        figure
        for figure in named
        if figure not in untold and (figure.code != "hoa_giai_dang" or values[figure.code])
    ]
    return told, untold


def _joined(
    text: str, told: list[Figure], values: Values, style: int, form: Form
) -> tuple[str, dict[str, tuple[int, int]]]:
    quotes = {}
    for at, group in enumerate(_groups(told)):
        text += _separator(style) if at else ""
        for within, figure in enumerate(group):
            text += (", " if style == 0 else " ") if within else ""
            phrase = _phrase(form, figure, values[figure.code], style)
            quotes[figure.code] = (len(text), len(text) + len(phrase))
            text += phrase
    return text, quotes


def _groups(told: list[Figure]) -> Iterator[list[Figure]]:
    for _key, group in groupby(told, key=lambda figure: figure.group or figure.code):
        yield list(group)


def _separator(style: int) -> str:
    separator: str = data("phrases.yaml")["separators"][style]
    return separator


def _phrase(form: Form, figure: Figure, value: Decimal | None, style: int) -> str:
    ways = data("phrases.yaml")[form.code][figure.code]
    if isinstance(ways, dict):
        ways = ways[_answer(figure, value)]
    said = "" if value is None else _amount(figure, value, style)
    return str(ways[style]).format(n=said)


def _answer(figure: Figure, value: Decimal | None) -> str:
    if value is None:
        return "na"
    if figure.kind != "flag":
        return "n"
    return "co" if value else "khong"


def _amount(figure: Figure, value: Decimal, style: int) -> str:
    if figure.unit == "đồng":
        return _money(value, style)
    whole = f"{value:,f}".replace(",", ".")
    return whole if style == 0 else f"{value:f}"


def _money(value: Decimal, style: int) -> str:
    """'12.500.000 đồng', '12,5 triệu', '12tr5'; values are multiples of 100.000."""
    if style == 0:
        return f"{value:,f} đồng".replace(",", ".")
    millions = plain(value / 1_000_000)
    if style == 1:
        return f"{millions:f} triệu".replace(".", ",")
    if millions < 1:
        return f"{plain(value / 1000):f}k"
    return f"{millions:f}".replace(".", "tr") if millions % 1 else f"{millions:f}tr"
