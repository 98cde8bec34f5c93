"""Rights over one's own data, by chat: see, take a consent back, erase."""

import json
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.channels.attachments import document_of
from qcdc_core.all_tables import metadata
from qcdc_core.audit import first_broken
from qcdc_core.audit.tables import AuditEntry
from qcdc_core.config import Settings
from qcdc_core.errors import Refusal
from qcdc_core.messages import inbox
from qcdc_core.messages.tables import Conversation, InboundMessage, OutboundMessage
from qcdc_core.people import find_invitation, invite, posts_of
from qcdc_core.people.consent import REMINDING, REPORTING, held, unwilling
from qcdc_core.people.tables import Consent, Person
from qcdc_core.personal.tables import DataRequest
from qcdc_core.questions.tables import AskedQuestion
from qcdc_core.reminders.duties import units_by_person
from qcdc_core.reports.tables import Draft, FigureValue
from qcdc_core.units.tree import tree_on
from tests.bot.chat import Chat
from tests.bot.stored import BREATH, REST, stored

NAME = "Đinh Văn Ẩn"


@pytest.fixture
def named(session: Session, units: dict[str, int], now: datetime, settings: Settings) -> Chat:
    """The head of thôn Đông, invited by name."""
    chat = Chat(session, now, settings, "address-of-an")
    chat.says(invite(session, units["MH-SL-D"], "Trưởng thôn", now, person_name=NAME))
    chat.presses("Đồng ý")
    return chat


def reported(chat: Chat) -> None:
    chat.says(BREATH)
    chat.says(REST)
    chat.presses("Gửi")


def person_of(chat: Chat) -> int:
    assert chat.conversation.person_id is not None
    return chat.conversation.person_id


def everything(session: Session) -> str:
    """All that the database holds, as one text."""
    rows = []
    for table in metadata.sorted_tables:
        rows += [str(row) for row in session.execute(select(table)).all()]
    return "\n".join(rows)


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(DataRequest.kind).order_by(DataRequest.id)))


@pytest.mark.parametrize(
    "words",
    [
        "dữ liệu của tôi",
        "du lieu cua toi",
        "cho tôi xem dữ liệu của tôi với",
        "xem thong tin ca nhan cua toi",
        "gửi tôi bản sao dữ liệu",
        "hệ thống đang lưu gì về tôi?",
        "luu nhung gi ve em",
        "tải dữ liệu cá nhân của tôi",
    ],
)
def test_a_copy_is_asked_for_in_own_words(village: Chat, session: Session, words: str) -> None:
    """With and without marks."""
    assert "bản sao" in village.says(words)
    assert kinds(session) == ["copy"]


@pytest.mark.parametrize(
    "words",
    ["xóa dữ liệu", "xoa du lieu cua toi", "xóa hết thông tin của tôi đi", "xóa tôi khỏi hệ thống"],
)
def test_erasure_is_asked_for_in_own_words(village: Chat, session: Session, words: str) -> None:
    """It asks once before it erases."""
    assert "không lấy lại được" in village.says(words)
    assert village.choices == ("Xóa hết", "Giữ nguyên")
    assert session.get_one(Person, person_of(village)).erased_at is None


@pytest.mark.parametrize(
    "words", ["rút đồng ý", "rut lai dong y", "không đồng ý nữa", "toi ko dong y nua"]
)
def test_withdrawal_is_asked_for_in_own_words(village: Chat, words: str) -> None:
    """It says what follows from which part."""
    assert "Rút đồng ý phần nào" in village.says(words)
    assert len(village.choices) == 3


@pytest.mark.parametrize(
    "words",
    [
        "xóa dữ liệu tháng 10",
        "công khai dữ liệu của thôn thế nào",
        "xóa phiếu",
        "rút kiến nghị 2",
        "họp dân không đồng ý nữa thì sao",
    ],
)
def test_what_only_sounds_alike_is_left_alone(village: Chat, session: Session, words: str) -> None:
    """No figure and no question is taken for a request."""
    village.says(words)
    assert kinds(session) == []
    assert village.choices[:1] != ("Xóa hết",)


