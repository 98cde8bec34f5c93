"""How a committee's documents look: sizes, margins and fixed words as data (profiles.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from qcdc_core.errors import BadData

STATE = "nha_nuoc"
PARTY = "dang"


@dataclass(frozen=True)
class Label:
    text: str
    bold: bool
    italic: bool
    underline: bool


@dataclass(frozen=True)
class Profile:
    """``sizes`` in points; ``margins``, ``first_line`` in millimetres; ``space_after`` in points.

    ``recipients`` by level: province, district, commune.
    """

    code: str
    name: str
    font: str
    margins: Mapping[str, float]
    motto: tuple[str, ...]
    parent: str
    body: str
    under_body: str
    number: str
    place_and_date: str
    kind: str
    sizes: Mapping[str, float]
    first_line: float
    space_after: float
    line_spacing: float
    end_of_text: str
    recipients_label: Label
    level_1: str
    level_2: str
    signing: tuple[str, ...]
    recipients: Mapping[str, tuple[str, ...]]


@cache
def profiles() -> Mapping[str, Profile]:
    """The shipped profiles by code. Raises BadData when the file is wrong."""
    text = resources.files("qcdc_core.briefs").joinpath("profiles.yaml").read_text("utf-8")
    return {code: _profile(code, raw) for code, raw in yaml.safe_load(text).items()}


def _profile(code: str, raw: Mapping[str, Any]) -> Profile:
    try:
        return Profile(
            **{
                **raw,
                "code": code,
                "motto": tuple(raw["motto"]),
                "signing": tuple(raw["signing"]),
                "recipients_label": Label(**raw["recipients_label"]),
                "recipients": {level: tuple(one) for level, one in raw["recipients"].items()},
            }
        )
    except (KeyError, TypeError) as error:
        raise BadData(f"profiles.yaml, {code}: {error}") from error
