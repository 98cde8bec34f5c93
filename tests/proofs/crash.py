"""Kill the bot hundreds of times while messages come in; nothing is lost, nothing doubled.

python -m tests.proofs.crash --kills 300 --messages 2000 --database sqlite
python -m tests.proofs.crash --kills 300 --messages 2000 --database postgresql --bots 3
"""

import argparse
import logging
import random
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
from sqlalchemy import Engine

from qcdc_core import all_tables, db
from tests.fakes.platforms import Platforms, platforms
from tests.postgres import PostgresServer
from tests.proofs import ledger
from tests.proofs.bots import Bots, bots
from tests.proofs.traffic import Traffic
from tests.proofs.villagers import BEGIN, MESSAGES_EACH, Villager, settle

# Seconds that a bot lives: from its first moments to some hundred messages later.
LIFE = (0.03, 0.4)
FAULTS = ("502", "429 2", "")
FAULT_SHARE = 0.03
SETTLE_SECONDS = 120


@dataclass
class Plan:
    """``bots`` work on one database at the same time; one of them is killed at a time."""

    seed: int
    kills: int
    messages: int
    bots: int = 1


@dataclass
class Found:
    """What a run did (``counts``) and which promises it found broken."""

    counts: dict[str, int]
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join([*(f"{n:>7}  {what}" for what, n in self.counts.items()), *self.broken])


def run(plan: Plan, engine: Engine, folder: Path) -> Found:
    """On an empty database with all tables."""
    villagers = settle(db.writing(engine), plan.messages // MESSAGES_EACH, BEGIN)
    address = engine.url.render_as_string(hide_password=False)
    with platforms() as fake, bots(plan.bots, address, fake.address, folder) as running:
        fake.poll_hold = 1.0
        dice, kills = (random.Random(f"{plan.seed} {of}") for of in ("traffic", "kills"))  # noqa: S311
        fake.faults = _faults(plan, dice)
        killer = Killer(plan, running, kills)
        traffic = Traffic(fake, running.ports, dice, killer.keeps_up_with)
        with killer.at_work():
            traffic.bring(villagers)
        _wait_until_settled(engine)
        stopped = [running.stop(which) for which in range(plan.bots)]
        found = _examine(engine, villagers, fake)
    found.counts = {
        "kills": killer.done,
        "deliveries": traffic.counts.begun,
        "deliveries repeated on purpose": traffic.counts.repeated,
        "deliveries cut off and brought again": traffic.counts.not_taken,
        **found.counts,
    }
    found.broken += [f"a bot ended by itself: {one}" for one in running.ended_by_themselves]
    if any(stopped):
        end = (folder / "log").read_text("utf-8")[-2000:]
        found.broken.append(f"bots stopped with {stopped}: {end}")
    return found


class Killer:
    """Kills at random moments, and starts anew at once."""

    def __init__(self, plan: Plan, running: Bots, dice: random.Random) -> None:
        self._plan, self._running, self._dice = plan, running, dice
        self.done = 0

    def keeps_up_with(self, begun: int) -> bool:
        """Whether the share of kills done is not behind the share of messages."""
        return self.done >= self._plan.kills * min(1.0, begun / self._plan.messages)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        for which in range(self._plan.bots):
            self._running.start(which)
        thread = threading.Thread(target=self._work)
        thread.start()
        yield
        thread.join()

    def _work(self) -> None:
        for _ in range(self._plan.kills):
            time.sleep(self._dice.uniform(*LIFE))
            which = self._dice.randrange(self._plan.bots)
            self._running.kill(which)
            self._running.start(which)
            self.done += 1


def _faults(plan: Plan, dice: random.Random) -> deque[str]:
    """What the platforms answer to sends: mostly nothing out of the way."""
    return deque(
        dice.choice(FAULTS) if dice.random() < FAULT_SHARE else "" for _ in range(plan.messages)
    )


def _wait_until_settled(engine: Engine) -> None:
    """All answers are out; what a kill left "sending" is taken up some seconds later."""
    end = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < end:
        with db.reading(engine)() as session:
            if not ledger.unsettled(session):
                return
        time.sleep(0.2)


def _examine(engine: Engine, villagers: list[Villager], fake: Platforms) -> Found:
    with db.reading(engine)() as session:
        return Found(
            ledger.tallies(session, fake.sent), ledger.broken(session, villagers, fake.sent)
        )


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Engine]:
    """A new database without tables, of the kind ``sqlite`` or ``postgresql``."""
    if kind == "sqlite":
        engine = db.make_engine(f"sqlite:///{folder / 'proof.db'}")
        yield engine
        engine.dispose()
        return
    with PostgresServer.started() as server:
        engine = db.make_engine(server.new_database())
        yield engine
        engine.dispose()


def main() -> None:
    """Print the seed first, then what happened; leaves with 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--bots", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    said = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    plan = Plan(said.seed, said.kills, said.messages, said.bots)
    click.echo(f"{plan} {said.database}")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, database(said.database, Path(name)) as engine:
        all_tables.metadata.create_all(engine)
        found = run(plan, engine, Path(name))
    click.echo(f"{found}\n{time.monotonic() - begun:7.0f}  seconds")
    raise SystemExit(1 if found.broken else 0)


if __name__ == "__main__":
    main()
