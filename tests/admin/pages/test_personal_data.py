"""Requests about personal data: the register with its clocks, and carrying them out."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.messages.inbox import receive
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage
from qcdc_core.people import consent
from qcdc_core.people.consent import Notice
from qcdc_core.people.tables import Consent, Person, Post
from qcdc_core.personal.requests import copy_for
from qcdc_core.personal.tables import DataRequest
from qcdc_core.questions import hand_over
from qcdc_core.reports.tables import FigureValue
from qcdc_core.units.tables import Unit
from tests import builders
from tests.admin.site import NOW, Site, Visitor

HOME = "/du-lieu-ca-nhan"
SECRET = "giám đốc quát công nhân thì kiện ở đâu"


@pytest.fixture
def person_id(site: Site) -> int:
    """Y Brơi, head of thôn Đông, who agreed, wrote, and asked something in confidence."""
    with site.sessions.begin() as session:
        unit = session.get_one(Unit, site.ids["village"])
        person, chat = builders.sender(session, unit, name="Y Brơi")
        asked = NOW - timedelta(days=3)
        message = receive(session, chat, "q1", SECRET, asked)
        assert message is not None
        hand_over(session, chat.id, message.id, SECRET, "unsure", asked)
        notice = Notice("2026-11.2", "Lưu tên và số liệu.")
        consent.give(session, person.id, consent.PURPOSES, notice, asked, message.id)
        return person.id


@pytest.fixture
def on_paper(tinh: Visitor, person_id: int, site: Site) -> Callable[..., int]:
    """A request of the person's that came on paper; returns its number."""

    def record(kind: str, **typed: str) -> int:
        tinh.get(f"{HOME}/nguoi/{person_id}")
        received = {"received": "2026-11-16"} | typed
        answer = tinh.post(f"{HOME}/nguoi/{person_id}", kind=kind, **received)
        assert answer.status_code == 303, answer.text
        return int(answer.location.rsplit("/", 1)[1])

    return record


def told(site: Site, person_id: int) -> list[str]:
    with site.sessions() as session:
        return list(
            session.scalars(
                select(OutboundMessage.text)
                .join(Conversation, Conversation.id == OutboundMessage.conversation_id)
                .where(Conversation.person_id == person_id)
                .order_by(OutboundMessage.id)
            )
        )


def request_of(site: Site, number: int) -> DataRequest:
    with site.sessions() as session:
        return session.get_one(DataRequest, number)


def test_the_page_shows_register_consents_and_schedule(tinh: Visitor, person_id: int) -> None:
    """Empty at first, and what is kept for how long stands there in words."""
    page = tinh.get(HOME).text
    assert "Chưa có yêu cầu nào" in page
    assert "Nhắc hạn</th>" in page
    assert "Dấu vết đồng ý" in page
    assert "60 tháng" in page


def test_officers_of_communes_do_not_see_it(hoa: Visitor, person_id: int) -> None:
    """It speaks of people in the whole province."""
    assert hoa.get(HOME).status_code == 403
    assert hoa.get(f"{HOME}/nguoi/{person_id}").status_code == 403
    assert hoa.post(f"{HOME}/nguoi/{person_id}", kind="erase").status_code == 403


@pytest.mark.parametrize("typed", ["y broi", "Y BRƠI", "MH-SL-D", "thon dong"])
def test_a_person_is_found_by_name_or_unit_without_accents(
    tinh: Visitor, person_id: int, typed: str
) -> None:
    """Nobody types Brơi on every keyboard."""
    page = tinh.get(f"{HOME}?tim={typed}").text
    assert f'href="{HOME}/nguoi/{person_id}"' in page
    assert "Y Brơi" in page


