"""`python -m bot`: the process behind the chat. Sweeps up what the web process could not answer.

A message is answered where it lands; what a crash or a lock left behind is found here.
"""

import signal
import threading
from collections.abc import Callable

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from bot import ticker
from bot.channels.channel import Channel
from bot.channels.configured import telegram_of, zalo_account_of, zalo_bot_of
from bot.fetching import Fetcher
from bot.polling import PAUSE_AFTER_FAILURE, Poller
from bot.rehearsal import rehearse
from bot.sender import Sender
from qcdc_core import clock, db
from qcdc_core.config import Settings, settings

SEND_SECONDS = 0.3

log = structlog.get_logger()


def main() -> None:
    """Run until a signal asks to stop; the turn in hand is finished first."""
    current = settings()
    sessions = db.writing(db.engine_for(current.database_url))
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    stop_ticking = ticker.start(sessions, clock.now, current)
    log.info("worker_started", database=current.database_url.split(":", 1)[0])
    running = _talk_to_platforms(sessions, current, stop)
    stop.wait()
    for thread in running:
        thread.join(timeout=5)
    stop_ticking()


def _talk_to_platforms(
    sessions: sessionmaker[Session], current: Settings, stop: threading.Event
) -> list[threading.Thread]:
    """Starts what sends and what asks for messages; returns the threads to wait for."""
    poller = Poller(sessions, clock.now, current, stop)
    telegram, zalo_bot = telegram_of(current), zalo_bot_of(current)
    zalo_account = zalo_account_of(current, sessions, clock.now)
    channels: list[Channel] = [one for one in (telegram, zalo_bot, zalo_account) if one is not None]
    if telegram is not None:
        _start_daemon(lambda: poller.telegram(telegram))
    if zalo_bot is not None:
        _start_daemon(lambda: poller.zalo_bot(zalo_bot))
    if not channels:
        return []
    fetched = [one for one in (telegram, zalo_bot, zalo_account) if one is not None]
    fetcher = Fetcher(sessions, fetched, clock.now, current)
    sender = Sender(sessions, channels, clock.now, settings=current)
    threads = [
        threading.Thread(target=_keep_on, args=(work, stop))
        for work in (sender.deliver_due, fetcher.fetch_due)
    ]
    for thread in threads:
        thread.start()
    return threads


def _start_daemon(target: Callable[[], None]) -> None:
    """A poll may wait for half a minute: the process does not wait for it, nothing is lost."""
    threading.Thread(target=target, daemon=True).start()


def _keep_on(work: Callable[[], int], stop: threading.Event) -> None:
    while not stop.is_set():
        pause = SEND_SECONDS
        try:
            if work():
                continue
        except OperationalError as problem:
            log.warning("work_put_off", error=type(problem).__name__)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the others must go out
            log.error("work_failed", error=type(problem).__name__)  # noqa: TRY400
            pause = PAUSE_AFTER_FAILURE
        stop.wait(pause)


if __name__ == "__main__":
    rehearse(settings())
    main()
