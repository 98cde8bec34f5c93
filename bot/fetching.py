"""Files that a platform still has: fetched outside the turn, tried again, told when that fails.

A file is claimed for a while and committed before the platform is called: what a crash left is
claimed again afterwards.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.fetching import FetchError
from bot.dialogue.evidence import acknowledgement, failed, standing_choices
from qcdc_core import db, evidence
from qcdc_core.config import Settings
from qcdc_core.errors import Refusal
from qcdc_core.evidence.tables import EvidenceFile
from qcdc_core.language import speak
from qcdc_core.messages import outbox
from qcdc_core.messages.tables import Conversation, InboundMessage

log = structlog.get_logger()

ATTEMPTS = 6
FIRST_PAUSE = timedelta(seconds=10)
# Longer than any fetching takes: what is claimed since then was left by a crash.
_CLAIMED_FOR = timedelta(minutes=3)


class Source(Protocol):
    """A channel that can hand over a file that it announced."""

    name: str
    account: str

    def fetch(self, source: Mapping[str, Any]) -> bytes:
        """Raises FetchError."""
        ...


class Fetcher:
    """Fetches for the given channels."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        channels: Sequence[Source],
        now: Callable[[], datetime],
        settings: Settings,
    ) -> None:
        self._sessions, self._now, self._settings = sessions, now, settings
        self._channels = {(one.name, one.account): one for one in channels}

    def fetch_due(self) -> int:
        """Fetch what is due; returns how many files were asked for."""
        with self._sessions() as session:
            db.only_read(session)
            due = session.scalars(_due(self._now())).all()
        return sum(self._fetch(row_id) for row_id in due)

    def _fetch(self, row_id: int) -> int:
        claimed = self._claim(row_id)
        if claimed is None:
            return 0
        channel, source = claimed
        try:
            body = channel.fetch(source)
        except FetchError as problem:
            log.warning("file_not_fetched", channel=channel.name, error=problem.code)
            self._note_failure(row_id, problem.code, final=problem.final)
        else:
            self._keep(row_id, body)
        return 1

    def _claim(self, row_id: int) -> tuple[Source, Mapping[str, Any]] | None:
        now = self._now()
        with self._sessions.begin() as session:
            row = session.get(EvidenceFile, row_id, with_for_update=True)
            if row is None or row.state != "waiting" or row.next_try_at > now:
                return None
            message = session.get_one(InboundMessage, row.message_id)
            channel = self._channels.get((message.channel, message.account))
            if channel is None:
                return None
            row.attempts += 1
            row.next_try_at = now + _CLAIMED_FOR
            return channel, dict(row.source or {})

    def _keep(self, row_id: int, body: bytes) -> None:
        try:
            with self._sessions.begin() as session:
                row = session.get(EvidenceFile, row_id, with_for_update=True)
                if row is not None and row.state == "waiting":
                    evidence.keep(session, row, body)
                    self._tell(session, row)
        except Refusal as problem:
            self._note_failure(row_id, problem.code, final=True)

    def _note_failure(self, row_id: int, code: str, *, final: bool) -> None:
        now = self._now()
        with self._sessions.begin() as session:
            row = session.get(EvidenceFile, row_id, with_for_update=True)
            if row is None or row.state != "waiting":
                return
            row.failure = code[:40]
            row.next_try_at = now + FIRST_PAUSE * 2 ** (row.attempts - 1)
            if final or row.attempts >= ATTEMPTS:
                evidence.settle_failed(row, code)
                self._tell(session, row)

    def _tell(self, session: Session, row: EvidenceFile) -> None:
        """Once for all files of a message, when the last of them is here or given up."""
        session.flush()
        rows = session.scalars(
            select(EvidenceFile)
            .where(EvidenceFile.message_id == row.message_id)
            .order_by(EvidenceFile.place)
        ).all()
        if any(one.state == "waiting" for one in rows):
            return
        speak(self._settings.language)
        kept = [one for one in rows if one.state == "kept"]
        words = [failed(one) for one in rows if one.state == "failed"]
        if kept and kept[0].unit_id is not None:
            words.insert(0, acknowledgement(session, kept))
        if words:
            self._say(session, row.message_id, "\n".join(dict.fromkeys(words)))

    def _say(self, session: Session, message_id: int, text: str) -> None:
        message = session.get_one(InboundMessage, message_id)
        chat = session.get_one(Conversation, message.conversation_id)
        outbox.put(
            session,
            chat.id,
            text,
            self._now(),
            choices=standing_choices(chat.state),
            reply_to=message.id,
            repeatable=True,
        )


def _due(now: datetime) -> Select[int]:
    return (
        select(EvidenceFile.id)
        .where(EvidenceFile.state == "waiting", EvidenceFile.next_try_at <= now)
        .order_by(EvidenceFile.id)
        .limit(50)
    )
