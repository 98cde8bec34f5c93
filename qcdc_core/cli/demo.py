"""`qcdc demo` and `qcdc welcome`: a province to try, and how to get in."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from sqlalchemy.orm import Session

from qcdc_core import clock
from qcdc_core.cli.errors import Refused, writing
from qcdc_core.config import Settings, settings
from qcdc_core.demo import is_empty, load
from qcdc_core.demo import sign_in as kept_sign_in
from qcdc_core.demo.places import SignIn
from qcdc_core.demo.sign_in import Code, Kept
from qcdc_core.language import gettext as _
from qcdc_core.reports.owed import calendar_of
from qcdc_core.units import Tree, tree_on
from qcdc_core.users import find_user, role_name


@click.command(
    help="Nạp tỉnh trình diễn vào cơ sở dữ liệu trống; không bao giờ ghi vào nơi đã có dữ liệu."
)
@click.option("--if-empty", is_flag=True, help="Đã có dữ liệu thì thôi, không báo lỗi.")
def demo(if_empty: bool) -> None:  # noqa: FBT001 - a flag of the command
    """Prints what `qcdc welcome` prints when it is done."""
    with writing() as session:
        if is_empty(session):
            _fill(session)
        elif if_empty:
            click.echo(_("Cơ sở dữ liệu đã có dữ liệu, giữ nguyên."))
        else:
            raise Refused(
                _(
                    "Cơ sở dữ liệu đã có dữ liệu nên không nạp tỉnh trình diễn; chưa đổi gì. "
                    "Muốn thử thì đặt QCDC_DATABASE_URL sang một tệp mới."
                )
            )
        _say_welcome(session)


@click.command(help="In địa chỉ, đăng nhập và mã mời để dùng thử.")
def welcome() -> None:
    with writing() as session:
        _say_welcome(session)


def _fill(session: Session) -> None:
    now = clock.now()
    loaded = load(session, calendar_of(session, settings()), now)
    kept_sign_in.keep(_file(settings()), Kept(loaded.sign_ins))
    click.echo(
        _("Đã nạp tỉnh trình diễn: {units} đơn vị, {reports} phiếu.").format(
            units=loaded.units, reports=loaded.reports
        )
    )


def _say_welcome(session: Session) -> None:
    current, now = settings(), clock.now()
    lines = list(_addresses(current))
    if kept_sign_in.is_demo(session):
        kept = kept_sign_in.kept_in(_file(current))
        calendar = calendar_of(session, current)
        codes = kept_sign_in.usable_codes(session, kept.codes, calendar, now)
        pairs = tuple((one.code, one.unit_code) for one in codes)
        kept_sign_in.keep(_file(current), Kept(kept.sign_ins, pairs))
        tree = tree_on(session, clock.local_day(now))
        lines += _sign_ins(session, kept_sign_in.still_valid(session, kept.sign_ins), tree)
        lines += _codes(codes)
    click.echo("\n".join(lines))


def _file(current: Settings) -> Path:
    return current.var / kept_sign_in.FILE


def _addresses(current: Settings) -> Iterator[str]:
    chat = current.public_url or f"http://{current.host}:{current.chat_port}"
    yield ""
    yield _("Trò chuyện:  {address}").format(address=chat)
    yield _("Quản trị:    {address}").format(address=f"http://{current.host}:{current.admin_port}")


def _sign_ins(session: Session, sign_ins: Sequence[SignIn], tree: Tree) -> Iterator[str]:
    if sign_ins:
        yield ""
        yield _("Đăng nhập trang quản trị:")
    for one in sign_ins:
        user = find_user(session, one.login)
        role = role_name(user.role) if user else ""
        unit = tree.unit(one.unit_code).full_name
        yield f"  {one.login:<12} {one.password}   {role}, {unit}"


def _codes(codes: Sequence[Code]) -> Iterator[str]:
    yield ""
    yield _("Mã mời để thử trò chuyện (mỗi mã dùng một lần):")
    for one in codes:
        yield f"  {one.code}   {one.title}, {one.unit_name}"
