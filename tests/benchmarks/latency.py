"""From a webhook's call to the stored answer, ours beside the smallest useful bot, in one run.

python -m tests.benchmarks.latency --rate 50 --people 120
"""

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy import func, select

from qcdc_core import clock, db
from qcdc_core.messages.tables import InboundMessage, OutboundMessage
from tests.benchmarks.serving import at_rate, free_port, our_bot, program, signed, wait_for
from tests.fakes.platforms import Platforms, platforms
from tests.proofs.villagers import MESSAGES_EACH, Villager, settle


def messages(fake: Platforms, people: Sequence[Villager]) -> list[bytes]:
    """Everybody joins, reports, confirms, corrects and asks.

    One begins after the other, so that at each moment people are at different places of that.
    """
    step = MESSAGES_EACH / len(people)
    said = [
        (number * step + place, person.chat, text)
        for number, person in enumerate(people)
        for place, text in enumerate(text for one in person.rounds() for text in one)
    ]
    return [
        json.dumps(fake.telegram_update(int(chat), text)).encode()
        for _place, chat, text in sorted(said)
    ]


def ours(folder: Path, rate: float, count: int) -> list[float]:
    """Seconds for each message. An answer is stored before the call is answered."""
    with platforms() as fake, our_bot(folder, fake.address) as (port, database):
        sessions = db.writing(db.make_engine(database))
        people = settle(sessions, count, clock.now())
        took = at_rate(port, messages(fake, people), rate, signed())
        with sessions() as session:
            taken = session.scalar(select(func.count()).select_from(InboundMessage))
            answered = session.scalar(select(func.count(OutboundMessage.reply_to.distinct())))
    if taken != len(took) or answered != len(took):
        told = f"{len(took)} sent, {taken} stored, {answered} answered"
        raise RuntimeError(f"{told}; {(folder / 'log').read_text('utf-8')[-2000:]}")
    return [end - due for due, end in took]


def minimal(folder: Path, rate: float, count: int) -> list[float]:
    """It stores after it has answered the call, so it tells the moments itself."""
    moments, port = folder / "moments", free_port()
    with platforms() as fake:
        command = [sys.executable, "-m", "tests.benchmarks.minimal_bot", str(port)]
        command += [f"{fake.address}/telegram/bot", str(folder / "minimal.db"), str(moments)]
        people = [Villager(number, "7K3F92") for number in range(count)]
        bodies = messages(fake, people)
        with program(command, {}, folder / "log") as bot:
            wait_for(port)
            took = at_rate(port, bodies, rate, {})
            _end(bot)
    stored = json.loads(moments.read_text("utf-8"))
    ids = [str(json.loads(body)["update_id"]) for body in bodies]
    return [stored[one] - due for one, (due, _end) in zip(ids, took, strict=True)]


def _end(bot: subprocess.Popen[bytes]) -> None:
    """It finishes what it has in hand."""
    assert bot.stdin is not None
    bot.stdin.close()
    bot.wait(timeout=60)


def in_the_middle(times: Sequence[float]) -> Sequence[float]:
    """While everybody has begun and nobody has finished: else few people write all of it."""
    return times[len(times) // 4 : -len(times) // 4]


def percentile(times: Sequence[float], share: float) -> float:
    """In milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(len(times) * share))]


@click.command()
@click.option("--rate", default=50.0, help="Messages a second.")
@click.option("--people", default=120, help="Each writes ten messages.")
@click.option("--times", default=2, help="Rounds of both, in turn.")
def main(rate: float, people: int, times: int) -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    found: dict[str, list[float]] = {"minimal": [], "ours": []}
    for _ in range(times):
        for name, measure in (("minimal", minimal), ("ours", ours)):
            with tempfile.TemporaryDirectory() as folder:
                found[name] += in_the_middle(measure(Path(folder), rate, people))
    click.echo(f"{rate:.0f} messages/s, {len(found['ours'])} of each, ms:")
    shares = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0))
    for name, share in shares:
        low, high = (percentile(found[one], share) for one in ("minimal", "ours"))
        click.echo(f"{name}  minimal {low:7.1f}  ours {high:7.1f}  ratio {high / low:5.1f}")


if __name__ == "__main__":
    main()
