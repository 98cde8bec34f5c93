"""A brief is a value: kept as JSON and read back, with every printed figure in its table."""

import json
from dataclasses import replace

import pytest
from pydantic import ValidationError
from sqlalchemy.orm import Session

from qcdc_core.briefs import Brief, keep
from qcdc_core.briefs.keep import digest
from qcdc_core.briefs.model import Cell, Paragraph, Run, require_known_numbers
from qcdc_core.errors import BadData
from tests.briefs.quarter import NOW, QUARTER, brief_of, fill
from tests.builders import Province


def test_a_brief_comes_back_from_json_as_it_was(
    session: Session, place: Province, brief: Brief
) -> None:
    """Exact decimals, days, notes and sources; also with a comparison inside."""
    fill(session, place, QUARTER.before)
    for one in (brief, brief_of(session)):
        text = json.dumps(one.to_json(), ensure_ascii=False)
        assert Brief.from_json(json.loads(text)) == one


def test_decimals_travel_as_text(written: Brief) -> None:
    """120,25 m² and a share of 3/7 lose nothing on the way."""
    numbers = written.to_json()["numbers"]
    assert numbers["thon_thang.hien_dat"]["value"] == "120.25"
    assert numbers["ty_le_hoa_giai_thanh"]["value"].startswith("42.857142857142857142")


def test_anything_else_is_no_brief(written: Brief) -> None:
    """A file with a part missing is refused."""
    content = written.to_json()
    del content["numbers"]
    with pytest.raises(ValidationError):
        Brief.from_json(content)


def test_a_kept_brief_is_the_compiled_one(session: Session, brief: Brief) -> None:
    """Page and downloads come from this content; its digest tells whether it is the same."""
    kept = keep(session, brief, None, NOW)
    session.expire_all()
    assert Brief.from_json(kept.content) == brief
    assert kept.content_digest == digest(brief) == digest(Brief.from_json(kept.content))
    assert digest(replace(brief, notes=())) != kept.content_digest


def test_compiling_twice_gives_the_same_brief(session: Session, brief: Brief) -> None:
    """Nothing depends on the order in which a database answers."""
    assert brief_of(session) == brief


def test_every_number_says_what_it_rests_on(written: Brief) -> None:
    """Figures name their values, shares their two parts."""
    for number in written.numbers.values():
        if number.coverage is not None and number.coverage.answered and number.value:
            assert number.sources, number.id
        if number.unit == "%":
            assert number.numerator is not None, number.id
            assert number.denominator is not None, number.id


def test_every_figure_of_the_annex_tables_is_a_number(written: Brief) -> None:
    """No figure cell without its id: each can be opened."""
    for table in written.tables:
        if table.key == "con_thieu":
            continue
        figures = [place for place, one in enumerate(table.columns) if one.align == "right"]
        for row in table.rows:
            assert all(row[place].number or row[place].text == "–" for place in figures)


@pytest.mark.parametrize(
    "run",
    [Run("12", "thon_thang.hop_thon"), Run("11", "thon_thang.khong_co"), Run("11", "hop_thon")],
    ids=["another value", "unknown number", "a code without its form"],
)
def test_a_sentence_with_a_figure_that_is_not_in_the_table_is_refused(
    written: Brief, run: Run
) -> None:
    """Typed figures are not accepted, wherever they come from."""
    require_known_numbers(written)
    with pytest.raises(BadData, match=run.text):
        require_known_numbers(replace(written, closing=(Paragraph((run,)),)))


def test_a_cell_with_a_figure_that_is_not_in_the_table_is_refused(written: Brief) -> None:
    """Tables are held to the same."""
    annex = next(one for one in written.annexes if one.tables)
    table = annex.tables[0]
    wrong = replace(table, rows=((Cell("99", "thon_thang.hop_thon"),),))
    with pytest.raises(BadData, match="99"):
        require_known_numbers(replace(written, annexes=(replace(annex, tables=(wrong,)),)))
