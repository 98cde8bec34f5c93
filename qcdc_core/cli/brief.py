"""`qcdc brief`: compile a brief and write it as a document, or compare it with a printed annex."""

import json
import sys
from pathlib import Path

import click
from sqlalchemy.orm import Session

from qcdc_core import clock, db
from qcdc_core.briefs import Brief, all_rows, compose, to_docx, to_html, to_pdf, to_text, to_xlsx
from qcdc_core.briefs.printed import Verdict, compare_printed
from qcdc_core.cli.errors import Refused, migrated_engine, refusals
from qcdc_core.config import settings
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.periods import Period
from qcdc_core.reports.owed import calendar_of

FORMATS = ("docx", "pdf", "xlsx", "html", "text", "json")


@click.command(help="Tổng hợp báo cáo của một đơn vị trong một kỳ.")
@click.option("--unit", "unit_code", required=True, help="Mã đơn vị, ví dụ MH.")
@click.option("--period", "period_text", required=True, help="2026-09, 2026-Q3, 2026-H1, 2026.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Tệp ghi ra.")
@click.option(
    "--compare",
    "annex",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Đối chiếu với phụ lục đã in (tệp văn bản), không ghi báo cáo.",
)
def brief(
    unit_code: str, period_text: str, format_: str, output: Path | None, annex: Path | None
) -> None:
    period = _period(period_text)
    with db.reading(migrated_engine())() as session, refusals(_sentences(unit_code, period)):
        composed = _composed(session, unit_code, period)
        body = _beside(composed, annex) if annex else rendered(session, composed, format_)
    _write(body, output)


def _beside(composed: Brief, annex: Path) -> bytes:
    """One line for each printed number that is known, with what is wrong below it."""
    try:
        found = compare_printed(composed, annex.read_text("utf-8"))
    except UnicodeDecodeError:
        raise Refused(
            _(
                "{path} không phải tệp văn bản UTF-8. Lưu phụ lục thành tệp .txt rồi đối chiếu."
            ).format(path=annex)
        ) from None
    lines = []
    for one in found:
        lines.append(f"{one.verdict:<12}{one.number:<36}{one.printed:>12}{one.own:>12}")
        lines += [f"            {one.sentence}"] if one.sentence else []
    equal = sum(one.verdict is Verdict.equal for one in found)
    lines.append(_("{equal}/{all} số khớp với bản in.").format(equal=equal, all=len(found)))
    return ("\n".join(lines) + "\n").encode()


def rendered(session: Session, composed: Brief, format_: str) -> bytes:
    """The document's bytes; ``session`` is asked only for what a workbook lists."""
    match format_:
        case "docx":
            return to_docx(composed)
        case "pdf":
            return to_pdf(composed)
        case "xlsx":
            return to_xlsx(composed, all_rows(session, composed))
        case "html":
            return to_html(composed).encode()
        case "json":
            return _json(composed)
        case _:
            return to_text(composed).encode()


def _composed(session: Session, unit_code: str, period: Period) -> Brief:
    current = settings()
    calendar = calendar_of(session, current)
    return compose(session, unit_code, period, calendar, clock.now(), current.committee)


def _json(composed: Brief) -> bytes:
    return json.dumps(composed.to_json(), ensure_ascii=False, indent=1).encode()


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise Refused(
            _(
                "“{text}” không phải là kỳ báo cáo. "
                "Viết 2026-09, 2026-Q3, 2026-H1, 2026-9M hoặc 2026."
            ).format(text=text)
        ) from None


def _write(body: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(body)
        return
    try:
        output.write_bytes(body)
    except OSError as problem:
        raise Refused(
            _("Không ghi được tệp {path}: {reason}. Chọn chỗ khác bằng -o.").format(
                path=output, reason=problem.strerror
            )
        ) from problem


def _sentences(unit_code: str, period: Period) -> dict[str, str]:
    name = period_name(period)
    return {
        "unknown_unit": _("Không có đơn vị mã {unit} trong kỳ này. Xem mã ở trang Đơn vị.").format(
            unit=unit_code
        ),
        "period_not_begun": _("Kỳ {period} chưa bắt đầu nên chưa có gì để tổng hợp.").format(
            period=name
        ),
        "period_before_start": _(
            "Kỳ {period} trước khi hệ thống bắt đầu thu số liệu nên không tổng hợp được."
        ).format(period=name),
        "nothing_reported": _(
            "Chưa đơn vị nào gửi phiếu cho kỳ {period}. Nhắc các đơn vị gửi trước khi tổng hợp."
        ).format(period=name),
    }
