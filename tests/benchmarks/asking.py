"""Labelled questions: our answers beside two plain full-text searches over the same cards.

    python -m tests.benchmarks.asking [FILE] [--split tune]

README.md beside this file says what was compared and with what result.
"""

import gc
import json
import logging
import sqlite3
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from qcdc_core.law import Citation, Knowledge, LawIndex, ask, load_knowledge
from qcdc_core.law.evaluate import judge
from qcdc_core.law.model import Card
from qcdc_core.law.reply import Reply
from qcdc_core.reading import fold

SAMPLES = Path(__file__).parents[1] / "samples" / "questions.jsonl"
_ROUNDS = 5
_AMONG = 3
_MEGABYTE = 1_000_000

Case = Mapping[str, Any]
Search = Callable[[Case], Sequence[Citation]]
"""The first citations of what is found, best first."""


def cases(path: Path, split: str | None) -> list[Case]:
    """Only questions that one right answer exists for: a search cannot ask back or be unsure."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    chosen = [one for one in lines if split is None or one["split"] == split]
    return [one for one in chosen if one["outcome"] == "answered"]


# Ours: the whole answer, and the search alone.


def our_answers(knowledge: Knowledge) -> Search:
    index = LawIndex.of(knowledge)

    def search(case: Case) -> Sequence[Citation]:
        return ask(index, case["q"], date.fromisoformat(case["today"])).citations

    return search


def our_search(knowledge: Knowledge) -> Search:
    searcher = LawIndex.of(knowledge).searcher

    def search(case: Case) -> Sequence[Citation]:
        hits = searcher.find(searcher.read(case["q"]))
        return [hit.entry.citations[0] for hit in hits.cards[:_AMONG]]

    return search


# The others get each card as one text: its ways of asking, its topic and its answer, folded.


def text_of(card: Card) -> str:
    return fold("\n".join((*card.asks, card.topic, card.answer)))


def fts5(knowledge: Knowledge) -> Search:
    """SQLite's own ranking over any of the syllables."""
    first = [card.citations[0] for card in knowledge.cards.values()]
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table card using fts5(text)")
    rows = ((number, text_of(card)) for number, card in enumerate(knowledge.cards.values()))
    database.executemany("insert into card (rowid, text) values (?, ?)", rows)
    wanted = "select rowid from card where card match ? order by rank limit ?"

    def search(case: Case) -> Sequence[Citation]:
        said = " OR ".join(f'"{word}"' for word in _words(case["q"]))
        return [first[number] for (number,) in database.execute(wanted, (said, _AMONG))]

    return search


def bm25s(knowledge: Knowledge) -> Search:
    """The library's defaults, on folded syllables."""
    import bm25s as library  # noqa: PLC0415 - only where `make bench` was run

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    first = [card.citations[0] for card in knowledge.cards.values()]
    retriever = library.BM25()
    texts = [_words(text_of(card)) for card in knowledge.cards.values()]
    retriever.index(texts, show_progress=False)

    def search(case: Case) -> Sequence[Citation]:
        found, _scores = retriever.retrieve([_words(case["q"])], k=_AMONG, show_progress=False)
        return [first[number] for number in found[0]]

    return search


def _words(text: str) -> list[str]:
    plain = "".join(sign if sign.isalnum() else " " for sign in fold(text))
    return plain.split() or ["?"]


# The table.


@dataclass(frozen=True)
class Row:
    """Shares of 0 to 1, milliseconds, megabytes held by the index."""

    first: float
    among: float
    median: float
    p99: float
    megabytes: float


def measure(build: Callable[[], Search], chosen: Sequence[Case], knowledge: Knowledge) -> Row:
    megabytes = _held(build)
    search = build()
    right = [_is_right(case, search(case), knowledge) for case in chosen]
    median, p99 = _times(search, chosen)
    return Row(
        first=sum(first for first, _among in right) / len(chosen),
        among=sum(among for _first, among in right) / len(chosen),
        median=median,
        p99=p99,
        megabytes=megabytes,
    )


def _held(build: Callable[[], Search]) -> float:
    """What Python holds for the index once it is built; memory of SQLite's own is not seen."""
    gc.collect()
    tracemalloc.start()
    search = build()
    gc.collect()
    held, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del search
    return held / _MEGABYTE


def _is_right(case: Case, found: Sequence[Citation], knowledge: Knowledge) -> tuple[bool, bool]:
    verdict = judge(case, Reply("answered", "", citations=tuple(found)), knowledge)
    return verdict.first, verdict.among_three


def _times(search: Search, chosen: Sequence[Case]) -> tuple[float, float]:
    """Median and 99th percentile over the questions, in milliseconds.

    Each question counts with the best of its rounds: what else the machine does is not ours.
    """
    best = [float("inf")] * len(chosen)
    for _round in range(_ROUNDS):
        for place, case in enumerate(chosen):
            start = time.perf_counter()
            search(case)
            best[place] = min(best[place], 1000 * (time.perf_counter() - start))
    best.sort()
    return best[len(best) // 2], best[len(best) * 99 // 100]


def rivals(knowledge: Knowledge) -> Iterator[tuple[str, Callable[[], Search] | None]]:
    """Names and how each is built; None where the library is not installed."""
    yield "ours, answering", partial(our_answers, knowledge)
    yield "ours, search", partial(our_search, knowledge)
    yield "bm25s", partial(bm25s, knowledge) if find_spec("bm25s") else None
    yield "SQLite FTS5", partial(fts5, knowledge)


@click.command()
@click.argument(
    "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=SAMPLES
)
@click.option("--split", default=None, help="Only this part of the file.")
def main(path: Path, split: str | None) -> None:
    knowledge = load_knowledge()
    chosen = cases(path, split)
    click.echo(f"{len(chosen)} questions with an answer, {len(knowledge.cards)} cards")
    click.echo(f"{'':<16}{'first':>8}{'of three':>10}{'median ms':>11}{'p99 ms':>8}{'MB':>7}")
    for name, build in rivals(knowledge):
        if build is None:
            click.echo(f"{name} is not installed; make bench installs it.")
            continue
        row = measure(build, chosen, knowledge)
        click.echo(
            f"{name:<16}{row.first:>8.1%}{row.among:>10.1%}"
            f"{row.median:>11.2f}{row.p99:>8.2f}{row.megabytes:>7.1f}"
        )


if __name__ == "__main__":
    main()
