"""What a refused webhook call costs beside one that is taken, through the whole web application.

python -m tests.benchmarks.refusals --calls 1000
"""

import io
import json
import logging
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import structlog
from flask import Flask
from pydantic import SecretStr
from werkzeug.test import EnvironBuilder

from bot.rehearsal import rehearse
from bot.web import create_app
from bot.web_pages.webhooks import ACCOUNT_HEADER
from qcdc_core import all_tables, clock, db
from qcdc_core.config import Settings
from tests.benchmarks.latency import messages
from tests.benchmarks.serving import HOOK, SECRET_KEY, signed
from tests.fakes.official_account import APP_ID, OA_ID
from tests.fakes.official_account import SECRET_KEY as ACCOUNT_KEY
from tests.fakes.platforms import TELEGRAM_TOKEN, Platforms
from tests.proofs.villagers import settle

TEN_MEGABYTES = 10_000_000
WRONG = dict.fromkeys(signed(), "sai")


class Counting(io.BytesIO):
    """A body that knows how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found

    def readinto(self, buffer: Any, /) -> int:
        size = super().readinto(buffer)
        self.taken += size
        return size


@dataclass(frozen=True)
class Call:
    """``told``: whether the header says how long the body is."""

    name: str
    body: bytes
    headers: Mapping[str, str]
    path: str = HOOK
    told: bool = True

    def environ(self) -> dict[str, Any]:
        made = EnvironBuilder(method="POST", path=self.path, headers=dict(self.headers))
        environ = made.get_environ()
        environ["wsgi.input"] = Counting(self.body)
        if self.told:
            environ["CONTENT_LENGTH"] = str(len(self.body))
        else:
            environ.pop("CONTENT_LENGTH", None)
            environ |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
        return environ


@dataclass
class Cost:
    """``seconds`` of processor time of one call; ``taken``: bytes read of its body."""

    status: str
    seconds: float
    taken: int


def refused() -> Iterator[Call]:
    """What a stranger, or a platform gone mad, may send."""
    update = Platforms().telegram_update(4711, "chào")
    small, large = json.dumps(update).encode(), b"x" * TEN_MEGABYTES
    doubled = small[:-1] + b', "update_id": 2, "update_id": []}'
    yield Call("wrong secret", small, WRONG)
    yield Call("wrong secret, 10 MB", large, WRONG)
    yield Call("right secret, 10 MB", large, signed())
    yield Call("right secret, 10 MB, length not told", large, signed(), told=False)
    yield Call("right secret, JSON 60,000 deep", b"[" * 60_000, signed())
    yield Call("right secret, a key three times", doubled, signed())
    forged = {ACCOUNT_HEADER: "mac=" + "0" * 64}
    event = json.dumps(Platforms().oa.event("u1", "chào")).encode()
    yield Call("Official Account, wrong signature", event, forged, "/hook/zalo-oa")
    yield Call("no such page", small, WRONG, "/hook/none")


def measured(app: Flask, call: Call, environ: dict[str, Any]) -> Cost:
    """One call."""
    statuses: list[str] = []

    def start_response(status: str, _headers: object, _error: object = None) -> Any:
        statuses.append(status)

    begun = time.process_time()
    answer = app(environ, start_response)
    for _piece in answer:
        pass
    seconds = time.process_time() - begun
    return Cost(statuses[0], seconds, environ["wsgi.input"].taken)


def middle(costs: list[Cost]) -> Cost:
    return sorted(costs, key=lambda one: one.seconds)[len(costs) // 2]


def settings_for(folder: Path) -> Settings:
    return Settings(
        var=folder,
        secret_key=SecretStr(SECRET_KEY),
        database_url=f"sqlite:///{folder / 'refusals.db'}",
        telegram_token=SecretStr(TELEGRAM_TOKEN),
        zalo_oa_id=OA_ID,
        zalo_oa_app_id=APP_ID,
        zalo_oa_app_secret=SecretStr("not used"),
        zalo_oa_secret_key=SecretStr(ACCOUNT_KEY),
        _env_file=None,
    )


def accepted(app: Flask, sessions: Any, people: int) -> list[Cost]:
    """Whole conversations, answered."""
    bodies = messages(Platforms(), settle(sessions, people, clock.now()))
    calls = [Call("accepted", body, signed()) for body in bodies]
    return [measured(app, call, call.environ()) for call in calls]


@click.command()
@click.option("--calls", default=1000, help="Refused calls of each kind.")
@click.option("--people", default=30, help="Each of them writes ten messages that are taken.")
def main(calls: int, people: int) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory() as name:
        settings = settings_for(Path(name))
        engine = db.make_engine(settings.database_url)
        all_tables.metadata.create_all(engine)
        rehearse(settings)
        app = create_app(settings, engine)
        taken = middle(accepted(app, db.writing(engine), people))
        _print("accepted and answered", taken, taken)
        for call in refused():
            costs = [measured(app, call, call.environ()) for _ in range(calls)]
            _print(call.name, middle(costs), taken)


def _print(name: str, cost: Cost, taken: Cost) -> None:
    share = cost.seconds / taken.seconds
    click.echo(
        f"{name:38} {cost.status[:3]}  {1000 * cost.seconds:7.3f} ms  {share:8.4f} of one taken"
        f"  {cost.taken:>8} bytes read  {1 / cost.seconds:7.0f} a second"
    )


if __name__ == "__main__":
    main()
