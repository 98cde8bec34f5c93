"""Files of three kinds become the same articles, clauses and points; doubts are refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from qcdc_core.errors import Refusal
from qcdc_core.official.paragraphs import paragraphs_of
from qcdc_core.official.structure import Part, parts_of
from tests.official import files


def read(path: Path) -> list[Part]:
    return parts_of(paragraphs_of(path))[1]


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.txt", files.as_text), ("a.docx", files.as_word), ("a.html", files.as_page)],
)
def test_three_kinds_of_files_are_one_text(
    tmp_path: Path, name: str, write: Callable[[Path], Path]
) -> None:
    """Word, a web page and plain text say the same; the signature is no part of the last clause."""
    parts = read(write(tmp_path / name))
    assert [f"{one.article}.{one.clause or ''}.{one.point or ''}" for one in parts] == [
        *("1..", "2..", "2.1.", "2.1.a", "2.1.b", "2.2."),
        *("3..", "3.1.", "3.1.a", "3.1.b", "3.1.c", "3.1.d", "3.1.đ", "4..", "4.1.", "4.2."),
    ]
    assert parts[0].words == "Điều 1. Việc của bản mẫu\nBản mẫu này chỉ để thử."
    assert parts[-1].words == "2. Bỏ Điều 10 của bản cũ."


def test_headings_go_with_their_articles(tmp_path: Path) -> None:
    """A chapter's title may stand on the line below; a new chapter has no section yet."""
    first, *_, last = read(files.as_text(tmp_path / "a.txt"))
    assert (first.chapter, first.section) == ("Chương I. NHỮNG ĐIỀU CHUNG", "")
    assert (last.chapter, last.section) == ("Chương II. VIỆC PHẢI LÀM", "Mục 1. CHO ĂN")


def test_what_an_amending_text_quotes_is_not_its_own_article(tmp_path: Path) -> None:
    quoting = read(files.as_text(tmp_path / "a.txt"))[-2]
    assert (quoting.article, quoting.clause) == ("4", "1")
    assert "2. Vịt không ăn đá.”." in quoting.words


def test_a_table_of_contents_is_not_the_text(tmp_path: Path) -> None:
    contents = [line for line in files.LINES if line.startswith("Điều")]
    lines = [*files.LINES[:2], *contents, *files.LINES[3:]]
    assert read(files.as_text(tmp_path / "a.txt", lines)) == read(files.as_text(tmp_path / "b.txt"))


def without(start: str) -> list[str]:
    return [line for line in files.LINES if not line.startswith(start)]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (without("Điều"), "no_articles"),
        (without("Điều 2."), "numbers_missing"),
        (without("1. Gà"), "numbers_missing"),
        ([line.replace("đá.”.", "đá.") for line in files.LINES], "quotation_open"),
    ],
)
def test_what_could_be_quoted_wrongly_is_refused(
    tmp_path: Path, lines: list[str], code: str
) -> None:
    """A missing number would put words under the clause before."""
    with pytest.raises(Refusal) as refusal:
        read(files.as_text(tmp_path / "a.txt", lines))
    assert refusal.value.code == code


def test_an_excerpt_may_leave_articles_out(tmp_path: Path) -> None:
    path = files.as_text(tmp_path / "a.txt", without("Điều 2."))
    _, parts = parts_of(paragraphs_of(path), excerpt=True)
    assert parts[-1].article == "4"


def test_numbers_that_only_word_knows_are_refused(tmp_path: Path) -> None:
    """An automatic "1." is not in the words: the quotation would lack it."""
    document = Document()
    document.add_paragraph("Điều 1. Gà")
    document.add_paragraph("Gà là con vật.", style="List Number")
    document.save(str(tmp_path / "a.docx"))
    with pytest.raises(Refusal) as refusal:
        read(tmp_path / "a.docx")
    assert refusal.value.code == "numbered_by_program"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"no word file", "unreadable_file"),
        ("a.pdf", b"%PDF-1.7", "unknown_kind"),
        ("a.txt", b"\xd0i\xeau 1. G\xe0", "not_utf8"),
        ("a.txt", b"", "no_articles"),
        ("a.html", b"", "unreadable_file"),
    ],
)
def test_a_file_that_is_no_text_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        read(tmp_path / name)
    assert refusal.value.code == code


def test_tracked_changes_are_refused(tmp_path: Path) -> None:
    """Neither the old nor the new words are the text before somebody accepts them."""
    document = Document()
    words = document.add_paragraph("Điều 1. Gà")
    inserted = words._p.makeelement(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}ins", {}
    )
    words._p.append(inserted)
    document.save(str(tmp_path / "a.docx"))
    with pytest.raises(Refusal) as refusal:
        read(tmp_path / "a.docx")
    assert refusal.value.code == "tracked_changes"
