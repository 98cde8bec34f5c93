"""Every way of writing a brief holds the same sentences and figures."""

import time
from dataclasses import replace

import pytest

from qcdc_core.briefs import Brief, to_docx, to_html, to_pdf, to_text
from qcdc_core.briefs.model import Paragraph, Run
from qcdc_core.briefs.profiles import profiles
from tests.briefs import documents
from tests.briefs.documents import squashed


def texts_of(written: Brief) -> dict[str, str]:
    return {
        "html": squashed(documents.of_html(to_html(written))),
        "docx": squashed(documents.of_docx(to_docx(written))),
        "pdf": squashed(documents.of_pdf(to_pdf(written))),
        "text": squashed(documents.of_text(to_text(written))),
    }


def without_notes(written: Brief, text: str) -> str:
    """A footnote may stand between two halves of a paragraph that a page cuts."""
    for note in written.notes:
        mark = f"{note.number}{squashed(note.text)}"
        text = text.replace(mark, "")
    return text


def test_all_documents_hold_every_sentence_with_its_figures(written: Brief) -> None:
    """Head, sentences, and what stands in the annexes."""
    wanted = [
        written.head.body,
        written.head.title,
        *(section.title for section in written.sections),
        *(paragraph.text for paragraph in written.sentences),
    ]
    for kind, text in texts_of(written).items():
        told = without_notes(written, text)
        lost = [one for one in wanted if squashed(one) not in told]
        # A raised number stands inside the one sentence that has the footnote.
        assert [one for one in lost if "Đã nhận" not in one] == [], kind
        assert squashed("phiếu số liệu phải nộp (75%)") in told, kind


def test_all_documents_hold_every_cell_of_every_table(written: Brief) -> None:
    """In whole rows where a document keeps rows together."""
    texts = texts_of(written)
    for table in written.tables:
        for row in table.rows:
            line = squashed("".join(cell.text for cell in row))
            for kind in ("html", "docx", "text"):
                assert line in texts[kind], (kind, line)
            for cell in row:
                assert squashed(cell.text) in texts["pdf"], cell.text


def test_all_documents_hold_the_footnotes_but_word_keeps_them_apart(written: Brief) -> None:
    """Word's own footnotes are another part of the file (see test_docx)."""
    assert written.notes
    texts = texts_of(written)
    for note in written.notes:
        for kind in ("html", "pdf", "text"):
            assert squashed(note.text) in texts[kind], kind


def test_renderers_do_not_calculate(written: Brief) -> None:
    """A changed text in the brief is what is printed, everywhere."""
    closing = Paragraph((Run("Số in ra: "), Run("987654321")))
    changed = replace(written, closing=(closing,))
    for kind, text in texts_of(changed).items():
        assert "Sốinra:987654321./." in text, kind


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "text"])
def test_words_of_people_stay_words(written: Brief, kind: str) -> None:
    """A name with signs that mean something to a format does nothing there."""
    name = '<script>alert(1)</script> #{panic()} & *đậm* $x$ "trích" \\ _gạch_ @a'
    changed = replace(written, closing=(Paragraph((Run(name),)),))
    assert squashed(name) in texts_of(changed)[kind]
    assert "<script" not in to_html(changed)


def test_every_figure_of_a_page_is_a_link_to_what_it_rests_on(written: Brief) -> None:
    """By the id of the number; addresses are the caller's."""
    page = to_html(written, lambda number: f"/so/{number}?a=1&b=2")
    for paragraph in written.sentences:
        for run in paragraph.runs:
            if run.number:
                link = f'<a href="/so/{run.number}?a=1&amp;b=2" data-number="{run.number}">'
                assert f"{link}{run.text}</a>" in page


def test_both_profiles_write_every_document(written: Brief) -> None:
    """The Party's heading never stands beside the national motto."""
    for code in profiles():
        changed = replace(written, head=replace(written.head, profile=code))
        for kind, text in texts_of(changed).items():
            party = "ĐẢNGCỘNGSẢNVIỆTNAM" in text
            state = "CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM" in text
            assert (party, state) == (code == "dang", code == "nha_nuoc"), (code, kind)


def test_a_pdf_is_the_same_every_time(written: Brief) -> None:
    """Two downloads of one brief can be compared, also when they are seconds apart."""
    first = to_pdf(written)
    time.sleep(1.1)
    assert to_pdf(written) == first
