"""The dated tree: three levels until 30/06/2025, two since; units that move, change and end."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from qcdc_core.errors import Refusal
from qcdc_core.units import Tree, add_unit, change_unit, close_unit, tree_on

BEFORE, REFORM = date(2025, 6, 30), date(2025, 7, 1)
FIRST = date(2020, 1, 1)


@pytest.fixture
def ids(session: Session) -> dict[str, int]:
    """A province whose district is abolished on 01/07/2025; its commune moves up, one is merged."""
    found: dict[str, int] = {}

    def add(code: str, kind: str, name: str, parent: str | None) -> None:
        above = found[parent] if parent else None
        found[code] = add_unit(session, code, kind, name, above, valid_from=FIRST).id

    add("MH", "tinh", "Minh Họa", None)
    add("KB", "huyen", "Kbang", "MH")
    add("SL", "xa", "Sơn Lang", "KB")
    add("SP", "xa", "Sơ Pai", "KB")
    add("SL-1", "lang", "Hà Nừng", "SL")
    add("SP-1", "thon", "Một", "SP")
    change_unit(session, found["SL"], REFORM, parent_id=found["MH"])
    change_unit(session, found["SP-1"], REFORM, parent_id=found["SL"], name="Sơ Pai 1")
    close_unit(session, found["SP"], REFORM)
    close_unit(session, found["KB"], REFORM)
    return found


def codes(tree: Tree, top: str) -> list[str]:
    return [node.code for node in tree.below(tree.unit(top).id)]


def test_until_the_reform_a_commune_stands_under_its_district(
    session: Session, ids: dict[str, int]
) -> None:
    """Three levels on 30/06/2025, the last day of the districts."""
    tree = tree_on(session, BEFORE)
    assert [node.code for node in tree.path(ids["SL-1"])] == ["MH", "KB", "SL", "SL-1"]
    assert codes(tree, "MH") == ["MH", "KB", "SL", "SL-1", "SP", "SP-1"]


def test_since_the_reform_a_commune_stands_under_its_province(
    session: Session, ids: dict[str, int]
) -> None:
    """Two levels on 01/07/2025, and the merged commune's village has moved."""
    tree = tree_on(session, REFORM)
    assert [node.code for node in tree.path(ids["SL-1"])] == ["MH", "SL", "SL-1"]
    assert codes(tree, "MH") == ["MH", "SL", "SL-1", "SP-1"]
    assert ids["KB"] not in tree
    assert ids["SP"] not in tree


def test_a_renamed_unit_has_its_name_of_the_day(session: Session, ids: dict[str, int]) -> None:
    """Old reports show the old name, under the same code."""
    assert tree_on(session, BEFORE).unit("SP-1").full_name == "thôn Một"
    assert tree_on(session, REFORM).unit("SP-1").full_name == "thôn Sơ Pai 1"


def test_what_a_change_does_not_name_stays(session: Session, ids: dict[str, int]) -> None:
    """A làng that becomes a thôn keeps its name and its parent."""
    change_unit(session, ids["SL-1"], date(2026, 1, 1), kind="thon")
    node = tree_on(session, date(2026, 1, 1)).unit("SL-1")
    assert (node.full_name, node.parent_id) == ("thôn Hà Nừng", ids["SL"])
    assert tree_on(session, date(2025, 12, 31)).unit("SL-1").kind == "lang"


def test_before_its_first_day_and_from_its_last_a_unit_is_not_there(
    session: Session, ids: dict[str, int]
) -> None:
    """valid_to is the first day without it."""
    add_unit(session, "T", "thon", "Tạm", ids["SL"], valid_from=REFORM, valid_to=date(2025, 9, 1))
    days = (BEFORE, REFORM, date(2025, 8, 31), date(2025, 9, 1))
    there = ["T" in codes(tree_on(session, day), "MH") for day in days]
    assert there == [False, True, True, False]


def test_an_unknown_code_is_refused_by_its_name(session: Session, ids: dict[str, int]) -> None:
    """Also the code of a unit that is no more on that day."""
    for code in ("XX", "KB"):
        with pytest.raises(Refusal) as refused:
            tree_on(session, REFORM).unit(code)
        assert (refused.value.code, refused.value.fields) == ("unknown_unit", {"code": code})


