"""Outliers of counts and amounts: far from the unit's own past and from its peers.

Robust: median and MAD. Counts of 0–20 are compared on Anscombe's scale 2·√(x + 3/8), where the
spread of a Poisson count is about 1 whatever its size; amounts (đồng, m², people, files) on a
logarithmic scale, zeros left out, since giving and conferences happen in some periods only, and a
hundred people are not a hundred independent events.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from qcdc_core.db import plain
from qcdc_core.forms import Figure

FEWEST_OWN = 4
FEWEST_PEERS = 8
FAR = 4.0
MAD_TO_SPREAD = 1.4826
# The spread assumed at least: on Anscombe's scale a count cannot be steadier than Poisson's 1;
# an amount up to e^(4 × 0.42), about five times the usual, is nothing odd in itself.
LEAST_SPREAD = {"count": 1.0, "amount": 0.42}
AMOUNT_UNITS = frozenset({"đồng", "m²", "lượt", "người", "ngày công", "hồ sơ"})
# Beyond these, a value is asked about even without any past: more than any unit of Việt Nam has.
MOST = {
    "cuộc": 100,
    "lượt": 20_000,
    "vụ": 200,
    "đồng": 20_000_000_000,
    "ngày công": 20_000,
    "m²": 200_000,
    "ý kiến": 2_000,
    "đơn": 2_000,
    "hồ sơ": 50_000,
    "nội dung": 100,
    "tiêu chí": 19,
    "người": 100_000,
    "văn bản": 500,
}


@dataclass(frozen=True)
class Unusual:
    """``usual`` is the median of what it was compared with; None when only the ceiling spoke."""

    usual: Decimal | None


def unusual(
    figure: Figure, value: Decimal, own: Sequence[Decimal], peers: Sequence[Decimal]
) -> Unusual | None:
    """None when the value is ordinary, or when there is too little to compare it with.

    Own past decides when it is long enough: a unit that was always large is not odd.
    """
    ceiling = MOST.get(figure.unit)
    if ceiling is not None and value > ceiling:
        return Unusual(_usual(figure, own) or _usual(figure, peers))
    if figure.kind != "flow":
        return None
    for past, fewest in ((own, FEWEST_OWN), (peers, FEWEST_PEERS)):
        compared = _comparable(figure, past)
        if len(compared) >= fewest:
            return Unusual(_usual(figure, past)) if _is_far(figure, value, compared) else None
    return None


def likelier(
    figure: Figure, value: Decimal, own: Sequence[Decimal], peers: Sequence[Decimal]
) -> tuple[Decimal, ...]:
    """The value without one or three zeros too many, where that would be ordinary."""
    found = []
    for divisor in (10, 1000):
        smaller = plain(value / divisor)
        fits = figure.decimals or smaller == smaller.to_integral_value()
        if fits and smaller > 0 and unusual(figure, smaller, own, peers) is None:
            found.append(smaller)
    return tuple(found[:1])


def _is_amount(figure: Figure) -> bool:
    return figure.unit in AMOUNT_UNITS


def _comparable(figure: Figure, past: Sequence[Decimal]) -> list[Decimal]:
    return [value for value in past if value > 0] if _is_amount(figure) else list(past)


def _usual(figure: Figure, past: Sequence[Decimal]) -> Decimal | None:
    compared = _comparable(figure, past)
    return plain(median(compared)) if compared else None


def _is_far(figure: Figure, value: Decimal, past: Sequence[Decimal]) -> bool:
    if _is_amount(figure) and value == 0:
        return False
    scaled = [_scale(figure, one) for one in past]
    middle = median(scaled)
    spread = MAD_TO_SPREAD * median(abs(one - middle) for one in scaled)
    least = LEAST_SPREAD["amount" if _is_amount(figure) else "count"]
    return abs(_scale(figure, value) - middle) > FAR * max(spread, least)


def _scale(figure: Figure, value: Decimal) -> float:
    """A float is right here: this is a distance to judge by, never a value to keep."""
    if _is_amount(figure):
        return math.log(float(value))
    return 2 * math.sqrt(float(value) + 0.375)
