"""The inbox of questions: answered with citations into the chat, kept as models, erased."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.law import load_knowledge
from qcdc_core.messages import outbox
from qcdc_core.messages.inbox import conversation_at, receive
from qcdc_core.messages.tables import Conversation, OutboundMessage
from qcdc_core.official import Offered, take_in_text
from qcdc_core.questions import hand_over, model_answer_for
from qcdc_core.questions.tables import AskedQuestion, ModelAnswer
from qcdc_core.reports.tables import Report
from tests.admin.site import NOW, Site, Visitor
from tests.official import files

ASKED = "xã bán cây đa ở sân đình có cần dân biểu quyết không"
CITED = "10/2022/QH15:15"


@pytest.fixture
def question_id(site: Site) -> int:
    asked = NOW - timedelta(days=5)
    with site.sessions.begin() as session:
        chat = conversation_at(session, "web", "web", "visitor", asked)
        message = receive(session, chat, "q1", ASKED, asked)
        assert message is not None
        return hand_over(session, chat.id, message.id, ASKED, "unsure", asked).id


def test_the_inbox_shows_the_words_and_no_name(tinh: Visitor, question_id: int) -> None:
    """Who waits longest first, with the day by which an answer is due."""
    page = tinh.get("/cau-hoi").text
    assert ASKED in page
    assert "quá hạn trả lời" in page
    assert "visitor" not in page


def test_today_counts_the_questions_that_wait(tinh: Visitor, question_id: int) -> None:
    """One of the three numbers of the day."""
    page = tinh.get("/").text
    assert "câu hỏi chờ trả lời" in page
    assert 'href="/cau-hoi" class="wants"' in page


def test_officers_of_communes_do_not_see_questions(hoa: Visitor, question_id: int) -> None:
    """A villager may ask about the very commune."""
    assert hoa.get("/cau-hoi").status_code == 403
    assert hoa.post(f"/cau-hoi/{question_id}/tra-loi", answer="Có.").status_code == 403


def test_an_answer_reaches_the_chat_and_becomes_a_model(
    site: Site, tinh: Visitor, question_id: int
) -> None:
    """With its citation; the audit says who, not what."""
    answer = tinh.post(
        f"/cau-hoi/{question_id}/tra-loi", answer="Có, phải họp dân.", citation=CITED, keep="1"
    )
    assert answer.status_code == 303
    with site.sessions() as session:
        [sent] = session.scalars(select(OutboundMessage)).all()
        assert "Có, phải họp dân." in sent.text
        assert "Điều 15" in sent.text
        assert model_answer_for(session, ASKED.upper(), NOW.date()) is not None
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert (entry.actor, entry.action) == ("tinh", "question.answered")
        assert "họp dân" not in str(entry.detail)
    page = tinh.get("/cau-hoi").text
    assert "Còn đúng" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"answer": "  "}, "Chưa có lời trả lời"),
        ({"answer": "Có.", "citation": "Điều 15"}, "Chưa có “Điều 15”"),
        ({"answer": "Có.", "citation": "12/2022/NĐ-CP:15"}, "không còn hiệu lực"),
        ({"answer": "Có.", "keep": "1"}, "cần ít nhất một căn cứ"),
    ],
)
def test_a_bad_answer_is_refused_and_what_was_typed_stays(
    site: Site, tinh: Visitor, question_id: int, data: dict[str, str], words: str
) -> None:
    """Nothing is sent, nothing is kept."""
    answer = tinh.post(f"/cau-hoi/{question_id}/tra-loi", **data)
    assert answer.status_code == 409
    assert words in answer.text
    assert data["answer"].strip() in answer.text
    with site.sessions() as session:
        assert session.scalars(select(OutboundMessage)).all() == []
        assert session.scalars(select(ModelAnswer)).all() == []


def test_a_question_is_taken_on_and_erased(site: Site, tinh: Visitor, question_id: int) -> None:
    """The page names who looks after it; erasing leaves no words."""
    assert tinh.post(f"/cau-hoi/{question_id}/nhan").status_code == 303
    assert "Văn Bình phụ trách" in tinh.get("/cau-hoi").text
    assert tinh.post(f"/cau-hoi/{question_id}/xoa").status_code == 303
    assert ASKED not in tinh.get("/cau-hoi").text
    with site.sessions() as session:
        assert session.get_one(AskedQuestion, question_id).text == ""


def test_a_model_answer_is_looked_at_again_and_retired(
    site: Site, tinh: Visitor, question_id: int
) -> None:
    """A year old is flagged; a retired one answers no more."""
    tinh.post(f"/cau-hoi/{question_id}/tra-loi", answer="Có.", citation=CITED, keep="1")
    with site.sessions.begin() as session:
        model = session.scalars(select(ModelAnswer)).one()
        model.checked_on = NOW.date() - timedelta(days=366)
        model_id = model.id
    assert "hơn một năm" in tinh.get("/cau-hoi").text
    assert tinh.post(f"/cau-hoi/mau/{model_id}/xem-lai").status_code == 303
    assert "hơn một năm" not in tinh.get("/cau-hoi").text
    assert tinh.post(f"/cau-hoi/mau/{model_id}/ngung").status_code == 303
    with site.sessions() as session:
        assert model_answer_for(session, ASKED, NOW.date()) is None
    assert tinh.post(f"/cau-hoi/mau/{model_id}/ngung").status_code == 409


def test_a_model_answer_of_lapsed_law_is_flagged_and_silent(
    site: Site, tinh: Visitor, question_id: int
) -> None:
    """When a provision it cites is replaced, the machine stops saying it."""
    tinh.post(f"/cau-hoi/{question_id}/tra-loi", answer="Có.", citation=CITED, keep="1")
    with site.sessions.begin() as session:
        session.scalars(select(ModelAnswer)).one().citations = ["12/2022/NĐ-CP:15"]
    assert "luật đã đổi" in tinh.get("/cau-hoi").text
    with site.sessions() as session:
        assert model_answer_for(session, ASKED, NOW.date()) is None


def test_a_model_answer_whose_law_has_new_words_is_flagged(
    site: Site, tinh: Visitor, question_id: int, tmp_path: Path
) -> None:
    """It is given with a caution until somebody has looked at the new words."""
    tinh.post(f"/cau-hoi/{question_id}/tra-loi", answer="Có.", citation=CITED, keep="1")
    with site.sessions.begin() as session:
        session.scalars(select(ModelAnswer)).one().checked_on = date(2025, 1, 1)
        for words, since in (("Gà gáy.", date(2023, 7, 1)), ("Gà ngủ.", date(2025, 7, 1))):
            path = files.as_text(tmp_path / "a.txt", ["Điều 15. Gà", words])
            offered = Offered(path, "10/2022/QH15", since)
            take_in_text(session, load_knowledge(), offered, NOW, "test")
    assert "đổi từ 01/07/2025" in tinh.get("/cau-hoi").text


def test_the_reviewer_of_a_report_is_not_shown_questions_of_its_chat(
    site: Site, hoa: Visitor
) -> None:
    """The question may be about the reviewer; figures in the same chat are shown."""
    with site.sessions.begin() as session:
        report = session.get_one(Report, site.ids["odd"])
        assert report.conversation_id is not None
        chat = session.get_one(Conversation, report.conversation_id)
        at = report.sent_at + timedelta(minutes=1)
        message = receive(session, chat, "q9", ASKED, at)
        assert message is not None
        message.topic = "question"
        outbox.put(session, chat.id, "Điều 15: phải họp dân.", at, reply_to=message.id)
    page = hoa.get(f"/phieu/{site.ids['odd']}").text
    assert "Cuộc trò chuyện" in page
    assert ASKED not in page
    assert "phải họp dân" not in page
