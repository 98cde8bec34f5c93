"""One person in several chats: a code joins them, drafts are shared, two words undo it."""

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.messages import inbox, ledger
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.people import invite, posts_of
from qcdc_core.people.tables import ChannelLink, LinkCode, Person
from qcdc_core.questions import answer
from qcdc_core.questions.tables import AskedQuestion
from qcdc_core.reports.tables import Draft
from qcdc_core.units.tables import Unit
from tests.bot.chat import Chat
from tests.bot.stored import BREATH, reports, stored
from tests.builders import user

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{2}")


def code_from(chat: Chat, words: str = "liên kết") -> str:
    found = CODE.search(chat.says(words))
    assert found is not None
    return found.group()


@pytest.fixture
def zalo(session: Session, now: datetime, village: Chat) -> Chat:
    """Another chat, whose owner has not joined."""
    chat = Chat(session, now, village.settings, "zalo")
    chat.conversation.channel = "zalo-oa"
    return chat


@pytest.fixture
def linked(village: Chat, zalo: Chat) -> Chat:
    assert "Đã nối kênh này" in zalo.says(code_from(village))
    return zalo


def told(session: Session, chat: Chat) -> list[str]:
    """What came to a chat without being asked."""
    return list(
        session.scalars(
            select(OutboundMessage.text).where(
                OutboundMessage.conversation_id == chat.conversation.id,
                OutboundMessage.reply_to.is_(None),
            )
        )
    )


@pytest.mark.parametrize("words", ["liên kết", "Nối kênh", "lien ket", "NỐI KÊNH."])
def test_a_code_makes_two_chats_one_person(
    village: Chat, zalo: Chat, session: Session, words: str
) -> None:
    """Both chats are told, and with whom."""
    code = code_from(village, words)
    assert "Trưởng thôn, thôn Đông" in zalo.says(code.lower())
    assert zalo.conversation.person_id == village.conversation.person_id
    assert session.scalar(select(func.count()).select_from(Person)) == 1
    assert "Kênh Zalo (OA) vừa được nối" in told(session, village)[0]


def test_a_draft_follows_the_person(
    village: Chat, linked: Chat, session: Session, units: dict[str, int]
) -> None:
    """Begun in one chat, finished in the other, one report."""
    village.says(BREATH)
    linked.says("không có")
    assert "Đã nhận lúc" in linked.says("gửi")
    assert reports(session) == 1
    assert stored(session, units["MH-SL-D"])["hop_thon"] == 2


def test_a_draft_begun_before_the_linking_is_shown(village: Chat, zalo: Chat) -> None:
    """Nothing has to be typed again, and the question that stood is answered here."""
    village.says(BREATH)
    assert "đang nhập dở" in zalo.says(code_from(village))
    assert "Gửi phiếu này?" in zalo.says("không có")


def test_a_question_that_stands_is_answered_in_any_chat(
    village: Chat, linked: Chat, session: Session
) -> None:
    """There and back again; the yes to what was read back in the other chat counts."""
    village.says(BREATH)
    assert "Gửi phiếu này?" in linked.says("không có")
    assert "Đã nhận lúc" in village.says("gửi")
    assert reports(session) == 1


def test_a_person_can_be_asked_for_from_the_other_chat(village: Chat, linked: Chat) -> None:
    """The last question follows too."""
    village.says("nhiệm kỳ trưởng thôn mấy năm")
    assert "Đã chuyển câu hỏi" in linked.says("hỏi cán bộ")


def test_what_changed_after_it_was_read_back_is_read_back_again(
    village: Chat, session: Session, units: dict[str, int]
) -> None:
    """A yes belongs to the values that were shown with the question."""
    village.says(BREATH)
    assert "Gửi phiếu này?" in village.says("không có")
    draft = session.scalars(select(Draft)).one()
    values = {**draft.content["values"], "hop_thon": {**draft.content["values"]["hop_thon"]}}
    values["hop_thon"]["value"] = "3"
    draft.content = {**draft.content, "values": values}
    answer = village.says("gửi")
    assert "đã thay đổi" in answer
    assert "3 cuộc" in answer
    assert reports(session) == 0
    village.says("gửi")
    assert stored(session, units["MH-SL-D"])["hop_thon"] == 3


def test_a_number_changed_in_the_other_chat_is_the_one_that_is_sent(
    village: Chat, linked: Chat, session: Session, units: dict[str, int]
) -> None:
    """It was read back there, to the same person."""
    village.says(BREATH)
    village.says("không có")
    assert "Họp thôn: 3 cuộc" in linked.says("họp 3 cuộc")
    village.says("gửi")
    assert stored(session, units["MH-SL-D"])["hop_thon"] == 3