def test_a_search_that_finds_nobody_says_what_to_do(tinh: Visitor, person_id: int) -> None:
    """Somebody who never joined may write a letter too."""
    page = tinh.get(f"{HOME}?tim=khong co ai").text
    assert "Không thấy ai" in page
    assert tinh.post(f"{HOME}/nguoi-khac", kind="erase", received="2026-11-16").status_code == 303
    assert "người không phải đầu mối" in tinh.get(HOME).text


def test_the_proof_of_a_consent_is_shown_with_its_words(tinh: Visitor, person_id: int) -> None:
    """Who, when, to which words: Luật 91/2025/QH15 Điều 9. No message of the person's."""
    page = tinh.get(f"{HOME}/nguoi/{person_id}").text
    assert "bản 2026-11.2" in page
    assert "Lưu tên và số liệu." in page
    assert SECRET not in page


def test_both_clocks_run_from_the_day_the_letter_came(
    site: Site, tinh: Visitor, on_paper: Callable[..., int]
) -> None:
    """A Friday: answered by Tuesday, erased within 20 days."""
    number = on_paper("erase", received="2026-11-13")
    request = request_of(site, number)
    assert request.answer_on == date(2026, 11, 17)
    assert request.due_on == date(2026, 12, 3)
    page = tinh.get(HOME).text
    assert "17/11/2026" in page
    assert "03/12/2026" in page


def test_what_is_late_is_marked(tinh: Visitor, on_paper: Callable[..., int]) -> None:
    """By a word, and on the page of the day too."""
    on_paper("copy", received="2026-10-01")
    assert "quá hạn" in tinh.get(HOME).text
    assert "yêu cầu về dữ liệu cá nhân" in tinh.get("/").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "eat", "received": "2026-11-16"}, "Chưa chọn loại yêu cầu"),
        ({"kind": "erase", "received": "2026-11-17"}, "chưa tới"),
        ({"kind": "erase", "received": "hôm qua"}, "Chưa đọc được ngày"),
        ({"kind": "erase", "received": "1026-11-16"}, "Chưa đọc được ngày"),
    ],
)
def test_a_bad_form_is_refused_with_a_sentence(
    site: Site, tinh: Visitor, person_id: int, typed: dict[str, str], sentence: str
) -> None:
    """Nothing is recorded."""
    tinh.get(f"{HOME}/nguoi/{person_id}")
    answer = tinh.post(f"{HOME}/nguoi/{person_id}", **typed)
    assert answer.status_code == 409
    assert sentence in answer.text
    with site.sessions() as session:
        assert session.scalars(select(DataRequest)).all() == []


def test_an_answer_is_noted_and_told_once(
    site: Site, tinh: Visitor, person_id: int, on_paper: Callable[..., int]
) -> None:
    """The first clock stops; the person reads by when it will be done."""
    number = on_paper("correct")
    tinh.get(f"{HOME}/{number}")
    assert tinh.post(f"{HOME}/{number}/da-bao").status_code == 303
    assert request_of(site, number).answered_at == NOW
    assert "26/11/2026" in told(site, person_id)[-1]
    assert tinh.post(f"{HOME}/{number}/da-bao").status_code == 409
    assert len(told(site, person_id)) == 1


def test_one_extension_with_a_reason_that_is_told(
    site: Site, tinh: Visitor, person_id: int, on_paper: Callable[..., int]
) -> None:
    """Not without a reason, and not twice."""
    number = on_paper("erase")
    tinh.get(f"{HOME}/{number}")
    assert tinh.post(f"{HOME}/{number}/gia-han", reason=" ").status_code == 409
    assert tinh.post(f"{HOME}/{number}/gia-han", reason="chờ xã tìm sổ").status_code == 303
    assert request_of(site, number).due_on == date(2026, 12, 26)
    assert "chờ xã tìm sổ" in told(site, person_id)[-1]
    assert "26/12/2026" in told(site, person_id)[-1]
    again = tinh.post(f"{HOME}/{number}/gia-han", reason="lần nữa")
    assert again.status_code == 409
    assert "một lần" in again.text


