"""What a file is by its own bytes; what its sender or its name says is not believed."""

import zipfile
from io import BytesIO

# A photo of a telephone has 2 to 6 MB.
LARGEST = 10 * 1024 * 1024
# Of what is in an office file only names are read; one with more parts is none.
_MOST_PARTS = 5000

MIME = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Those that browsers draw.
PICTURES = frozenset({"jpg", "png", "webp"})
_BEGINNINGS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", b"%PDF-": "pdf"}
_HEIC_BRANDS = (b"heic", b"heix", b"mif1", b"msf1")


def kind_of(body: bytes) -> str | None:
    """A key of MIME; None for everything that is not taken."""
    for beginning, kind in _BEGINNINGS.items():
        if body.startswith(beginning):
            return kind
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "webp"
    if body[4:8] == b"ftyp" and body[8:12] in _HEIC_BRANDS:
        return "heic"
    return _office_kind(body) if body.startswith(b"PK\x03\x04") else None


def _office_kind(body: bytes) -> str | None:
    """Word and Excel without macros; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return None
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if has_macros or len(names) > _MOST_PARTS or "[Content_Types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in names else None
