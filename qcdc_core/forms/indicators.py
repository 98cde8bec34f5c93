"""Indicators of the brief as values, read once from indicators.yaml and checked while reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from qcdc_core.errors import BadData
from qcdc_core.forms.catalog import Figure, form, forms
from qcdc_core.strict_yaml import read_yaml

What = Literal[
    "sum", "having", "answered", "units", "reports_sent", "reports_owed", "reports_in_time"
]


@dataclass(frozen=True)
class FigureOf:
    """A figure together with its form: the same code may stand in two forms."""

    form: str
    code: str

    def __str__(self) -> str:
        return f"{self.form}.{self.code}"

    @property
    def figure(self) -> Figure:
        return form(self.form).figure(self.code)


@dataclass(frozen=True)
class Measure:
    """What is counted above or below the line; see the head of indicators.yaml."""

    what: What
    name: str
    of: tuple[FigureOf, ...] = ()
    kinds: frozenset[str] | None = None
    among: FigureOf | None = None
    from_year_start: bool = False


@dataclass(frozen=True)
class Ratio:
    numerator: Measure
    denominator: Measure

    @property
    def figures(self) -> tuple[FigureOf, ...]:
        """Every figure above and below the line, each once."""
        return tuple(dict.fromkeys((*self.numerator.of, *self.denominator.of)))


@dataclass(frozen=True)
class Indicator:
    """``form``: percent, or mean in ``unit``. ``beside`` is the second ratio printed with it."""

    code: str
    name: str
    ratio: Ratio
    form: Literal["percent", "mean"] = "percent"
    unit: str = "%"
    scale: str | None = None
    beside: Ratio | None = None


@dataclass(frozen=True)
class Together:
    """Figures of several forms that the brief adds up under one name."""

    code: str
    name: str
    unit: str
    of: tuple[FigureOf, ...]


@dataclass(frozen=True)
class IndicatorBook:
    indicators: Mapping[str, Indicator]
    together: Mapping[str, Together]
    scales: Mapping[FigureOf, str]


@cache
def indicator_book() -> IndicatorBook:
    """The shipped indicators. Raises BadData naming the one that does not hold together."""
    text = resources.files("qcdc_core.forms").joinpath("indicators.yaml").read_text("utf-8")
    return read_indicators(read_yaml(text))


def read_indicators(raw: Mapping[str, Any]) -> IndicatorBook:
    return IndicatorBook(
        indicators={code: _indicator(code, one) for code, one in raw["indicators"].items()},
        together={code: _together(code, one) for code, one in raw.get("together", {}).items()},
        scales={_figure_of("scales", text): scale for text, scale in raw.get("scales", {}).items()},
    )


def _indicator(code: str, raw: Mapping[str, Any]) -> Indicator:
    if not raw.get("name"):
        raise BadData(f"indicators.yaml, {code}: it has no name")
    if raw.get("form", "percent") not in ("percent", "mean"):
        raise BadData(f"indicators.yaml, {code}: unknown form {raw['form']!r}")
    beside = raw.get("beside")
    return Indicator(
        code=code,
        name=raw["name"],
        ratio=_ratio(code, raw),
        form=raw.get("form", "percent"),
        unit=raw.get("unit", "%"),
        scale=raw.get("scale"),
        beside=_ratio(code, beside) if beside else None,
    )


def _ratio(code: str, raw: Mapping[str, Any]) -> Ratio:
    for side in ("numerator", "denominator"):
        if not raw.get(side, {}).get("name"):
            raise BadData(f"indicators.yaml, {code}: the {side} has no name")
    return Ratio(_measure(code, raw["numerator"]), _measure(code, raw["denominator"]))


def _measure(code: str, raw: Mapping[str, Any]) -> Measure:
    if raw.get("what") not in get_args(What):
        raise BadData(f"indicators.yaml, {code}: unknown measure {raw.get('what')!r}")
    if raw.get("since") not in (None, "year"):
        raise BadData(f"indicators.yaml, {code}: unknown start {raw['since']!r}")
    of = tuple(_figure_of(code, text) for text in raw.get("of", ()))
    if not of and not raw["what"].startswith("reports_"):
        raise BadData(f"indicators.yaml, {code}: a measure names no figure")
    return Measure(
        what=raw["what"],
        name=raw["name"],
        of=of,
        kinds=frozenset(raw["kinds"]) if "kinds" in raw else None,
        among=_figure_of(code, raw["among"]) if "among" in raw else None,
        from_year_start=raw.get("since") == "year",
    )


def _together(code: str, raw: Mapping[str, Any]) -> Together:
    of = tuple(_figure_of(code, text) for text in raw["of"])
    units = {one.figure.unit for one in of}
    if units != {raw["unit"]}:
        raise BadData(f"indicators.yaml, {code}: {raw['unit']!r} is not the unit of its figures")
    return Together(code, raw["name"], raw["unit"], of)


def _figure_of(where: str, text: str) -> FigureOf:
    form_code, _, code = text.partition(".")
    if form_code not in forms() or code not in form(form_code):
        raise BadData(f"indicators.yaml, {where}: unknown figure {text!r}")
    return FigureOf(form_code, code)
