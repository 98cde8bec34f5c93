"""Photos without where and with what they were taken; which way up they are is kept.

A precise location is sensitive data (Nghị định 356/2025/NĐ-CP Điều 4), and nobody needs it here.
Telegram and Zalo take it out of photos, not out of files; the web chat takes what it is given.
"""

from io import BytesIO

import piexif

from qcdc_core.evidence.kinds import kind_of

_WITH_EXIF = frozenset({"jpg", "webp"})
# Whatever a broken picture makes piexif raise: NameError and OverflowError are among it.
_UNREADABLE = Exception


def without_location(kind: str, body: bytes) -> bytes:
    """The same picture without its EXIF but for the orientation; other kinds as they are.

    HEIC and PNG are left as they are too: what browsers and telephones send is JPEG or WebP.
    """
    if kind not in _WITH_EXIF or kind_of(body) != kind:
        return body  # piexif takes bytes that it does not know for the name of a file
    try:
        told = piexif.load(body)["0th"]
    except _UNREADABLE:
        return _removed(body)
    way_up = told.get(piexif.ImageIFD.Orientation)
    if not told:
        return _removed(body)
    bare = _removed(body)
    return bare if way_up in (None, 1) else _turned(bare, way_up)


def _removed(body: bytes) -> bytes:
    out = BytesIO()
    try:
        piexif.remove(body, out)
    except _UNREADABLE:
        return body  # nobody can read a place out of it either
    return out.getvalue() or body


def _turned(body: bytes, way_up: int) -> bytes:
    out = BytesIO()
    try:
        piexif.insert(piexif.dump({"0th": {piexif.ImageIFD.Orientation: way_up}}), body, out)
    except _UNREADABLE:
        return body
    return out.getvalue() or body
