"""A topic of the brief: its sentences, the comparison, and how many units answered."""

from dataclasses import dataclass

from qcdc_core.briefs.compare import Earlier, Pick, versus
from qcdc_core.briefs.model import Number, Paragraph, Run
from qcdc_core.briefs.numbers import Numbers
from qcdc_core.briefs.say import coverage_of, paragraph, say
from qcdc_core.language import gettext as _

VILLAGE = "thon_thang"
COMMUNE = "xa_thang"
AGENCY = "co_quan_quy"
ENTERPRISE = "doanh_nghiep_quy"
STEERING = "chi_dao_quy"


@dataclass(frozen=True)
class Teller:
    """What the topics speak from: the numbers of this window and of earlier ones."""

    n: Numbers
    earlier: tuple[Earlier, ...]

    def topic(
        self, name: str, *sentences: tuple[Run, ...], rests_on: list[Number], by: Pick | None = None
    ) -> Paragraph:
        """Sentences, comparison and coverage; or that nobody reported, when nobody did."""
        if all(number.value is None for number in rests_on):
            return paragraph(say(_("{topic}: chưa có số liệu."), topic=name), bullet=True)
        compared = versus(self.earlier, self.n, by) if by else ()
        return paragraph(*sentences, compared, coverage_of(rests_on), bullet=True)
