"""Reading labelled messages: ours beside what others do, and our speed.

    python -m tests.benchmarks.reading [FILE] [--split tune]

README.md beside this file says what was compared and with what result.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from qcdc_core.forms import Form, form
from qcdc_core.reading import fold, read
from qcdc_core.reading.vocabulary import Vocabulary, vocabulary

SAMPLES = Path(__file__).parents[1] / "samples" / "figures.jsonl"
_ROUNDS = 5
_ENDS = re.compile(r"[,;:\n]|[.](?!\d)")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Case:
    """One labelled message; ``figures`` are the certain values, ``doubtful`` those to be asked."""

    text: str
    form: Form
    today: date
    figures: Mapping[str, Decimal]
    doubtful: frozenset[str]


@dataclass
class Found:
    """What a reader makes of one message: values taken, and figures it refuses or asks."""

    values: dict[str, Decimal] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)


Reader = Callable[[Case], Found]


def cases(path: Path, split: str | None) -> list[Case]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [_case(one) for one in lines if split is None or one.get("split") == split]


def _case(raw: Mapping[str, Any]) -> Case:
    return Case(
        text=raw["text"],
        form=form(raw["form"]),
        today=date.fromisoformat(raw["today"]),
        figures={code: Decimal(str(value)) for code, value in raw["figures"].items()},
        doubtful=frozenset(raw["ask"]),
    )


# Ours.


def ours(case: Case) -> Found:
    reading = read(case.text, case.form, case.today)
    values = {code: figure.value for code, figure in reading.figures.items()}
    return Found(values, {doubt.code for doubt in reading.asks})


# The words around each label, for libraries that know numbers and no labels.


def around_labels(case: Case) -> Iterator[tuple[str, str, str]]:
    """(code, words behind the label, words in front), up to the next comma, colon or label.

    The labels are those of our own vocabulary, so that the comparison is about numbers.
    """
    words = vocabulary(case.form)
    plain = fold(case.text)
    same = len(plain) == len(case.text)
    found = [(one, _code(words, one[0])) for one in _labels(words).finditer(plain)]
    ends = [0, *(one.end() for one, _code_of in found)]
    starts = [*(one.start() for one, _code_of in found), len(plain)]
    source = case.text if same else plain
    for at, (one, code) in enumerate(found):
        if code is not None:
            behind = source[one.end() : starts[at + 1]].lstrip(" :=-")
            before = source[ends[at] : one.start()]
            yield code, _ENDS.split(behind)[0].strip(), _ENDS.split(before)[-1].strip()


def _labels(words: Vocabulary) -> re.Pattern[str]:
    phrases = [one.text for one in words.phrases.values() if _code(words, one.text) is not None]
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(one) for one in longest) + r")\b")


def _code(words: Vocabulary, text: str) -> str | None:
    phrase = words.phrases.get(text.replace(" ", ""))
    if phrase is None or phrase.label is None or phrase.label.topic is None:
        return None
    topic = words.topics[phrase.label.topic]
    return phrase.label.code or topic.main or topic.flag


def by_numbers(value_of: Callable[[str], Decimal | None]) -> Reader:
    """A reader that gives each label the number that the library finds behind it, or before."""

    def reader(case: Case) -> Found:
        found = Found()
        for code, behind, before in around_labels(case):
            value = value_of(behind)
            if value is None:
                value = value_of(before)
            if value is not None:
                found.values.setdefault(code, value)
        return found

    return reader


# DHIS2: key=value pairs. Source: CommandSMSListener, `([^\s|=]+)\s*=\s*([^|=]+)\s*(=|$)*\s*`; the
# separator is set per command. A value that is no number is answered with an error.


def dhis2(case: Case) -> Found:
    words = vocabulary(case.form)
    sign = "=" if "=" in case.text else ":"
    pairs = re.finditer(rf"([^\s|{sign}]+)\s*{sign}\s*([^|{sign}]+)", case.text)
    found = Found()
    for pair in pairs:
        code = _code(words, fold(pair[1]).strip())
        if code is not None:
            _take_or_refuse(found, code, pair[2].strip())
    return found


def dhis2_taught(case: Case) -> Found:
    """As if every sender had been taught to part the pairs with "|"."""
    return dhis2(replace(case, text=re.sub(r"[,;\n]|[.](?!\d)", "|", case.text)))


def _take_or_refuse(found: Found, code: str, text: str) -> None:
    try:
        found.values[code] = Decimal(text)
    except InvalidOperation:
        found.asked.add(code)


# Community Health Toolkit: fields parted by "#", each a key in letters, then a number that may
# stand behind blanks and dashes. Source: textforms-parser.js. Commas and line ends are taken for
# "#" here, because nobody in the file was taught the sign.

_FIELD = re.compile(
    r"\s*(?P<key>[a-z_.* ]*[a-z_.*])[\s\-!:=]*(?P<number>[1-9]\d*(?:\.\d*)?)?"
    r"[\s\-!]*(?P<other>.+?)?\s*$"
)


def cht(case: Case) -> Found:
    words = vocabulary(case.form)
    found = Found()
    for part in re.split(r"[#,;\n]", fold(case.text)):
        given = _FIELD.match(part)
        code = _code(words, given["key"].strip()) if given else None
        if given is None or code is None:
            continue
        if given["number"] and not given["other"]:
            found.values.setdefault(code, Decimal(given["number"]))
        else:
            found.asked.add(code)
    return found


# Libraries, each only where it is installed.


def peers() -> Iterator[tuple[str, Reader | None]]:
    """Names and readers; None where the library is not installed."""
    yield "vietnam-number", by_numbers(_vietnam_number()) if find_spec("vietnam_number") else None
    yield "dateparser", by_numbers(_without_dates()) if find_spec("dateparser") else None
    yield "DHIS2's rule", dhis2
    yield "DHIS2, commas |", dhis2_taught
    yield "CHT's rule", cht


def _vietnam_number() -> Callable[[str], Decimal | None]:
    from vietnam_number import w2n  # noqa: PLC0415

    def value(words: str) -> Decimal | None:
        try:
            return Decimal(w2n(words))
        except Exception:  # noqa: BLE001 - whatever it raises, it found no number
            return None

    return value


def _without_dates() -> Callable[[str], Decimal | None]:
    """The first digits that dateparser does not take for a date."""
    from dateparser.search import search_dates  # noqa: PLC0415

    def value(words: str) -> Decimal | None:
        for text, _when in search_dates(words, languages=["vi"]) or ():
            if re.search(r"[^\W\d]|/", text):  # a bare number is no date to us
                words = words.replace(text, " ")
        digits = _DIGITS.search(words)
        try:
            return Decimal(digits[0].replace(".", "").replace(",", ".")) if digits else None
        except InvalidOperation:
            return None

    return value


# The tables.


def compare(chosen: Sequence[Case], reader: Reader) -> dict[str, int]:
    """Figures right, asked and not seen; values silently wrong; messages with such a value."""
    counted = dict.fromkeys(("right", "asked", "unseen", "wrong", "messages"), 0)
    for case in chosen:
        found = reader(case)
        right = {code for code, value in case.figures.items() if found.values.get(code) == value}
        wrong = {code for code, value in found.values.items() if case.figures.get(code) != value}
        due = (set(case.figures) | case.doubtful) - right - wrong
        counted["right"] += len(right) + len(case.doubtful & found.asked - wrong)
        counted["asked"] += len((due - case.doubtful) & found.asked)
        counted["unseen"] += len(due - found.asked)
        counted["wrong"] += len(wrong)
        counted["messages"] += bool(wrong)
    return counted


def speed(chosen: Sequence[Case]) -> tuple[float, float]:
    """Messages per second on one core, and the 99th percentile in milliseconds."""
    for case in chosen:
        read(case.text, case.form, case.today)
    taken = []
    for case in chosen * _ROUNDS:
        start = time.perf_counter()
        read(case.text, case.form, case.today)
        taken.append(time.perf_counter() - start)
    taken.sort()
    return len(taken) / sum(taken), 1000 * taken[len(taken) * 99 // 100]


@click.command()
@click.argument(
    "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=SAMPLES
)
@click.option("--split", default="tune", help="Only this part of the file.")
def main(path: Path, split: str | None) -> None:
    chosen = cases(path, split)
    due = sum(len(case.figures) + len(case.doubtful) for case in chosen)
    click.echo(f"{len(chosen)} messages, {due} figures labelled (values and questions)")
    click.echo(f"{'':<16}{'right':>8}{'asked':>8}{'unseen':>8}{'silently wrong':>16}{'in msgs':>9}")
    for name, reader in [("ours", ours), *peers()]:
        if reader is None:
            click.echo(f"{name} is not installed; make bench installs it.")
            continue
        row = compare(chosen, reader)
        click.echo(
            f"{name:<16}{row['right']:>8}{row['asked']:>8}{row['unseen']:>8}"
            f"{row['wrong']:>16}{row['messages']:>9}"
        )
    rate, slowest = speed(chosen)
    click.echo(f"ours: {rate:,.0f} messages/s on one core, p99 {slowest:.2f} ms")


if __name__ == "__main__":
    main()
