"""The shared face: complete for Vietnamese, light, and addressed by its content."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from qcdc_core import look

STACKED = "ẮẰẲẴẶấầẩẫậẾỀỂỄỆốồổỗộỚỜỞỠỢứừửữựỳỷỹỵĐđƠơƯư"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


def font(name: str, var: Path) -> TTFont:
    return TTFont(io.BytesIO(look.served(name, var).body))


@pytest.mark.parametrize("name", look.names())
def test_every_file_is_served_with_its_type_and_digest(name: str, var: Path) -> None:
    """Both apps hand out whatever is asked for under its name."""
    one = look.served(name, var)
    assert one.body
    assert one.mime in ("font/woff2", "text/css; charset=utf-8")
    assert one.digest == look.digest_of(name)


def test_a_file_that_is_not_ours_is_not_served(var: Path) -> None:
    """The name is never a path."""
    with pytest.raises(KeyError):
        look.served("../config.py", var)


@pytest.mark.parametrize("weight", [400, 600])
def test_the_text_face_has_every_stacked_mark(weight: int, var: Path) -> None:
    """No letter of a Vietnamese sentence falls back to another typeface."""
    letters = font(f"text-{weight}.woff2", var).getBestCmap()
    assert [sign for sign in STACKED if ord(sign) not in letters] == []


@pytest.mark.parametrize("weight", [400, 600])
def test_the_digits_are_equally_wide(weight: int, var: Path) -> None:
    """Columns of numbers stand one under the other."""
    digits = font(f"figures-{weight}.woff2", var)
    names = digits.getBestCmap()
    assert {digits["hmtx"][names[ord(digit)]][0] for digit in "0123456789"} == {690}


def test_the_typeface_is_small(var: Path) -> None:
    """A weak signal carries it in a second or two; the text shows before it has come."""
    sizes = [len(look.served(name, var).body) for name in look.names() if "woff2" in name]
    assert sum(sizes) < 60_000
    assert b"font-display: swap" in look.served("typeface.css", var).body