def test_the_copy_holds_everything_and_opens_in_its_own_chat_only(
    named: Chat, enterprise: Chat, session: Session, settings: Settings
) -> None:
    """Name, post, consents, figures, questions, messages of both sides; nobody else's."""
    reported(named)
    named.says("nhiệm kỳ trưởng thôn mấy năm")
    named.says("hỏi cán bộ")
    enterprise.says("320 lao động")
    named.says("dữ liệu của tôi")
    reply = session.scalars(
        select(OutboundMessage)
        .where(OutboundMessage.conversation_id == named.conversation.id)
        .order_by(OutboundMessage.id.desc())
    ).first()
    assert reply is not None
    assert reply.attachment is not None
    found = document_of(session, reply.attachment, named.conversation, settings, named.now)
    assert found is not None
    text = found.body.decode("utf-8-sig")
    for part in (
        NAME,
        "Trưởng thôn, Đông",
        "nhắc hạn",
        "trang trò chuyện, mã ",
        BREATH,
        "12.500.000",
        "nhiệm kỳ",
        "Đã nhận",
    ):
        assert part in text
    assert "320" not in text
    assert (
        document_of(session, reply.attachment, enterprise.conversation, settings, now(named))
        is None
    )
    named.waits(days=8)
    assert document_of(session, reply.attachment, named.conversation, settings, now(named)) is None


def now(chat: Chat) -> datetime:
    return chat.now


def test_where_no_file_can_be_sent_the_copy_comes_in_parts(
    session: Session, units: dict[str, int], now: datetime, settings: Settings
) -> None:
    """Each short enough for the channel, numbered."""
    chat = Chat(session, now, settings, "x")
    chat.conversation = inbox.conversation_at(session, "zalo-bot", "1", "z", now)
    chat.says("chào")
    for number in range(40):
        chat.says(f"nhiệm kỳ trưởng thôn mấy năm, lần {number}?")
    answer = chat.says("dữ liệu của tôi").split("\n\n(")
    assert len(answer) > 2
    assert all(len(part) < 1900 for part in answer)
    assert "lần 39" in answer[-1]


def test_somebody_who_never_joined_has_rights_too(visitor: Chat, session: Session) -> None:
    """Words and question go; the next message meets the greeting again."""
    visitor.says("chào")
    visitor.says("nhiệm kỳ trưởng thôn mấy năm")
    visitor.says("hỏi cán bộ")
    visitor.says("xóa dữ liệu")
    assert "Đã xóa" in visitor.presses("Xóa hết")
    assert "nhiệm kỳ" not in everything(session)
    assert "trợ lý tự động" in visitor.says("chào")


