"""What is examined, on the database and on the disk: well, and not well."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session

from qcdc_core.audit import first_broken, record
from qcdc_core.config import Settings
from qcdc_core.health.checks import EARLIEST, _audit, _clock
from qcdc_core.health.disk import disks_well
from qcdc_core.health.messages import inbox_well, outbox_well
from qcdc_core.health.secrets import secrets_kept
from qcdc_core.messages.inbox import ATTEMPTS, conversation_at, mark_done, mark_failed, receive
from qcdc_core.messages.outbox import put
from qcdc_core.messages.tables import InboundMessage

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)


def message(session: Session, age: timedelta, name: str = "m") -> InboundMessage:
    sent = NOW - age
    chat = conversation_at(session, "web", "default", name, sent)
    found = receive(session, chat, name, "họp 2 cuộc", sent)
    assert found is not None
    session.flush()
    return found


# --- Messages -----------------------------------------------------------------------------------


def test_an_empty_inbox_is_well(session: Session) -> None:
    """One result, and nothing about parked messages."""
    [result] = inbox_well(session, NOW)
    assert (result.code, result.is_well) == ("inbox", True)


def test_a_message_that_waits_for_minutes_is_not_well(session: Session) -> None:
    """Five minutes are the limit: the worker takes a turn within seconds."""
    message(session, timedelta(minutes=5))
    assert [one.is_well for one in inbox_well(session, NOW)] == [True]
    later = NOW + timedelta(seconds=1)
    assert [one.is_well for one in inbox_well(session, later)] == [False]


def test_a_message_that_was_answered_is_no_matter(session: Session) -> None:
    """However old it is."""
    mark_done(message(session, timedelta(days=9)), NOW)
    session.flush()
    assert [one.is_well for one in inbox_well(session, NOW)] == [True]


def test_parked_messages_are_told_with_the_kind_of_failure(session: Session) -> None:
    """Never with the words of the message."""
    one = message(session, timedelta(minutes=1))
    for _ in range(ATTEMPTS):
        mark_failed(session, one.id, "KeyError", NOW)
    session.flush()
    waiting, parked = inbox_well(session, NOW)
    assert waiting.is_well
    assert (parked.code, parked.is_well) == ("parked", False)
    assert "KeyError" in parked.text
    assert "họp" not in parked.text


def test_replies_of_the_web_chat_lie_ready_as_long_as_they_like(session: Session) -> None:
    """The reader's page fetches them; nobody delivers them."""
    one = message(session, timedelta(days=1))
    put(session, one.conversation_id, "Chào", NOW - timedelta(days=1))
    assert outbox_well(session, NOW).is_well


def test_replies_of_other_channels_must_leave_within_half_an_hour(session: Session) -> None:
    """The network or the channel's key is wrong otherwise."""
    chat = conversation_at(session, "telegram", "default", "t", NOW)
    put(session, chat.id, "Chào", NOW - timedelta(minutes=30))
    assert outbox_well(session, NOW).is_well
    late = outbox_well(session, NOW + timedelta(seconds=1))
    assert not late.is_well
    assert "Chào" not in late.text


# --- Clock and audit ----------------------------------------------------------------------------


def test_a_clock_before_what_is_stored_is_not_well() -> None:
    """Due days and periods follow the clock; five minutes of difference are ordinary."""
    stored = NOW
    assert _clock(stored - timedelta(minutes=5), stored).is_well
    assert not _clock(stored - timedelta(minutes=6), stored).is_well


def test_a_clock_before_this_version_is_not_well() -> None:
    """A machine that lost its battery wakes up years ago."""
    assert not _clock(EARLIEST - timedelta(seconds=1), None).is_well
    assert _clock(EARLIEST, None).is_well


def test_an_audit_that_was_touched_is_not_well(session: Session) -> None:
    """A changed entry breaks the chain where it stands."""
    entries = [record(session, NOW, "hoa", "report.accepted", f"P-{n}") for n in range(3)]
    assert _audit(session).is_well
    entries[1].actor = "rin"
    session.flush()
    assert first_broken(session) is entries[1]
    result = _audit(session)
    assert not result.is_well
    assert str(entries[1].id) in result.text


def test_an_audit_with_an_entry_taken_out_is_not_well(session: Session) -> None:
    """The entry after it no longer fits."""
    entries = [record(session, NOW, "hoa", "report.accepted", f"P-{n}") for n in range(3)]
    session.delete(entries[1])
    session.flush()
    assert first_broken(session) is entries[2]


# --- Secrets ------------------------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var=tmp_path, _env_file=None)


def codes(settings: Settings, env: Path) -> list[tuple[str, bool]]:
    return [(one.code, one.is_well) for one in secrets_kept(settings, env)]


def test_without_a_key_sessions_cannot_be_signed(settings: Settings, tmp_path: Path) -> None:
    """Neither set nor made yet."""
    assert codes(settings, tmp_path / ".env") == [("secret_key", False)]


def test_a_key_that_is_set_or_made_is_enough(settings: Settings, tmp_path: Path) -> None:
    """Either of the two."""
    named = settings.model_copy(update={"secret_key": SecretStr("khóa")})
    assert codes(named, tmp_path / ".env") == [("secret_key", True)]
    key = tmp_path / "secret_key"
    key.touch(mode=0o600)
    assert codes(settings, tmp_path / ".env") == [("secret_key", True)]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
@pytest.mark.parametrize("name", ["secret_key", "data_key", "demo-sign-in.txt", ".env"])
def test_a_secret_that_others_can_read_is_not_well(
    settings: Settings, tmp_path: Path, name: str, mode: int
) -> None:
    """Group or all, each file by its name."""
    path = tmp_path / name
    path.touch()
    path.chmod(mode)
    found = list(secrets_kept(settings, tmp_path / ".env"))
    [readable] = [one for one in found if one.code == "secret_readable"]
    assert f"chmod 600 {path}" in readable.text
    path.chmod(0o600)
    assert "secret_readable" not in [one.code for one in secrets_kept(settings, tmp_path / ".env")]


# --- The disk -----------------------------------------------------------------------------------


def test_a_disk_that_is_nearly_full_is_told_before_it_is_full(tmp_path: Path) -> None:
    """Once for each disk, with the folder and what to do; the folders need not be there yet."""
    database = f"sqlite:///{tmp_path / 'later' / 'q.db'}"
    settings = Settings(var=tmp_path / "var", database_url=database, _env_file=None)
    assert [(one.code, one.is_well) for one in disks_well(settings, least=1)] == [("disk", True)]
    [result] = disks_well(settings, least=10**18)
    assert not result.is_well
    assert str(tmp_path) in result.text


def test_the_disk_of_another_machine_is_not_looked_at(tmp_path: Path) -> None:
    """PostgreSQL looks after its own."""
    server = "postgresql+psycopg://qcdc@db/qcdc"
    settings = Settings(var=tmp_path, database_url=server, _env_file=None)
    assert len(list(disks_well(settings, least=1))) == 1
