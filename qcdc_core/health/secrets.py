"""Keys and passwords on the disk: there, and nobody else's to read."""

from collections.abc import Iterator
from pathlib import Path

from qcdc_core.config import Settings
from qcdc_core.health.result import Result
from qcdc_core.language import gettext as _

# Group and others: nothing.
OTHERS = 0o077
FILES = ("secret_key", "data_key", "demo-sign-in.txt")


def secrets_kept(settings: Settings, env_file: Path = Path(".env")) -> Iterator[Result]:
    """One result for the signing key, one for each file that others can read."""
    yield _signing_key(settings)
    files = [settings.var / name for name in FILES] + [env_file]
    open_files = [path for path in files if path.exists() and path.stat().st_mode & OTHERS]
    for path in open_files:
        yield Result(
            "secret_readable",
            is_well=False,
            text=_("Người khác trên máy đọc được {path}. Chạy: chmod 600 {path}").format(path=path),
        )


def _signing_key(settings: Settings) -> Result:
    if settings.secret_key is not None or (settings.var / "secret_key").exists():
        return Result("secret_key", is_well=True, text=_("Khóa ký phiên đăng nhập: có."))
    return Result(
        "secret_key",
        is_well=False,
        text=_(
            "Chưa có khóa ký phiên đăng nhập. Khởi động phần mềm một lần để tự tạo trong {var}, "
            "hoặc đặt QCDC_SECRET_KEY."
        ).format(var=settings.var),
    )
