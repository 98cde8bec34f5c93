"""Messages that were not understood, and own words taught from them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from qcdc_core.forms import form
from qcdc_core.learned import note_unread, synonyms_for
from qcdc_core.learned.tables import LearnedWord
from qcdc_core.learned.unread import unread
from qcdc_core.messages.inbox import conversation_at, receive
from qcdc_core.reading import read
from tests.admin.site import NOW, Site, Visitor

SAID = "khớp mặt 2 lần"


@pytest.fixture
def piece_id(site: Site) -> int:
    at = NOW - timedelta(hours=1)
    with site.sessions.begin() as session:
        chat = conversation_at(session, "web", "web", "someone", at)
        message = receive(session, chat, "u1", SAID, at)
        assert message is not None
        note_unread(session, message.id, "thon_thang", [SAID], at)
        note_unread(session, message.id, "thon_thang", [SAID], at)
        [piece] = unread(session)
        return piece.id


def test_what_was_not_understood_is_listed_with_its_strange_words(
    tinh: Visitor, piece_id: int
) -> None:
    """Words that the reader knows are not strange."""
    page = tinh.get("/chua-hieu").text
    assert SAID in page
    assert "<li>khop " in page
    assert "<li>lan " not in page


def test_a_word_is_taught_and_read_from_then_on(site: Site, tinh: Visitor, piece_id: int) -> None:
    """Learning needs no code and no restart."""
    answer = tinh.post(
        f"/chua-hieu/{piece_id}", do="learn", phrase="Khớp mặt", figure="thon_thang:hop_thon"
    )
    assert answer.status_code == 303
    with site.sessions() as session:
        own = synonyms_for(session, "thon_thang")
        assert unread(session) == []
    reading = read("khop mat 2", form("thon_thang"), NOW.date(), synonyms=own)
    assert {code: one.value for code, one in reading.figures.items()} == {"hop_thon": 2}


@pytest.mark.parametrize(
    ("phrase", "figure", "words"),
    [
        ("hòa giải", "thon_thang:hop_thon", "đã có nghĩa"),
        ("ab", "thon_thang:hop_thon", "3"),
        ("khớp 2", "thon_thang:hop_thon", "chữ số"),
        ("khớp mặt", "thon_thang:khong_co", "không có mục"),
        ("khớp mặt", "bieu_la:hop_thon", "không có mục"),
    ],
)
def test_a_word_that_would_mislead_is_refused(
    site: Site, tinh: Visitor, piece_id: int, phrase: str, figure: str, words: str
) -> None:
    """Taken, too short, with a number, for no figure: a sentence, and nothing is learned."""
    answer = tinh.post(f"/chua-hieu/{piece_id}", do="learn", phrase=phrase, figure=figure)
    assert answer.status_code == 409
    assert words in answer.text
    with site.sessions() as session:
        assert session.scalars(select(LearnedWord)).all() == []
        assert len(unread(session)) == 1


def test_a_piece_is_put_aside_and_a_word_forgotten(
    site: Site, tinh: Visitor, piece_id: int
) -> None:
    """Both leave the page."""
    tinh.post(f"/chua-hieu/{piece_id}", do="learn", phrase="khớp mặt", figure="thon_thang:hop_thon")
    with site.sessions() as session:
        word_id = session.scalars(select(LearnedWord.id)).one()
    assert "“khop mat”" in tinh.get("/chua-hieu").text
    assert tinh.post(f"/chua-hieu/tu/{word_id}/bo").status_code == 303
    assert "“khop mat”" not in tinh.get("/chua-hieu").text
    assert tinh.post(f"/chua-hieu/tu/{word_id}/bo").status_code == 409


def test_a_piece_is_put_aside(site: Site, tinh: Visitor, piece_id: int) -> None:
    """Nothing to learn from it."""
    assert tinh.post(f"/chua-hieu/{piece_id}", do="aside").status_code == 303
    with site.sessions() as session:
        assert unread(session) == []


def test_officers_of_communes_do_not_teach(hoa: Visitor, piece_id: int) -> None:
    """A word counts for the whole installation."""
    assert hoa.get("/chua-hieu").status_code == 403
