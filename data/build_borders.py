"""Build timeline/lexicons/borders.tsv.gz: coasts and borders of Natural Earth 1:50m (public domain).

The npm package ``world-atlas`` (ISC) carries them as TopoJSON; it is not needed to use the library::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python data/build_borders.py package/countries-50m.json

The output holds whole numbers only: the grid (degrees of its corner and of one step), the arcs (first point, then
steps), and the countries (name, and rings of arc numbers, ``~`` for one that runs backwards). It is sorted and stamped
with no time, so that the same input gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[1] / "timeline" / "lexicons" / "borders.tsv.gz"

FULL = {
    "Antigua and Barb.": "Antigua and Barbuda",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory",
    "Central African Rep.": "Central African Republic",
    "Congo": "Republic of the Congo",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Faeroe Is.": "Faroe Islands",
    "Falkland Is.": "Falkland Islands",
    "Fr. Polynesia": "French Polynesia",
    "Marshall Is.": "Marshall Islands",
    "N. Cyprus": "Northern Cyprus",
    "N. Mariana Is.": "Northern Mariana Islands",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "W. Sahara": "Western Sahara",
}


def polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a shape, each a list of rings of arc numbers."""
    if shape["type"] == "Polygon":
        return [shape["arcs"]]
    if shape["type"] == "MultiPolygon":
        return list(shape["arcs"])
    raise SystemExit(f"no polygon: {shape['type']}")


def ring(arcs: list[int]) -> str:
    """Arc numbers of a ring, backward ones (the complement in TopoJSON) with a tilde."""
    return " ".join(str(arc) if arc >= 0 else f"~{~arc}" for arc in arcs)


def lines(world: dict[str, Any]) -> Iterator[str]:
    """The lines of the table."""
    grid = world["transform"]
    yield "\t".join(repr(value) for value in (*grid["translate"], *grid["scale"]))
    yield ""
    for arc in world["arcs"]:
        yield " ".join(str(number) for point in arc for number in point)
    yield ""
    for shape in sorted(world["objects"]["countries"]["geometries"], key=lambda shape: shape["properties"]["name"]):
        rings = ";".join(ring(arcs) for polygon in polygons(shape) for arcs in polygon)
        name = shape["properties"]["name"]
        yield f"{FULL.get(name, name)}\t{rings}"


def main(source: str) -> None:
    """Write the table."""
    world = json.loads(Path(source).read_text(encoding="utf-8"))
    text = "\n".join(lines(world)) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    sys.stderr.write(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1])
