"""Room on the disk: when it is used up, no message can be stored any more."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from qcdc_core.config import Settings
from qcdc_core.health.result import Result
from qcdc_core.language import gettext as _

MEGABYTE = 1_000_000
# A commune's year of messages takes about a tenth of it.
LEAST_FREE = 500 * MEGABYTE


def disks_well(settings: Settings, least: int = LEAST_FREE) -> Iterator[Result]:
    """One result for each of the disks that hold the data and the embedded database."""
    seen = set()
    for folder in _folders(settings):
        disk = folder.stat().st_dev
        if disk not in seen:
            seen.add(disk)
            yield _room(folder, least)


def _folders(settings: Settings) -> Iterator[Path]:
    yield _existing(settings.var)
    try:
        url = make_url(settings.database_url)
    except ArgumentError:  # told by the check of the database
        return
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        yield _existing(Path(url.database).parent)


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    folder = folder.absolute()
    return next(one for one in (folder, *folder.parents) if one.exists())


def _room(folder: Path, least: int) -> Result:
    free = shutil.disk_usage(folder).free
    megabytes = free // MEGABYTE
    if free >= least:
        text = _("Ổ đĩa: còn trống {megabytes} MB.").format(megabytes=megabytes)
        return Result("disk", is_well=True, text=text)
    words = _(
        "Ổ đĩa chứa {folder} chỉ còn trống {megabytes} MB; đầy thì không lưu được tin mới. "
        "Dọn tệp không cần hoặc mở rộng ổ đĩa; bot tự chạy tiếp khi có chỗ."
    )
    shown = words.format(folder=folder, megabytes=megabytes)
    return Result("disk", is_well=False, text=shown)
