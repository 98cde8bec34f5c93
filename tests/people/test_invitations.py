"""Invitations: one code, one use, until it expires; and posts with their days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.errors import Refusal
from qcdc_core.messages.inbox import conversation_at
from qcdc_core.messages.tables import Conversation
from qcdc_core.people import find_invitation, invite, looks_like_code, posts_of, take_up
from qcdc_core.people.consent import Notice
from qcdc_core.people.invitations import ALPHABET, DAYS_VALID, looks_like_mistyped_code, new_code
from qcdc_core.people.tables import Consent, ConsentNotice, Invitation, Person, Post
from tests.at_once import Work, at_once
from tests.builders import Province, build_province

NOW = datetime(2026, 10, 13, 12, 42, tzinfo=UTC)
NOTICE = Notice("1", "Tôi ghi lại chức danh, đơn vị và số liệu.")


@pytest.fixture
def place(session: Session) -> Province:
    return build_province(session)


@pytest.fixture
def code(session: Session, place: Province) -> str:
    return invite(session, place.village.id, "Trưởng thôn", NOW, person_name="Y Hoa")


def chat(session: Session, address: str = "a") -> Conversation:
    return conversation_at(session, "web", "default", address, NOW)


def refusal_of(session: Session, code: str, now: datetime = NOW) -> Refusal:
    with pytest.raises(Refusal) as refused:
        find_invitation(session, code, now)
    return refused.value


def test_a_code_gives_its_post_to_the_person_of_the_chat(
    session: Session, place: Province, code: str
) -> None:
    """With the name that was written in it, from today on."""
    one = chat(session)
    taken = take_up(session, find_invitation(session, code, NOW), one, NOTICE, NOW)
    assert one.person_id == taken.person.id
    assert taken.person.name == "Y Hoa"
    assert (taken.post.unit_id, taken.post.title) == (place.village.id, "Trưởng thôn")
    assert (taken.post.valid_from, taken.post.valid_to) == (date(2026, 10, 13), None)


def test_consent_can_be_proved_afterwards(session: Session, code: str) -> None:
    """To which very notice, for what, when: Luật 91/2025/QH15, Điều 9."""
    taken = take_up(session, find_invitation(session, code, NOW), chat(session), NOTICE, NOW)
    other = take_up(
        session,
        find_invitation(session, invite(session, taken.post.unit_id, "Phó thôn", NOW), NOW),
        chat(session, "b"),
        Notice("2", NOTICE.text + " "),
        NOW,
    )
    consents = session.scalars(select(Consent).order_by(Consent.id)).all()
    assert [(one.person_id, one.purpose) for one in consents] == [
        (taken.person.id, "reporting"),
        (taken.person.id, "reminding"),
        (other.person.id, "reporting"),
        (other.person.id, "reminding"),
    ]
    assert {one.given_at for one in consents} == {NOW}
    first, second = (session.get_one(ConsentNotice, consents[at].notice_digest) for at in (0, 2))
    assert (first.version, first.text) == ("1", NOTICE.text)
    assert second.version == "2"


def test_a_code_works_once(session: Session, code: str) -> None:
    """The second one to type it is told that it was used."""
    take_up(session, find_invitation(session, code, NOW), chat(session), NOTICE, NOW)
    assert refusal_of(session, code).code == "invitation_used"


def test_an_invitation_held_by_two_chats_is_taken_up_once(session: Session, code: str) -> None:
    """Both had typed the code before either agreed."""
    invitation = find_invitation(session, code, NOW)
    take_up(session, invitation, chat(session), NOTICE, NOW)
    with pytest.raises(Refusal) as refused:
        take_up(session, invitation, chat(session, "b"), NOTICE, NOW)
    assert refused.value.code == "invitation_used"
    assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_two_who_agree_at_once_do_not_both_join(sessions: sessionmaker[Session]) -> None:
    """Each had read that the code is free; the lock is followed by a second look."""
    with sessions.begin() as session:
        code = invite(session, build_province(session).village.id, "Trưởng thôn", NOW)
        invitation_id = find_invitation(session, code, NOW).id

    def joining(address: str) -> Work:
        def work(session: Session, meet: object) -> None:
            invitation = session.get_one(Invitation, invitation_id)
            assert callable(meet)
            meet()
            take_up(session, invitation, chat(session, address), NOTICE, NOW)

        return work

    assert at_once(sessions, joining("a"), joining("b")) == ["invitation_used"]
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Post)) == 1


def test_a_code_ends_after_its_days(session: Session, code: str) -> None:
    """To the second, and the refusal says since when."""
    end = NOW + timedelta(days=DAYS_VALID)
    assert find_invitation(session, code, end - timedelta(seconds=1)).used_at is None
    problem = refusal_of(session, code, end)
    assert problem.code == "invitation_expired"
    assert problem.fields == {"expired_on": date(2026, 11, 12)}


def test_a_wrong_code_is_unknown(session: Session, code: str) -> None:
    """It does not tell how near it was."""
    other = "7K3F-92" if code != "7K3F-92" else "7K3F-94"
    assert refusal_of(session, other).code == "invitation_unknown"
    assert refusal_of(session, "").code == "invitation_unknown"


@pytest.mark.parametrize("typed", ["7k3f-92", " 7K3F 92 ", "7K3F92", "7k3f.92", "7K3F-92."])
def test_a_code_may_be_typed_in_any_way(session: Session, place: Province, typed: str) -> None:
    """Case, hyphens, spaces and a full stop make no difference."""
    invite(session, place.village.id, "Trưởng thôn", NOW, code="7K3F-92")
    assert find_invitation(session, typed, NOW).title == "Trưởng thôn"


def test_codes_are_not_stored(session: Session, code: str) -> None:
    """A stolen database opens no door."""
    stored = session.scalars(select(Invitation)).one()
    bare = code.replace("-", "")
    held = [str(getattr(stored, column.name)) for column in Invitation.__table__.columns]
    assert not any(bare in one or code in one for one in held)


def test_a_person_with_a_post_gets_one_more(session: Session, place: Province, code: str) -> None:
    """The same person, two villages; the name of the second code changes nothing."""
    one = chat(session)
    first = take_up(session, find_invitation(session, code, NOW), one, NOTICE, NOW)
    again = invite(session, place.second_village.id, "Trưởng thôn", NOW, person_name="Khác")
    second = take_up(session, find_invitation(session, again, NOW), one, NOTICE, NOW)
    assert second.person.id == first.person.id
    assert first.person.name == "Y Hoa"
    units = [post.unit_id for post in posts_of(session, first.person.id, date(2026, 10, 13))]
    assert units == [place.village.id, place.second_village.id]


def test_a_post_holds_from_its_first_day_up_to_its_last(session: Session, place: Province) -> None:
    """The successor begins on the day on which the predecessor is no more."""
    people = [Person(joined_at=NOW) for _ in range(2)]
    session.add_all(people)
    session.flush()
    change = date(2026, 7, 1)
    days = [(date(2025, 1, 1), change), (change, None)]
    for person, (first, end) in zip(people, days, strict=True):
        unit = place.village.id
        session.add(
            Post(person_id=person.id, unit_id=unit, title="T", valid_from=first, valid_to=end)
        )
    session.flush()
    for day, holds in (
        (date(2024, 12, 31), [0, 0]),
        (date(2025, 1, 1), [1, 0]),
        (date(2026, 6, 30), [1, 0]),
        (change, [0, 1]),
    ):
        assert [len(posts_of(session, person.id, day)) for person in people] == holds, day


def test_new_codes_look_like_codes_and_differ() -> None:
    """Six signs without lookalikes, both letters and digits."""
    codes = {new_code() for _ in range(300)}
    assert len(codes) == 300
    for one in codes:
        assert looks_like_code(one)
        assert set(one) <= set(ALPHABET) | {"-"}
        assert any(sign.isdigit() for sign in one)


@pytest.mark.parametrize(
    "text",
    ["125000", "2026-10", "12tr50", "ABCDEF", "7K3F-9", "7K3F-921", "hòa giải", "", "O0I1-LB"],
)
def test_amounts_periods_and_words_are_no_codes(text: str) -> None:
    """A figure must never be swallowed as a code."""
    assert not looks_like_code(text)


def test_a_mistyped_code_is_recognised_by_its_shape() -> None:
    """A stranger who typed O for 0 is told so, and not that the message was not understood."""
    assert looks_like_mistyped_code("7K3O-92")
    assert not looks_like_mistyped_code("2026-10")
    assert not looks_like_mistyped_code("hòa giải 3 vụ")


@given(st.text(max_size=12))
def test_no_text_breaks_the_question_whether_it_is_a_code(text: str) -> None:
    """Emoji, other scripts, line ends."""
    if looks_like_code(text):
        assert len([sign for sign in text.upper() if sign in ALPHABET]) == 6
