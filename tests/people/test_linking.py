"""Codes that link chats, at the level of the tables: once, for one chat, whoever comes first."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.errors import Refusal
from qcdc_core.merging import merge_people
from qcdc_core.messages.inbox import conversation_at
from qcdc_core.messages.tables import Conversation
from qcdc_core.people import linking
from qcdc_core.people.tables import ChannelLink, Person, Post
from tests import builders
from tests.at_once import Work, at_once
from tests.builders import build_province


def head_and_code(sessions: sessionmaker[Session], now: datetime) -> tuple[int, str]:
    """A person with one chat, and a code given there."""
    with sessions.begin() as session:
        person, chat = builders.sender(session, build_province(session).village)
        return person.id, linking.give_code(session, chat, now)


def typing(code: str, name: str, now: datetime) -> Work:
    """Another chat in which the code is typed."""

    def work(session: Session, meet: Callable[[], None]) -> None:
        chat = conversation_at(session, "telegram", "t", name, now)
        meet()
        if linking.link(session, code, chat, now) is None:
            raise Refusal("no_code")

    return work


def test_a_code_typed_in_several_chats_at_once_links_one(
    sessions: sessionmaker[Session], now: datetime
) -> None:
    """The others are told that it was used."""
    person, code = head_and_code(sessions, now)
    works = [typing(code, f"chat {number}", now) for number in range(4)]
    assert at_once(sessions, *works) == ["link_used"] * 3
    with sessions() as session:
        mine = select(func.count()).where(Conversation.person_id == person)
        assert session.scalar(mine) == 2
        assert session.scalar(select(func.count()).select_from(ChannelLink)) == 1


def test_a_code_is_for_the_person_and_not_for_the_chat_it_came_from(
    sessions: sessionmaker[Session], now: datetime
) -> None:
    """Unlinking any chat makes open codes worthless: somebody may have looked over a shoulder."""
    person, code = head_and_code(sessions, now)
    with sessions.begin() as session:
        second = conversation_at(session, "telegram", "t", "1", now)
        linking.link(session, code, second, now)
        fresh = linking.give_code(session, second, now)
        linking.unlink(session, person, second.id, now)
        third = conversation_at(session, "telegram", "t", "2", now)
        assert linking.link(session, fresh, third, now) is None


def merging(into: int, gone: int, now: datetime) -> Work:
    def work(session: Session, meet: Callable[[], None]) -> None:
        meet()
        merge_people(session, into, gone, now)

    return work


def test_two_people_merged_both_ways_at_once_are_one(
    sessions: sessionmaker[Session], now: datetime
) -> None:
    """Locks are taken in one order; whoever comes second finds nothing left to merge."""
    with sessions.begin() as session:
        province = build_province(session)
        one, _chat = builders.sender(session, province.village)
        other, _chat = builders.sender(session, province.second_village)
        ids = one.id, other.id
    first, second = ids
    works = merging(first, second, now), merging(second, first, now)
    assert at_once(sessions, *works) == ["not_linked"]
    with sessions() as session:
        [person] = session.scalars(select(Person)).all()
        assert person.id in ids
        posts = session.scalars(select(Post)).all()
        assert {post.person_id for post in posts} == {person.id}
        assert len(posts) == 2
