"""`qcdc ask`: questions in, answers out, as JSON Lines; or a score over labelled questions."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from qcdc_core.language import gettext as _
from qcdc_core.law import LawIndex, load_knowledge
from qcdc_core.law import ask as ask_law
from qcdc_core.law.evaluate import Verdict, judge, tally

SPLITS = ("tune", "unseen")
_IN_SCOPE = ("first", "among_three", "fact", "wrong_law", "forbidden", "asked_back", "unsure")
_OUTSIDE = ("answered", "asked_back", "unsure", "outside")


@click.command(help="Trả lời câu hỏi pháp luật: mỗi dòng vào một JSON, mỗi dòng ra một JSON.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Ngày hỏi (năm-tháng-ngày).")
@click.option(
    "--eval",
    "labelled",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Chấm điểm trên tệp câu hỏi đã gán nhãn.",
)
@click.option("--split", type=click.Choice(SPLITS), help="Chỉ chấm phần này của tệp.")
def ask(today: datetime | None, labelled: Path | None, split: str | None) -> None:
    """A line may carry its own "today"; the option fills what it leaves out."""
    index = LawIndex.of(load_knowledge())
    if labelled is not None:
        _evaluate(index, labelled, split)
        return
    given = {"today": today.date().isoformat() if today else None}
    for number, case in _cases(sys.stdin.buffer):
        answer = _answer(index, number, {**given, **case})
        click.echo(json.dumps(answer, ensure_ascii=False))


def _cases(stream: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except ValueError as error:  # no JSON, or not UTF-8
            raise _bad_line(number) from error
        if not isinstance(case, dict) or not isinstance(case.get("q"), str):
            raise _bad_line(number)
        yield number, case


def _bad_line(number: int) -> click.ClickException:
    return click.ClickException(
        _('Dòng {number} không phải JSON có "id" và "q". Sửa dòng đó rồi chạy lại.').format(
            number=number
        )
    )


def _answer(index: LawIndex, number: int, case: Mapping[str, Any]) -> dict[str, Any]:
    try:
        today = date.fromisoformat(case["today"])
    except (KeyError, TypeError, ValueError) as error:
        raise click.ClickException(
            _(
                "Dòng {number} thiếu ngày hỏi hoặc ngày không đúng dạng năm-tháng-ngày. "
                'Thêm --today, hoặc "today" trong dòng.'
            ).format(number=number)
        ) from error
    reply = ask_law(index, case["q"], today)
    return {
        "id": case.get("id"),
        "outcome": reply.outcome,
        "answer": reply.text,
        "citations": [str(citation) for citation in reply.citations],
    }


def _evaluate(index: LawIndex, path: Path, split: str | None) -> None:
    with path.open("rb") as stream:
        cases = [case for _number, case in _cases(stream)]
    chosen = [case for case in cases if split is None or case.get("split") == split]
    judged = [(case, _judged(index, case)) for case in chosen]
    for in_scope, columns in ((True, _IN_SCOPE), (False, _OUTSIDE)):
        of_scope = [(case, one) for case, one in judged if one.in_scope == in_scope]
        if of_scope:
            _table(of_scope, columns)


def _judged(index: LawIndex, case: Mapping[str, Any]) -> Verdict:
    reply = ask_law(index, case["q"], date.fromisoformat(case["today"]))
    return judge(case, reply, index.knowledge)


def _table(judged: Iterable[tuple[Mapping[str, Any], Verdict]], columns: Iterable[str]) -> None:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for case, one in judged:
        groups[str(case.get("kind"))].append(one)
    names = ["questions", *columns]
    click.echo(f"{'kind':<16}" + "".join(f"{name:>13}" for name in names))
    for kind in sorted(groups):
        _row(kind, groups[kind], names)
    _row(_("tất cả"), [one for group in groups.values() for one in group], names)
    click.echo()


def _row(kind: str, verdicts: list[Verdict], names: Iterable[str]) -> None:
    counted = tally(verdicts)
    cells = [_cell(counted[name], len(verdicts), name) for name in names]
    click.echo(f"{kind:<16}" + "".join(f"{cell:>13}" for cell in cells))


def _cell(count: int, whole: int, name: str) -> str:
    """Shares of what should be many, counts of what should be none."""
    if name in ("first", "among_three", "fact"):
        return f"{count} {100 * count / whole:5.1f}%"
    return str(count)
