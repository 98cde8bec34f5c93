"""The places under an answer, and the page that each opens."""

import re
from datetime import date, datetime
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.law import load_knowledge
from qcdc_core.official import Offered, take_in_text
from tests.bot.web_pages.visitor import Visitor
from tests.official import files

PLACE = "145/2020/NĐ-CP:41"


def test_each_place_of_an_answer_opens_its_page(visitor: Visitor, app: Flask) -> None:
    """The page says what the place says, from when it holds, and leads back to the chat."""
    visitor.sends("xin chào")
    news = visitor.sends("cty tư nhân bao lâu phải tổ chức đối thoại định kỳ 1 lần").get_json()
    links = re.findall(r'class="place" href="([^"]+)"', news["messages"][-1]["html"])
    assert links
    assert "Căn cứ: " not in news["messages"][-1]["html"]
    assert "Căn cứ: " in news["messages"][-1]["text"]
    client = app.test_client()
    for link in links:
        page = client.get(unescape(link))
        assert page.status_code == 200
        assert "Có hiệu lực từ" in page.text
        assert 'href="/#newest"' in page.text


def test_the_page_quotes_a_text_that_was_loaded(
    app: Flask, sessions: sessionmaker[Session], tmp_path: Path, now: datetime
) -> None:
    lines = [line.replace("Điều 4.", "Điều 41.") for line in files.LINES]
    path = files.as_text(tmp_path / "a.txt", lines)
    offered = Offered(path, files.NUMBER, date(2021, 2, 1), excerpt=True)
    client = app.test_client()
    before = client.get("/dieu-luat", query_string={"o": PLACE}).text
    with sessions.begin() as session:
        take_in_text(session, load_knowledge(), offered, now, "test")
    after = client.get("/dieu-luat", query_string={"o": PLACE}).text
    assert "2. Bỏ Điều 10 của bản cũ." not in before
    assert "<p>2. Bỏ Điều 10 của bản cũ.</p>" in after


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"o": "Điều 5"},
        {"o": "1/1999/QH1:5"},
        {"o": PLACE, "ngay": "1999-01-01"},
        {"o": "<script>:1"},
    ],
)
def test_a_place_that_does_not_hold_has_no_page(app: Flask, query: dict[str, str]) -> None:
    page = app.test_client().get("/dieu-luat", query_string=query)
    assert page.status_code == 404
    assert "<script>" not in page.text
