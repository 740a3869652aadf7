"""A track as a picture: no map tiles, north up, the true shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from .rules import Fix, length

WIDTH, HEIGHT, EDGE = 600, 420, 24


@dataclass(frozen=True)
class Track:
    """`points` of the polyline, where it starts and ends, how far it went, and how wide the picture is, in km."""

    points: str
    start: tuple[float, float]
    end: tuple[float, float]
    km: float
    across_km: float


def drawn(fixes: Sequence[Fix]) -> Track | None:
    """None without a fix."""
    if not fixes:
        return None
    narrow = cos(radians(fixes[0].latitude))
    flat = [(fix.longitude * narrow, fix.latitude) for fix in fixes]
    west, east = min(x for x, _y in flat), max(x for x, _y in flat)
    south, north = min(y for _x, y in flat), max(y for _x, y in flat)
    scale = min((WIDTH - 2 * EDGE) / max(east - west, 0.002), (HEIGHT - 2 * EDGE) / max(north - south, 0.002))
    left, top = (WIDTH - scale * (east - west)) / 2, (HEIGHT - scale * (north - south)) / 2
    placed = [(round(left + scale * (x - west), 1), round(top + scale * (north - y), 1)) for x, y in flat]
    points = " ".join(f"{x},{y}" for x, y in placed)
    return Track(points, placed[0], placed[-1], round(length(fixes) / 1000, 1), round(WIDTH / scale * 111.2, 1))
