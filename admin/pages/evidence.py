"""Ảnh, tệp kèm phiếu: only with the report that they belong to, and only to who sees it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, url_for

from admin import access
from admin.db_session import session
from admin.parts import now, parts
from qcdc_core.audit import record
from qcdc_core.evidence.keep import files_of
from qcdc_core.evidence.kinds import MIME, PICTURES
from qcdc_core.evidence.tables import EvidenceContent, EvidenceFile
from qcdc_core.language import gettext as _
from qcdc_core.language import number
from qcdc_core.reports.tables import Report

page = Blueprint("evidence", __name__, url_prefix="/phieu/<row:report_id>/tep")

# A larger picture is shown by its name: a page with many would take long on a weak line.
_LARGEST_SHOWN = 3 * 1024 * 1024


@dataclass(frozen=True)
class Shown:
    """``address`` is empty while the file is on its way; ``picture`` when it is drawn by name."""

    name: str
    size: str
    person_id: int | None
    at: datetime
    address: str = ""
    picture: str = ""


def shown_with(report: Report) -> tuple[Shown, ...]:
    """Oldest first."""
    return tuple(_shown(report, row) for row in files_of(session(), report))


@page.get("/<row:file_id>")
def download(report_id: int, file_id: int) -> Response:
    row, body = _found(report_id, file_id)
    with parts().writing.begin() as writing:
        subject = f"{row.id} {row.form} {row.period}"
        record(writing, now(), access.user().login, "evidence.opened", subject, report=report_id)
    return _answer(row, body)


@page.get("/<row:file_id>/anh")
def picture(report_id: int, file_id: int) -> Response:
    """For the page to draw; opened by itself it is a download like the other."""
    row, body = _found(report_id, file_id)
    if not _is_drawn(row):
        abort(404)
    return _answer(row, body)


def _found(report_id: int, file_id: int) -> tuple[EvidenceFile, bytes]:
    report = access.report_or_404(report_id)
    row = next((one for one in files_of(session(), report) if one.id == file_id), None)
    content = session().get(EvidenceContent, row.sha256) if row and row.sha256 else None
    if row is None or content is None:
        abort(404)
    return row, content.body


def _answer(row: EvidenceFile, body: bytes) -> Response:
    """The type is what the bytes are, never what the sender said; browsers are told to keep to it.

    The name is ours: one that a sender made could look like something else.
    """
    response = Response(body, mimetype=MIME[row.kind or ""])
    name = f"kem-phieu-{row.period}-{row.id}.{row.kind}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _shown(report: Report, row: EvidenceFile) -> Shown:
    of: dict[str, Any] = {"report_id": report.id, "file_id": row.id}
    is_here = row.state == "kept"
    return Shown(
        name=row.name or _("{kind} số {number}").format(kind=_kind(row), number=row.id),
        size=_size(row.size) if is_here else "",
        person_id=row.person_id,
        at=row.received_at,
        address=url_for("evidence.download", **of) if is_here else "",
        picture=url_for("evidence.picture", **of) if _is_drawn(row) else "",
    )


def _is_drawn(row: EvidenceFile) -> bool:
    return row.kind in PICTURES and (row.size or 0) <= _LARGEST_SHOWN


def _kind(row: EvidenceFile) -> str:
    return _("Ảnh") if row.kind is None or MIME[row.kind].startswith("image/") else _("Tệp")


def _size(size: int | None) -> str:
    """Rounded up: no file is shown as empty."""
    kilobytes = -(-(size or 0) // 1024)
    if kilobytes < 1024:
        return _("{size} KB").format(size=number(kilobytes))
    return _("{size} MB").format(size=number(-(-kilobytes // 1024)))
