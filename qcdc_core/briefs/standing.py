"""How complete the figures are: what is missing, returned, not yet accepted, or left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from qcdc_core.briefs.gather import Gathered
from qcdc_core.briefs.held import FormData, ReportLine
from qcdc_core.forms import form
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.periods import Period


@dataclass(frozen=True)
class Gap:
    """A report that does not count, or does not exist. ``why``: missing, returned or other_days."""

    why: str
    unit_id: int
    form_code: str
    part: Period

    @property
    def form_name(self) -> str:
        return _(form(self.form_code).name)

    @property
    def part_name(self) -> str:
        return period_name(self.part)

    @property
    def reason(self) -> str:
        return {
            "missing": _("Chưa gửi"),
            "returned": _("Đã trả lại, chưa gửi lại; không tính vào số liệu"),
            "other_days": _("Kỳ số liệu của phiếu không khớp lịch báo cáo; không tính"),
        }[self.why]


def gaps(gathered: Gathered) -> tuple[Gap, ...]:
    """By form, part and unit code."""
    found = [gap for data in gathered.data.values() for gap in _gaps(data)]
    order = list(gathered.data)
    return tuple(
        sorted(
            found,
            key=lambda gap: (
                order.index(gap.form_code),
                gap.part.first_month,
                gathered.nodes[gap.unit_id].code,
            ),
        )
    )


def not_accepted(gathered: Gathered) -> tuple[ReportLine, ...]:
    """Reports that count although no officer has accepted them yet."""
    lines = (line for data in gathered.data.values() for line in data.reports)
    return tuple(line for line in lines if line.counts and line.state == "sent")


def _gaps(data: FormData) -> Iterator[Gap]:
    there = {(line.part, line.unit_id): line for line in data.reports}
    for part, units in data.expected.items():
        for unit in units:
            line = there.get((part, unit))
            if line is None:
                yield Gap("missing", unit, data.form.code, part)
            elif not line.counts:
                why = "returned" if line.state == "returned" else "other_days"
                yield Gap(why, unit, data.form.code, part)
