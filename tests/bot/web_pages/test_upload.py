"""A photo or file from the chat page."""

import io
import uuid
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from qcdc_core.evidence import LARGEST
from qcdc_core.evidence.tables import EvidenceContent, EvidenceFile
from qcdc_core.messages.tables import InboundMessage
from qcdc_core.people import invite
from tests.bot.web_pages.visitor import Visitor, count
from tests.builders import build_province

PHOTO = b"\x89PNG\r\n\x1a\n" + b"so hop" * 50


@pytest.fixture
def head(app: Flask, sessions: sessionmaker[Session], now: datetime) -> Visitor:
    """Somebody who joined for a village and is reporting."""
    with sessions.begin() as session:
        code = invite(session, build_province(session).village.id, "Trưởng thôn", now)
    visitor = Visitor(app)
    for words in (code, "đồng ý", "họp 2 cuộc 96 người"):
        assert visitor.sends(words).status_code == 200
    visitor.asks()
    return visitor


def uploads(
    visitor: Visitor, body: bytes = PHOTO, name: str = "sổ họp.png", message_id: str = ""
) -> TestResponse:
    fields = {"csrf_token": visitor.token, "id": message_id or str(uuid.uuid4())}
    # Encoded here: the test client would leave a temporary file open for a large one.
    lines = [
        f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}' for k, v in fields.items()
    ]
    lines.append(f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
    data = "\r\n".join(lines).encode() + body + b"\r\n--b--\r\n"
    kind = "multipart/form-data; boundary=b"
    return visitor.http.post("/messages/tep", data=data, content_type=kind)


def said(visitor: Visitor) -> str:
    return "\n".join(entry["text"] for entry in visitor.asks()["messages"])


def test_a_photo_is_kept_with_the_report_in_hand(head: Visitor, reading: Session) -> None:
    """The plain form goes back to the chat, where the assistant names the report."""
    answer = uploads(head)
    assert (answer.status_code, answer.location) == (303, "/#newest")
    shown = said(head)
    assert "sổ họp.png" in shown
    assert "Đã lưu 1 ảnh" in shown
    row = reading.scalars(select(EvidenceFile)).one()
    assert (row.state, row.kind, row.form, row.person_id is None) == (
        "kept",
        "png",
        "thon_thang",
        False,
    )


def test_the_form_sent_twice_keeps_one(head: Visitor, reading: Session) -> None:
    """A page taken back, a finger too fast."""
    same = str(uuid.uuid4())
    uploads(head, message_id=same)
    uploads(head, message_id=same)
    assert (count(reading, EvidenceFile), count(reading, EvidenceContent)) == (1, 1)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"MZ mot chuong trinh", 415),
        (PHOTO + bytes(LARGEST), 413),
    ],
)
def test_what_is_no_evidence_is_refused_on_the_page(
    head: Visitor, reading: Session, body: bytes, status: int
) -> None:
    """With a sentence, and nothing stored."""
    before = count(reading, InboundMessage)
    answer = uploads(head, body)
    assert answer.status_code == status
    assert '<p id="notice" role="status">' in answer.text
    assert count(reading, InboundMessage) == before
    assert count(reading, EvidenceContent) == 0


def test_a_far_too_large_body_is_not_even_read(head: Visitor) -> None:
    """By its told length, with the sentence for files."""
    kind = "multipart/form-data; boundary=b"
    answer = head.http.post("/messages/tep", data=bytes(2 * LARGEST), content_type=kind)
    assert answer.status_code == 413
    assert "10 MB nên chưa nhận" in answer.text


def test_of_a_stranger_nothing_is_kept(visitor: Visitor, reading: Session) -> None:
    """Before consent there are no bytes, only the answer."""
    visitor.sends("xin chào")
    assert uploads(visitor).status_code == 303
    assert "chưa đọc được ảnh" in said(visitor)
    assert (count(reading, EvidenceFile), count(reading, EvidenceContent)) == (0, 0)


def test_an_upload_needs_the_pages_token(head: Visitor, reading: Session) -> None:
    """Like every other form."""
    body = {"id": str(uuid.uuid4()), "file": (io.BytesIO(PHOTO), "a.png")}
    assert head.http.post("/messages/tep", data=body).status_code == 400
    assert count(reading, EvidenceFile) == 0
