"""A printed annex beside the brief: equal, or the reason why it cannot be."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from qcdc_core.briefs.model import Brief, Number, Part
from qcdc_core.briefs.printing import count_text
from qcdc_core.language import gettext as _
from qcdc_core.reading import fold

_NUMBER = r"(\d+(?:\.\d{3})*(?:,\d+)?)"


class Verdict(StrEnum):
    """What the printed number is, beside the brief's own."""

    equal = "equal"
    cut = "cut"  # decimals cut off instead of rounded half up
    other_whole = "other_whole"  # its parts do not add up to it; they are those of another number
    base_unsaid = "base_unsaid"  # a share that holds for a narrower base than the one printed
    differs = "differs"
    not_found = "not_found"  # the brief has no such number


@dataclass(frozen=True)
class Compared:
    """One printed number; ``printed`` as it stands there, ``own`` as the brief prints it.

    ``sentence`` says what is wrong and how it should read; empty when equal.
    """

    number: str
    printed: str
    own: str
    verdict: Verdict
    sentence: str = ""


def compare_printed(brief: Brief, text: str) -> tuple[Compared, ...]:
    """Every number of a printed annex that is known by its words, in the order of the annex.

    Empty when none of the known words stand in ``text``. A number is equal when the brief's own,
    rounded half up to the printed decimals, is the printed one.
    """
    printed = dict(_printed(" ".join(fold(text).split())))
    return tuple(_compared(brief, number, printed) for number in printed)


class _Told(BaseModel):
    """Words of an annex with a pattern for each number in them, and which numbers these are."""

    model_config = ConfigDict(extra="forbid")

    after: str
    numbers: tuple[str, ...]
    times: int = 1


class _Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")

    whole: str
    of: str
    parts: tuple[str, ...]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")

    told: tuple[_Told, ...]
    wholes: tuple[_Whole, ...]


@dataclass(frozen=True)
class _Printed:
    text: str
    value: Decimal
    decimals: int


def _printed(folded: str) -> Iterator[tuple[str, _Printed]]:
    for one in _words().told:
        found = re.search(one.after.replace("N", _NUMBER), folded)
        if found is not None:
            for number, text in zip(one.numbers, found.groups(), strict=True):
                yield number, _value(text, one.times)


@cache
def _words() -> _Words:
    text = files("qcdc_core.briefs").joinpath("printed.yaml").read_text("utf-8")
    return _Words.model_validate(yaml.safe_load(text))


def _value(text: str, times: int) -> _Printed:
    plain = text.replace(".", "").replace(",", ".")
    decimals = len(plain.partition(".")[2]) - len(str(times)) + 1
    return _Printed(text, Decimal(plain) * times, decimals)


def _compared(brief: Brief, number: str, printed: Mapping[str, _Printed]) -> Compared:
    one, own = printed[number], _own(brief, number)
    if own is None or own.value is None:
        return Compared(number, one.text, "–", Verdict.not_found, _("Báo cáo chưa có số này."))
    step = Decimal(1).scaleb(-one.decimals)
    if own.value.quantize(step, ROUND_HALF_UP) == one.value:
        verdict, sentence = _doubted(brief, number, printed)
    elif own.value.quantize(step, ROUND_DOWN) == one.value:
        verdict = Verdict.cut
        sentence = _(
            "Bản in ghi {printed}: phần lẻ bị cắt bớt. Làm tròn đúng là {own} ({ratio})."
        ).format(printed=one.text, own=own.text, ratio=_ratio(own))
    else:
        verdict = Verdict.differs
        sentence = _("Bản in ghi {printed}, tổng hợp được {own}.").format(
            printed=one.text, own=own.text
        )
    return Compared(number, one.text, own.text, verdict, sentence)


def _own(brief: Brief, number: str) -> Number | Part | None:
    name, _point, side = number.rpartition(".")
    if side not in ("numerator", "denominator"):
        return brief.numbers.get(number)
    whole = brief.numbers.get(name)
    part: Part | None = getattr(whole, side, None)
    return part


def _ratio(own: Number | Part) -> str:
    if isinstance(own, Part) or own.numerator is None or own.denominator is None:
        return own.text
    return f"{own.numerator.text}/{own.denominator.text}"


def _doubted(brief: Brief, number: str, printed: Mapping[str, _Printed]) -> tuple[Verdict, str]:
    """Equal as printed, yet misleading beside the other printed numbers."""
    for rule in _words().wholes:
        if rule.whole == number:
            return _whole(brief, rule, printed)
    wider = brief.numbers.get(f"{number}.tren_tat_ca")
    own = brief.numbers.get(number)
    if own is not None and wider is not None and own.value != wider.value:
        return Verdict.base_unsaid, _base(own, wider)
    return Verdict.equal, ""


def _whole(brief: Brief, rule: _Whole, printed: Mapping[str, _Printed]) -> tuple[Verdict, str]:
    whole, other = printed[rule.whole], brief.numbers.get(rule.of)
    if other is None or other.value is None or any(part not in printed for part in rule.parts):
        return Verdict.equal, ""
    together = sum((printed[part].value for part in rule.parts), Decimal())
    if together == whole.value:
        return Verdict.equal, ""
    sentence = _(
        "Bản in ghi {whole}, nhưng {parts} = {together}. Các phần này thuộc {other} ({name}); "
        "còn {rest} chưa nói là gì."
    ).format(
        whole=whole.text,
        parts=" + ".join(printed[part].text for part in rule.parts),
        together=count_text(together),
        other=other.text,
        name=other.name.lower(),
        rest=count_text(whole.value - together),
    )
    return Verdict.other_whole, sentence


def _base(own: Number, wider: Number) -> str:
    return _(
        "Bản in không nói mẫu số. {own} là {ratio} {base}; tính trên {wider_base} là "
        "{wider_ratio}, chiếm {wider}."
    ).format(
        own=own.text,
        ratio=_ratio(own),
        base=own.denominator.name if own.denominator else "",
        wider_base=wider.denominator.name if wider.denominator else "",
        wider_ratio=_ratio(wider),
        wider=wider.text,
    )
