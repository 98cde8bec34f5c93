"""Be Vietnam Pro for the screen: subset to Vietnamese and Latin, made once and kept under var.

The typeface has no figures of equal width (its 1 is 385 units wide, its 4 710), and columns of
numbers need them. So a second, tiny face holds its ten digits, each centred in the same width.
"""

import hashlib
import io
import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import fontpkg_be_vietnam_pro as package
from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

STYLES = {400: "Regular", 600: "SemiBold"}
DIGITS = "0123456789"
DIGIT_WIDTH = 690

# Latin with Vietnamese, its combining marks (phones send decomposed text), punctuation, ₫.
_RANGES = (
    range(0x0020, 0x007F),
    range(0x00A0, 0x0180),
    range(0x01A0, 0x01B1),
    range(0x0300, 0x0330),
    range(0x1EA0, 0x1EFA),
    range(0x2010, 0x2040),
)
_SINGLE = (0x20AB, 0x2212)
# Raised whenever this file makes other bytes from the same source.
_RECIPE = "1"


def woff2(weight: int, var: Path) -> bytes:
    """The text face of weight 400 or 600. Raises KeyError for any other weight."""
    return _kept(var, _name("text", weight), lambda: _text_face(weight))


def figures_woff2(weight: int, var: Path) -> bytes:
    """The digits of the same weight, all equally wide. Raises KeyError for any other weight."""
    return _kept(var, _name("figures", weight), lambda: _figures_face(weight))


def digest(kind: str, weight: int) -> str:
    """Names the bytes without making them: the source's version, the recipe, the weight."""
    return hashlib.sha256(_name(kind, weight).encode()).hexdigest()[:12]


def _name(kind: str, weight: int) -> str:
    source = version("fontpkg-be-vietnam-pro")
    return f"be-vietnam-pro-{source}-{_RECIPE}-{kind}-{STYLES[weight]}.woff2"


def _kept(var: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """Two processes may make the same file at once: each renames a whole one into place."""
    path = var / "typeface" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{name}.{os.getpid()}")
        draft.write_bytes(make())
        draft.replace(path)
    return path.read_bytes()


def _source(weight: int) -> TTFont:
    return TTFont(package.ROOT / "files" / f"BeVietnamPro-{STYLES[weight]}.ttf")


def _text_face(weight: int) -> bytes:
    signs = [sign for each in _RANGES for sign in each]
    return _subset(_source(weight), [*signs, *_SINGLE], ["*"])


def _figures_face(weight: int) -> bytes:
    font = _source(weight)
    names = font.getBestCmap()
    for digit in DIGITS:
        _centre(font, names[ord(digit)])
    return _subset(font, [ord(digit) for digit in DIGITS], [])


def _centre(font: TTFont, name: str) -> None:
    """Give a glyph the common width, its outline in the middle."""
    width, _ = font["hmtx"][name]
    shift = (DIGIT_WIDTH - width) // 2
    glyphs = font.getGlyphSet()
    outline = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(outline)
    pen = TTGlyphPen(None)
    outline.replay(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
    glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["glyf"][name] = glyph
    font["hmtx"][name] = (DIGIT_WIDTH, glyph.xMin)


def _subset(font: TTFont, signs: list[int], features: list[str]) -> bytes:
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = features
    options.hinting = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=signs)
    cutter.subset(font)
    target = io.BytesIO()
    subset.save_font(font, target, options)
    return target.getvalue()
