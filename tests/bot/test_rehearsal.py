"""Warming up by a made-up talk."""

from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from bot.rehearsal import rehearse
from qcdc_core.config import Settings
from qcdc_core.messages.tables import InboundMessage


def test_a_rehearsal_goes_through_a_whole_report_and_leaves_no_trace(
    engine: Engine, tmp_path: Path
) -> None:
    """Each turn of it succeeds, and no row of it is in the installation's database."""
    database = engine.url.render_as_string(hide_password=False)
    with capture_logs() as logged:
        rehearse(Settings(database_url=database, var=tmp_path, _env_file=None))
    assert logged == []
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(InboundMessage)) == 0
