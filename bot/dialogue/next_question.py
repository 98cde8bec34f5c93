"""What to say about a draft now: the one question that stands, or asking for confirmation."""

import hashlib
from collections.abc import Iterator
from decimal import Decimal

from bot.dialogue import readback
from bot.dialogue.state import Asked, Focus, Offer
from bot.dialogue.talk import Talk
from qcdc_core.checking import Finding, check, context_for, implied
from qcdc_core.forms import Figure
from qcdc_core.forms.shown import shown
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.reports.draft import DraftDoubt, DraftReport, Source, save_draft
from qcdc_core.reports.record import values_of

MOST_OFFERS = 4


def proceed(talk: Talk, draft: DraftReport, said: str | None = None) -> None:
    """Save the draft and ask what is to be asked next: doubts, findings, what is missing, sending.

    ``said`` stands before the question; without it, the whole draft is read back.
    """
    findings = open_findings(talk, draft)
    talk.state.focus = Focus(draft.unit_id, draft.form.code, str(draft.period))
    save_draft(talk.session, draft, talk.now)
    urgent = [doubt for doubt in draft.doubts.values() if doubt.reason != readback.SPLIT_MISSING]
    if urgent:
        _ask_doubt(talk, draft, urgent[0], _before(talk, draft, findings, said))
    elif findings:
        _ask_finding(talk, draft, findings[0], _before(talk, draft, findings, said))
    elif draft.doubts:
        doubt = next(iter(draft.doubts.values()))
        _ask_doubt(talk, draft, doubt, _before(talk, draft, findings, said))
    elif _still_wanted(talk, draft):
        _ask_missing(talk, draft, _before(talk, draft, findings, said))
    else:
        _ask_to_confirm(talk, draft)


def open_findings(talk: Talk, draft: DraftReport) -> tuple[Finding, ...]:
    """Findings that still need an answer; figures that the others leave at 0 are filled in."""
    context = context_for(talk.session, draft.unit_id, draft.form, draft.period, talk.calendar)
    for code in implied(draft.known, draft.form, context):
        doubt = draft.doubts.get(code)
        if doubt is None or doubt.reason == readback.SPLIT_MISSING:
            draft.settle(code, Decimal(0), Source(talk.message.id))
    found = check(draft.known, draft.form, context)
    return tuple(
        finding
        for finding in found
        if finding.severity == "error" or finding.key not in draft.reasons
    )


def doubt_question(draft: DraftReport, doubt: DraftDoubt) -> str:
    """One short question about a figure that was mentioned but not surely read."""
    figure = draft.form.figure(doubt.code)
    fields = {
        "quote": doubt.quote.strip(),
        "name": _(figure.short),
        "unit": _(figure.unit),
        "period": period_name(draft.period),
    }
    match doubt.reason:
        case "no_unit" | "separator":
            text = _("“{quote}”: {name} đúng là bao nhiêu {unit}?")
        case "range" | "approximate":
            text = _("“{quote}” chưa phải một số cụ thể. {name} đúng là bao nhiêu {unit}?")
        case "negative":
            text = _("“{quote}”: số này không thể âm. {name} là bao nhiêu {unit}?")
        case "local_unit":
            text = _("“{quote}”: mỗi nơi tính một khác. {name} là bao nhiêu {unit}?")
        case "cumulated":
            text = _("“{quote}” có vẻ là số cộng dồn. Riêng {period}, {name} là bao nhiêu {unit}?")
        case reason if reason == readback.SPLIT_MISSING:
            text = _("{name} là bao nhiêu {unit}?")
        case "several_values":
            text = _("“{quote}” có nhiều số. {name} là bao nhiêu {unit}?")
        case _:
            text = _("“{quote}” chưa rõ. {name} là bao nhiêu {unit}?")
    if figure.kind == "flag":
        text = _("“{quote}” chưa rõ. {name}: có hay chưa?")
    return text.format(**fields)


def figure_offers(figure: Figure) -> list[Offer]:
    """Answers to a question about one figure that can be given without typing a number."""
    if figure.kind == "flag":
        offers = [
            Offer(_("Có"), "set", figure.code, "1"),
            Offer(_("Chưa"), "set", figure.code, "0"),
        ]
    elif can_be_none(figure):
        offers = [Offer(_("Không có"), "set", figure.code, "0")]
    else:
        offers = []
    if figure.may_not_apply:
        offers.append(Offer(_("Không áp dụng"), "not_applicable", figure.code))
    return offers


def can_be_none(figure: Figure) -> bool:
    """Whether 'không có' surely means 0: events and pending cases, not people or criteria."""
    return figure.kind == "flow" or (figure.kind == "stock" and figure.unit in ("vụ", "đơn"))


def _before(talk: Talk, draft: DraftReport, findings: tuple[Finding, ...], said: str | None) -> str:
    if said is not None:
        return said
    wrong = [code for finding in findings for code in finding.codes]
    return readback.whole(draft, talk.unit(draft.unit_id), wrong)


def _ask_doubt(talk: Talk, draft: DraftReport, doubt: DraftDoubt, before: str) -> None:
    figure = draft.form.figure(doubt.code)
    offers = [
        Offer(shown(figure, choice), "set", figure.code, str(choice))
        for choice in doubt.choices[:MOST_OFFERS]
    ] or figure_offers(figure)
    text = _join(before, doubt_question(draft, doubt))
    talk.ask("doubt", text, offers, code=doubt.code)


