"""Our processes as they are started, and calls from outside at a steady rate."""

import gc
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.web_pages.webhooks import TELEGRAM_HEADER
from qcdc_core import all_tables, db
from qcdc_core.config import Settings, webhook_secret
from tests.fakes.platforms import TELEGRAM_TOKEN

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = "khóa của phép đo"
HOOK = "/hook/telegram"
# As in the Procfile.
WEB = ("--no-control-socket", "--worker-class", "gthread", "--workers", "1", "--threads", "8")
# Both processes rehearse beside their start.
WARM_UP_SECONDS = 8


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def signed() -> dict[str, str]:
    settings = Settings(secret_key=SecretStr(SECRET_KEY), _env_file=None)
    return {TELEGRAM_HEADER: webhook_secret(settings, "telegram")}


@contextmanager
def program(
    command: Sequence[str], environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Ends when its input is closed, or else by SIGTERM."""
    with (
        log.open("ab") as output,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
        ) as one,
    ):
        try:
            yield one
        finally:
            one.terminate()
            one.wait(timeout=30)


@contextmanager
def our_bot(folder: Path, platforms: str) -> Iterator[tuple[int, str]]:
    """The web process under gunicorn and `python -m bot`: the port, and the database's address."""
    port, database = free_port(), f"sqlite:///{folder / 'ours.db'}"
    all_tables.metadata.create_all(db.make_engine(database))
    environment = {
        "QCDC_VAR": str(folder),
        "QCDC_SECRET_KEY": SECRET_KEY,
        "QCDC_DATABASE_URL": database,
        "QCDC_TELEGRAM_TOKEN": TELEGRAM_TOKEN,
        "QCDC_TELEGRAM_BASE_URL": f"{platforms}/telegram",
    }
    gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "bot.wsgi:app", *WEB]
    with ExitStack() as running:
        web = [*gunicorn, "--bind", f"127.0.0.1:{port}"]
        running.enter_context(program(web, environment, folder / "log"))
        running.enter_context(program([sys.executable, "-m", "bot"], environment, folder / "log"))
        wait_for(port)
        time.sleep(WARM_UP_SECONDS)
        yield port, database


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


def call(port: int, body: bytes, headers: Mapping[str, str]) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        link.request("POST", HOOK, body, dict(headers))
        return link.getresponse().status
    finally:
        link.close()


def at_rate(
    port: int, bodies: Sequence[bytes], rate: float, headers: Mapping[str, str]
) -> list[tuple[float, float]]:
    """Calls at fixed moments, whatever the answers take: when each was due, and was answered.

    Raises RuntimeError when one is not answered with 200.
    """
    # Searching the caller's own garbage would stop it for 100 ms: not the server's time.
    gc.collect()
    gc.freeze()
    begin = time.monotonic() + 0.2

    def one(number: int) -> tuple[float, float]:
        due = begin + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        status = call(port, bodies[number], headers)
        if status != 200:
            raise RuntimeError(status)
        return due, time.monotonic()

    with ThreadPoolExecutor(64) as pool:
        return list(pool.map(one, range(len(bodies))))
