"""All reports of the demo: who sent what when, over every period up to now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from qcdc_core.clock import local_day
from qcdc_core.demo import figures, times
from qcdc_core.demo.model import Act, Filing, Place, Sender, Turn, dice
from qcdc_core.demo.past import Past
from qcdc_core.demo.places import officer_of, to_try
from qcdc_core.demo.plots import plot_of
from qcdc_core.demo.stories import Story
from qcdc_core.forms import Form, forms
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.periods import Period

QUARTERS = 7


def quarters(calendar: ReportingCalendar, now: datetime) -> tuple[Period, ...]:
    """Seven whole quarters (21 months) up to the last finished one, and the running one."""
    last = calendar.last_finished("quarter", now)
    return tuple(last.plus(step) for step in range(1 - QUARTERS, 2))


def months(calendar: ReportingCalendar, now: datetime) -> tuple[Period, ...]:
    """The months of these quarters up to the running one."""
    running = calendar.period_of("month", local_day(now))
    found = []
    for quarter in quarters(calendar, now):
        found += [month for month in quarter.months() if month.before != running]
        if running in found:
            return tuple(found[: found.index(running) + 1])
    return tuple(found)


@dataclass(frozen=True)
class Telling:
    """What the filings depend on besides the place."""

    calendar: ReportingCalendar
    senders: Mapping[str, Sender]
    past: Past
    now: datetime


def all_filings(
    places: Iterable[Place],
    senders: Mapping[str, Sender],
    calendar: ReportingCalendar,
    now: datetime,
) -> list[Filing]:
    places = list(places)
    telling = Telling(calendar, senders, Past(places), now)
    found = []
    for form in forms().values():
        owing = [place for place in places if place.kind in form.unit_kinds]
        for back, period in _with_distance(form, calendar, now):
            for place in owing:
                filing = _filing(place, form, period, back, telling)
                if filing is not None:
                    telling.past.remember(filing)
                    found.append(filing)
    return found


def _with_distance(
    form: Form, calendar: ReportingCalendar, now: datetime
) -> Iterator[tuple[int, Period]]:
    """Each period with its distance to the last finished one: 0 is that, -1 the running one."""
    told = months(calendar, now) if form.every == "month" else quarters(calendar, now)
    for at, period in enumerate(told):
        yield len(told) - 2 - at, period


def _filing(place: Place, form: Form, period: Period, back: int, telling: Telling) -> Filing | None:
    at = _sent_at(place, form, period, back, telling)
    if at is None or not _is_there(telling.senders[place.code], at, telling.now):
        return None
    context = telling.past.context(place, form, period, telling.calendar)
    values = figures.draw(place, form, period, context)
    plot = plot_of(place.code, form, back)
    if plot is not None:
        story = Story(place, form, period, plot.changed(values), officer_of(place))
        steps = story.plotted(plot, at, context)
    else:
        story = Story(place, form, period, values, officer_of(place))
        steps = story.just_sent(at) if back < 0 else story.ordinary(at, latest=back == 0)
    return Filing(place, form, period, tuple(_until(telling.now, steps)))


def _sent_at(
    place: Place, form: Form, period: Period, back: int, telling: Telling
) -> datetime | None:
    rng = dice(place.code, form.code, period, "sent")
    if back >= 0:
        sure = plot_of(place.code, form, back) is not None
        latest = back == 0 and form.every == "month"
        return times.sending(place, period, telling.calendar, rng, latest=latest, sure=sure)
    if telling.past.holds(place, form, period.before) and place.code not in to_try():
        return times.early_sending(place, period, telling.calendar, rng)
    return None


def _is_there(sender: Sender, at: datetime, now: datetime) -> bool:
    return at <= now and (sender.left_on is None or local_day(at) < sender.left_on)


def _until(now: datetime, steps: Iterable[Turn | Act]) -> Iterator[Turn | Act]:
    for step in steps:
        if step.at > now:
            return
        yield step