def test_sending_in_both_chats_makes_one_report(
    village: Chat, linked: Chat, session: Session
) -> None:
    """The second yes changes nothing."""
    for chat in (village, linked):
        chat.says(BREATH)
        chat.says("không có")
    village.says("gửi")
    linked.says("gửi")
    assert reports(session) == 1


def test_a_code_works_once_and_for_ten_minutes(
    village: Chat, zalo: Chat, session: Session, now: datetime
) -> None:
    """Then a new one is needed; a new one makes the old one worthless."""
    code = code_from(village)
    zalo.waits(minutes=10)
    assert "hết hạn" in zalo.says(code)
    old, code = code_from(village), code_from(village)
    zalo.now = village.now
    assert "Không có mã" in zalo.says(old)
    zalo.says(code)
    third = Chat(session, now, village.settings, "third")
    assert "đã được dùng" in third.says(code)
    assert third.conversation.person_id is None


def test_a_stranger_who_tries_codes_gets_nothing(
    village: Chat, zalo: Chat, session: Session
) -> None:
    """After five wrong ones even the right one waits."""
    code = code_from(village)
    for number in range(5):
        zalo.says(f"AAA{number}-99".replace("0", "3").replace("1", "4").replace("2", "6"))
    assert "nhiều lần" in zalo.says(code)
    assert zalo.conversation.person_id is None


def test_a_code_is_not_stored(village: Chat, session: Session) -> None:
    """Only a digest of it."""
    code = code_from(village)
    row = session.scalars(select(LinkCode)).one()
    assert code.replace("-", "") not in str(vars(row))


def test_the_code_belongs_into_the_other_chat(village: Chat, session: Session) -> None:
    """Typed where it was given it does nothing, and stays good."""
    code = code_from(village)
    assert "ở kênh kia" in village.says(code)
    assert session.scalars(select(LinkCode)).one().used_at is None


def test_who_joined_twice_becomes_one_after_saying_so(
    village: Chat, enterprise: Chat, session: Session, units: dict[str, int]
) -> None:
    """Both posts, drafts and reports of both, in both chats."""
    enterprise.says("tổng số lao động 120, nữ 80")
    village.says(BREATH)
    asked = enterprise.says(code_from(village))
    assert "Chủ tịch công đoàn" in asked
    assert "Trưởng thôn, thôn Đông" in asked
    assert session.scalar(select(func.count()).select_from(Person)) == 2
    said = enterprise.presses("Đều là của tôi, nối")
    assert "Trưởng thôn" in said
    assert "Chủ tịch công đoàn" in said
    person = session.scalars(select(Person)).one()
    assert {post.unit_id for post in posts_of(session, person.id, date(2026, 10, 13))} == {
        units["MH-SL-D"],
        units["MH-DN1"],
    }
    assert len(session.scalars(select(Draft)).all()) == 2
    assert {village.conversation.person_id, enterprise.conversation.person_id} == {person.id}
    assert session.scalars(select(AuditEntry.action)).all()[-1] == "person.merged"


def test_two_people_do_not_become_one_by_a_code_alone(
    village: Chat, enterprise: Chat, session: Session
) -> None:
    """Who was talked into typing a stranger's code says no, and nothing has changed."""
    before = enterprise.conversation.person_id
    enterprise.says(code_from(village))
    assert "Giữ nguyên" in enterprise.presses("Không nối")
    assert enterprise.conversation.person_id == before
    assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_the_word_must_come_while_the_code_is_good(village: Chat, enterprise: Chat) -> None:
    """Ten minutes, as for every code."""
    enterprise.says(code_from(village))
    enterprise.waits(minutes=11)
    assert "hết hạn" in enterprise.presses("Đều là của tôi, nối")


def test_of_two_drafts_of_one_report_the_later_stays(
    village: Chat, session: Session, units: dict[str, int], now: datetime
) -> None:
    """Both chats had begun the same village's month."""
    other = Chat(session, now, village.settings, "other")
    other.says(invite(session, units["MH-SL-D"], "Trưởng thôn", now))
    other.presses("Đồng ý")
    village.says("họp 2 cuộc 96 người")
    other.waits(minutes=1)
    other.says("họp 3 cuộc 40 người")
    other.says(code_from(village))
    other.presses("Đều là của tôi, nối")
    draft = session.scalars(select(Draft)).one()
    assert draft.content["values"]["hop_thon"]["value"] == "3"
    assert draft.person_id == village.conversation.person_id


