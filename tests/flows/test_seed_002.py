"""A whole year of a district, sent by chat, against the annex it once printed."""

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.briefs import Brief, compose, to_text
from qcdc_core.briefs.printed import Compared, Verdict, compare_printed
from qcdc_core.periods import Period
from qcdc_core.reports.owed import calendar_of
from qcdc_core.reports.tables import FigureValue
from tests.flows import kbang

PRINTED = Path(__file__).parent.parent / "samples" / "annex_2020.txt"
# The audit of the printed report found these; nothing else may differ.
INCONSISTENT = {
    "don_nhan": Verdict.other_whole,
    "ty_le_giai_quyet_don": Verdict.cut,
    "ty_le_hoi_nghi_nld": Verdict.base_unsaid,
    "ty_le_thoa_uoc": Verdict.base_unsaid,
}


def test_the_annex_of_kbang_2020_is_the_printed_one(session: Session) -> None:
    """Equal value by value, except what the printed report itself got wrong; and it says so."""
    senders = kbang.build(session)
    kbang.send_all(session, senders)
    brief = kbang_brief(session)
    found = {one.number: one for one in compare_printed(brief, PRINTED.read_text("utf-8"))}
    assert len(found) == 30
    assert unequal(found) == INCONSISTENT
    says_what_is_wrong(found)
    tells_both_bases(to_text(brief))
    every_value_comes_from_a_message(session)


def kbang_brief(session: Session) -> Brief:
    calendar = calendar_of(session, kbang.settings())
    year = Period.parse("2020")
    return compose(session, "KB", year, calendar, kbang.EVENING, kbang.settings().committee)


def unequal(found: dict[str, Compared]) -> dict[str, Verdict]:
    return {
        number: one.verdict for number, one in found.items() if one.verdict is not Verdict.equal
    }


def says_what_is_wrong(found: dict[str, Compared]) -> None:
    assert "94,12% (16/17)" in found["ty_le_giai_quyet_don"].sentence
    assert "16 + 01 = 17" in found["don_nhan"].sentence
    assert "05/08" in found["ty_le_hoi_nghi_nld"].sentence
    assert "05/89" in found["ty_le_hoi_nghi_nld"].sentence


def tells_both_bases(text: str) -> None:
    """The brief needs no printed annex beside it to be right."""
    assert "thuộc thẩm quyền của cấp xã 17 đơn" in text
    assert "94,12% (16/17)" in text
    assert "62,5% (05/08" in text
    assert "05/89, chiếm 5,62%" in text
    assert "30/10/2020" in text


def every_value_comes_from_a_message(session: Session) -> None:
    loose = select(func.count()).where(FigureValue.message_id.is_(None))
    assert session.scalar(loose) == 0
