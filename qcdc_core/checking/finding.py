"""A finding (điều cần xem lại) is a value: what does not fit, in words for the sender."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Repair:
    """An answer to offer: choosing ``label`` sets the figure to the value."""

    code: str
    value: Decimal
    label: str


@dataclass(frozen=True)
class Finding:
    """``codes`` are the figures concerned, the one to ask about first.

    ``code`` is that first figure for findings about a single figure (outliers, flags), else empty:
    together with ``rule`` it is the key under which a reason is kept.
    """

    rule: str
    severity: Severity
    codes: tuple[str, ...]
    text: str
    code: str = ""
    repairs: tuple[Repair, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.rule, self.code
