"""Coasts and borders of the states, for maps: Natural Earth 1:50m (public domain), packed by data/build_borders.py."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from types import MappingProxyType
from typing import TypeAlias

from timeline.gazetteer.folding import fold
from timeline.gazetteer.states import state_names, states

__all__ = ["World", "borders"]

Path: TypeAlias = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class World:
    """Lines and areas as paths of (longitude, latitude) in degrees, WGS84.

    Parameters
    ----------
    coasts, borders : tuple of paths
        Lines that one land has for itself, and lines that two share.
    lands : mapping of str to tuple of paths
        The rings of each state or territory by its name in states.csv, or that of Natural Earth if it has none there.
    """

    coasts: tuple[Path, ...]
    borders: tuple[Path, ...]
    lands: Mapping[str, tuple[Path, ...]]


@cache
def borders() -> World:
    """The world as Natural Earth draws it: borders as they are in fact controlled, and no statement of ours.

    Examples
    --------
    >>> world = borders()
    >>> len(world.lands) > 230, len(world.lands["Syria"])
    (True, 1)
    """
    packed = (files("timeline") / "lexicons" / "borders.tsv.gz").read_bytes()
    head, lines, areas = gzip.decompress(packed).decode().split("\n\n")
    west, south, wide, high = (float(value) for value in head.split("\t"))
    arcs = [_arc(line, west, south, wide, high) for line in lines.splitlines()]
    uses: Counter[int] = Counter()
    lands = {}
    for line in areas.splitlines():
        name, rings = line.split("\t")
        numbered = [[(int(arc.lstrip("~")), arc.startswith("~")) for arc in ring.split()] for ring in rings.split(";")]
        uses.update(number for ring in numbered for number, _ in ring)
        lands[_own_name(name)] = tuple(_ring(arcs, ring) for ring in numbered)
    coasts = tuple(arc for number, arc in enumerate(arcs) if uses[number] == 1)
    shared = tuple(arc for number, arc in enumerate(arcs) if uses[number] > 1)
    return World(coasts, shared, MappingProxyType(lands))


def _arc(line: str, west: float, south: float, wide: float, high: float) -> Path:
    numbers = [int(word) for word in line.split()]
    across, up = accumulate(numbers[::2]), accumulate(numbers[1::2])
    return tuple((west + x * wide, south + y * high) for x, y in zip(across, up, strict=True))


def _ring(arcs: list[Path], numbered: list[tuple[int, bool]]) -> Path:
    points: list[tuple[float, float]] = []
    for number, backwards in numbered:
        arc = arcs[number][::-1] if backwards else arcs[number]
        points.extend(arc[1:] if points else arc)
    return tuple(points)


def _own_name(name: str) -> str:
    code = state_names().get(fold(name))
    return states()[code].name if code else name
