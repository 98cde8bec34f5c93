"""`qcdc migrate`: the tables of the newest version."""

import click

from qcdc_core.cli.errors import database_there
from qcdc_core.config import settings
from qcdc_core.language import gettext as _
from qcdc_core.migrations import upgrade


@click.command(help="Đưa cơ sở dữ liệu lên cấu trúc mới nhất; chạy lại nhiều lần cũng được.")
def migrate() -> None:
    """Run at every start: nothing happens when the tables are up to date."""
    with database_there():
        upgrade(settings().database_url)
    click.echo(_("Cơ sở dữ liệu đã ở cấu trúc mới nhất."))