def test_erasing_takes_the_person_and_keeps_the_figures(
    site: Site, tinh: Visitor, person_id: int, on_paper: Callable[..., int]
) -> None:
    """In one step with the note; the person reads it in a chat that knows nothing of the old."""
    number = on_paper("erase")
    with site.sessions() as session:
        figures = len(session.scalars(select(FigureValue)).all())
        address = session.scalars(
            select(Conversation.address).where(Conversation.person_id == person_id)
        ).one()
    tinh.get(f"{HOME}/{number}")
    unsure = tinh.post(f"{HOME}/{number}/lam", outcome="đơn ngày 16/11")
    assert unsure.status_code == 409
    assert "không lấy lại được" in unsure.text
    done = tinh.post(f"{HOME}/{number}/lam", outcome="đơn ngày 16/11", sure="1")
    assert done.status_code == 303
    with site.sessions() as session:
        person = session.get_one(Person, person_id)
        assert (person.name, person.erased_at) == (None, NOW)
        assert session.scalars(select(Post).where(Post.person_id == person_id)).all() == []
        assert SECRET not in {row.text for row in session.scalars(select(InboundMessage))}
        assert len(session.scalars(select(FigureValue)).all()) == figures
        fresh = session.scalars(select(Conversation).where(Conversation.address == address)).one()
        assert fresh.person_id is None
        last = session.scalars(
            select(OutboundMessage.text).where(OutboundMessage.conversation_id == fresh.id)
        ).one()
        assert "Đã xóa dữ liệu cá nhân" in last
    request = request_of(site, number)
    assert request.done_at == NOW
    assert request.counts["messages"] == 1
    assert "người đã xóa dữ liệu" in tinh.get(HOME).text
    assert tinh.post(f"{HOME}/{number}/lam", sure="1").status_code == 409


def test_withdrawing_ends_the_post_or_only_the_reminders(
    site: Site, tinh: Visitor, person_id: int, on_paper: Callable[..., int]
) -> None:
    """What the letter says, not more."""
    number = on_paper("withdraw")
    tinh.get(f"{HOME}/{number}")
    assert tinh.post(f"{HOME}/{number}/lam", purpose="").status_code == 409
    assert tinh.post(f"{HOME}/{number}/lam", purpose="reminding").status_code == 303
    with site.sessions() as session:
        assert consent.held(session, person_id) == {consent.REPORTING}
    assert "nhắc hạn" in told(site, person_id)[-1]
    second = on_paper("withdraw")
    tinh.get(f"{HOME}/{second}")
    assert tinh.post(f"{HOME}/{second}/lam", purpose="reporting").status_code == 303
    with site.sessions() as session:
        assert consent.held(session, person_id) == frozenset()
        post = session.scalars(select(Post).where(Post.person_id == person_id)).one()
        assert post.valid_to == date(2026, 11, 16)


def test_a_name_is_corrected_and_the_person_told(
    site: Site, tinh: Visitor, person_id: int, on_paper: Callable[..., int]
) -> None:
    """What was wrong stands in the note."""
    number = on_paper("correct")
    tinh.get(f"{HOME}/{number}")
    assert tinh.post(f"{HOME}/{number}/lam", name="Y Brơi Niê").status_code == 409
    done = tinh.post(f"{HOME}/{number}/lam", name="Y Brơi Niê", outcome="thiếu họ")
    assert done.status_code == 303
    with site.sessions() as session:
        assert session.get_one(Person, person_id).name == "Y Brơi Niê"
    assert "thiếu họ" in told(site, person_id)[-1]


