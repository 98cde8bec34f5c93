"""Versions of an official text: kept once, quoted for their time, and compared."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.errors import Refusal
from qcdc_core.law import Citation, load_knowledge
from qcdc_core.official import Offered, Taken, changed_since, quote, take_in_text
from qcdc_core.official.tables import OfficialPart
from tests.official import files

FIRST = date(2021, 2, 1)
SECOND = date(2026, 9, 1)
KNOWLEDGE = load_knowledge()
Take = Callable[..., Taken]


@pytest.fixture
def take(session: Session, tmp_path: Path, now: datetime) -> Take:
    def do(
        lines: list[str] = files.LINES, since: date = FIRST, document: str = files.NUMBER
    ) -> Taken:
        path = files.as_text(tmp_path / "van-ban.txt", lines)
        return take_in_text(session, KNOWLEDGE, Offered(path, document, since), now, "test")

    return do


def said(session: Session, citation: str, day: date) -> str | None:
    found = quote(session, KNOWLEDGE, Citation.parse(citation), day)
    return found.words if found else None


def test_the_same_text_twice_changes_nothing(session: Session, take: Take) -> None:
    assert take().outcome == "added"
    count = session.scalar(select(func.count(OfficialPart.id)))
    again = take()
    assert (again.outcome, again.articles, again.clauses, again.points) == ("unchanged", 4, 5, 7)
    assert session.scalar(select(func.count(OfficialPart.id))) == count


def test_a_place_is_quoted_letter_by_letter(session: Session, take: Take) -> None:
    """A clause with its points, a point alone; what the text does not have is not quoted."""
    take()
    day = date(2026, 11, 26)
    assert said(session, f"{files.NUMBER}:2.1", day) == (
        "1. Gà là con vật hai chân:\na) Gà trống;\nb) Gà mái."
    )
    assert said(session, f"{files.NUMBER}:3.1.đ", day) == (
        "đ) Lúc gà đói, theo Điều 2 của bản mẫu này."
    )
    assert said(session, f"{files.NUMBER}:2.7", day) is None
    assert said(session, f"{files.NUMBER}:2", date(2021, 1, 31)) is None


def test_each_day_has_its_own_wording(session: Session, take: Take) -> None:
    take()
    take([line.replace("hai lần", "ba lần") for line in files.LINES], SECOND)
    place = f"{files.NUMBER}:3.1"
    assert "hai lần" in (said(session, place, date(2026, 8, 31)) or "")
    assert "ba lần" in (said(session, place, SECOND) or "")


def test_a_new_wording_names_the_cards_that_rest_on_it(session: Session, take: Take) -> None:
    """Exactly those that cite a place whose words differ: here clause 2 of the last article."""
    lines = _renumbered({"1": "38", "2": "39", "3": "40", "4": "41"})
    take(lines)
    changed = take([line.replace("Bỏ Điều 10", "Giữ Điều 10") for line in lines], SECOND)
    expected = {
        (card.id, one)
        for card in KNOWLEDGE.cards.values()
        for one in card.citations
        if (one.document, one.article) == (files.NUMBER, 41) and one.clause in (None, "2")
    }
    assert expected
    assert set(changed.touched) == expected


def test_a_change_is_known_from_its_day_on(session: Session, take: Take) -> None:
    take()
    take([line.replace("hai lần", "ba lần") for line in files.LINES], SECOND)
    changed = Citation.parse(f"{files.NUMBER}:3.1")
    assert changed_since(session, changed, FIRST, SECOND) == SECOND
    assert changed_since(session, changed, FIRST, date(2026, 8, 31)) is None
    assert changed_since(session, changed, SECOND, SECOND) is None
    assert changed_since(session, Citation(files.NUMBER, 2), FIRST, SECOND) is None


def _renumbered(numbers: dict[str, str]) -> list[str]:
    return [
        re.sub(r"^Điều (\d+)\.", lambda found: f"Điều {numbers[found.group(1)]}.", line)
        for line in files.LINES
    ]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"document": "1/1999/QH1"}, "unknown_document"),
        ({"document": "59/2023/NĐ-CP", "since": date(2024, 1, 1)}, "another_document"),
        ({"since": date(2019, 1, 1)}, "before_document"),
        ({"lines": [line.replace("Vịt", "Ngan") for line in files.LINES]}, "version_exists"),
    ],
)
def test_what_would_quote_the_wrong_law_is_refused(
    take: Take, given: dict[str, Any], code: str
) -> None:
    take()
    with pytest.raises(Refusal) as refusal:
        take(**given)
    assert refusal.value.code == code