def test_consent_to_reporting_alone_means_no_reminders(
    visitor: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """Each purpose has its own yes."""
    visitor.says(invite(session, units["MH-SL-D"], "Trưởng thôn", now))
    assert "đầu mối báo cáo" in visitor.presses("Đồng ý, không nhắc hạn")
    person = person_of(visitor)
    assert held(session, person) == {REPORTING}
    assert unwilling(session, REMINDING) == {person}
    assert person not in units_by_person(session, tree_on(session, visitor.now.date()))


def test_words_for_a_figure_are_no_consent(
    visitor: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """“Gửi”, “ừ” and “rồi” say yes to other things."""
    visitor.says(invite(session, units["MH-SL-D"], "Trưởng thôn", now))
    for words in ("gửi", "ừ", "rồi"):
        visitor.says(words)
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_withdrawing_reminders_leaves_the_post(named: Chat, session: Session) -> None:
    """The consent ends with its moment, reporting goes on."""
    named.says("rút đồng ý")
    assert "Không còn" not in named.presses("Chỉ rút phần nhắc hạn")
    person = person_of(named)
    assert held(session, person) == {REPORTING}
    assert posts_of(session, person, named.now.date())
    reported(named)
    ended = session.scalars(select(Consent).where(Consent.purpose == REMINDING)).one()
    assert ended.withdrawn_at == named.now


def test_withdrawing_all_ends_the_post_and_keeps_the_figures(
    named: Chat, session: Session, units: dict[str, int]
) -> None:
    """The draft goes, what was sent stays the unit's; a new code brings them back."""
    reported(named)
    named.waits(days=31)
    named.says("họp 1 cuộc 40 người")
    named.says("không đồng ý nữa")
    assert "không còn là đầu mối" in named.presses("Rút hết, thôi làm đầu mối")
    person = person_of(named)
    assert held(session, person) == frozenset()
    assert posts_of(session, person, named.now.date()) == ()
    assert session.scalar(select(func.count()).select_from(Draft)) == 0
    assert stored(session, units["MH-SL-D"])["hop_thon"] == 2
    assert "không còn đơn vị nào" in named.says("họp 1 cuộc 40 người")
    assert "không có gì để rút" in named.says("rút đồng ý")
    named.says(invite(session, units["MH-SL-D"], "Trưởng thôn", named.now))
    assert "đầu mối báo cáo" in named.presses("Đồng ý")
    assert held(session, person) == {REPORTING, REMINDING}


def test_no_to_the_confirmation_erases_nothing(named: Chat, session: Session) -> None:
    """Neither does a message about something else."""
    named.says("xóa dữ liệu")
    assert "không có gì thay đổi" in named.presses("Giữ nguyên")
    named.says("xóa dữ liệu")
    named.says("họp 2 cuộc 96 người")
    named.says("ok")
    assert session.get_one(Person, person_of(named)).name == NAME


def test_erasing_leaves_the_units_figures_and_nothing_of_the_person(
    named: Chat, session: Session, units: dict[str, int]
) -> None:
    """No name, no chat, no words, in no table; figures, consent proof and audit stay whole."""
    open_code = invite(session, units["MH-SL-T"], "Trưởng thôn", named.now, person_name=NAME)
    reported(named)
    named.says("nhiệm kỳ trưởng thôn mấy năm")
    named.says("hỏi cán bộ")
    person, old = person_of(named), named.conversation.id
    named.says("xóa dữ liệu")
    answer = named.presses("Xóa hết")
    assert "Đã xóa dữ liệu cá nhân" in answer
    assert named.conversation.id != old
    text = everything(session)
    for gone in (NAME, BREATH, REST, "nhiệm kỳ trưởng thôn", "Tiền đóng góp"):
        assert gone not in text, gone
    assert [
        chat.address
        for chat in session.scalars(select(Conversation))
        if "address-of-an" in chat.address
    ] == ["address-of-an"]
    assert stored(session, units["MH-SL-D"])["hop_thon"] == 2
    assert session.scalars(select(FigureValue.person_id).distinct()).all() == [person]
    erased = session.get_one(Person, person)
    assert (erased.name, erased.erased_at) == (None, named.now)
    assert len(session.scalars(select(Consent).where(Consent.person_id == person)).all()) == 2
    with pytest.raises(Refusal, match="invitation_unknown"):
        find_invitation(session, open_code, named.now)
    assert first_broken(session) is None


def test_erasing_reaches_what_stands_at_the_edges(
    named: Chat, session: Session, units: dict[str, int]
) -> None:
    """The key of a copy, what officers wrote about requests, invitations spelled otherwise."""
    invite(session, units["MH-SL-T"], "Trưởng thôn", named.now, person_name="đinh  văn ẩn")
    named.says("dữ liệu của tôi")
    request = session.scalars(select(DataRequest)).one()
    key, request.outcome = request.key, f"Đã gọi cho ông {NAME}"
    request.extended_for = f"Ông {NAME} đi vắng"
    named.says("xóa dữ liệu")
    named.presses("Xóa hết")
    text = everything(session)
    assert key
    for gone in (NAME, "đinh  văn ẩn", key):
        assert gone not in text, gone


def test_an_erased_person_comes_back_as_a_stranger(
    named: Chat, session: Session, units: dict[str, int]
) -> None:
    """Greeted as new; figures need a code; a new code makes a new person."""
    reported(named)
    before = person_of(named)
    named.says("xóa dữ liệu")
    named.says("xóa hết")
    named.waits(minutes=3)
    assert "trợ lý tự động" in named.says("họp 2 cuộc 96 người")
    assert named.conversation.person_id is None
    named.says(invite(session, units["MH-SL-D"], "Trưởng thôn", named.now))
    named.presses("Đồng ý")
    assert person_of(named) != before


def test_nothing_leads_from_the_new_chat_to_the_old_one(named: Chat, session: Session) -> None:
    """The confirmation answers no stored message."""
    reported(named)
    named.says("xóa dữ liệu")
    named.says("xóa hết")
    replies = session.scalars(
        select(OutboundMessage).where(OutboundMessage.conversation_id == named.conversation.id)
    ).all()
    assert [one.reply_to for one in replies] == [None]
    assert all(one.raw is None for one in session.scalars(select(InboundMessage)))


def test_every_request_stands_in_the_register_and_in_the_audit(
    named: Chat, session: Session
) -> None:
    """Without names; done at once, by nobody."""
    named.says("dữ liệu của tôi")
    named.says("rút đồng ý nhắc hạn")
    named.says("xóa dữ liệu")
    named.presses("Xóa hết")
    assert kinds(session) == ["copy", "withdraw", "erase"]
    rows = session.scalars(select(DataRequest)).all()
    assert all(row.done_at == named.now and row.done_by is None for row in rows)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [one.action for one in entries] == [
        "personal.copy",
        "personal.withdraw",
        "personal.erase",
    ]
    assert NAME not in json.dumps([one.detail for one in entries], ensure_ascii=False)


def test_questions_of_an_erased_person_leave_the_inbox(named: Chat, session: Session) -> None:
    """The office answers nobody any more."""
    named.says("nhiệm kỳ trưởng thôn mấy năm")
    named.says("hỏi cán bộ")
    named.says("xóa dữ liệu")
    named.presses("Xóa hết")
    question = session.scalars(select(AskedQuestion)).one()
    assert (question.state, question.text, question.conversation_id) == ("erased", "", None)