@pytest.mark.parametrize("kind", ["restrict", "object"])
def test_restriction_and_objection_need_a_word_on_what_was_done(
    site: Site, tinh: Visitor, person_id: int, on_paper: Callable[..., int], kind: str
) -> None:
    """The program can end reminders; the rest is people's work, noted."""
    number = on_paper(kind)
    tinh.get(f"{HOME}/{number}")
    assert tinh.post(f"{HOME}/{number}/lam", outcome="").status_code == 409
    done = tinh.post(f"{HOME}/{number}/lam", outcome="chỉ gọi điện", purpose="reminding")
    assert done.status_code == 303
    with site.sessions() as session:
        assert consent.REMINDING not in consent.held(session, person_id)
    assert "chỉ gọi điện" in told(site, person_id)[-1]


def test_a_copy_goes_to_the_person_not_through_an_officers_hands(
    site: Site, tinh: Visitor, person_id: int, on_paper: Callable[..., int]
) -> None:
    """It holds what was asked in confidence."""
    number = on_paper("copy", received="2026-11-02")
    page = tinh.get(f"{HOME}/{number}").text
    assert "Gửi bản sao vào cuộc trò chuyện" in page
    assert tinh.post(f"{HOME}/{number}/lam").status_code == 303
    request = request_of(site, number)
    with site.sessions() as session:
        sent = session.scalars(
            select(OutboundMessage).where(OutboundMessage.attachment.is_not(None))
        ).one()
        assert sent.attachment is not None
        assert sent.attachment["key"] == request.key
        found = copy_for(session, request.key or "", sent.conversation_id, NOW)
        assert found is not None
        assert found.id == number


def test_who_has_no_chat_gets_a_printed_copy_without_what_was_said_in_confidence(
    site: Site, tinh: Visitor, person_id: int, on_paper: Callable[..., int]
) -> None:
    """The officer prints it; questions and messages are opened by chat alone."""
    with site.sessions.begin() as session:
        chat = session.scalars(
            select(Conversation).where(Conversation.person_id == person_id)
        ).one()
        chat.unreachable_since = NOW
    number = on_paper("copy")
    page = tinh.get(f"{HOME}/{number}").text
    assert "Tải bản sao" in page
    file = tinh.get(f"{HOME}/{number}/ban-sao")
    text = file.data.decode("utf-8-sig")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "Y Brơi" in text
    assert SECRET not in text
    tinh.get(f"{HOME}/{number}")
    assert tinh.post(f"{HOME}/{number}/lam").status_code == 409
    assert tinh.post(f"{HOME}/{number}/lam", outcome="giao tận tay").status_code == 303
    with site.sessions() as session:
        actions = set(session.scalars(select(AuditEntry.action)))
    assert {"personal.received", "personal.copied", "personal.copy"} <= actions


def test_the_audit_names_nobody(
    site: Site, tinh: Visitor, person_id: int, on_paper: Callable[..., int]
) -> None:
    """Numbers only: it outlives the name."""
    number = on_paper("erase")
    tinh.get(f"{HOME}/{number}")
    tinh.post(f"{HOME}/{number}/lam", sure="1")
    with site.sessions() as session:
        for entry in session.scalars(select(AuditEntry)):
            assert "Brơi" not in f"{entry.subject} {entry.detail}"
    assert "Xóa một người theo yêu cầu" in tinh.get("/nhat-ky").text


def test_an_erased_persons_page_is_gone(
    site: Site, tinh: Visitor, person_id: int, on_paper: Callable[..., int]
) -> None:
    """Nothing leads there any more; an open request of theirs is closed with a note."""
    other = on_paper("correct")
    number = on_paper("erase")
    tinh.get(f"{HOME}/{number}")
    tinh.post(f"{HOME}/{number}/lam", sure="1")
    assert tinh.get(f"{HOME}/nguoi/{person_id}").status_code == 404
    assert tinh.get(f"{HOME}/{other}").status_code == 200
    assert tinh.post(f"{HOME}/{other}/lam", outcome="không còn gì để sửa").status_code == 303
    with site.sessions() as session:
        proofs = session.scalars(select(Consent).where(Consent.person_id == person_id)).all()
        assert all(one.withdrawn_at is not None for one in proofs)
