"""What stands above and below the text: issuing body, title, place, recipients, signing."""

from datetime import date, datetime

from qcdc_core.briefs.gather import Gathered
from qcdc_core.briefs.model import Head
from qcdc_core.briefs.profiles import profiles
from qcdc_core.clock import local
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.units.kinds import PROVINCES

# Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15 is in force from this day.
LAW_IN_FORCE = date(2023, 7, 1)


def head(
    gathered: Gathered,
    calendar: ReportingCalendar,
    committee: str,
    profile_code: str,
    now: datetime,
) -> Head:
    """Number, day and name of the signer stay blank until the document is issued."""
    profile = profiles()[profile_code]
    name = period_name(gathered.period)
    top = gathered.top
    capitals = {"unit": top.full_name.upper(), "committee": committee.upper()}
    return Head(
        profile=profile_code,
        unit_code=top.code,
        unit_name=top.full_name,
        parent_body=profile.parent.format(**capitals),
        body=profile.body.format(**capitals),
        committee=committee,
        place=top.name,
        year=local(now).year,
        period=str(gathered.period),
        period_name=name,
        first_day=gathered.window.first,
        last_day=gathered.window.last,
        calendar_name=_(calendar.preset.name),
        compiled_at=now,
        closed_early_on=gathered.closed_early_on,
        title=_("Kết quả thực hiện dân chủ ở cơ sở {period}").format(period=name),
        recipients=profile.recipients[_level(top.kind)],
        signing=profile.signing,
    )


def _level(kind: str) -> str:
    if kind in PROVINCES:
        return "province"
    return "district" if kind == "huyen" else "commune"
