"""Taking what was read from a message into the draft."""

from decimal import Decimal

from bot.dialogue import readback, wording
from bot.dialogue.next_question import proceed
from bot.dialogue.state import Focus, Offer
from bot.dialogue.talk import Talk
from qcdc_core.forms import Form
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.learned import note_unread, remember_land_unit
from qcdc_core.reading import DoubtReason, Intent, Reading
from qcdc_core.reports.draft import DraftDoubt, DraftReport, Source, save_draft
from qcdc_core.reports.past import values_in

SHORT_ANSWER = 3


def take_in(talk: Talk, draft: DraftReport, reading: Reading, *, answering: bool = False) -> None:
    """Settle sure values, keep doubts, and ask what comes next.

    ``answering``: the message answers a question, so only what it changed is repeated.
    """
    if reading.intent is Intent.same_as_last and not _copy_last(talk, draft):
        return
    if reading.intent is Intent.nothing_to_report and not reading.rest and _events_known(draft):
        _ask_nothing_of_what(talk, draft)
        return
    before = dict(draft.known)
    settled = settle(talk, draft, reading)
    if reading.unread:
        talk.say(wording.unread(", ".join(reading.unread)))
        note_unread(talk.session, talk.message.id, draft.form.code, reading.unread, talk.now)
    if not settled and not reading.asks and reading.intent is not Intent.same_as_last:
        if not reading.unread:
            not_understood(talk, draft.form)
        return
    if answering and len(settled) <= SHORT_ANSWER:
        proceed(talk, draft, said=_only(draft, settled))
        return
    _tell_changes(talk, draft, before)
    proceed(talk, draft)


def not_understood(talk: Talk, of: Form) -> None:
    """Say so with an example, and keep the message for somebody to look at."""
    note_unread(talk.session, talk.message.id, of.code, [talk.text], talk.now)
    talk.say(wording.not_understood(wording.example(of.code)))


def _tell_changes(talk: Talk, draft: DraftReport, before: dict[str, Decimal | None]) -> None:
    """A number that takes the place of another is named with both, so that nobody overlooks it."""
    changed = [code for code, old in before.items() if old != draft.known.get(code, old)]
    if changed and talk.sent_before(draft.unit_id, draft.form, draft.period) is None:
        lines = [readback.change(draft.form.figure(c), before[c], draft.known[c]) for c in changed]
        talk.say("\n".join([_("Đã đổi trong phiếu đang nhập:"), *lines]))


def _events_known(draft: DraftReport) -> bool:
    return any(draft.known.get(figure.code) for figure in draft.form if figure.kind == "flow")


def _ask_nothing_of_what(talk: Talk, draft: DraftReport) -> None:
    """'Không phát sinh' after figures: a number that was told is never overwritten unasked."""
    text = _("Phiếu đang có số. Các mục còn lại không có, hay cả kỳ không phát sinh?")
    offers = (
        Offer(_("Các mục còn lại không có"), "zero"),
        Offer(_("Cả kỳ không phát sinh"), "nothing_at_all"),
    )
    talk.state.focus = Focus(draft.unit_id, draft.form.code, str(draft.period))
    save_draft(talk.session, draft, talk.now)
    talk.ask("missing", text, offers)


def settle(talk: Talk, draft: DraftReport, reading: Reading) -> list[str]:
    """Put the values and doubts read into the draft; the codes that now have a sure value."""
    told_before = {code for code in reading.rest if code in draft.values or code in draft.doubts}
    for code, figure in reading.figures.items():
        if code in told_before:
            continue
        _learn_land_unit(talk, draft, code, figure.value)
        draft.settle(code, figure.value, _source(talk, figure.start, figure.end))
    for code in reading.not_applicable:
        if draft.form.figure(code).may_not_apply:
            draft.settle(code, None, _source(talk, None, None))
    for doubt in reading.asks:
        draft.doubt(
            DraftDoubt(
                code=doubt.code,
                reason=str(doubt.reason),
                quote=doubt.quote,
                choices=tuple(doubt.choices),
                message_id=talk.message.id,
            )
        )
    talk.state.skipped = [code for code in talk.state.skipped if code not in draft.values]
    return [code for code in draft.form.codes if code in reading.figures.keys() - told_before]


def _learn_land_unit(talk: Talk, draft: DraftReport, code: str, value: Decimal) -> None:
    """A measure of this region was asked back, and this is its size in m²: ask only once."""
    doubt = draft.doubts.get(code)
    if doubt is not None and doubt.reason == DoubtReason.local_unit:
        remember_land_unit(
            talk.session, draft.unit_id, doubt.quote, value, talk.message.id, talk.now
        )


def settle_one(talk: Talk, draft: DraftReport, code: str, value: Decimal | None) -> None:
    """A value chosen by a button or implied by a word; the message as a whole is its source."""
    draft.settle(code, value, _source(talk, 0, len(talk.text)))


def _source(talk: Talk, start: int | None, end: int | None) -> Source:
    return Source(talk.message.id, start, end)


def _only(draft: DraftReport, codes: list[str]) -> str:
    words = (readback.said(draft.form.figure(code), draft.values[code].value) for code in codes)
    return f"{readback.KNOWN} {' · '.join(words)}" if codes else ""


def _copy_last(talk: Talk, draft: DraftReport) -> bool:
    """'Như tháng trước': the values of the period before; False (said so) when there are none."""
    past = values_in(talk.session, draft.unit_id, draft.form, draft.period.before)
    if not past:
        talk.say(
            _("Chưa có số liệu {period} để lấy lại. Nhắn số liệu kỳ này giúp.").format(
                period=period_name(draft.period.before)
            )
        )
        return False
    for code, value in past.items():
        draft.settle(code, value, _source(talk, 0, len(talk.text)))
    return True
