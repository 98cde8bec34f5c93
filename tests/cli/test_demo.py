"""`qcdc migrate`, `qcdc demo` and `qcdc welcome`: from nothing to a province to try, once."""

import re
import stat
from pathlib import Path

from sqlalchemy import create_engine, func, inspect, select
from sqlalchemy.orm import Session

from qcdc_core import db
from qcdc_core.messages.tables import InboundMessage
from qcdc_core.people import find_invitation
from qcdc_core.reports.tables import Report
from qcdc_core.users import find_user, is_password_of
from tests.cli.conftest import NOW, Qcdc, refused

SIGN_IN = re.compile(r"^  (\w\S*) +(\w{4}(?:-\w{4}){3}) ", re.MULTILINE)
CODE = re.compile(r"^  (\w{4}-\w{2})   ", re.MULTILINE)


def count(url: str) -> tuple[int, int]:
    with Session(db.engine_for(url)) as session:
        reports = session.scalar(select(func.count()).select_from(Report)) or 0
        messages = session.scalar(select(func.count()).select_from(InboundMessage)) or 0
        return reports, messages


def test_migrating_makes_the_tables_and_may_be_repeated(
    qcdc: Qcdc, empty_database: str, use_database: object
) -> None:
    """Also in a folder that is not there yet."""
    assert callable(use_database)
    use_database(empty_database)
    for _ in range(2):
        assert qcdc("migrate").exit_code == 0
    engine = create_engine(empty_database)
    assert {"unit", "report", "figure_value"} <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_a_database_that_cannot_be_opened_is_one_sentence(qcdc: Qcdc, use_database: object) -> None:
    """For every command that needs it."""
    assert callable(use_database)
    for url in ("sqlite:////dev/null/qcdc.db", "postgresql://nobody@/none", "nonsense"):
        use_database(url)
        for command in (("migrate",), ("demo",), ("user", "list"), ("welcome",)):
            assert "QCDC_DATABASE_URL" in refused(qcdc(*command)), command


def test_the_demo_fills_an_empty_database_once(qcdc: Qcdc, migrated: str, tmp_path: Path) -> None:
    """It prints sign-ins and codes that work; called again it changes nothing."""
    first = qcdc("demo")
    assert first.exit_code == 0, first.output
    filled = count(migrated)
    assert filled[0] > 1000
    with Session(db.engine_for(migrated)) as session:
        login, password = re.findall(
            r"^  (\w\S*) +(\w{4}(?:-\w{4}){3}) ", first.stdout, re.MULTILINE
        )[0]
        assert is_password_of(find_user(session, login), password)
        codes = re.findall(CODE, first.stdout)
        assert len(codes) == 2
        assert all(find_invitation(session, code, NOW).used_at is None for code in codes)
    kept = tmp_path / "var" / "demo-sign-in.txt"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "QCDC_DATABASE_URL" in refused(qcdc("demo"))
    quiet = qcdc("demo", "--if-empty")
    assert quiet.exit_code == 0
    assert count(migrated) == filled
    again = qcdc("welcome").stdout
    assert password in quiet.stdout
    assert all(code in again for code in codes)


def test_the_demo_is_not_mixed_with_real_units(qcdc: Qcdc, place: object) -> None:
    """A database in which somebody works is left alone, and told so."""
    assert "chưa đổi gì" in refused(qcdc("demo"))
    assert qcdc("demo", "--if-empty").exit_code == 0


def test_without_tables_the_demo_says_what_to_run_first(
    qcdc: Qcdc, empty_database: str, use_database: object
) -> None:
    """On a fresh machine."""
    assert callable(use_database)
    use_database(empty_database)
    assert "qcdc migrate" in refused(qcdc("demo"))
