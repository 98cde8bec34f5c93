"""Which report a message is about: from the person's posts, the calendar, and the words."""

from collections.abc import Sequence

from bot.dialogue.state import Focus, Offer
from bot.dialogue.talk import Talk
from bot.dialogue.understood import read_for
from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.forms import Form, forms_owed_by
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.periods import Period
from qcdc_core.reading import Intent, Reading, fold
from qcdc_core.reports.draft import drafts_of
from qcdc_core.reports.owed import owed_for
from qcdc_core.reports.record import values_of
from qcdc_core.units.tree import Node


def forms_of(units: Sequence[Node]) -> list[Form]:
    """The forms that these units owe, each once."""
    return list(dict.fromkeys(form for unit in units for form in forms_owed_by(unit.kind)))


def best_reading(talk: Talk, forms: Sequence[Form]) -> tuple[Form, Reading]:
    """The form that the words fit best; the one being talked about wins when others are equal."""
    spoken_of = talk.state.focus.form if talk.state.focus else None
    readings = [
        (
            form,
            read_for(talk, form, current=_current(talk, form), unit_id=_only_unit(talk, form)),
        )
        for form in forms
    ]
    return max(
        readings,
        key=lambda pair: (
            len(pair[1].figures) + len(pair[1].asks) + len(pair[1].not_applicable),
            len(pair[1].figures),
            pair[0].code == spoken_of,
        ),
    )


def _only_unit(talk: Talk, form: Form) -> int | None:
    """The one unit of this person that owes the form; None when there are several."""
    ids = [unit.id for unit in talk.units if form in forms_owed_by(unit.kind)]
    return ids[0] if len(ids) == 1 else None


def find_focus(talk: Talk, form: Form, reading: Reading) -> Focus | None:
    """The report meant, or None after asking which. Raises Refusal period_closed."""
    unit = _unit_meant(talk, form)
    if unit is None:
        return None
    period = _period_corrected(talk, unit, form, reading) or _period_meant(
        talk, unit, form, reading.period
    )
    if period is None:
        return None
    check_open(talk, unit, form, period)
    return Focus(unit.id, form.code, str(period))


def default_period(talk: Talk, unit: Node, form: Form) -> Period | None:
    """The oldest period still taken that this unit has not sent; else the one running now.

    None when nothing is being taken.
    """
    taken = talk.calendar.taken(form.every, talk.now)
    for period in taken:
        report = talk.sent_before(unit.id, form, period)
        if report is None or report.state == "returned":
            return period
    return taken[-1] if taken else None


def check_open(talk: Talk, unit: Node, form: Form, period: Period) -> None:
    """Raises Refusal period_closed, except for a report that an officer sent back."""
    report = talk.sent_before(unit.id, form, period)
    why = talk.calendar.why_closed(period, talk.now)
    if why is not None and (report is None or report.state != "returned"):
        last_day = talk.calendar.last_day_taken(period)
        raise Refusal("period_closed", why=why, period=period, last_day=last_day)


def _current(talk: Talk, form: Form) -> Period:
    return talk.calendar.period_of(form.every, local_day(talk.now))


def _unit_meant(talk: Talk, form: Form) -> Node | None:
    units = [unit for unit in talk.units if unit.kind in form.unit_kinds]
    named = [unit for unit in units if fold(unit.name) in fold(talk.text)]
    if len(named) == 1 or len(units) == 1:
        return (named or units)[0]
    focus = talk.state.focus
    if focus is not None and any(unit.id == focus.unit_id for unit in units):
        return talk.unit(focus.unit_id)
    _ask_which_unit(talk, form, named or units)
    return None


def _ask_which_unit(talk: Talk, form: Form, units: Sequence[Node]) -> None:
    offers = [
        Offer(unit.full_name, "pick", _key(unit, form, default_period(talk, unit, form)))
        for unit in units
    ]
    talk.state.held_message_id = talk.message.id
    talk.ask("pick", _("Số liệu này của đơn vị nào?"), offers)


def _period_meant(talk: Talk, unit: Node, form: Form, named: Period | None) -> Period | None:
    if named is None:
        return _period_unsaid(talk, unit, form)
    if named.kind == form.every:
        return named
    if form.every == "quarter" and named.kind == "month":
        return named.within("quarter")
    _ask_which_period(talk, unit, form, named)
    return None


def _period_corrected(talk: Talk, unit: Node, form: Form, reading: Reading) -> Period | None:
    """'Sửa góp 45tr': the period in which that was told, in a draft begun or else sent last.

    None when the message names a period, corrects nothing, or nobody told that figure yet.
    """
    if reading.intent is not Intent.correction or reading.period is not None:
        return None
    codes = {*reading.figures, *(doubt.code for doubt in reading.asks)}
    for draft in drafts_of(talk.session, talk.reporter_id):
        if (draft.unit_id, draft.form) == (unit.id, form) and codes & draft.known.keys():
            return draft.period
    for period in reversed(talk.calendar.taken(form.every, talk.now)):
        report = talk.sent_before(unit.id, form, period)
        if report is not None and codes & values_of(talk.session, report).keys():
            return period
    return None


def _period_unsaid(talk: Talk, unit: Node, form: Form) -> Period | None:
    focus = talk.state.focus
    if focus is not None and (focus.unit_id, focus.form) == (unit.id, form.code):
        return Period.parse(focus.period)
    period = default_period(talk, unit, form)
    if period is None:
        talk.say(_("Hiện không có kỳ nào đang nhận cho {unit}.").format(unit=unit.full_name))
    return period


def _ask_which_period(talk: Talk, unit: Node, form: Form, named: Period) -> None:
    taken = talk.calendar.taken(form.every, talk.now)
    offers = [Offer(period_name(one), "pick", _key(unit, form, one)) for one in taken]
    every = _("tháng") if form.every == "month" else _("quý")
    text = _("Phiếu của {unit} báo theo từng {every}, không theo {named}. Số này của {every} nào?")
    talk.state.held_message_id = talk.message.id
    talk.ask(
        "pick",
        text.format(unit=unit.full_name, every=every, named=period_name(named)),
        offers,
    )


def _key(unit: Node, form: Form, period: Period | None) -> str:
    return f"{unit.id}|{form.code}|{period or ''}"


def focus_of_key(key: str) -> Focus:
    unit_id, form, period = key.split("|")
    return Focus(int(unit_id), form, period)


def open_now(talk: Talk) -> str:
    """'Đang nhận: tháng 10/2026, hạn 16/10/2026.' for the person's units; empty when nothing is."""
    pairs = [(unit, form) for unit in talk.units for form in forms_owed_by(unit.kind)]
    owed = [
        one
        for unit, form in pairs
        for period in talk.calendar.taken(form.every, talk.now)
        for one in owed_for(talk.session, [unit], form, period, talk.calendar)
    ]
    names = dict.fromkeys(period_name(one.period) for one in owed)
    return _("Đang nhận: {periods}.").format(periods=", ".join(names)) if names else ""
