"""`qcdc import`: units and focal points from a table."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from qcdc_core import clock
from qcdc_core.cli.errors import Refused, refusals, writing
from qcdc_core.imports import Problem, import_people, import_units
from qcdc_core.language import gettext as _

ACTOR = "qcdc import"
MOST_SHOWN = 50

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi gì.")


@click.group("import", help="Nhập danh sách từ tệp .xlsx hoặc .csv; một dòng sai thì không ghi gì.")
def import_() -> None:
    """The first line of the file names the columns, in Vietnamese or by code, in any order."""


@import_.command()
@_FILE
@_DRY_RUN
def units(file: Path, dry_run: bool) -> None:  # noqa: FBT001 - a flag of the command
    """Nhập đơn vị.

    \b
    Dòng đầu là tên cột, thứ tự tùy ý:
      Mã đơn vị        (code)        bắt buộc; chữ không dấu, chữ số, dấu chấm, gạch
      Loại đơn vị      (kind)        bắt buộc; tỉnh, xã, phường, thôn, làng, tổ dân phố,
                                     cơ quan, doanh nghiệp …
      Tên đơn vị       (name)        bắt buộc; không kèm loại, trừ cơ quan, doanh nghiệp
      Mã cấp trên      (parent_code) trong tệp hoặc đã có; chỉ tỉnh, thành phố để trống
      Từ ngày          (valid_from)  bắt buộc; 01/07/2025
      Hết hiệu lực từ  (valid_to)    ngày đầu tiên không còn đơn vị; để trống nếu vẫn còn
      Mã số thuế       (tax_code)    của doanh nghiệp, nếu có
      Mã định danh     (location_code) 12 chữ số, nếu có
    """  # noqa: D301 - \b is click's mark for lines kept as they are
    with writing() as session, refusals(_sentences()):
        read = import_units(session, file, clock.now(), ACTOR, dry_run=dry_run)
        _stop_at(read.problems)
    said = (
        _("Có thể thêm {count} đơn vị; chưa ghi gì.") if dry_run else _("Đã thêm {count} đơn vị.")
    )
    click.echo(said.format(count=read.count))


@import_.command()
@_FILE
@click.option(
    "--codes-to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tệp CSV ghi mã mời; bỏ trống thì đặt cạnh tệp nhập, thêm đuôi -ma-moi.csv.",
)
@_DRY_RUN
def people(file: Path, codes_to: Path | None, dry_run: bool) -> None:  # noqa: FBT001
    """Nhập đầu mối: mỗi dòng thành một mã mời.

    \b
    Dòng đầu là tên cột, thứ tự tùy ý:
      Mã đơn vị  (unit_code)  bắt buộc
      Chức danh  (title)      bắt buộc; ví dụ Trưởng thôn
      Họ tên     (name)       có thể để trống
    Mã mời chỉ có trong tệp ghi ra, không lưu ở nơi khác.
    """  # noqa: D301 - \b is click's mark for lines kept as they are
    target = codes_to or file.with_name(f"{file.stem}-ma-moi.csv")
    with refusals(_sentences()), writing() as session:
        read = import_people(session, file, target, clock.now(), ACTOR, dry_run=dry_run)
        _stop_at(read.problems)
    if dry_run:
        click.echo(_("Có thể mời {count} đầu mối; chưa ghi gì.").format(count=read.count))
    else:
        click.echo(
            _("Đã mời {count} đầu mối. Mã mời ở tệp {path}; chỉ có ở đó.").format(
                count=read.count, path=target
            )
        )


def _stop_at(problems: Sequence[Problem]) -> None:
    if not problems:
        return
    lines = [problem.text for problem in problems[:MOST_SHOWN]]
    if len(problems) > MOST_SHOWN:
        lines.append(_("… và {count} chỗ nữa.").format(count=len(problems) - MOST_SHOWN))
    lines.append(_("Chưa ghi gì. Sửa {count} chỗ trên rồi nhập lại.").format(count=len(problems)))
    raise Refused("\n".join(lines))


def _sentences() -> Mapping[str, str]:
    return {
        "unreadable_file": _("Không đọc được {path}. Lưu lại thành .xlsx hoặc .csv rồi nhập lại."),
        "not_utf8": _("Chữ trong {path} không phải UTF-8. Lưu lại dạng CSV UTF-8, hoặc .xlsx."),
        "file_too_large": _("Tệp {path} quá lớn. Chia thành nhiều tệp nhỏ."),
        "no_rows": _("Tệp {path} không có dòng nào dưới dòng tiêu đề."),
        "unknown_columns": _("Không hiểu cột: {names}. Xem tên cột: qcdc import units --help."),
        "missing_columns": _("Thiếu cột: {names}. Thêm vào dòng đầu của tệp."),
        "columns_twice": _("Cột xuất hiện hai lần: {names}. Bỏ một cột."),
        "cannot_write": _("Không ghi được tệp mã mời {path}. Chọn chỗ khác bằng --codes-to."),
        "file_exists": _("Đã có tệp {path}. Đặt tên khác bằng --codes-to để không ghi đè mã cũ."),
    }
