"""`qcdc read`: messages in, readings out, as JSON Lines; or a score over labelled messages."""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from qcdc_core.forms import form as form_of
from qcdc_core.forms import forms
from qcdc_core.language import gettext as _
from qcdc_core.reading import read as read_message
from qcdc_core.reading.score import Score, as_line, read_case, score, tally

SPLITS = ("tune", "unseen")


@click.command(help="Đọc số liệu từ tin nhắn: mỗi dòng vào một JSON, mỗi dòng ra một JSON.")
@click.option("--form", "form_code", type=click.Choice(list(forms())), help="Biểu mẫu.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Ngày nhận tin (năm-tháng-ngày).")
@click.option(
    "--eval",
    "labelled",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Chấm điểm trên tệp tin nhắn đã gán nhãn.",
)
@click.option("--split", type=click.Choice(SPLITS), help="Chỉ chấm phần này của tệp.")
def read(
    form_code: str | None, today: datetime | None, labelled: Path | None, split: str | None
) -> None:
    """A line may carry its own "form" and "today"; the options fill what it leaves out."""
    if labelled is not None:
        _evaluate(labelled, split)
        return
    given = {"form": form_code, "today": today.date().isoformat() if today else None}
    for number, case in _cases(sys.stdin.buffer):
        click.echo(json.dumps(_reading(number, {**given, **case}), ensure_ascii=False))


def _cases(stream: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except ValueError as error:  # no JSON, or not UTF-8
            raise _bad_line(number) from error
        if not isinstance(case, dict) or not isinstance(case.get("text"), str):
            raise _bad_line(number)
        yield number, case


def _bad_line(number: int) -> click.ClickException:
    return click.ClickException(
        _('Dòng {number} không phải JSON có "id" và "text". Sửa dòng đó rồi chạy lại.').format(
            number=number
        )
    )


def _reading(number: int, case: Mapping[str, Any]) -> dict[str, Any]:
    try:
        wanted = form_of(case["form"])
        today = date.fromisoformat(case["today"])
    except (KeyError, TypeError, ValueError) as error:
        raise click.ClickException(
            _(
                "Dòng {number} thiếu biểu mẫu hoặc ngày. Thêm --form và --today, "
                'hoặc "form" và "today" trong dòng.'
            ).format(number=number)
        ) from error
    line = as_line(read_message(case["text"], wanted, today))
    line["figures"] = {code: _number(value) for code, value in line["figures"].items()}
    return {"id": case.get("id"), **line}


def _number(value: Decimal) -> int | float:
    """Whole numbers stay whole; land and days of work have few decimals, which a float holds."""
    return int(value) if value == value.to_integral_value() else float(value)


def _evaluate(path: Path, split: str | None) -> None:
    with path.open("rb") as stream:
        cases = [case for _number_of_line, case in _cases(stream)]
    chosen = [case for case in cases if split is None or case.get("split") == split]
    scored = [(case, score(case, read_case(case))) for case in chosen]
    for key in ("style", "form", "split"):
        _table(key, scored)
    _row(_("tất cả"), [one for _case, one in scored])


def _table(key: str, scored: Iterable[tuple[Mapping[str, Any], Score]]) -> None:
    groups: dict[str, list[Score]] = defaultdict(list)
    for case, one in scored:
        groups[str(case.get(key))].append(one)
    click.echo(f"{key:<20}{'messages':>9}{'exact':>7}{'asked':>7}{'missed':>7}{'wrong':>7}{'%':>8}")
    for name in sorted(groups):
        _row(name, groups[name])
    click.echo()


def _row(name: str, scores: list[Score]) -> None:
    counted = tally(scores)
    share = 100 * counted["exact"] / counted["messages"] if scores else 0
    cells = [counted[key] for key in ("exact", "asked", "missed", "wrong")]
    columns = "".join(f"{cell:>7}" for cell in cells)
    click.echo(f"{name:<20}{counted['messages']:>9}{columns}{share:>8.1f}")
