"""The small line of past values beside a figure, as numbers for an SVG in the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, EDGE = 96, 24, 3


@dataclass(frozen=True)
class Sparkline:
    """``lines`` are the points of each unbroken stretch; ``last`` is the dot of the last value."""

    lines: tuple[str, ...]
    last: tuple[float, float] | None
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(values: Sequence[Decimal | None]) -> Sparkline | None:
    """None when fewer than two values are known. A gap stays a gap, never a zero."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    points = [_point(values, step, max(known)) for step in range(len(values))]
    last = points[-1]
    return Sparkline(tuple(_stretches(points)), last)


def _point(
    values: Sequence[Decimal | None], step: int, highest: Decimal
) -> tuple[float, float] | None:
    """From zero at the bottom, so that a small change does not look large."""
    value = values[step]
    if value is None:
        return None
    across = EDGE + step * (WIDTH - 2 * EDGE) / (len(values) - 1)
    share = float(value / highest) if highest else 0.0
    return round(across, 1), round(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE), 1)


def _stretches(points: Sequence[tuple[float, float] | None]) -> list[str]:
    found: list[list[str]] = [[]]
    for point in points:
        if point is None:
            found.append([])
        else:
            found[-1].append(f"{point[0]},{point[1]}")
    # A value alone between gaps is a line to itself: a dot.
    return [" ".join(one if len(one) > 1 else one * 2) for one in found if one]
