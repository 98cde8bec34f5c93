"""`qcdc doctor`: is this installation well, and if not, what to do."""

import click

from qcdc_core import clock
from qcdc_core.config import settings
from qcdc_core.health import examine
from qcdc_core.language import gettext as _


@click.command(help="Khám hệ thống: chỗ nào không ổn, xử lý thế nào; không ổn thì mã thoát là 1.")
@click.pass_context
def doctor(context: click.Context) -> None:
    """One line for each check, the sign beside a word as everywhere."""
    wrong = 0
    for result in examine(settings(), clock.now()):
        sign = "✔" if result.is_well else "!"
        click.echo(f"{sign} {result.text}")
        wrong += not result.is_well
    if wrong:
        click.echo(_("{count} chỗ cần xử lý.").format(count=wrong), err=True)
        context.exit(1)
    click.echo(_("Mọi thứ đều ổn."))