def _ask_finding(talk: Talk, draft: DraftReport, finding: Finding, before: str) -> None:
    kind = "finding" if finding.severity == "error" else "reason"
    offers = tuple(_finding_offers(draft, finding))[:MOST_OFFERS]
    asked = Asked(kind, finding.rule, finding.code, offers, finding.codes)
    talk.put(asked, _join(before, f"{readback.WRONG} {finding.text}"))


def _finding_offers(draft: DraftReport, finding: Finding) -> Iterator[Offer]:
    """The outlier as it stands, values that would fit, or the figures to choose from."""
    if finding.rule == "bat_thuong":
        figure = draft.form.figure(finding.code)
        value = draft.values[finding.code].value or Decimal(0)
        yield Offer(_("{value} là đúng").format(value=shown(figure, value)), "explain")
    for repair in finding.repairs:
        yield Offer(repair.label, "set", repair.code, str(repair.value))
    if not finding.repairs and finding.severity == "error":
        for code in finding.codes:
            label = _("Sửa: {name}").format(name=readback.names(draft, [code]))
            yield Offer(label, "mend", code)


def ask_figure(talk: Talk, draft: DraftReport, code: str) -> None:
    """Ask for the right value of one figure."""
    figure = draft.form.figure(code)
    text = _("{name}: số đúng là bao nhiêu?").format(name=_with_unit(figure))
    talk.ask("figure", text, figure_offers(figure), code=code)


def _still_wanted(talk: Talk, draft: DraftReport) -> bool:
    if talk.state.send_incomplete or not draft.missing:
        return False
    if talk.state.step_by_step:
        return any(code not in talk.state.skipped for code in draft.missing)
    return talk.sent_before(draft.unit_id, draft.form, draft.period) is None


def _ask_missing(talk: Talk, draft: DraftReport, before: str) -> None:
    if talk.state.step_by_step:
        _ask_next_step(talk, draft, before)
        return
    figures = [draft.form.figure(code) for code in draft.missing]
    offers = figure_offers(figures[0]) if len(figures) == 1 else []
    if len(figures) > 1 and all(can_be_none(figure) for figure in figures):
        offers.append(Offer(_("Các mục còn lại không có"), "zero"))
    if draft.values:
        offers.append(Offer(_("Gửi, bổ sung sau"), "send_incomplete"))
    if len(figures) > 1:
        offers.append(Offer(_("Hỏi từng mục"), "steps"))
    text = _("Nhắn tiếp các mục chưa có, hoặc chọn:")
    if not before.endswith(readback.names(draft, draft.missing)):
        missing = _("Còn thiếu: {names}.").format(names=readback.names(draft, draft.missing))
        text = f"{missing} {text}"
    talk.ask("missing", _join(before, text), offers, code=figures[0].code)


def _ask_next_step(talk: Talk, draft: DraftReport, before: str) -> None:
    code = next(code for code in draft.missing if code not in talk.state.skipped)
    figure = draft.form.figure(code)
    place = draft.form.codes.index(code) + 1
    text = _("Mục {place}/{count}: {name}?").format(
        place=place, count=len(draft.form.codes), name=_with_unit(figure)
    )
    offers = [*figure_offers(figure), Offer(_("Bỏ qua"), "skip", code)]
    talk.ask("figure", _join(before, text), offers, code=code)


def _with_unit(figure: Figure) -> str:
    return _(figure.name) if figure.kind == "flag" else f"{_(figure.name)} ({_(figure.unit)})"


def values_shown(draft: DraftReport) -> str:
    """Names the values of a draft, to see later whether they are still the ones read back."""
    values = [f"{code}={value}" for code, value in draft.known.items()]
    return hashlib.sha256(";".join(values).encode()).hexdigest()[:16]


def _ask_to_confirm(talk: Talk, draft: DraftReport) -> None:
    talk.state.read_back = values_shown(draft)
    offers = (Offer(_("Gửi"), "confirm"), Offer(_("Sửa"), "edit"))
    changes = _changes(talk, draft)
    if changes is not None:
        head = readback.title(draft, talk.unit(draft.unit_id))
        question = _("Gửi lại?") if changes else _("Không có gì thay đổi so với phiếu đã gửi.")
        if not changes:
            talk.state.asked = None
            talk.say(_join(head, question))
            return
        talk.ask("confirm", _join("\n".join([head, *changes]), question), offers)
        return
    text = readback.whole(draft, talk.unit(draft.unit_id))
    talk.ask("confirm", _join(text, _("Gửi phiếu này?")), offers)


def _changes(talk: Talk, draft: DraftReport) -> list[str] | None:
    """'Kiến nghị đã giải quyết: 3 → 2' for each change; None when nothing was sent before."""
    report = talk.sent_before(draft.unit_id, draft.form, draft.period)
    if report is None:
        return None
    held = values_of(talk.session, report)
    changes = []
    for code, value in draft.known.items():
        figure = draft.form.figure(code)
        if code not in held:
            changes.append(readback.said(figure, value))
        elif held[code].value != value:
            changes.append(readback.change(figure, held[code].value, value))
    return changes


def _join(before: str, question: str) -> str:
    return f"{before}\n{question}" if before else question


def still_asked(talk: Talk, asked: Asked, text: str) -> None:
    """Say something in between and leave the question, with its answers, standing."""
    talk.state.asked = asked
    talk.say(text, [offer.label for offer in asked.offers])
