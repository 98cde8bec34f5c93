"""`qcdc invite`: one invitation code for one post."""

from datetime import timedelta

import click

from qcdc_core import clock
from qcdc_core.audit import record
from qcdc_core.cli.errors import Refused, refusals, writing
from qcdc_core.forms import forms_owed_by
from qcdc_core.language import day
from qcdc_core.language import gettext as _
from qcdc_core.people import invite as make_code
from qcdc_core.people.invitations import DAYS_VALID
from qcdc_core.people.phones import mark, note_phone
from qcdc_core.units import tree_on

ACTOR = "qcdc invite"


@click.command(help="Tạo một mã mời cho đầu mối của đơn vị; mã chỉ in ra một lần.")
@click.option("--unit", "unit_code", required=True, help="Mã đơn vị.")
@click.option("--title", required=True, help="Chức danh, ví dụ “Trưởng thôn”.")
@click.option("--name", help="Họ tên, nếu đã biết.")
@click.option("--phone", help="Số điện thoại người được mời; không lưu số, chỉ để nhận ra.")
@click.option(
    "--days",
    type=click.IntRange(1, 365),
    default=DAYS_VALID,
    show_default=True,
    help="Số ngày mã còn dùng được.",
)
def invite(unit_code: str, title: str, name: str | None, phone: str | None, days: int) -> None:
    now = clock.now()
    phone_mark = mark(phone) if phone else None
    if phone and phone_mark is None:
        raise click.ClickException(_("“{phone}” không phải số điện thoại.").format(phone=phone))
    with writing() as session, refusals(_sentences()):
        unit = tree_on(session, clock.local_day(now)).unit(unit_code)
        if not forms_owed_by(unit.kind):
            raise Refused(_("{unit} không có phiếu nào phải báo.").format(unit=unit.full_name))
        code = make_code(session, unit.id, title, now, person_name=name, days_valid=days)
        if phone_mark is not None:
            note_phone(session, code, phone_mark, now)
        record(session, now, ACTOR, "person.invited", unit.code, title=title)
    click.echo(
        _("Mã mời {code}: {title}, {unit}; dùng một lần, đến {day}.").format(
            code=code,
            title=title,
            unit=unit.full_name,
            day=day(clock.local_day(now + timedelta(days=days))),
        )
    )


def _sentences() -> dict[str, str]:
    return {"unknown_unit": _("Hiện không có đơn vị mã {code}. Xem mã ở trang Đơn vị.")}
