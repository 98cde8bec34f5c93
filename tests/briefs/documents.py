"""What a reader sees in each kind of document."""

import re
from html.parser import HTMLParser
from io import BytesIO

import pypdfium2
from docx import Document

_TOP_OF_TEXT = 18 / 25.4 * 72  # points; the page number stands above, in the margin


def squashed(text: str) -> str:
    """Without white space: renderers break lines where they like."""
    return re.sub(r"\s+", "", text)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def of_html(page: str) -> str:
    """The text without the raised numbers of footnotes."""
    reader = _Text()
    reader.feed(re.sub(r"<sup.*?</sup>", "", page))
    return "".join(reader.parts)


def of_docx(content: bytes) -> str:
    """All paragraphs, those in tables too, in order."""
    body = Document(BytesIO(content)).element.body
    texts = body.xpath(".//w:t/text()")
    return "".join(str(text) for text in texts)


def of_pdf(content: bytes) -> str:
    """All pages, without what stands in the top margin."""
    book = pypdfium2.PdfDocument(content)
    try:
        return "".join(_page(page) for page in book)
    finally:
        book.close()


def _page(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return text.get_text_bounded(top=page.get_height() - _TOP_OF_TEXT)
    finally:
        text.close()
        page.close()


def of_text(content: str) -> str:
    """Without the numbers of footnotes in brackets."""
    return re.sub(r" \[\d+\]", "", content)
