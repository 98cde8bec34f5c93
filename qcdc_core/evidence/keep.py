"""Keeping a file: expected, then its bytes, and the report that it belongs to."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, null, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from qcdc_core.errors import Refusal
from qcdc_core.evidence.kinds import LARGEST, kind_of
from qcdc_core.evidence.location import without_location
from qcdc_core.evidence.tables import EvidenceContent, EvidenceFile
from qcdc_core.messages.tables import InboundMessage
from qcdc_core.reports.tables import Report


def expect(
    session: Session, message: InboundMessage, sources: Sequence[dict[str, Any]], now: datetime
) -> list[EvidenceFile]:
    """Rows for the files of a message that its platform still has."""
    rows = [
        EvidenceFile(
            message_id=message.id,
            place=place,
            received_at=message.received_at,
            source=source,
            name=str(source.get("name") or "")[:200],
            next_try_at=now,
        )
        for place, source in enumerate(sources)
    ]
    session.add_all(rows)
    session.flush()
    return rows


def supply(
    session: Session, message: InboundMessage, name: str, body: bytes, now: datetime
) -> EvidenceFile:
    """A file whose bytes came with the message. Raises what `keep` raises."""
    (row,) = expect(session, message, [{"name": name}], now)
    keep(session, row, body)
    return row


def keep(session: Session, row: EvidenceFile, body: bytes) -> None:
    """Raises Refusal file_empty, file_too_large(limit in bytes) or file_kind."""
    kind = checked(body)
    body = without_location(kind, body)
    digest = hashlib.sha256(body).hexdigest()
    if session.get(EvidenceContent, digest) is None:
        try:
            with session.begin_nested():
                session.add(EvidenceContent(sha256=digest, body=body))
        except IntegrityError:  # another process kept the same bytes between the two statements
            pass
    row.state, row.kind, row.size, row.sha256 = "kept", kind, len(body), digest
    row.source = row.failure = None
    session.flush()


def checked(body: bytes) -> str:
    """The kind of a file that can be kept. Raises as `keep` does."""
    if not body:
        raise Refusal("file_empty")
    if len(body) > LARGEST:
        raise Refusal("file_too_large", limit=LARGEST)
    kind = kind_of(body)
    if kind is None:
        raise Refusal("file_kind")
    return kind


def settle_failed(row: EvidenceFile, failure: str) -> None:
    row.state, row.failure, row.source = "failed", failure[:40], None


def place(
    rows: Sequence[EvidenceFile], person_id: int, unit_id: int, form: str, period: str
) -> None:
    """Put files to a report, drafted or sent, by its unit, form and period."""
    for row in rows:
        row.person_id = person_id
        row.unit_id, row.form, row.period = unit_id, form, period


def files_of(session: Session, report: Report) -> Sequence[EvidenceFile]:
    """The files kept or on their way for a report, oldest first."""
    return session.scalars(
        select(EvidenceFile)
        .where(
            EvidenceFile.unit_id == report.unit_id,
            EvidenceFile.form == report.form,
            EvidenceFile.period == report.period,
            EvidenceFile.state != "failed",
        )
        .order_by(EvidenceFile.id)
    ).all()


def drop(session: Session, rows: Sequence[EvidenceFile]) -> None:
    """Delete files, and bytes that no other file has."""
    digests = {row.sha256 for row in rows if row.sha256}
    session.execute(delete(EvidenceFile).where(EvidenceFile.id.in_([row.id for row in rows])))
    session.execute(
        delete(EvidenceContent).where(
            EvidenceContent.sha256.in_(digests),
            ~exists().where(EvidenceFile.sha256 == EvidenceContent.sha256),
        )
    )


def drop_unsent(session: Session, message_ids: Sequence[int]) -> None:
    """The files of these messages that belong to no report that was sent."""
    rows = session.scalars(
        select(EvidenceFile).where(EvidenceFile.message_id.in_(message_ids))
    ).all()
    drop(session, [row for row in rows if row.state != "kept" or not _is_sent(session, row)])


def forget_sender(session: Session, message_ids: Sequence[int]) -> None:
    """Of a person who is erased: the files of a report stay, without their name and sender."""
    session.execute(
        update(EvidenceFile)
        .where(EvidenceFile.message_id.in_(message_ids))
        .values(name="", person_id=None, source=null())
    )


def _is_sent(session: Session, row: EvidenceFile) -> bool:
    found = select(Report.id).where(
        Report.unit_id == row.unit_id, Report.form == row.form, Report.period == row.period
    )
    return session.scalar(found) is not None
