"""A warm parent from which bots are forked: webhooks, worker and sender in one process each.

Reads "start N", "kill N" and "stop N" line by line, answers each with the exit status (or "ok").
Forking after the imports makes a start cheap enough for hundreds of them.
"""

import functools
import logging
import os
import signal
import socket
import sys
import threading
import time
import traceback
from contextlib import suppress
from datetime import datetime, timedelta

import click
import structlog
from werkzeug.serving import make_server

import bot.__main__ as bot_main
from bot import ticker
from bot.rehearsal import rehearse
from bot.sender import Sender
from bot.web import create_app
from qcdc_core import clock
from qcdc_core.config import settings
from tests.proofs.villagers import BEGIN

# The proof's time runs faster, or it would wait minutes for what a crash left "sending".
SPEED = 40


def _told_time() -> datetime:
    return BEGIN + timedelta(seconds=SPEED * (time.time() - float(os.environ["PROOF_STARTED"])))


def _run(listening: socket.socket) -> None:
    clock.now = _told_time
    ticker.SWEEP_SECONDS = ticker.TICK_SECONDS = bot_main.SEND_SECONDS = 0.1  # type: ignore[assignment]
    bot_main.Sender = functools.partial(  # type: ignore[misc,assignment]
        Sender, steady=lambda: time.monotonic() * SPEED
    )
    app = create_app(now=_told_time)
    server = make_server("127.0.0.1", 0, app, threaded=True, fd=listening.fileno())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    bot_main.main()


def _start(listening: socket.socket) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        _run(listening)
    except BaseException:  # noqa: BLE001 - never back into the parent's loop
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _end(pid: int, number: signal.Signals) -> int:
    """The exit status: a negative signal, 0, or what it ended with before it was told to."""
    os.kill(pid, number)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main() -> None:
    """Serve until the driver closes our input, then take the bots along."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    rehearse(settings())
    sockets = [socket.socket(fileno=int(number)) for number in sys.argv[1:]]
    running: dict[int, int] = {}
    click.echo("ok")
    for line in sys.stdin:
        order, _space, which = line.strip().partition(" ")
        slot = int(which)
        if order == "start":
            running[slot] = _start(sockets[slot])
            click.echo("ok")
        else:
            number = signal.SIGKILL if order == "kill" else signal.SIGTERM
            click.echo(_end(running.pop(slot), number))
    for pid in running.values():
        with suppress(ProcessLookupError):
            _end(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
