"""The draft: it waits for days, follows its person, and counts for nothing."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.forms import form
from qcdc_core.periods import Period
from qcdc_core.reports import tables
from qcdc_core.reports.draft import (
    DraftDoubt,
    DraftReason,
    DraftReport,
    Source,
    drafts_of,
    drop_draft,
    open_draft,
    save_draft,
)
from tests import builders
from tests.builders import Province, build_province, zeros

OCTOBER = Period.month(2026, 10)
FORM = form("thon_thang")
NOW = datetime(2026, 10, 15, 5, tzinfo=UTC)


@pytest.fixture
def place(session: Session) -> Province:
    return build_province(session)


@pytest.fixture
def draft(session: Session, place: Province) -> DraftReport:
    """A value with its words, one that does not apply, a doubt and a reason."""
    head, _chat = builders.sender(session, place.village)
    one = DraftReport(head.id, place.village.id, FORM, OCTOBER)
    one.settle("hien_dat", Decimal("120.250"), Source(None, 3, 9))
    one.settle("giam_sat", None, Source())
    one.doubt(DraftDoubt("hop_thon", "several", "2 3", (Decimal(2), Decimal("3.5"))))
    one.explain(DraftReason("bat_thuong", "hien_dat", "làm đường"))
    return one


def test_a_draft_comes_back_as_it_was_left(session: Session, draft: DraftReport) -> None:
    """Days later, in another process."""
    save_draft(session, draft, NOW)
    session.expire_all()
    assert open_draft(session, draft.person_id, draft.unit_id, FORM, OCTOBER) == draft


def test_saving_again_replaces_what_was_saved(session: Session, draft: DraftReport) -> None:
    """One draft for a person, unit, form and period."""
    save_draft(session, draft, NOW)
    draft.settle("hop_thon", Decimal(2), Source())
    save_draft(session, draft, NOW + timedelta(hours=1))
    [held] = drafts_of(session, draft.person_id)
    assert held == draft
    assert session.scalars(select(tables.Draft.changed_at)).one() == NOW + timedelta(hours=1)


def test_a_draft_is_no_report(session: Session, draft: DraftReport) -> None:
    """Nothing in it counts before it is confirmed."""
    save_draft(session, draft, NOW)
    assert session.scalars(select(tables.Report)).all() == []
    assert session.scalars(select(tables.FigureValue)).all() == []


def test_a_dropped_draft_leaves_what_was_reported(session: Session, place: Province) -> None:
    """Cancelling a correction keeps the report; dropping twice is no error."""
    by = builders.sender(session, place.village)
    builders.report(session, place.village, FORM.code, OCTOBER, zeros(FORM.code, hop_thon=2), by=by)
    draft = open_draft(session, by[0].id, place.village.id, FORM, OCTOBER)
    draft.settle("hop_thon", Decimal(9), Source())
    save_draft(session, draft, NOW)
    drop_draft(session, draft)
    drop_draft(session, draft)
    again = open_draft(session, by[0].id, place.village.id, FORM, OCTOBER)
    assert again.known["hop_thon"] == 2


def test_a_new_draft_begins_with_what_was_reported(session: Session, place: Province) -> None:
    """Also when somebody else reported it."""
    builders.report(session, place.village, FORM.code, OCTOBER, zeros(FORM.code, hop_thon=2))
    deputy, _chat = builders.sender(session, place.village)
    draft = open_draft(session, deputy.id, place.village.id, FORM, OCTOBER)
    assert draft.known == zeros(FORM.code, hop_thon=2)
    assert draft.missing == ()


def test_drafts_of_others_are_not_seen(session: Session, draft: DraftReport) -> None:
    """Each person has their own."""
    save_draft(session, draft, NOW)
    assert drafts_of(session, draft.person_id + 1) == ()


def test_the_draft_changed_last_stands_first(session: Session, draft: DraftReport) -> None:
    """What somebody comes back to is what they left."""
    november = DraftReport(draft.person_id, draft.unit_id, FORM, OCTOBER.plus(1))
    save_draft(session, november, NOW)
    save_draft(session, draft, NOW + timedelta(minutes=1))
    assert [one.period for one in drafts_of(session, draft.person_id)] == [
        OCTOBER,
        OCTOBER.plus(1),
    ]


def test_a_doubt_takes_the_value_away_and_a_value_the_doubt(draft: DraftReport) -> None:
    """A figure is sure or doubtful, never both; a reason for an old value falls away."""
    draft.doubt(DraftDoubt("hien_dat", "several", "120 250"))
    assert "hien_dat" not in draft.known
    assert "hien_dat" not in draft.missing
    draft.settle("hien_dat", Decimal(120), Source())
    assert "hien_dat" not in draft.doubts
    assert draft.reasons == {}


def test_missing_figures_stand_in_the_order_of_the_form(draft: DraftReport) -> None:
    """Neither the sure, the doubtful nor those that do not apply."""
    gone = {"hien_dat", "giam_sat", "hop_thon"}
    assert draft.missing == tuple(code for code in FORM.codes if code not in gone)


@given(
    st.dictionaries(
        st.sampled_from(FORM.codes),
        st.none() | st.decimals(0, 10**15, places=4, allow_nan=False, allow_infinity=False),
    )
)
def test_no_value_changes_on_its_way_through_json(values: dict[str, Decimal | None]) -> None:
    """Exact to the fourth decimal, up to a thousand thousand million."""
    draft = DraftReport(1, 1, FORM, OCTOBER)
    for code, value in values.items():
        draft.settle(code, value, Source())
    row = tables.Draft(
        person_id=1, unit_id=1, form=FORM.code, period=str(OCTOBER), content=draft.to_json()
    )
    assert DraftReport.from_row(row).known == draft.known
