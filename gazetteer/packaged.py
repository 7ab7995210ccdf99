"""Read the packaged tables of districts, airports and geographical features.

CSV files of the package come in. Entries for the gazetteer go out, in EPSG:4326.
``data/SOURCES.md`` describes each file and its origin.
"""

from __future__ import annotations

import csv
import gzip
import lzma
from typing import TYPE_CHECKING, Any

from gazetteer.files import data_file, read_table
from gazetteer.records import Place
from gazetteer.sources import Entry, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gazetteer.sources import Areas

# GeoNames feature codes for the kinds in features.csv.
FEATURES = {
    "continent": "CONT",
    "macroregion": "RGN",
    "region": "RGN",
    "historic": "RGNH",
    "ocean": "OCN",
    "sea": "SEA",
    "gulf": "GULF",
    "strait": "STRT",
    "channel": "CHN",
    "bay": "BAY",
    "river": "STM",
    "canal": "CNL",
    "lake": "LK",
    "mountains": "MTS",
    "peak": "MT",
    "desert": "DSRT",
    "peninsula": "PEN",
    "island": "ISL",
    "islands": "ISLS",
    "valley": "VAL",
    "plain": "PLN",
    "plateau": "PLAT",
    "forest": "FRST",
    "delta": "DLTA",
    "cape": "CAPE",
    "oasis": "OAS",
}
_PRECISION = {"peak": "site", "river": "line", "canal": "line"}


def _entry(place_id: str, row: Mapping[str, str], **told: Any) -> Entry:  # noqa: ANN401
    """Return an entry for a row of a table, with further fields of the place."""
    fixed: dict[str, Any] = {"admin1": None, "population": None, "certainty": None}
    lat, lon = float(row["lat"]), float(row["lon"])
    return Entry(place=Place(id=place_id, name=row["name"], lat=lat, lon=lon, **{**fixed, **told}))


def _packed(name: str) -> Iterator[dict[str, str]]:
    """Return the rows of a compressed CSV file of the package."""
    unpack = lzma.decompress if name.endswith(".xz") else gzip.decompress
    text = unpack(data_file(name).read_bytes()).decode("utf-8")
    return csv.DictReader(text.splitlines())


def read_districts(areas: Areas) -> list[Entry]:
    """Read second-order units, as points near their centres without outlines.

    Parameters
    ----------
    areas
        Countries and first-level units, by which provinces are looked up.
    """
    entries = []
    for row in _packed("districts.csv.xz"):
        unit = areas.by_code.get(row["admin1"])
        place_id = f"geonames:{row['geonameid']}"
        entry = _entry(
            place_id,
            row,
            country=row["country"],
            admin1=unit[0] if unit else None,
            feature="ADM2",
            precision="district",
            names=names_of(place_id, row["name"], row["names"].split("|")),
            source="GeoNames",
            certainty="low",
        )
        entries.append(entry)
    return entries


def read_airports() -> list[Entry]:
    """Read airports and air bases; "London Heathrow Airport" can be looked up as "Heathrow" too."""
    return [
        _entry(
            f"ourairports:{row['ident']}",
            row,
            country=row["country"],
            admin1=row["admin1"] or None,
            feature=row["feature"],
            precision="site",
            names=tuple(_airport_names(row["name"], row["town"])),
            source="OurAirports",
        )
        for row in _packed("airports.csv.gz")
    ]


def _airport_names(name: str, town: str) -> Iterator[str]:
    """Yield an airport's name without its town, and without "International"."""
    bare = name.removeprefix(f"{town} ") if town else name
    if bare != name and bare.split()[0] not in {"International", "Airport", "Air", "Regional"}:
        yield bare
        yield bare.removesuffix(" Airport").removesuffix(" International")
    if "International Airport" in name:
        yield name.replace(" International Airport", " Airport")


def read_features() -> list[Entry]:
    """Read continents, seas, rivers, mountains and informal regions, as reference points."""
    entries = []
    for row in read_table("features.csv"):
        place_id = f"feature:{row['id']}"
        entry = _entry(
            place_id,
            row,
            country=next(iter(row["countries"].split()), None),
            feature=FEATURES[row["kind"]],
            precision=_PRECISION.get(row["kind"], "region"),
            names=names_of(place_id, row["name"], row["aliases"].split("|")),
            source=row["source"],
            certainty=row["certainty"],
        )
        entries.append(entry)
    return entries
