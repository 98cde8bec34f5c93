"""Photos and files in the copy of own data, and what becomes of them when their sender goes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.dialogue import take_turn
from qcdc_core import evidence
from qcdc_core.evidence.tables import EvidenceContent, EvidenceFile
from qcdc_core.messages import inbox
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.personal.copy import copy_of
from qcdc_core.personal.subject import subject_in
from qcdc_core.reports.tables import Draft
from tests.bot.chat import Chat

NAME = "sổ họp của Y Hoa.pdf"


def sends(chat: Chat, body: bytes, caption: str = "") -> EvidenceFile:
    """A file whose bytes come along."""
    key = f"f{len(body)}"
    message = inbox.receive(chat.session, chat.conversation, key, caption, chat.now, kind="file")
    assert message is not None
    row = evidence.supply(chat.session, message, NAME, body, chat.now)
    take_turn(chat.session, message, chat.conversation, chat.settings, chat.now)
    inbox.mark_done(message, chat.now)
    return row


def test_erasing_keeps_what_belongs_to_a_sent_report_without_its_sender(
    village: Chat, session: Session
) -> None:
    """The unit's evidence stays as the unit's figures do; name and sender go."""
    village.says("họp 2 cuộc 96 người")
    sends(village, b"%PDF-1.7 bien ban")
    village.says("còn lại không có")
    village.says("gửi")
    village.says("xóa dữ liệu")
    village.presses("Xóa hết")
    row = session.scalars(select(EvidenceFile)).one()
    assert (row.name, row.person_id, row.state) == ("", None, "kept")
    assert session.scalars(select(EvidenceContent)).one().body.startswith(b"%PDF")


def test_erasing_deletes_what_was_never_sent(village: Chat, session: Session) -> None:
    """A draft goes with its person, and so do its photos."""
    village.says("họp 2 cuộc 96 người")
    sends(village, b"%PDF-1.7 bien ban")
    village.says("xóa dữ liệu")
    village.presses("Xóa hết")
    session.expire_all()
    assert session.scalars(select(EvidenceFile)).all() == []
    assert session.scalars(select(EvidenceContent)).all() == []


def test_the_copy_names_every_file(village: Chat, session: Session) -> None:
    """With the report it belongs to."""
    village.says("họp 2 cuộc 96 người")
    sends(village, b"%PDF-1.7 bien ban")
    copied = copy_of(
        session, subject_in(session, village.conversation), village.settings, village.now
    )
    section = next(one for one in copied.sections if one.title == "Ảnh và tệp đã gửi")
    (line,) = section.lines
    assert NAME in line
    assert "phiếu của" in line
    assert "Đông" in line


def test_figures_under_a_photo_are_read_and_it_belongs_to_their_report(
    village: Chat, session: Session
) -> None:
    """One message of a village head: the picture of the book, and what stands in it."""
    row = sends(village, b"%PDF-1.7 bien ban", caption="họp 2 cuộc 96 người")
    said = [one.text for one in session.scalars(select(OutboundMessage)) if one.text]
    assert any("Họp thôn: 2 cuộc" in one for one in said)
    assert (row.form, row.period) == ("thon_thang", session.scalars(select(Draft)).one().period)


def test_a_name_under_a_photo_is_not_answered(village: Chat, session: Session) -> None:
    """“Ảnh họp thôn” reports nothing, and nobody is told that it was not understood."""
    village.says("họp 2 cuộc 96 người")
    before = len(session.scalars(select(OutboundMessage)).all())
    sends(village, b"%PDF-1.7 bien ban", caption="ảnh họp thôn tối qua")
    said = session.scalars(select(OutboundMessage).order_by(OutboundMessage.id)).all()[before:]
    assert len(said) == 1
    assert "Đã lưu 1 ảnh, tệp" in said[0].text
