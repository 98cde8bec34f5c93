"""Photos lose where they were taken, stay the same picture, and stay the right way up."""

from io import BytesIO

import piexif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from qcdc_core.evidence.location import without_location

HANOI = ((21, 1), (1, 1), (42, 1))
SIDEWAYS = 6


def photo(form: str, *, way_up: int) -> bytes:
    exif = piexif.dump(
        {
            "0th": {piexif.ImageIFD.Orientation: way_up, piexif.ImageIFD.Make: b"Telephone"},
            "GPS": {piexif.GPSIFD.GPSLatitude: HANOI, piexif.GPSIFD.GPSLatitudeRef: b"N"},
        }
    )
    out = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, form, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "form"), [("jpg", "JPEG"), ("webp", "WEBP")])
@pytest.mark.parametrize("way_up", [1, SIDEWAYS])
def test_the_place_goes_and_the_picture_stays(kind: str, form: str, way_up: int) -> None:
    """Bit by bit the same image, shown the same way."""
    before = photo(form, way_up=way_up)
    after = without_location(kind, before)
    told = piexif.load(after)
    assert told["GPS"] == {}
    assert piexif.ImageIFD.Make not in told["0th"]
    assert told["0th"].get(piexif.ImageIFD.Orientation, 1) == way_up
    one, other = Image.open(BytesIO(before)), Image.open(BytesIO(after))
    assert ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox() is None


def test_a_picture_that_tells_nothing_stays_as_it_is() -> None:
    """Most of what messengers hand on."""
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    assert without_location("jpg", out.getvalue()) == out.getvalue()
    assert without_location("pdf", b"%PDF-1.7") == b"%PDF-1.7"


@given(st.binary(max_size=200), st.integers(0, 400), st.sampled_from(["jpg", "webp"]))
def test_no_broken_picture_breaks_it(noise: bytes, cut: int, kind: str) -> None:
    """Whatever comes after the first bytes."""
    whole = photo("JPEG" if kind == "jpg" else "WEBP", way_up=SIDEWAYS)
    assert isinstance(without_location(kind, whole[:cut] + noise), bytes)
