"""What a report is compared with: the unit's own past and its peers."""

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from qcdc_core.checking import context_for
from qcdc_core.checking.many import findings_of
from qcdc_core.forms import form
from qcdc_core.periods import Period
from qcdc_core.units import add_unit, change_unit, close_unit
from tests import builders
from tests.builders import CALENDAR, SINCE, Province, build_province, zeros

OCTOBER = Period.month(2026, 10)
FORM = form("thon_thang")


def met(session: Session, unit: builders.Unit, period: Period, times: int) -> None:
    builders.report(session, unit, FORM.code, period, zeros(FORM.code, hop_thon=times))


def peers_of(session: Session, place: Province) -> tuple[Decimal, ...]:
    context = context_for(session, place.village.id, FORM, OCTOBER, CALENDAR)
    return context.peers.get("hop_thon", ())


def test_the_past_is_twelve_periods_of_the_unit_itself_oldest_first(session: Session) -> None:
    """Not the thirteenth, not the period itself, not a neighbour's."""
    place = build_province(session)
    for step in (0, 1, 2, 12, 13):
        met(session, place.village, OCTOBER.plus(-step), step)
    met(session, place.second_village, OCTOBER.before, 50)
    context = context_for(session, place.village.id, FORM, OCTOBER, CALENDAR)
    assert context.own("hop_thon") == (12, 2, 1)
    assert context.before is not None
    assert context.before["hop_thon"] == 1


def test_a_period_that_was_not_reported_leaves_no_values_before(session: Session) -> None:
    """Missing is not zero."""
    place = build_province(session)
    met(session, place.village, OCTOBER.plus(-2), 3)
    assert context_for(session, place.village.id, FORM, OCTOBER, CALENDAR).before is None


def test_peers_are_like_units_of_the_same_commune_in_the_last_three_periods(
    session: Session,
) -> None:
    """Neither the unit itself nor a village of another commune."""
    place = build_province(session)
    met(session, place.village, OCTOBER.before, 1)
    met(session, place.other_village, OCTOBER.before, 2)
    for step in (1, 3, 4):
        met(session, place.second_village, OCTOBER.plus(-step), 10 + step)
    assert sorted(peers_of(session, place)) == [11, 13]


def test_a_village_that_is_no_more_is_nobodys_peer(session: Session) -> None:
    """Neither one that was merged away nor one that went to another commune."""
    place = build_province(session)
    gone = add_unit(session, "MH-SL-X", "thon", "Cũ", place.commune.id, valid_from=SINCE)
    moved = add_unit(session, "MH-SL-Y", "thon", "Xa", place.commune.id, valid_from=SINCE)
    for unit in (gone, moved):
        met(session, unit, OCTOBER.before, 40)
    close_unit(session, gone.id, date(2026, 10, 1))
    change_unit(session, moved.id, date(2026, 10, 1), parent_id=place.other_commune.id)
    assert peers_of(session, place) == ()


def test_the_list_and_the_page_agree_after_a_village_is_merged_away(session: Session) -> None:
    """Eight values of a vanished neighbour would make an ordinary number odd on one of the two."""
    place = build_province(session)
    for number in range(3):
        gone = add_unit(session, f"X{number}", "thon", "Cũ", place.commune.id, valid_from=SINCE)
        for step in (1, 2, 3):
            met(session, gone, OCTOBER.plus(-step), 1)
        close_unit(session, gone.id, date(2026, 10, 1))
    report = builders.report(
        session, place.village, FORM.code, OCTOBER, zeros(FORM.code, hop_thon=20, hop_thon_luot=9)
    )
    assert findings_of(session, [report], CALENDAR)[report.id] == ()
    assert peers_of(session, place) == ()


def test_only_the_values_that_hold_are_compared_with(session: Session) -> None:
    """A wrong number that was corrected is forgotten; a returned report still tells its values."""
    place = build_province(session)
    by = builders.sender(session, place.second_village)
    for times in (90, 2):
        builders.report(
            session,
            place.second_village,
            FORM.code,
            OCTOBER.before,
            zeros(FORM.code, hop_thon=times),
            by=by,
        )
    assert peers_of(session, place) == (2,)


def test_figures_that_do_not_apply_are_not_compared(session: Session) -> None:
    """'Không áp dụng' is no number."""
    place = build_province(session)
    of = form("xa_thang")
    values = {**zeros(of.code), "ntm_tieu_chi": None}
    builders.report(session, place.other_commune, of.code, OCTOBER.before, values)
    context = context_for(session, place.commune.id, of, OCTOBER, CALENDAR)
    assert "ntm_tieu_chi" not in context.peers
    assert context.peers["tiep_dan"] == (0,)