def test_two_officers_are_never_merged(
    village: Chat, enterprise: Chat, session: Session, units: dict[str, int]
) -> None:
    """An officer could otherwise accept what they entered themselves."""
    unit = session.get_one(Unit, units["MH-SL"])
    for number, chat in enumerate((village, enterprise)):
        person = session.get_one(Person, chat.conversation.person_id)
        user(session, f"u{number}", "officer", unit, person=person)
    enterprise.says(code_from(village))
    assert "tài khoản cán bộ" in enterprise.presses("Đều là của tôi, nối")
    assert session.scalar(select(func.count()).select_from(Person)) == 2


@pytest.mark.parametrize("before", [(), ("chào",)])
def test_who_has_not_joined_is_told_where_the_code_comes_from(
    visitor: Chat, before: tuple[str, ...]
) -> None:
    """Also as the very first words."""
    for words in before:
        visitor.says(words)
    assert "Ở kênh đang báo cáo" in visitor.says("liên kết")


def test_two_words_undo_it_from_the_first_chat(
    village: Chat, linked: Chat, session: Session
) -> None:
    """The chat that is taken away can report no more, and is told."""
    village.says("bỏ liên kết")
    label = next(one for one in village.choices if one.startswith("Zalo (OA), nối lúc"))
    assert "Đã bỏ kênh Zalo (OA)" in village.presses(label)
    assert linked.conversation.person_id is None
    assert "đã bỏ liên kết" in told(session, linked)[-1]
    assert "chưa ghi nhận được" in linked.says(BREATH)
    assert session.scalars(select(ChannelLink)).one().unlinked_at is not None


def test_two_words_undo_it_from_the_linked_chat(
    village: Chat, linked: Chat, session: Session
) -> None:
    """And the other one is told."""
    linked.says("bỏ liên kết")
    linked.presses("Kênh này, Zalo (OA)")
    assert linked.conversation.person_id is None
    assert "Zalo (OA) đã bỏ liên kết" in told(session, village)[-1]
    assert "Gửi phiếu này?" in village.says("không phát sinh")


def test_the_last_chat_stays(village: Chat, session: Session) -> None:
    """Somebody without a chat could never come back."""
    assert "Chỉ có kênh này" in village.says("bỏ liên kết")


def test_keeping_the_links_changes_nothing(village: Chat, linked: Chat) -> None:
    """The question can be answered with no."""
    village.says("bỏ liên kết")
    assert "Giữ nguyên" in village.presses("Giữ nguyên")
    assert linked.conversation.person_id == village.conversation.person_id


def test_messages_of_one_person_are_answered_in_their_order(
    village: Chat, linked: Chat, session: Session
) -> None:
    """Whichever chat they came by: the later one waits for the earlier one."""
    first = inbox.receive(session, village.conversation, "o1", "một", village.now)
    second = inbox.receive(session, linked.conversation, "o2", "hai", village.now)
    assert first is not None
    assert second is not None
    assert inbox.claim(session, village.now, linked.conversation.id) is None
    assert inbox.claim(session, village.now) == (first, village.conversation)
    inbox.mark_done(first, village.now)
    session.flush()
    assert inbox.claim(session, village.now, linked.conversation.id) == (
        second,
        linked.conversation,
    )


def test_people_who_are_not_linked_do_not_wait_for_each_other(
    village: Chat, enterprise: Chat, visitor: Chat, session: Session
) -> None:
    """Nor do strangers, who have no person at all."""
    for number, chat in enumerate((village, enterprise, visitor)):
        assert inbox.receive(session, chat.conversation, f"o{number}", "một", chat.now)
    for chat in (visitor, enterprise, village):
        assert inbox.claim(session, chat.now, chat.conversation.id) is not None


def test_questions_belong_to_the_person(village: Chat, linked: Chat, session: Session) -> None:
    """Asked in one chat, seen as waiting and withdrawn in the other."""
    village.says("nhiệm kỳ trưởng thôn mấy năm")
    village.says("hỏi cán bộ")
    linked.says("nhiệm kỳ trưởng thôn mấy năm")
    linked.says("hỏi cán bộ")
    assert session.scalar(select(func.count()).select_from(AskedQuestion)) == 1
    assert "xóa 1 câu hỏi" in linked.says("rút câu hỏi")


def test_an_answer_comes_to_the_chat_that_rings(
    village: Chat, linked: Chat, session: Session, now: datetime
) -> None:
    """Asked on the web page yesterday: nobody looks there just now."""
    village.says("nhiệm kỳ trưởng thôn mấy năm")
    village.says("hỏi cán bộ")
    later = now + timedelta(days=1)
    ledger.open_window(session, linked.conversation, now)
    office = user(session, "hoa", "office", session.scalars(select(Unit)).first())
    question = session.scalars(select(AskedQuestion)).one()
    reply = answer(session, question.id, office, "Năm năm.", [], later)
    assert reply.conversation_id == linked.conversation.id
    assert reply.reply_to is None