def test_within_is_asked_of_the_day(session: Session, ids: dict[str, int]) -> None:
    """A village belongs to the commune it stood in when the period ended."""
    before, after = tree_on(session, BEFORE), tree_on(session, REFORM)
    assert before.is_within(ids["SP-1"], ids["SP"])
    assert not before.is_within(ids["SP-1"], ids["SL"])
    assert after.is_within(ids["SP-1"], ids["SL"])
    assert after.is_within(ids["SL"], ids["SL"])
    assert not after.is_within(ids["SP"], ids["MH"])


def test_a_unit_whose_parent_is_no_more_is_not_lost(session: Session, ids: dict[str, int]) -> None:
    """It stands at the top until somebody gives it a place."""
    close_unit(session, ids["SL"], date(2026, 1, 1))
    tree = tree_on(session, date(2026, 1, 1))
    assert [node.code for node in tree.children(None)] == ["MH", "SL-1", "SP-1"]
    assert [node.code for node in tree.path(ids["SL-1"])] == ["SL-1"]


def test_nothing_stands_in_the_tree_before_the_first_day(
    session: Session, ids: dict[str, int]
) -> None:
    """An empty tree, no error."""
    assert tree_on(session, date(2019, 12, 31)).nodes == {}


def test_agencies_and_enterprises_are_named_without_a_kind(session: Session) -> None:
    """'Công ty Dệt', not 'doanh nghiệp Công ty Dệt'."""
    add_unit(session, "DN", "doanh_nghiep", "Công ty Dệt", None, valid_from=FIRST)
    assert tree_on(session, FIRST).unit("DN").full_name == "Công ty Dệt"


# --- Refusals -----------------------------------------------------------------------------------


def test_a_code_never_comes_back(session: Session, ids: dict[str, int]) -> None:
    """Also that of a unit that is no more: reports carry it."""
    with pytest.raises(Refusal) as refused:
        add_unit(session, "KB", "xa", "Kbang", ids["MH"], valid_from=REFORM)
    assert refused.value.code == "unit_code_taken"


def test_an_unknown_kind_is_refused(session: Session) -> None:
    """It would owe no form."""
    with pytest.raises(Refusal) as refused:
        add_unit(session, "X", "quan", "Một", None, valid_from=FIRST)
    assert refused.value.code == "unknown_kind"


@pytest.mark.parametrize("day", [FIRST, date(2026, 1, 1)], ids=["not yet", "no more"])
def test_only_a_unit_that_is_there_changes(
    session: Session, ids: dict[str, int], day: date
) -> None:
    """On its first day there is nothing before to change from."""
    with pytest.raises(Refusal) as refused:
        change_unit(session, ids["KB"], day, name="K'Bang")
    assert refused.value.code == "unit_not_valid"


def test_a_unit_changes_once_on_a_day(session: Session, ids: dict[str, int]) -> None:
    """Two states from the same day would contradict each other."""
    with pytest.raises(Refusal) as refused:
        change_unit(session, ids["SL"], REFORM, name="Sơn Lang mới")
    assert refused.value.code == "unit_changes_already"
    assert tree_on(session, REFORM).unit("SL").name == "Sơn Lang"


def test_a_change_put_before_a_planned_one_ends_where_that_begins(
    session: Session, ids: dict[str, int]
) -> None:
    """A rename of 2024 does not undo the move of 2025."""
    change_unit(session, ids["SL"], date(2024, 1, 1), name="Sơn Lang cũ")
    assert tree_on(session, BEFORE).unit("SL").name == "Sơn Lang cũ"
    later = tree_on(session, REFORM).unit("SL")
    assert (later.name, later.parent_id) == ("Sơn Lang", ids["MH"])


def test_the_database_refuses_days_in_the_wrong_order(session: Session) -> None:
    """Whatever program writes it."""
    with pytest.raises(IntegrityError):
        add_unit(session, "X", "xa", "Một", None, valid_from=REFORM, valid_to=BEFORE)
