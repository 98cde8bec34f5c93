"""Comparison with the period before and the same period a year before, where it is honest."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from qcdc_core.briefs.gather import Gathered, gather
from qcdc_core.briefs.model import Number, Run
from qcdc_core.briefs.numbers import Numbers, is_whole
from qcdc_core.briefs.printing import amount_text, share_text
from qcdc_core.briefs.rollup import same_scale
from qcdc_core.briefs.say import Field, answered, say
from qcdc_core.errors import Refusal
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.forms.indicators import indicator_book
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.periods import Period

Pick = Callable[[Numbers], Number]


@dataclass(frozen=True)
class Earlier:
    """An earlier window that may stand beside this one. ``key``: truoc or nam_truoc."""

    key: str
    numbers: Numbers

    @property
    def name(self) -> str:
        return period_name(self.numbers.gathered.period)


@dataclass(frozen=True)
class Compared:
    """``earlier``: windows that stand beside this one. The others are named, by the reason."""

    earlier: tuple[Earlier, ...]
    not_reported: tuple[Period, ...]
    other_days: tuple[Period, ...]


def earlier_windows(session: Session, now: Numbers, calendar: ReportingCalendar) -> Compared:
    """The period before and the same one a year before, as far as they can be compared."""
    period = now.gathered.period
    wanted = {"truoc": period.before, "nam_truoc": period.year_before}
    if period.before == period.year_before:  # a year, or nine months
        del wanted["truoc"]
    past = {key: _past(session, now.gathered, one, calendar) for key, one in wanted.items()}
    return Compared(
        earlier=tuple(
            Earlier(key, Numbers(one, f".{key}", now.made))
            for key, one in past.items()
            if one is not None and _is_comparable(now.gathered, one)
        ),
        not_reported=tuple(wanted[key] for key, one in past.items() if one is None),
        other_days=tuple(
            wanted[key]
            for key, one in past.items()
            if one is not None and not _is_comparable(now.gathered, one)
        ),
    )


def _past(
    session: Session, now: Gathered, other: Period, calendar: ReportingCalendar
) -> Gathered | None:
    """None when nothing was reported then."""
    try:
        past = gather(session, now.top.code, other, calendar)
    except Refusal:  # the unit was not there yet
        return None
    has_reports = any(line.counts for data in past.data.values() for line in data.reports)
    return past if has_reports else None


def uncompared(found: Compared) -> tuple[Run, ...]:
    """Which periods are not compared with, and why; empty when all are."""
    sentences = (
        (found.not_reported, _("Chưa có số liệu {periods} để so sánh.")),
        (found.other_days, _("Không so sánh với {periods} vì chốt sớm, số ngày khác nhau.")),
    )
    runs: list[Run] = []
    for periods, sentence in sentences:
        if periods:
            names = ", ".join(period_name(one) for one in periods)
            runs += [Run(" "), *say(sentence, periods=names)]
    return tuple(runs[1:])


def _is_comparable(now: Gathered, past: Gathered) -> bool:
    """A window that was cut short is not set beside a whole one."""
    one, other = now.closed_early_on, past.closed_early_on
    if one is None or other is None:
        return one is other
    return (one.month, one.day) == (other.month, other.day)


def past_number(earlier: Earlier, now: Numbers, pick: Pick) -> Number | None:
    """The number as it was; None when the scale has changed since or nobody answered then."""
    number = pick(earlier.numbers)
    if number.value is None:
        return None
    scale = _scale(pick(now).id)
    if scale is not None and not same_scale(scale, earlier.numbers.gathered, now.gathered):
        return None
    return number


def versus(earlier: tuple[Earlier, ...], now: Numbers, pick: Pick) -> tuple[Run, ...]:
    """'Số vụ việc hòa giải: tăng 12 vụ so với quý II/2026 (146 vụ)'.

    Empty when nothing can be compared. More or less is said only where every unit answered both
    times.
    """
    clauses = list(_clauses(earlier, now, pick))
    if not clauses:
        return ()
    runs = [*say(_("{name}: "), name=pick(now).name), *clauses[0]]
    for clause in clauses[1:]:
        runs += [Run("; "), *clause]
    return (*runs, Run("."))


def _clauses(earlier: tuple[Earlier, ...], now: Numbers, pick: Pick) -> Iterator[tuple[Run, ...]]:
    number = pick(now)
    if number.value is None:
        return
    for one in earlier:
        past = past_number(one, now, pick)
        if past is not None:
            yield _clause(one, now, number, past)


def _clause(one: Earlier, now: Numbers, number: Number, past: Number) -> tuple[Run, ...]:
    fields: dict[str, Field] = {"period": one.name, "past": past, "unit": _beside(past)}
    if not is_whole([number, past]):
        return say(
            _("{period} là {past}{unit} (số liệu của {units} đơn vị)"),
            units=answered(past),
            **fields,
        )
    change = (number.value or Decimal(0)) - (past.value or Decimal(0))
    if not change:
        return say(_("bằng {period} ({past}{unit})"), **fields)
    fields["change"] = _change(one, now, number, past, change)
    fields["points"] = _(" điểm phần trăm") if number.unit == "%" else fields["unit"]
    if change > 0:
        return say(_("tăng {change}{points} so với {period} ({past}{unit})"), **fields)
    return say(_("giảm {change}{points} so với {period} ({past}{unit})"), **fields)


def _beside(number: Number) -> str:
    """The unit behind the number; a percentage carries its sign already."""
    return "" if number.unit == "%" else f" {number.unit}"


def _change(one: Earlier, now: Numbers, number: Number, past: Number, change: Decimal) -> Number:
    return now.add(
        Number(
            id=f"{number.id}.so_{one.key}",
            name=_("Chênh lệch: {name}").format(name=number.name),
            value=change,
            text=_change_text(number, abs(change)),
            unit=number.unit,
            sources=(*number.sources, *past.sources),
        )
    )


def _change_text(number: Number, change: Decimal) -> str:
    if number.numerator is not None:
        return share_text(change, "mean")
    unit = "đồng" if number.unit == _("triệu đồng") else number.unit
    return amount_text(change, unit)[0]


def _scale(number_id: str) -> str | None:
    indicator = indicator_book().indicators.get(number_id)
    if indicator is not None:
        return indicator.scale
    scales = {str(of): scale for of, scale in indicator_book().scales.items()}
    return scales.get(number_id)
