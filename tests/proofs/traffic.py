"""The platforms' side of a crash proof: brings every message until it is taken, some twice."""

import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from pydantic import SecretStr

from bot.web_pages.webhooks import TELEGRAM_HEADER, ZALO_HEADER
from qcdc_core.config import Settings, webhook_secret
from tests.fakes.platforms import Platforms
from tests.proofs.bots import SECRET_KEY
from tests.proofs.villagers import Villager

AT_ONCE = 8
TWICE = 0.2
LATE = 0.1
HEADERS = {"telegram": TELEGRAM_HEADER, "zalo-bot": ZALO_HEADER}


@dataclass(frozen=True)
class Delivery:
    channel: str
    body: bytes


@dataclass
class Counts:
    """``repeated``: deliveries on purpose; ``not_taken``: cut off or refused, and brought again."""

    messages: int = 0
    begun: int = 0
    repeated: int = 0
    not_taken: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str) -> None:
        with self.lock:
            setattr(self, name, getattr(self, name) + 1)


@dataclass
class Traffic:
    """``may_go`` is asked with the number of deliveries begun: kills shall meet all of them."""

    fake: Platforms
    ports: Sequence[int]
    dice: random.Random
    may_go: Callable[[int], bool]
    counts: Counts = field(default_factory=Counts)
    _taken: list[Delivery] = field(default_factory=list)

    def bring(self, villagers: Sequence[Villager]) -> None:
        """All rounds of all people: within a round anything may overtake anything."""
        for texts in zip_longest(*(one.rounds() for one in villagers), fillvalue=()):
            due = self._round(villagers, texts)
            with ThreadPoolExecutor(AT_ONCE) as pool:
                for outcome in [pool.submit(self._bring, one) for one in due]:
                    outcome.result()

    def _round(
        self, villagers: Sequence[Villager], texts: Sequence[Sequence[str]]
    ) -> list[Delivery]:
        once = [
            Delivery(who.channel, self._body(who, text))
            for who, said in zip(villagers, texts, strict=True)
            for text in said
        ]
        late = [one for one in self._taken if self.dice.random() < LATE]
        twice = [one for one in once if self.dice.random() < TWICE]
        self.counts.messages += len(once)
        self.counts.repeated += len(late) + len(twice)
        self._taken += once
        due = [*once, *late, *twice]
        self.dice.shuffle(due)
        return due

    def _body(self, who: Villager, text: str) -> bytes:
        body: dict[str, Any]
        if who.channel == "telegram":
            body = self.fake.telegram_update(int(who.chat), text)
        else:
            body = self.fake.zalo_event(who.chat, text)
        return json.dumps(body).encode()

    def _bring(self, one: Delivery) -> None:
        while not self.may_go(self.counts.begun):
            time.sleep(0.01)
        self.counts.add("begun")
        while not self._is_taken(one):
            self.counts.add("not_taken")
            time.sleep(0.05)

    def _is_taken(self, one: Delivery) -> bool:
        link = http.client.HTTPConnection("127.0.0.1", self.dice.choice(self.ports), timeout=30)
        try:
            link.request("POST", f"/hook/{one.channel}", one.body, _headers(one.channel))
            return link.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            link.close()


def _headers(channel: str) -> dict[str, str]:
    settings = Settings(secret_key=SecretStr(SECRET_KEY), _env_file=None)
    return {HEADERS[channel]: webhook_secret(settings, channel)}
