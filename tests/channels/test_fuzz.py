"""Whatever a platform or somebody in its place sends: nothing breaks, nothing is stored twice."""

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.channel import Incoming
from bot.channels.receiving import store
from qcdc_core.messages.tables import InboundMessage
from tests.channels.payloads import PARSERS, payloads

OFTEN = settings(max_examples=600, deadline=None, derandomize=True, database=None)
STORED = settings(
    OFTEN, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
every_channel = pytest.mark.parametrize("channel", list(PARSERS))


@every_channel
@OFTEN
@given(data=st.data())
def test_no_payload_breaks_its_reader(channel: str, data: st.DataObject) -> None:
    """A message or nothing comes back; its parts are what the tables expect."""
    raw = data.draw(payloads(channel))
    found = PARSERS[channel](raw)
    if found is not None:
        assert isinstance(found, Incoming)
        parts = (found.external_id, found.address, found.kind, found.text)
        assert all(isinstance(part, str) for part in parts)


@every_channel
@settings(OFTEN, max_examples=500)
@given(body=st.binary(max_size=60))
def test_no_bytes_break_the_door(channel: str, body: bytes) -> None:
    """What is JSON by chance goes to the reader; all else is nothing."""
    try:
        raw: Any = json.loads(body)
    except ValueError:
        return
    PARSERS[channel](raw)


@every_channel
@STORED
@given(data=st.data())
def test_what_is_taken_is_stored_once_however_often_it_comes(
    sessions: sessionmaker[Session], now: datetime, channel: str, data: st.DataObject
) -> None:
    """On both databases, with signs and numbers that they cannot hold."""
    incoming = PARSERS[channel](data.draw(payloads(channel)))
    if incoming is None:
        return
    before = _stored(sessions)
    chats = [store(sessions, channel, "account", incoming, now) for _ in range(3)]
    assert chats[1:] == [None, None]
    assert _stored(sessions) - before <= 1


def _stored(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(InboundMessage)) or 0
