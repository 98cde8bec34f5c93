"""What both web apps hand out under /look/NAME?v=DIGEST: bytes, type and digest, no web framework.

The digest changes with the bytes, so that browsers may keep a file for a year.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from qcdc_core.look import typeface

LIFETIME_SECONDS = 365 * 24 * 3600

_SHEETS = ("tokens.css", "face.css")
_FONTS = {
    f"{kind}-{weight}.woff2": (kind, weight)
    for kind in ("text", "figures")
    for weight in typeface.STYLES
}
_FACE = """\
@font-face {{
  font-family: "{family}";
  font-weight: {weight};
  font-display: swap;
  src: url("{name}?v={digest}") format("woff2");{extent}
}}
"""
_FAMILIES = {"text": "QCDC Text", "figures": "QCDC Figures"}
_EXTENTS = {"text": "", "figures": "\n  unicode-range: U+30-39;"}


@dataclass(frozen=True)
class Served:
    body: bytes
    mime: str
    digest: str


def names() -> tuple[str, ...]:
    """Everything that can be asked for."""
    return ("typeface.css", *_SHEETS, *_FONTS)


def served(name: str, var: Path) -> Served:
    """Raises KeyError for a name that is not among ``names()``."""
    if name in _FONTS:
        kind, weight = _FONTS[name]
        make = typeface.woff2 if kind == "text" else typeface.figures_woff2
        return Served(make(weight, var), "font/woff2", digest_of(name))
    return Served(_sheet(name), "text/css; charset=utf-8", digest_of(name))


@cache
def digest_of(name: str) -> str:
    """The ``v`` of an address; a typeface need not be made for it. Raises KeyError."""
    if name in _FONTS:
        return typeface.digest(*_FONTS[name])
    return hashlib.sha256(_sheet(name)).hexdigest()[:12]


@cache
def _sheet(name: str) -> bytes:
    if name == "typeface.css":
        return "".join(_face(font) for font in _FONTS).encode()
    if name not in _SHEETS:
        raise KeyError(name)
    return resources.files("qcdc_core.look").joinpath(name).read_bytes()


def _face(name: str) -> str:
    kind, weight = _FONTS[name]
    return _FACE.format(
        family=_FAMILIES[kind],
        weight=weight,
        name=name,
        digest=digest_of(name),
        extent=_EXTENTS[kind],
    )
