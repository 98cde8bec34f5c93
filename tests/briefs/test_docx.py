"""The Word document by Nghị định 30/2020/NĐ-CP, Phụ lục I, and by the Party's rules."""

import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from qcdc_core.briefs import Brief, to_docx
from qcdc_core.briefs.profiles import PARTY
from tests.briefs import documents
from tests.briefs.documents import squashed

FACES = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
STYLES = ("Normal", "Body Text", "Heading 1", "Heading 2", "Header")


@pytest.fixture(scope="module")
def content(written: Brief) -> bytes:
    return to_docx(written)


@pytest.fixture(scope="module")
def document(content: bytes) -> DocxDocument:
    return Document(BytesIO(content))


@pytest.fixture(scope="module")
def party(written: Brief) -> DocxDocument:
    return Document(BytesIO(to_docx(replace(written, head=replace(written.head, profile=PARTY)))))


def line(paragraphs: list[Paragraph], begins: str) -> Paragraph:
    return next(one for one in paragraphs if one.text.startswith(begins))


def look(paragraph: Paragraph) -> tuple[float, bool, bool]:
    """Size in points, bold, italic."""
    [run] = [one for one in paragraph.runs if one.text]
    assert run.font.size is not None
    return run.font.size.pt, bool(run.bold), bool(run.italic)


def test_pages_are_a4_with_the_margins_of_the_decree(document: DocxDocument) -> None:
    """Top and bottom 20–25 mm, left 30–35, right 15–20, in every part."""
    for section in document.sections:
        short, long = sorted((section.page_width.mm, section.page_height.mm))
        assert (round(short), round(long)) == (210, 297)
        assert 20 <= round(section.top_margin.mm, 1) <= 25
        assert 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35
        assert 15 <= round(section.right_margin.mm, 1) <= 20


@pytest.mark.parametrize("name", STYLES)
def test_all_text_is_black_times_new_roman_under_all_four_names(
    document: DocxDocument, name: str
) -> None:
    """A theme's face or a colour of Word's own headings would win otherwise."""
    style = document.styles[name]
    fonts = style.element.rPr.rFonts
    assert {fonts.get(qn(face)) for face in FACES} == {"Times New Roman"}
    assert not [one for one in fonts.attrib if one.endswith("Theme")]
    assert str(style.font.color.rgb) == "000000"
    assert 13 <= style.font.size.pt <= 14


def test_no_run_brings_a_face_of_its_own(document: DocxDocument) -> None:
    """Only sizes and weights are set in the text."""
    assert document.element.body.xpath(".//w:r/w:rPr/w:rFonts") == []


def test_the_body_is_justified_with_an_indent_and_space_between(document: DocxDocument) -> None:
    """13–14 pt, first line 1 or 1,27 cm, at least 6 pt apart, lines at most 1,5 apart."""
    body = document.styles["Body Text"].paragraph_format
    assert body.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert round(body.first_line_indent.mm, 1) in (10.0, 12.7)
    assert body.space_after.pt >= 6
    assert 1 <= body.line_spacing <= 1.5
    texts = [one for one in document.paragraphs if one.style.name == "Body Text"]
    assert len(texts) > 30


