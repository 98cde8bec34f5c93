"""The audit: who did what, append-only, each entry chained to the one before by its digest."""

import hashlib
import json
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from qcdc_core.audit.tables import AuditEntry

_START = "0" * 64
PRUNED = "audit.pruned"


def record(
    session: Session, now: datetime, actor: str, action: str, subject: str, **detail: Any
) -> AuditEntry:
    """Append an entry. ``detail`` must be plain JSON values; no message bodies, no secrets."""
    _wait_for_others(session)
    last = session.scalar(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1))
    kept = {name: value for name, value in detail.items() if value is not None}
    entry = AuditEntry(at=now, actor=actor, action=action, subject=subject, detail=kept)
    entry.digest = _digest(last.digest if last else _START, entry)
    session.add(entry)
    session.flush()
    return entry


def _wait_for_others(session: Session) -> None:
    """One writer at a time until it commits, or two entries would follow the same one.

    A row lock on the last entry is not enough: who waited for it would read that entry again, not
    the one that came meanwhile. On SQLite a writing transaction is alone anyhow.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {AuditEntry.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))


def first_broken(session: Session) -> AuditEntry | None:
    """The first entry that does not fit its chain, or None when all is as it was written."""
    before = _root(session)
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
        if entry.digest != _digest(before, entry):
            return entry
        before = entry.digest
    return None


def prune(session: Session, now: datetime, before: datetime, limit: int) -> int:
    """Delete the oldest entries made before that moment; returns how many.

    What stays hangs on the digest of the last one that went; it is noted in an entry of its own.
    """
    _wait_for_others(session)
    oldest = session.scalars(select(AuditEntry).order_by(AuditEntry.id).limit(limit)).all()
    gone = list(takewhile(lambda entry: entry.at < before, oldest))
    if not gone:
        return 0
    # Noted first: the note itself must hang on an entry, even when all others go.
    record(session, now, "retention", PRUNED, "audit", root=gone[-1].digest, count=len(gone))
    session.execute(delete(AuditEntry).where(AuditEntry.id <= gone[-1].id))
    return len(gone)


def _root(session: Session) -> str:
    """What the oldest entry hangs on."""
    noted = session.scalar(
        select(AuditEntry)
        .where(AuditEntry.action == PRUNED)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    return str(noted.detail["root"]) if noted is not None else _START


def _digest(before: str, entry: AuditEntry) -> str:
    content = [
        before,
        entry.at.timestamp(),
        entry.actor,
        entry.action,
        entry.subject,
        entry.detail,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
