"""`qcdc user`: accounts of the admin pages."""

import sys

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core import clock
from qcdc_core.cli.errors import refusals, writing
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _
from qcdc_core.units.tables import Unit
from qcdc_core.users import accounts
from qcdc_core.users.tables import User

ACTOR = "qcdc"


@click.group(help="Người dùng của trang quản trị.")
def user() -> None:
    """Accounts are made and mended here when nobody can sign in."""


@user.command(help="Thêm người dùng. Không đọc mật khẩu từ đầu vào thì tự đặt và in ra một lần.")
@click.argument("login")
@click.option("--name", required=True, help="Họ tên.")
@click.option("--role", type=click.Choice(accounts.ROLES), default="officer", show_default=True)
@click.option("--unit", "unit_code", help="Mã đơn vị phụ trách; bỏ trống là cả tỉnh.")
@click.option("--stdin", "from_stdin", is_flag=True, help="Đọc mật khẩu từ đầu vào.")
def add(login: str, name: str, role: str, unit_code: str | None, from_stdin: bool) -> None:  # noqa: FBT001
    password = _password(from_stdin=from_stdin)
    with writing() as session, refusals(_sentences()):
        unit = _unit(session, unit_code)
        made = accounts.add_user(
            session, login, name, password, role, unit.id, clock.now(), actor=ACTOR
        )
        click.echo(_("Đã thêm người dùng {login}.").format(login=made.login))
    _say_password(password, from_stdin=from_stdin)


@user.command("list", help="Các người dùng, mỗi người một dòng.")
def list_() -> None:
    with writing() as session:
        rows = session.execute(
            select(User, Unit.code).join(Unit, Unit.id == User.unit_id).order_by(User.login)
        )
        for one, unit_code in rows:
            state = _("đang dùng") if one.active else _("đã ngừng")
            click.echo(f"{one.login}\t{one.name}\t{one.role}\t{unit_code}\t{state}")


@user.command(help="Đặt mật khẩu mới; các phiên đang mở của người đó hết hiệu lực.")
@click.argument("login")
@click.option("--stdin", "from_stdin", is_flag=True, help="Đọc mật khẩu từ đầu vào.")
def password(login: str, from_stdin: bool) -> None:  # noqa: FBT001
    new = _password(from_stdin=from_stdin)
    with writing() as session, refusals(_sentences()):
        accounts.set_password(session, _known(session, login), new, clock.now(), actor=ACTOR)
        click.echo(_("Đã đổi mật khẩu của {login}.").format(login=login))
    _say_password(new, from_stdin=from_stdin)


@user.command(help="Ngừng một người dùng; việc đã làm vẫn còn trong nhật ký.")
@click.argument("login")
def disable(login: str) -> None:
    with writing() as session, refusals(_sentences()):
        one = _known(session, login)
        accounts.set_active(session, one, clock.now(), active=False, actor=ACTOR)
        click.echo(_("Đã ngừng người dùng {login}.").format(login=one.login))


def _sentences() -> dict[str, str]:
    return {
        "login_bad": _(
            "Tên đăng nhập gồm 3–40 chữ thường không dấu, chữ số, dấu chấm, gạch. Đặt tên khác."
        ),
        "login_taken": _("Tên đăng nhập {login} đã có người dùng. Đặt tên khác."),
        "name_missing": _("Chưa có họ tên. Ghi sau --name."),
        "unknown_unit": _("Không có đơn vị mã {code}. Xem mã ở trang Đơn vị."),
        "no_units": _("Chưa có đơn vị nào. Nhập đơn vị trước: qcdc import units."),
        "unknown_user": _("Không có người dùng {login}. Xem danh sách: qcdc user list."),
        "password_short": _("Mật khẩu cần ít nhất {least} ký tự. Đặt mật khẩu dài hơn."),
        "password_long": _("Mật khẩu dài quá {most} ký tự. Đặt mật khẩu ngắn hơn."),
    }


def _unit(session: Session, code: str | None) -> Unit:
    """The unit of that code, or the province, whose code is the shortest."""
    if code is None:
        top = session.scalar(select(Unit).order_by(func.length(Unit.code), Unit.code).limit(1))
        if top is None:
            raise Refusal("no_units")
        return top
    found = session.scalar(select(Unit).where(Unit.code == code))
    if found is None:
        raise Refusal("unknown_unit", code=code)
    return found


def _known(session: Session, login: str) -> User:
    found = accounts.find_user(session, login)
    if found is None:
        raise Refusal("unknown_user", login=login)
    return found


def _password(*, from_stdin: bool) -> str:
    if not from_stdin:
        return accounts.new_password()
    return sys.stdin.readline().rstrip("\r\n")


def _say_password(password: str, *, from_stdin: bool) -> None:
    if not from_stdin:
        click.echo(_("Mật khẩu (chỉ hiện một lần): {password}").format(password=password))
