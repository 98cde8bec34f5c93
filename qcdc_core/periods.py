"""A period (kỳ báo cáo) is a value: 2026-09, 2026-Q3, 2026-H1, 2026-9M or 2026.

Which days it covers is not its own business: that is the reporting calendar's
(`qcdc_core.forms.calendar`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Self

PeriodKind = Literal["month", "quarter", "half", "nine_months", "year"]

_LENGTH: dict[PeriodKind, int] = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "nine_months": 9,
    "year": 12,
}
_COUNT: dict[PeriodKind, int] = {
    "month": 12,
    "quarter": 4,
    "half": 2,
    "nine_months": 1,
    "year": 1,
}
_PATTERN = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<nine>9M)|(?P<month>0[1-9]|1[0-2])))?",
    re.ASCII,
)


@dataclass(frozen=True)
class Period:
    """Year, kind, and the number inside the year (1-based)."""

    year: int
    kind: PeriodKind
    number: int

    def __post_init__(self) -> None:
        if not 1900 <= self.year <= 2999 or not 1 <= self.number <= _COUNT[self.kind]:
            raise ValueError(f"no such period: {self.kind} {self.number} of {self.year}")

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls(year, "month", month)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        return cls(year, "quarter", quarter)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period as written above. Raises ValueError for anything else."""
        found = _PATTERN.fullmatch(text)
        if not found:
            raise ValueError(
                f"not a period: {text!r} (write 2026-09, 2026-Q3, 2026-H1, 2026-9M, 2026)"
            )
        year = int(found["year"])
        if found["quarter"]:
            return cls(year, "quarter", int(found["quarter"]))
        if found["half"]:
            return cls(year, "half", int(found["half"]))
        if found["nine"]:
            return cls(year, "nine_months", 1)
        if found["month"]:
            return cls(year, "month", int(found["month"]))
        return cls(year, "year", 1)

    def __str__(self) -> str:
        suffix = {
            "month": f"-{self.number:02d}",
            "quarter": f"-Q{self.number}",
            "half": f"-H{self.number}",
            "nine_months": "-9M",
            "year": "",
        }[self.kind]
        return f"{self.year:04d}{suffix}"

    @property
    def first_month(self) -> int:
        return (self.number - 1) * _LENGTH[self.kind] + 1

    @property
    def last_month(self) -> int:
        return self.first_month + _LENGTH[self.kind] - 1

    def months(self) -> Iterator["Period"]:
        for month in range(self.first_month, self.last_month + 1):
            yield Period(self.year, "month", month)

    def parts(self, kind: PeriodKind) -> tuple["Period", ...]:
        """The periods of a shorter kind that tile this one; a period tiles itself.

        Raises ValueError when they do not fit (quarters in a month).
        """
        if _LENGTH[self.kind] % _LENGTH[kind]:
            raise ValueError(f"{self} cannot be cut into {kind}")
        first = (self.first_month - 1) // _LENGTH[kind] + 1
        return tuple(
            Period(self.year, kind, first + step)
            for step in range(_LENGTH[self.kind] // _LENGTH[kind])
        )

    def within(self, kind: PeriodKind) -> "Period":
        """The period of a longer (or the same) kind that holds this one.

        Raises ValueError when there is none: the nine months do not hold the fourth quarter.
        """
        number = (self.first_month - 1) // _LENGTH[kind] + 1
        whole = Period(self.year, kind, number)
        if not whole.contains(self):
            raise ValueError(f"no {kind} holds {self}")
        return whole

    def contains(self, other: "Period") -> bool:
        return (
            self.year == other.year
            and self.first_month <= other.first_month
            and other.last_month <= self.last_month
        )

    def plus(self, steps: int) -> "Period":
        """The period of the same kind that many steps later (earlier when negative)."""
        per_year = _COUNT[self.kind]
        index = self.year * per_year + self.number - 1 + steps
        return Period(index // per_year, self.kind, index % per_year + 1)

    @property
    def before(self) -> "Period":
        return self.plus(-1)

    @property
    def year_before(self) -> "Period":
        return Period(self.year - 1, self.kind, self.number)
