"""What the demo is made of before it becomes rows: places, sayings, and what happened when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from random import Random
from typing import Any

import yaml

from qcdc_core.forms import Form
from qcdc_core.periods import Period

SEED = "minh-hoa-1"

Values = Mapping[str, Decimal | None]


@cache
def data(name: str) -> Any:
    """The content of a YAML file of this folder."""
    return yaml.safe_load(resources.files("qcdc_core.demo").joinpath(name).read_text("utf-8"))


def dice(*about: object) -> Random:
    """Always the same numbers for the same things, whatever was drawn before and whatever day."""
    return Random(f"{SEED} {' '.join(str(one) for one in about)}")  # noqa: S311 - no secret


@dataclass(frozen=True)
class Place:
    """A unit with its row's id; ``known`` is what names.yaml tells about an enterprise."""

    id: int
    code: str
    kind: str
    name: str
    full_name: str
    parent_code: str
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sender:
    """The focal point of a place; after ``left_on`` nobody reports for it."""

    person_id: int
    name: str
    left_on: date | None


@dataclass(frozen=True)
class Said:
    """A message, and for each figure where its words stand in it."""

    text: str
    quotes: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """The sender's answer to a warning: which rule, about which figure ('' for several)."""

    rule: str
    code: str
    question: str
    answer: str


@dataclass(frozen=True)
class Turn:
    """The sender writes figures, explains what was asked, and confirms at ``at``."""

    at: datetime
    said: Said
    values: Values
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Act:
    """An officer accepts, returns or corrects; ``login`` is who."""

    at: datetime
    kind: str
    login: str
    code: str | None = None
    comment: str | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class Filing:
    """One report from its first message to where it stands now."""

    place: Place
    form: Form
    period: Period
    steps: tuple[Turn | Act, ...]
