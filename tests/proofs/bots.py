"""Bots that can be started and killed by the hundred, from a warm parent."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.fakes.platforms import TELEGRAM_TOKEN, ZALO_TOKEN

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = "khóa của phép thử"


@dataclass
class Bots:
    """``ports`` listen also while a bot is dead: what comes then waits for the next one."""

    parent: subprocess.Popen[str]
    ports: list[int]
    ended_by_themselves: list[int] = field(default_factory=list)
    _talking: threading.Lock = field(default_factory=threading.Lock)

    def start(self, which: int) -> None:
        self._order(f"start {which}")

    def kill(self, which: int) -> None:
        """By SIGKILL, whatever it is doing."""
        status = int(self._order(f"kill {which}"))
        if status != -9:
            self.ended_by_themselves.append(status)

    def stop(self, which: int) -> int:
        """By SIGTERM; returns the exit status."""
        return int(self._order(f"stop {which}"))

    def _order(self, words: str) -> str:
        with self._talking:
            assert self.parent.stdin is not None
            assert self.parent.stdout is not None
            self.parent.stdin.write(words + "\n")
            self.parent.stdin.flush()
            return self.parent.stdout.readline().strip()


@contextmanager
def bots(count: int, database: str, platforms: str, folder: Path) -> Iterator[Bots]:
    """A warm parent with ``count`` places, none of them running yet."""
    sockets = [socket.create_server(("127.0.0.1", 0), backlog=128) for _ in range(count)]
    handed_over = [one.fileno() for one in sockets]
    with (
        (folder / "log").open("w") as log,
        _parent(handed_over, _environment(database, platforms, folder), log) as parent,
    ):
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ok\n", (folder / "log").read_text("utf-8")
        yield Bots(parent, [one.getsockname()[1] for one in sockets])
    for one in sockets:
        one.close()


@contextmanager
def _parent(
    sockets: list[int], environment: dict[str, str], log: IO[str]
) -> Iterator[subprocess.Popen[str]]:
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.proofs.bot_process", *map(str, sockets)],
        cwd=ROOT,
        env=environment,
        pass_fds=sockets,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        yield parent
    finally:
        parent.communicate(timeout=30)


def _environment(database: str, platforms: str, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PROOF_STARTED": str(time.time()),
        "QCDC_VAR": str(folder),
        "QCDC_SECRET_KEY": SECRET_KEY,
        "QCDC_DATABASE_URL": database,
        "QCDC_TELEGRAM_TOKEN": TELEGRAM_TOKEN,
        "QCDC_TELEGRAM_BASE_URL": f"{platforms}/telegram",
        "QCDC_ZALO_BOT_TOKEN": ZALO_TOKEN,
        "QCDC_ZALO_BASE_URL": f"{platforms}/zalo",
    }
