"""Late requests about personal data and files that do not arrive are told."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from qcdc_core.evidence.tables import EvidenceFile
from qcdc_core.health.duties import LONGEST_FETCH, duties_well
from qcdc_core.messages.inbox import conversation_at, receive
from qcdc_core.personal.requests import receive as receive_request
from tests import builders

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)


def told(session: Session, now: datetime) -> dict[str, tuple[bool, str]]:
    return {one.code: (one.is_well, one.text) for one in duties_well(session, now)}


def test_a_late_request_is_told(session: Session) -> None:
    """Nobody answered within two working days."""
    province = builders.build_province(session)
    officer = builders.user(session, "tinh", "office", province.province)
    assert told(session, NOW)["data_requests"][0]
    receive_request(session, "erase", None, officer, builders.CALENDAR, NOW, NOW)
    assert told(session, NOW)["data_requests"][0]
    is_well, text = told(session, NOW + timedelta(days=5))["data_requests"]
    assert not is_well
    assert text.startswith("1 yêu cầu")


def test_a_file_that_does_not_arrive_is_told_with_the_kind_of_failure(session: Session) -> None:
    """Not one that has just been received."""
    chat = conversation_at(session, "telegram", "bot", "7", NOW)
    message = receive(session, chat, "m1", "", NOW)
    assert message is not None
    session.add(
        EvidenceFile(
            message_id=message.id, received_at=NOW, next_try_at=NOW, failure="ConnectTimeout"
        )
    )
    session.flush()
    assert "files" not in told(session, NOW)
    is_well, text = told(session, NOW + LONGEST_FETCH + timedelta(minutes=1))["files"]
    assert not is_well
    assert "ConnectTimeout" in text
