"""A month played twice into two new databases, and once more into the first.

python -m tests.proofs.month_twice --people 40 --database postgresql
"""

import logging
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
import structlog
from sqlalchemy import Engine

from qcdc_core import all_tables
from tests.proofs.crash import database
from tests.proofs.month import Delivery, shuffled, tape
from tests.proofs.replay import Month, Stock, settle, stock

New = Callable[[], AbstractContextManager[Engine]]


@dataclass
class Found:
    """What was played, and which promises are broken."""

    counts: dict[str, int]
    broken: list[str] = field(default_factory=list)


def play(new: New, people: int, seed: int) -> Found:
    """``new`` opens an empty database with all tables."""
    recorded = tape(seed, people)
    with new() as engine:
        first = _played(engine, recorded, people)
        held = stock(engine)
        first.is_called_again(recorded)
        broken = [f"called again: {one}" for one in differences(held, stock(engine))]
    if set(first.statuses) != {200}:
        broken.append(f"answered with {first.statuses}")
    with new() as engine:
        again = _played(engine, shuffled(recorded, seed), people)
        broken += [f"shuffled: {one}" for one in differences(held, stock(engine))]
    if again.answers() != first.answers():
        broken.append("shuffled: other answers")
    return Found(_counts(held, len(recorded), first), broken)


def differences(one: Stock, other: Stock) -> list[str]:
    """The first difference of each table."""
    return [
        f"{table}: {len(rows)} and {len(other[table])} rows, {_first(rows, other[table])}"
        for table, rows in one.items()
        if rows != other[table]
    ]


def _first(rows: list[dict[str, object]], others: list[dict[str, object]]) -> object:
    for row, other in zip(rows, others, strict=False):
        if row != other:
            return {key: (row[key], other[key]) for key in row if row[key] != other[key]}
    return None


def _played(engine: Engine, recorded: list[Delivery], people: int) -> Month:
    settle(engine, people)
    month = Month(engine)
    month.passes(recorded)
    return month


def _counts(held: Stock, deliveries: int, month: Month) -> dict[str, int]:
    events = Counter(one["kind"] for one in held["report_event"])
    return {
        "deliveries": deliveries,
        "messages stored": len(held["inbound_message"]),
        "reports": len(held["report"]),
        "figure values": len(held["figure_value"]),
        "returned by an officer": events["returned"],
        "reminders": len(held["reminder"]),
        "people erased": sum(one["erased_at"] is not None for one in held["person"]),
        "answers and reminders that came": sum(map(len, month.answers().values())),
    }


@click.command()
@click.option("--people", default=40)
@click.option("--seed", default=random.SystemRandom().randrange(10**6))
@click.option("--database", "kind", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
def main(people: int, seed: int, kind: str) -> None:
    """Print the seed first, then what happened; leaves with 1 when something differs."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    click.echo(f"seed {seed}, {people} people, {kind}")

    @contextmanager
    def new() -> Iterator[Engine]:
        with tempfile.TemporaryDirectory() as name, database(kind, Path(name)) as engine:
            all_tables.metadata.create_all(engine)
            yield engine

    begun = time.monotonic()
    found = play(new, people, seed)
    for what, number in found.counts.items():
        click.echo(f"{number:>7}  {what}")
    click.echo(f"{time.monotonic() - begun:7.0f}  seconds")
    for one in found.broken:
        click.echo(one)
    raise SystemExit(1 if found.broken else 0)


if __name__ == "__main__":
    main()
