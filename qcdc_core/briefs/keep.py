"""Keeping a compiled brief as it was: page and downloads come from this same content."""

import hashlib
import json
from datetime import datetime

from sqlalchemy.orm import Session

from qcdc_core.briefs.model import Brief
from qcdc_core.briefs.tables import CompiledBrief
from qcdc_core.units.tree import tree_on


def keep(session: Session, brief: Brief, user_id: int | None, now: datetime) -> CompiledBrief:
    """Store the brief; ``user_id`` is None when the command line compiled it.

    Raises Refusal unknown_unit(code) when the unit is gone from the tree of its last day.
    """
    content = brief.to_json()
    unit = tree_on(session, brief.head.last_day).unit(brief.head.unit_code)
    kept = CompiledBrief(
        unit_id=unit.id,
        period=brief.head.period,
        compiled_at=now,
        compiled_by=user_id,
        content=content,
        content_digest=digest(brief),
    )
    session.add(kept)
    session.flush()
    return kept


def digest(brief: Brief) -> str:
    """SHA-256 of the content; equal briefs have equal digests whatever the order of their JSON."""
    text = json.dumps(brief.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
