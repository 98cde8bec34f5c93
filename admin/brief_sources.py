"""The way down from a number of a brief, grouped for the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from qcdc_core.briefs.sources import SourceRow
from qcdc_core.language import gettext as _


@dataclass(frozen=True)
class Group:
    """The sources of a commune, or of all agencies, or of all enterprises."""

    name: str
    rows: tuple[SourceRow, ...]


def grouped(rows: Iterable[SourceRow]) -> tuple[Group, ...]:
    """By commune in the order of the codes; empty for a count of units or reports."""
    found: dict[str, list[SourceRow]] = {}
    for row in sorted(rows, key=lambda row: (row.unit_code, str(row.period), row.figure.code)):
        found.setdefault(_name(row), []).append(row)
    return tuple(Group(name, tuple(some)) for name, some in found.items())


def _name(row: SourceRow) -> str:
    names = {"co_quan_quy": _("Cơ quan, đơn vị"), "doanh_nghiep_quy": _("Doanh nghiệp")}
    return names.get(row.form) or row.place or row.unit_name
