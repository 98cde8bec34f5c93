"""The paragraphs of a file: Word, web page or plain text."""

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree, html

from qcdc_core.errors import Refusal

LARGEST_FILE = 20_000_000
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body br center dd div dl dt footer form h1 h2 h3 h4 h5 h6 "
        "header hr li main nav ol p pre section table tbody td th thead tr ul",
    )
)
_NOT_TEXT = frozenset(("script", "style", "head", "template", "noscript"))
# Changes that somebody still has to accept: neither wording is the text yet.
_TRACKED = ("//w:ins", "//w:del", "//w:moveFrom", "//w:moveTo")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``numbered``: the file's program writes a number before it that is not in the words."""

    words: str
    numbered: bool = False


def paragraphs_of(path: Path) -> list[Paragraph]:
    """Paragraphs with letters in NFC and single spaces; empty ones are left out.

    Raises Refusal unreadable_file(path), not_utf8(path), file_too_large(path),
    tracked_changes(path) or unknown_kind(path).
    """
    if path.stat().st_size > LARGEST_FILE:
        raise Refusal("file_too_large", path=path.name)
    match path.suffix.lower():
        case ".docx":
            found = _of_word(path)
        case ".html" | ".htm":
            found = _of_page(path)
        case ".txt":
            found = [Paragraph(line) for line in _text(path).splitlines()]
        case _:
            raise Refusal("unknown_kind", path=path.name)
    tidied = (Paragraph(_tidy(one.words), one.numbered) for one in found)
    return [one for one in tidied if one.words]


def _tidy(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).replace("\u00ad", "").split())


def _text(path: Path) -> str:
    raw = path.read_bytes()
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal("not_utf8", path=path.name) from None


def _of_word(path: Path) -> list[Paragraph]:
    try:
        document = Document(str(path))
        if any(document.element.xpath(place) for place in _TRACKED):
            raise Refusal("tracked_changes", path=path.name)
        return list(_blocks(document))
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        etree.LxmlError,
        KeyError,
        ValueError,
        OSError,
    ):
        raise Refusal("unreadable_file", path=path.name) from None


def _blocks(holder: Any) -> Iterator[Paragraph]:
    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _blocks(cell)
        elif isinstance(block, WordParagraph):
            numbered = _has_number(block)
            yield from (Paragraph(line, numbered) for line in block.text.split("\n"))


def _has_number(block: WordParagraph) -> bool:
    """Numbers that Word makes itself stand in the paragraph or in its style."""
    style = block.style.element if block.style is not None else None
    holders = (block._p, style)  # noqa: SLF001 - python-docx offers no other way to the numbering
    return any(one is not None and one.xpath("./w:pPr/w:numPr") for one in holders)


def _of_page(path: Path) -> list[Paragraph]:
    raw = path.read_bytes()
    try:
        page = html.document_fromstring(_decoded(raw))
    except (etree.LxmlError, ValueError):
        raise Refusal("unreadable_file", path=path.name) from None
    lines: list[_Line] = [_Line()]
    _walk(page, lines)
    return [Paragraph("".join(line.words), line.numbered) for line in lines]


def _decoded(raw: bytes) -> str | bytes:
    """UTF-8 as text; another encoding stays bytes, and the page's own head names it."""
    try:
        # An encoding named in the head would contradict text that is decoded already.
        return raw.decode("utf-8-sig").replace("<?xml", "<!--?xml", 1)
    except UnicodeDecodeError:
        return raw


class _Line:
    def __init__(self, *, numbered: bool = False) -> None:
        self.words: list[str] = []
        self.numbered = numbered


def _walk(element: Any, lines: list[_Line]) -> None:
    if not isinstance(element.tag, str) or element.tag in _NOT_TEXT:
        _add(lines, element.tail)
        return
    is_block = element.tag in _BLOCKS
    if is_block:
        lines.append(_Line(numbered=_is_numbered_item(element)))
    _add(lines, element.text)
    for child in element:
        _walk(child, lines)
    if is_block:
        lines.append(_Line())
    _add(lines, element.tail)


def _is_numbered_item(element: Any) -> bool:
    parent = element.getparent()
    return element.tag == "li" and parent is not None and parent.tag == "ol"


def _add(lines: list[_Line], words: str | None) -> None:
    if words:
        lines[-1].words.append(words)
