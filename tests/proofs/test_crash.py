"""The short form of the crash proof; `python -m tests.proofs.crash` is the long one."""

import logging
import random
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from sqlalchemy import Engine

from tests.proofs.crash import Plan, run


@pytest.fixture(autouse=True)
def _quiet_server() -> Iterator[None]:
    log = logging.getLogger("werkzeug")
    before = log.level
    log.setLevel(logging.ERROR)
    yield
    log.setLevel(before)


def test_killed_at_random_moments_nothing_is_lost_or_doubled(
    engine: Engine, database_kind: str, tmp_path: Path
) -> None:
    """Every report once with its figures, every answer at least once and in order.

    An answer whose sending had no unknown outcome came exactly once. PostgreSQL serves three bots.
    """
    seed = random.SystemRandom().randrange(10**6)
    bots = 1 if database_kind == "sqlite" else 3
    plan = Plan(seed, kills=30, messages=200, bots=bots)
    found = run(plan, engine, tmp_path)
    click.echo(f"{plan}\n{found}")
    assert found.broken == [], plan
