"""Fetching messages where no webhook is set: development, and hosts that nobody can call."""

import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.channel import Incoming
from bot.channels.receiving import answer, store
from bot.channels.telegram import Telegram, incoming_of
from bot.channels.zalo_bot import ZaloBot, read_event
from qcdc_core.config import Settings

log = structlog.get_logger()

PAUSE_AFTER_FAILURE = 5.0


class Poller:
    """Stores each message, then answers it. Telegram is told that it has one only afterwards."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        now: Callable[[], datetime],
        settings: Settings,
        stop: threading.Event,
    ) -> None:
        self._sessions, self._now, self._settings, self._stop = sessions, now, settings, stop

    def telegram(self, channel: Telegram, seconds: int = 25) -> None:
        """Until told to stop. While a webhook is set there is nothing to fetch."""
        offset: int | None = None
        while not self._stop.is_set():
            try:
                offset = self._telegram_once(channel, offset, seconds)
            except Exception as problem:  # noqa: BLE001 - nobody would start this thread again
                self._rest(channel.name, problem)

    def zalo_bot(self, channel: ZaloBot, seconds: int = 25) -> None:
        """Until told to stop. The platform acknowledges nothing: repeats fall by their id."""
        while not self._stop.is_set():
            try:
                incoming = read_event(channel.update(seconds))
            except Exception as problem:  # noqa: BLE001 - nobody would start this thread again
                self._rest(channel.name, problem)
                continue
            if incoming is not None:
                self._keep(channel, incoming)

    def _keep(self, channel: ZaloBot, incoming: Incoming) -> None:
        """Stays with one event until it is stored: the platform will not bring it again."""
        while not self._stop.is_set():
            try:
                self._take(channel.name, channel.account, incoming)
            except OperationalError as problem:
                self._rest(channel.name, problem)
            except Exception as problem:  # noqa: BLE001 - one event must not stop the others
                self._rest(channel.name, problem)
                return
            else:
                return

    def _telegram_once(self, channel: Telegram, offset: int | None, seconds: int) -> int | None:
        for update in channel.updates(offset, seconds):
            incoming = incoming_of(update)
            if incoming is not None:
                self._take(channel.name, channel.account, incoming)
            offset = update.update_id + 1
        return offset

    def _take(self, name: str, account: str, incoming: Incoming) -> None:
        chat = store(self._sessions, name, account, incoming, self._now(), self._settings)
        if chat is not None:
            answer(self._sessions, self._now, self._settings, chat)

    def _rest(self, name: str, problem: Exception) -> None:
        """The kind of error only: addresses hold the token."""
        log.warning("polling_failed", channel=name, error=type(problem).__name__)
        self._stop.wait(PAUSE_AFTER_FAILURE)
