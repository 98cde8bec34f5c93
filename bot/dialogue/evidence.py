"""Photos and files of a reporter: put to a report; where that is unclear, asked which month's."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.dialogue import wording
from bot.dialogue.state import Focus, Offer
from bot.dialogue.talk import Talk
from bot.dialogue.which import default_period, focus_of_key
from qcdc_core import evidence
from qcdc_core.clock import local_day
from qcdc_core.evidence.keep import drop
from qcdc_core.evidence.kinds import LARGEST
from qcdc_core.evidence.tables import EvidenceFile
from qcdc_core.forms import forms_owed_by
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.periods import Period
from qcdc_core.reports.draft import drafts_of
from qcdc_core.reports.tables import Report
from qcdc_core.units import units_on

KINDS = ("image", "file")
# So long after its last change a report is still what a photo is about, unasked.
_STILL_MEANT = timedelta(days=7)
_MOST_OFFERS = 4


def take_files(talk: Talk, read_caption: Callable[[Talk], None]) -> bool:
    """Whether the message brought files of somebody who reports; of others nothing is kept.

    Files that a platform still has are acknowledged when they are here (bot/fetching.py). What is
    written with them is read first: it may begin the report that they belong to.
    """
    rows = _rows(talk)
    if talk.person_id is None:
        drop(talk.session, rows)
        return False
    if not rows:
        return False
    if not talk.units:
        drop(talk.session, rows)
        talk.say(wording.no_post_now())
        return True
    for row in rows:
        row.person_id = talk.reporter_id
    read_caption(talk)
    focus = _focus(talk)
    if focus is None:
        _ask_which(talk, rows)
    else:
        _attach(talk, rows, focus)
    return True


def attach(talk: Talk, offer: Offer) -> None:
    """The answer to the question which report: for all files that wait for one."""
    rows = talk.session.scalars(
        select(EvidenceFile)
        .where(
            EvidenceFile.person_id == talk.reporter_id,
            EvidenceFile.unit_id.is_(None),
            EvidenceFile.state != "failed",
        )
        .with_for_update()
    ).all()
    talk.state.asked = None
    _attach(talk, rows, focus_of_key(offer.code))


def acknowledgement(session: Session, rows: Sequence[EvidenceFile]) -> str:
    """What is kept now and with which report; the files are of one report."""
    first = rows[0]
    if first.unit_id is None or first.period is None:
        raise ValueError("files of no report")
    period = Period.parse(first.period)
    unit = units_on(session, local_day(first.received_at), [first.unit_id])[first.unit_id]
    return _(
        "Đã lưu {count} ảnh, tệp kèm phiếu {unit}, {period}; cán bộ duyệt phiếu xem được. "
        "Không đọc số từ ảnh, tệp: số liệu nhắn bằng chữ."
    ).format(count=len(rows), unit=unit.full_name, period=period_name(period))


def failed(row: EvidenceFile) -> str:
    """Why a file is not kept, and what to do now."""
    if row.failure == "file_too_large":
        return _("Ảnh, tệp vừa gửi lớn hơn {limit} MB nên chưa giữ. Gửi bản nhỏ hơn.").format(
            limit=LARGEST // 1024**2
        )
    if row.failure in ("file_kind", "file_empty"):
        return _("Tệp vừa gửi không mở được nên chưa giữ. Gửi ảnh, PDF, DOCX hoặc XLSX.")
    return _("Chưa tải được ảnh, tệp vừa gửi dù đã thử nhiều lần nên chưa giữ. Gửi lại giúp.")


def _rows(talk: Talk) -> Sequence[EvidenceFile]:
    """Those whose bytes came along, or those that the platform still has."""
    found = talk.session.scalars(
        select(EvidenceFile).where(EvidenceFile.message_id == talk.message.id)
    ).all()
    if found or talk.person_id is None:
        return found
    sources = (talk.message.raw or {}).get("files", [])
    return evidence.expect(talk.session, talk.message, sources, talk.now)


def _attach(talk: Talk, rows: Sequence[EvidenceFile], focus: Focus) -> None:
    evidence.place(rows, talk.reporter_id, focus.unit_id, focus.form, focus.period)
    kept = [row for row in rows if row.state == "kept"]
    if kept:
        talk.say(acknowledgement(talk.session, kept), standing_choices(talk.conversation.state))


def standing_choices(state: dict[str, Any]) -> list[str]:
    """Of the question that stands: a word in between does not take its buttons away."""
    asked = state.get("asked")
    return [offer["label"] for offer in asked["offers"]] if asked else []


def _focus(talk: Talk) -> Focus | None:
    """The report in hand: talked about, drafted last, or changed a few days ago."""
    ids = {unit.id for unit in talk.units}
    focus = talk.state.focus
    if focus is not None and focus.unit_id in ids:
        return focus
    for draft in drafts_of(talk.session, talk.reporter_id):
        if draft.unit_id in ids:
            return Focus(draft.unit_id, draft.form.code, str(draft.period))
    report = _last_report(talk)
    if report is not None and talk.now - report.changed_at <= _STILL_MEANT:
        return Focus(report.unit_id, report.form, report.period)
    return None


def _last_report(talk: Talk) -> Report | None:
    ids = [unit.id for unit in talk.units]
    return talk.session.scalars(
        select(Report).where(Report.unit_id.in_(ids)).order_by(Report.changed_at.desc()).limit(1)
    ).first()


def _ask_which(talk: Talk, rows: Sequence[EvidenceFile]) -> None:
    offers = [
        Offer(_named(talk, one), "attach", f"{one.unit_id}|{one.form}|{one.period}")
        for one in _candidates(talk)
    ]
    if not offers:
        drop(talk.session, rows)
        talk.say(_("Hiện không có phiếu nào để kèm ảnh, tệp nên chưa giữ. Khi báo cáo, gửi lại."))
        return
    talk.ask("attach", _("Ảnh, tệp này kèm phiếu nào?"), offers[:_MOST_OFFERS])
    if talk.text.strip():
        talk.say(_("Chữ ghi kèm ảnh, tệp chưa được đọc. Nếu là số liệu, nhắn thành tin riêng."))


def _candidates(talk: Talk) -> list[Focus]:
    """The period that each unit owes now, and the report that was sent last."""
    found = []
    for unit in talk.units:
        for form in forms_owed_by(unit.kind):
            period = default_period(talk, unit, form)
            if period is not None:
                found.append(Focus(unit.id, form.code, str(period)))
    last = _last_report(talk)
    if last is not None:
        found.append(Focus(last.unit_id, last.form, last.period))
    return list(dict.fromkeys(found))


def _named(talk: Talk, focus: Focus) -> str:
    unit, period = talk.unit(focus.unit_id), Period.parse(focus.period)
    return _("{unit}, {period}").format(unit=unit.full_name, period=period_name(period))
