"""Which part of the world a map shows, and where a point of it lies on the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from timeline.charts.sites import Site

ENOUGH, FURTHER = 0.8, 1.35
LEAST = 2.4
MOST_SQUEEZED, EDGE = 55.0, 8.0
KILOMETRES = 111.2


@dataclass(frozen=True, slots=True)
class Window:
    """A frame on the page with an equirectangular picture of the world, true to scale along its middle latitude.

    Parameters
    ----------
    lon, lat : float
        Degrees, the middle of the frame.
    unit : float
        Points per degree of latitude.
    squeeze : float
        Length of a degree of longitude as a share of one of latitude.
    left, top, right, low : float
        The frame in points.
    """

    lon: float
    lat: float
    unit: float
    squeeze: float
    left: float
    top: float
    right: float
    low: float

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point lies on the page: the nearest of its images east and west."""
        across = (lon - self.lon + 180) % 360 - 180
        return (
            (self.left + self.right) / 2 + across * self.squeeze * self.unit,
            (self.top + self.low) / 2 - (lat - self.lat) * self.unit,
        )

    def holds(self, site: Site) -> bool:
        """Whether a site lies within the frame, and not on its edge."""
        x, y = self(site.lon, site.lat)
        return self.left + EDGE <= x <= self.right - EDGE and self.top + EDGE <= y <= self.low - EDGE

    @property
    def per_kilometre(self) -> float:
        """Points per kilometre at the middle of the frame."""
        return self.unit / KILOMETRES


def far(one: Site, other: Site) -> float:
    """Degrees of a great circle between two sites."""
    a, b, turn = math.radians(one.lat), math.radians(other.lat), math.radians(one.lon - other.lon)
    half = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return math.degrees(2 * math.asin(min(1.0, math.sqrt(half))))


def core(sites: Sequence[Site]) -> list[Site]:
    """The sites that the frame should hold: those around their middle with most of the events, and what is near them.

    A few events far away would shrink a war to a dot; they are drawn beside the map instead.
    """
    points = [site for site in sites if site.form != "area"] or list(sites)
    heavy = sorted(points, key=lambda site: (-site.number, site.name, site.lat, site.lon))[:40]
    middle = min(heavy, key=lambda site: (sum(far(site, other) * other.number for other in points), site.name))
    around = sorted(((far(middle, site), site) for site in points), key=lambda pair: (pair[0], pair[1].name))
    enough, held, reach = ENOUGH * sum(site.number for site in points), 0, 0.0
    out = []
    for distance, site in around:
        if held >= enough and distance > max(FURTHER * reach, LEAST):
            break
        if held < enough:
            held, reach = held + site.number, distance
        out.append(site)
    return out


def _longitudes(sites: Sequence[Site]) -> tuple[float, float]:
    """Middle and width in degrees of the shortest arc that holds all longitudes, over the date line if need be."""
    known = sorted({site.lon % 360 for site in sites})
    gaps = [(b - a, b) for a, b in pairwise([*known, known[0] + 360])]
    gap, start = max(gaps)
    return (start + (360 - gap) / 2 + 180) % 360 - 180, 360 - gap


def window(sites: Sequence[Site], left: float, top: float, wide: float, shares: tuple[float, float]) -> Window:
    """The frame around the core of the sites, ``wide`` points wide.

    Parameters
    ----------
    shares : (float, float)
        Least and greatest height as shares of the width.
    """
    held = core(sites)
    lon, across = _longitudes(held)
    south, north = min(site.lat for site in held), max(site.lat for site in held)
    squeeze = math.cos(math.radians(min(abs(south + north) / 2, MOST_SQUEEZED)))
    lowest, highest = (share * wide for share in shares)
    spread, high = max(across * squeeze, LEAST), max(north - south, LEAST * 0.6)
    unit = max(min(0.74 * wide / spread, 0.74 * highest / high), wide / (360 * squeeze))
    height = min(max(high * unit / 0.74, lowest), max(highest, high * unit / 0.9))
    return Window(lon, (south + north) / 2, unit, squeeze, left, top, left + wide, top + height)


def whole(left: float, top: float, wide: float) -> Window:
    """A small picture of the inhabited world."""
    unit = wide / 360
    return Window(12.0, 12.0, unit, 1.0, left, top, left + wide, top + 138 * unit)
