"""`qcdc invite`: one code, printed once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.people import find_invitation
from qcdc_core.people.tables import Invitation
from tests.builders import Province
from tests.cli.conftest import NOW, Qcdc, refused

INVITE = ("invite", "--title", "Trưởng thôn", "--unit")


def test_the_code_that_is_printed_works(
    qcdc: Qcdc, stored: sessionmaker[Session], place: Province
) -> None:
    """For its days; the act is in the audit, the code is not."""
    result = qcdc(*INVITE, "MH-SL-D", "--name", "Y Hoa", "--days", 3)
    assert result.exit_code == 0
    assert "Trưởng thôn, thôn Đông; dùng một lần, đến 29/11/2026." in result.stdout
    code = re.search(r"\w{4}-\w{2}", result.stdout)
    assert code is not None
    with stored() as session:
        found = find_invitation(session, code[0], NOW)
        assert (found.unit_id, found.person_name) == (place.village.id, "Y Hoa")
        assert found.expires_at == NOW + timedelta(days=3)
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.subject) == ("person.invited", "MH-SL-D")
        assert code[0] not in str(entry.detail)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((*INVITE, "XX"), "XX"),
        ((*INVITE, "MH-SL-D", "--days", "0"), "0"),
        (("invite", "--unit", "MH-SL-D"), "--title"),
    ],
    ids=["unknown unit", "no day", "no title"],
)
def test_what_cannot_be_invited_makes_no_code(
    qcdc: Qcdc,
    stored: sessionmaker[Session],
    place: Province,
    arguments: tuple[str, ...],
    says: str,
) -> None:
    """Exit code 2 and the reason."""
    result = qcdc(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    with stored() as session:
        assert session.scalars(select(Invitation)).all() == []


def test_without_tables_it_says_what_to_run_first(
    qcdc: Qcdc, empty_database: str, use_database: object
) -> None:
    """No traceback on a fresh machine."""
    assert callable(use_database)
    use_database(empty_database)
    assert "qcdc migrate" in refused(qcdc(*INVITE, "MH-SL-D"))
