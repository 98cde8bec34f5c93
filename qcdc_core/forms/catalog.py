"""Forms and figures as values, read once from forms.yaml and checked while reading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from qcdc_core.errors import BadData
from qcdc_core.strict_yaml import read_yaml
from qcdc_core.units.kinds import KIND_WORDS

Kind = Literal["flow", "stock", "flag"]
Every = Literal["month", "quarter"]

FLAG_UNIT = "có/không"


@dataclass(frozen=True)
class Figure:
    """One figure of a form (chỉ tiêu). Values are Decimals in ``unit``; flags are 0 or 1."""

    code: str
    name: str
    short: str
    unit: str
    kind: Kind
    decimals: int = 0
    stock_at: Literal["start", "end"] = "end"
    group: str | None = None
    may_not_apply: bool = False
    yearly: bool = False


@dataclass(frozen=True)
class Form:
    """A form (biểu mẫu): which units owe it, how often, and its figures in printed order."""

    code: str
    name: str
    every: Every
    unit_kinds: frozenset[str]
    sector: str
    figures: tuple[Figure, ...]

    def figure(self, code: str) -> Figure:
        """Raise KeyError when the form has no figure of that code."""
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(figure.code for figure in self.figures)

    @property
    def _by_code(self) -> Mapping[str, Figure]:
        return _index(self)


@cache
def _index(form: Form) -> Mapping[str, Figure]:
    return {figure.code: figure for figure in form.figures}


def _figure(form: str, raw: Mapping[str, Any]) -> Figure:
    try:
        figure = Figure(**raw)
    except TypeError as error:
        raise BadData(f"forms.yaml, {form}: {error}") from error
    if figure.kind not in ("flow", "stock", "flag"):
        raise BadData(f"forms.yaml, {form}.{figure.code}: unknown kind {figure.kind!r}")
    if figure.stock_at not in ("start", "end"):
        raise BadData(f"forms.yaml, {form}.{figure.code}: stock at {figure.stock_at!r}?")
    if (figure.kind == "flag") != (figure.unit == FLAG_UNIT):
        raise BadData(f"forms.yaml, {form}.{figure.code}: {figure.unit!r} is no unit of its kind")
    return figure


def _form(code: str, raw: Mapping[str, Any]) -> Form:
    figures = tuple(_figure(code, item) for item in raw["figures"])
    if len({figure.code for figure in figures}) != len(figures):
        raise BadData(f"forms.yaml, {code}: a figure stands twice")
    if raw["every"] not in ("month", "quarter"):
        raise BadData(f"forms.yaml, {code}: unknown frequency {raw['every']!r}")
    unknown = sorted(set(raw["unit_kinds"]) - set(KIND_WORDS))
    if unknown or not raw["unit_kinds"]:
        raise BadData(f"forms.yaml, {code}: unknown kinds of unit {unknown}, or none")
    return Form(
        code=code,
        name=raw["name"],
        every=raw["every"],
        unit_kinds=frozenset(raw["unit_kinds"]),
        sector=raw["sector"],
        figures=figures,
    )


@cache
def forms() -> Mapping[str, Form]:
    """All forms by code, in the order of the file. Raises BadData when the file is wrong."""
    text = resources.files("qcdc_core.forms").joinpath("forms.yaml").read_text("utf-8")
    return {code: _form(code, raw) for code, raw in read_yaml(text).items()}


def form(code: str) -> Form:
    """Raise KeyError when there is no form of that code."""
    return forms()[code]


def forms_owed_by(unit_kind: str) -> tuple[Form, ...]:
    """Forms that a unit of this kind fills; empty for kinds that report nothing (a district)."""
    return tuple(one for one in forms().values() if unit_kind in one.unit_kinds)
