"""`qcdc law check`: does the knowledge hold together, and what does it lack."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from qcdc_core import clock
from qcdc_core.cli.official import import_, texts
from qcdc_core.errors import BadData
from qcdc_core.language import gettext as _
from qcdc_core.law import load_knowledge
from qcdc_core.law.gaps import Gap, gaps


@click.group(help="Kho điều luật và câu trả lời.")
def law() -> None:
    """Provisions and answer cards, as they are shipped; official texts, as they are loaded."""


law.add_command(import_)
law.add_command(texts)


@law.command(help="Kiểm tra kho điều luật: sai thì dừng với mã lỗi 1, thiếu thì liệt kê.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Ngày xem (năm-tháng-ngày).")
@click.option(
    "--questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp câu hỏi đã gán nhãn: liệt kê thêm thẻ chưa có câu hỏi thử.",
)
@click.option("--all", "all_", is_flag=True, help="In từng chỗ thiếu, không chỉ số lượng.")
def check(today: datetime | None, questions: Path | None, *, all_: bool) -> None:
    try:
        knowledge = load_knowledge()
    except BadData as problem:
        raise click.ClickException(
            _("Kho điều luật không khớp: {problem}").format(problem=problem)
        ) from problem
    day = today.date() if today else clock.local_day(clock.now())
    found = gaps(knowledge, day, _cited(questions) if questions else ())
    click.echo(
        _("{cards} thẻ trả lời, {provisions} điều; mọi căn cứ đều có và đúng thời gian.").format(
            cards=len(knowledge.cards), provisions=len(knowledge.provisions)
        )
    )
    for kind, count in sorted(Counter(one.kind for one in found).items()):
        click.echo(f"{count:>5}  {_name(kind)}")
    if all_:
        for one in found:
            click.echo(_line(one))


def _cited(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [one for line in lines if line.strip() for one in json.loads(line).get("citations", ())]


def _name(kind: str) -> str:
    names = {
        "no_card": _("điều đang có hiệu lực chưa có thẻ trả lời"),
        "no_question": _("thẻ chưa có câu hỏi thử"),
        "needs_check": _("điều cần xác minh thêm: câu trả lời có lời nhắc"),
        "lapsed": _("thẻ hết hiệu lực"),
        "old": _("thẻ quá một năm chưa xem lại"),
    }
    return names[kind]


def _line(gap: Gap) -> str:
    return f"{gap.kind:<12}{gap.subject:<28}{gap.note}".rstrip()
