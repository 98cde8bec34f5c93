"""Composing the brief of a unit and period from everything that was reported under it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from qcdc_core.briefs.annex_figures import figures_annex
from qcdc_core.briefs.annex_tables import communes_annex, comparison_annex, gaps_annex
from qcdc_core.briefs.compare import Compared, Earlier, earlier_windows, uncompared
from qcdc_core.briefs.footnotes import with_notes
from qcdc_core.briefs.gather import gather, why_not_yet
from qcdc_core.briefs.head import LAW_IN_FORCE, head
from qcdc_core.briefs.model import Annex, Brief, Head, Paragraph, require_known_numbers
from qcdc_core.briefs.numbers import Numbers
from qcdc_core.briefs.outline import sections
from qcdc_core.briefs.profiles import STATE
from qcdc_core.briefs.say import out_of, paragraph, say
from qcdc_core.briefs.standing import Gap, gaps
from qcdc_core.briefs.tell import Teller
from qcdc_core.errors import Refusal
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.language import day
from qcdc_core.language import gettext as _
from qcdc_core.periods import Period

_ROMAN = ("I", "II", "III", "IV")


def compose(
    session: Session,
    unit_code: str,
    period: Period,
    calendar: ReportingCalendar,
    now: datetime,
    committee: str,
    *,
    profile: str = STATE,
) -> Brief:
    """The brief of a unit with everything below it.

    Raises Refusal unknown_unit(code), period_not_begun(period), period_before_start(period) or
    nothing_reported(unit, period).
    """
    why = why_not_yet(period, calendar, now)
    if why is not None:
        raise Refusal(f"period_{why}", period=period)
    gathered = gather(session, unit_code, period, calendar)
    if not any(line.counts for data in gathered.data.values() for line in data.reports):
        raise Refusal("nothing_reported", unit=gathered.top.full_name, period=period)
    numbers = Numbers(gathered)
    compared = earlier_windows(session, numbers, calendar)
    teller = Teller(numbers, compared.earlier)
    found = gaps(gathered)
    top = head(gathered, calendar, committee, profile, now)
    brief = Brief(
        head=top,
        opening=_opening(top, numbers, calendar, compared),
        sections=sections(teller, found),
        closing=_closing(top),
        annexes=_annexes(numbers, teller.earlier, found),
        notes=(),
        numbers=numbers.made,
    )
    brief = with_notes(session, brief, gathered)
    require_known_numbers(brief)
    return brief


def _opening(
    top: Head, n: Numbers, calendar: ReportingCalendar, compared: Compared
) -> tuple[Paragraph, ...]:
    basis = (
        _(
            "Căn cứ Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15, {committee} báo cáo kết quả "
            "thực hiện dân chủ ở cơ sở {period} trên địa bàn {unit} như sau:"
        )
        if n.gathered.window.last >= LAW_IN_FORCE
        else _(
            "{committee} báo cáo kết quả thực hiện dân chủ ở cơ sở {period} trên địa bàn {unit} "
            "như sau:"
        )
    )
    first = say(basis, committee=top.committee, period=top.period_name, unit=top.unit_name)
    return (paragraph(first), _days_and_reports(top, n, calendar, compared))


def _days_and_reports(
    top: Head, n: Numbers, calendar: ReportingCalendar, compared: Compared
) -> Paragraph:
    sent, in_time = n.indicator("ty_le_bao_cao"), n.beside("ty_le_bao_cao")
    days = say(
        _("Số liệu tính từ ngày {first} đến hết ngày {last}."),
        first=day(top.first_day),
        last=day(top.last_day),
    )
    closed = (
        say(
            _("Kỳ báo cáo chốt sớm ngày {day}; số liệu sau ngày này chưa tính."),
            day=day(top.closed_early_on),
        )
        if top.closed_early_on
        else ()
    )
    begun = (
        say(_("Hệ thống thu số liệu từ ngày {day}."), day=day(calendar.begins))
        if calendar.begins and top.first_day < calendar.begins
        else ()
    )
    reports = say(
        _("Đã nhận {sent} phiếu số liệu phải nộp ({sent_rate}); đúng hạn {in_time} ({rate})."),
        sent=out_of(sent),
        sent_rate=sent,
        in_time=out_of(in_time),
        rate=in_time,
    )
    return paragraph(days, closed, begun, reports, uncompared(compared))


def _closing(top: Head) -> tuple[Paragraph, ...]:
    sentence = say(
        _("Trên đây là báo cáo kết quả thực hiện dân chủ ở cơ sở {period} của {committee}"),
        period=top.period_name,
        committee=top.committee,
    )
    return (paragraph(sentence),)


def _annexes(n: Numbers, earlier: tuple[Earlier, ...], found: tuple[Gap, ...]) -> tuple[Annex, ...]:
    wanted: tuple[Callable[[str], Annex | None], ...] = (
        lambda mark: figures_annex(n, mark),
        lambda mark: comparison_annex(n, earlier, mark),
        lambda mark: communes_annex(n, mark),
        lambda mark: gaps_annex(n, found, mark),
    )
    annexes: list[Annex] = []
    for make in wanted:
        annex = make(_ROMAN[len(annexes)])
        if annex is not None:
            annexes.append(annex)
    return tuple(annexes)
