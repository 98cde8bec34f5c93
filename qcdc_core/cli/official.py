"""`qcdc law import` and `qcdc law texts`: official texts of the installation."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from qcdc_core import clock
from qcdc_core.cli.errors import refusals, writing
from qcdc_core.language import day
from qcdc_core.language import gettext as _
from qcdc_core.law import Citation, Knowledge, load_knowledge
from qcdc_core.official import Offered, Taken, loaded, take_in_text

ACTOR = "qcdc law import"


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--document", required=True, help="Số hiệu, ví dụ 10/2022/QH15.")
@click.option(
    "--from",
    "since",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="Ngày bắt đầu có hiệu lực của bản chữ này (năm-tháng-ngày).",
)
@click.option("--excerpt", is_flag=True, help="Tệp chỉ trích một phần: cho phép thiếu điều, khoản.")
def import_(file: Path, document: str, since: datetime, *, excerpt: bool) -> None:
    """Nạp nguyên văn một văn bản (.docx, .html, .txt).

    Câu trả lời có căn cứ ở văn bản này sẽ mời xem nguyên văn, đúng bản chữ của ngày được hỏi. Nạp
    lại cùng một tệp thì không thay đổi gì; chỗ nào không chắc thì không nạp.
    """
    knowledge = load_knowledge()
    offered = Offered(file, _number(document), since.date(), excerpt=excerpt)
    with refusals(_sentences()), writing() as session:
        taken = take_in_text(session, knowledge, offered, clock.now(), ACTOR)
    click.echo(_summary(offered, taken))
    for line in _touched(knowledge, taken.touched):
        click.echo(line)


@click.command(help="Liệt kê các nguyên văn đã nạp.")
def texts() -> None:
    with writing() as session:
        found = list(loaded(session))
    for one in found:
        click.echo(
            _("{document}: từ {day}, tệp {file}").format(
                document=one.document, day=day(one.in_force_from), file=one.file_name
            )
        )
    if not found:
        click.echo(_("Chưa nạp nguyên văn nào. Cách nạp: qcdc law import --help"))


def _number(document: str) -> str:
    """People type "10/2022/qh15"; numbers are written in capitals."""
    return document.strip().upper()


def _summary(offered: Offered, taken: Taken) -> str:
    if taken.outcome == "unchanged":
        sentence = _("{document}: bản chữ từ {day} đã có, giống hệt; không thay đổi gì.")
    else:
        sentence = _(
            "{document}: đã nạp bản chữ từ {day}: {articles} điều, {clauses} khoản, {points} điểm."
        )
    return sentence.format(
        document=offered.document,
        day=day(offered.since),
        articles=taken.articles,
        clauses=taken.clauses,
        points=taken.points,
    )


def _touched(knowledge: Knowledge, touched: Sequence[tuple[str, Citation]]) -> list[str]:
    if not touched:
        return []
    listed = [
        _("  {card}: {place}").format(
            card=card, place=citation.in_words(knowledge.short_name(citation))
        )
        for card, citation in touched
    ]
    return [_("Chữ đã đổi; cần xem lại {count} thẻ:").format(count=len(listed)), *listed]


def _sentences() -> Mapping[str, str]:
    return {
        "unreadable_file": _("Không đọc được {path}. Mở bằng Word, lưu lại .docx rồi nạp lại."),
        "unknown_kind": _("Chỉ nạp được .docx, .html, .txt; {path} là loại khác. Lưu lại rồi nạp."),
        "not_utf8": _("Chữ trong {path} không phải UTF-8. Lưu lại dạng UTF-8, hoặc .docx."),
        "file_too_large": _("Tệp {path} quá lớn. Bỏ hình và phụ lục rồi nạp lại."),
        "tracked_changes": _(
            "{path} còn chỗ sửa chưa chấp nhận. Trong Word: Review, Accept All; lưu rồi nạp lại."
        ),
        "no_articles": _("Không thấy dòng nào dạng “Điều 1. …” trong tệp. Kiểm tra lại tệp."),
        "numbered_by_program": _(
            "Ở {place} số thứ tự do Word tự đánh, không nằm trong chữ. Lưu lại dạng .txt từ Word "
            "rồi nạp tệp đó."
        ),
        "quotation_open": _(
            "Dấu “ mở mà không đóng, nên không rõ phần sau thuộc về đâu (đến {place}). Sửa dấu "
            "ngoặc kép theo bản gốc rồi nạp lại."
        ),
        "numbers_missing": _(
            "Thiếu số thứ tự: {places}. Bổ sung từ bản gốc; nếu chỉ trích một phần, thêm --excerpt."
        ),
        "unknown_document": _(
            "Kho điều luật chưa có văn bản {document}. Xem lại số hiệu; hiện có: {known}."
        ),
        "another_document": _("{path} ghi số {found}, không phải {document}. Kiểm tra lại tệp."),
        "before_document": _(
            "Văn bản này có hiệu lực từ {day:%d/%m/%Y}; --from không thể sớm hơn."
        ),
        "version_exists": _(
            "Bản chữ từ {day:%d/%m/%Y} đã có nhưng khác tệp này. Nếu là bản sửa đổi, ghi đúng "
            "ngày có hiệu lực của bản sửa vào --from."
        ),
    }