def test_the_title_block_is_that_of_the_decree(document: DocxDocument) -> None:
    """Parent upright, issuing body bold; motto bold, its second line underlined; date italic."""
    left, right = document.tables[0].rows[0].cells
    assert look(line(left.paragraphs, "ỦY BAN")) == (13, False, False)
    assert look(line(left.paragraphs, "BAN CHỈ ĐẠO")) == (13, True, False)
    assert look(line(left.paragraphs, "Số:")) == (13, False, False)
    assert look(right.paragraphs[0]) == (13, True, False)
    assert right.paragraphs[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert look(right.paragraphs[1]) == (14, True, False)
    assert right.paragraphs[1].text == "Độc lập - Tự do - Hạnh phúc"
    assert right.paragraphs[1].runs[0].underline
    assert look(line(right.paragraphs, "Minh Họa, ngày")) == (14, False, True)


def test_number_day_and_name_stay_open(document: DocxDocument) -> None:
    """A paper gets them after it was signed (Điều 15)."""
    left, right = document.tables[0].rows[0].cells
    assert line(left.paragraphs, "Số:").text.split() == ["Số:", "/BC-BCĐ"]
    day = line(right.paragraphs, "Minh Họa, ngày").text
    assert day.split() == ["Minh", "Họa,", "ngày", "tháng", "năm", "2026"]


def test_type_and_title_stand_centred_and_bold(document: DocxDocument) -> None:
    """BÁO CÁO in capitals, the summary below it."""
    kind = line(document.paragraphs, "BÁO CÁO")
    title = line(document.paragraphs, "Kết quả thực hiện dân chủ")
    for one in (kind, title):
        assert look(one) == (14, True, False)
        assert one.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_recipients_and_signing_stand_side_by_side(document: DocxDocument) -> None:
    """Label 12 bold italic, list 11, authority and post 14 bold; never cut from each other."""
    signing = document.tables[1]
    left, right = signing.rows[0].cells
    assert look(left.paragraphs[0]) == (12, True, True)
    assert left.paragraphs[0].text == "Nơi nhận:"
    assert {look(one)[0] for one in left.paragraphs[1:]} == {11}
    assert left.paragraphs[-1].text == "- Lưu: VT, BCĐ."
    assert [one.text for one in right.paragraphs[:2]] == ["TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN"]
    assert look(right.paragraphs[0]) == (14, True, False)
    assert signing.rows[0]._tr.xpath("./w:trPr/w:cantSplit")


def test_the_text_ends_with_its_sign(document: DocxDocument, party: DocxDocument) -> None:
    """'./.' in documents of the state, a full stop in those of the Party."""
    state = line(document.paragraphs, "Trên đây là báo cáo").text
    assert state.endswith("./.")
    assert not line(party.paragraphs, "Trên đây là báo cáo").text.endswith("./.")


def test_page_numbers_are_centred_above_and_hidden_on_the_first_page(
    document: DocxDocument,
) -> None:
    """Arabic, 13–14 pt; every annex is numbered on its own from 1."""
    for place, section in enumerate(document.sections):
        assert section.different_first_page_header_footer
        assert squashed(section.first_page_header.paragraphs[0].text) == ""
        header = section.header.paragraphs[0]
        assert header.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert "PAGE" in header._p.xpath(".//w:instrText/text()")
        assert 13 <= header.runs[0].font.size.pt <= 14
        starts = section._sectPr.xpath("./w:pgNumType/@w:start")
        assert starts == ([] if place == 0 else ["1"])


def test_settings_of_a_part_stand_in_the_order_word_asks_for(document: DocxDocument) -> None:
    """Word calls a file damaged in which they do not."""
    order = ("headerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid")
    for section in document.sections:
        names = [one.tag.rpartition("}")[2] for one in section._sectPr]
        assert set(names) <= set(order)
        assert [order.index(name) for name in names] == sorted(map(order.index, names))


def test_every_annex_begins_a_page_with_number_title_and_what_it_belongs_to(
    document: DocxDocument, written: Brief
) -> None:
    """'Phụ lục I', the title in capitals, the italic line 'Kèm theo …'."""
    assert len(document.sections) == 1 + len(written.annexes)
    for section, annex in zip(document.sections[1:], written.annexes, strict=True):
        name = next(one for one in document.paragraphs if one.text == f"Phụ lục {annex.mark}")
        at = [one._p for one in document.paragraphs].index(name._p)
        title, belongs = document.paragraphs[at + 1 : at + 3]
        assert title.text == annex.title.upper()
        assert belongs.text.startswith("(Kèm theo Báo cáo")
        assert look(belongs)[2]
        wide = section.orientation == WD_ORIENT.LANDSCAPE
        assert wide == annex.landscape


def test_tables_repeat_their_heading_and_cut_no_row(document: DocxDocument, written: Brief) -> None:
    """Also where LibreOffice or Word breaks the page."""
    assert len(document.tables) == 2 + len(written.tables)
    for table in document.tables[2:]:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


def test_footnotes_are_words_own(content: bytes, written: Brief) -> None:
    """Each is referred to once, in order."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        notes = archive.read("word/footnotes.xml").decode()
        text = archive.read("word/document.xml").decode()
    for note in written.notes:
        assert note.text in notes
        assert text.count(f'w:footnoteReference w:id="{note.number}"') == 1


def test_without_footnotes_there_is_no_part_for_them(written: Brief) -> None:
    """An empty part makes Word complain."""
    bare = to_docx(replace(written, notes=(), opening=()))
    with zipfile.ZipFile(BytesIO(bare)) as archive:
        assert "word/footnotes.xml" not in archive.namelist()


def test_the_properties_say_what_it_is(document: DocxDocument, written: Brief) -> None:
    """Title, issuing committee, language; nothing of the machine."""
    properties = document.core_properties
    assert (properties.title, properties.author) == (written.head.title, written.head.committee)
    assert properties.language == "vi-VN"
    assert "python" not in (properties.comments or "").lower()


def test_the_party_document_has_its_own_heading(party: DocxDocument) -> None:
    """ĐẢNG CỘNG SẢN VIỆT NAM 15 pt underlined, a star below the body, no colon in the number."""
    left, right = party.tables[0].rows[0].cells
    assert look(right.paragraphs[0]) == (15, True, False)
    assert right.paragraphs[0].text == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert right.paragraphs[0].runs[0].underline
    assert "*" in [one.text for one in left.paragraphs]
    assert line(left.paragraphs, "Số").text.split() == ["Số", "-BC/BCĐ"]
    label = party.tables[1].rows[0].cells[0].paragraphs[0]
    assert (label.runs[0].underline, label.runs[0].bold) == (True, False)
    assert any(one.text.startswith("I- ") for one in party.paragraphs)


def test_libreoffice_opens_it(content: bytes, written: Brief, tmp_path: Path) -> None:
    """Converted to PDF, with every sentence in it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    (tmp_path / "brief.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "brief.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=120, check=True)
    text = squashed(documents.of_pdf((tmp_path / "brief.pdf").read_bytes()))
    assert squashed(written.head.title) in text
    assert squashed("tỷ lệ hòa giải thành 42,86% (03/07 vụ)") in text
    assert squashed(written.notes[0].text) in text
