"""Read and write the compact files of villages.

Rows come in, and the content of a file goes out, or the reverse. A file contains the villages of
one country. It is a sequence of LZMA streams: first a line of JSON with the metadata, then the
columns, which compress better one by one. Reading needs only the standard library.
"""

from __future__ import annotations

import json
import lzma
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORMAT = 1
SEPARATOR = "|"  # between alternate names
_TEXT = ("names", "others", "areas", "kinds")
_NUMBERS = ("ids", "lats", "lons", "area", "kind", "people")
_PRECISION = 10_000  # steps per degree; coordinates are stored to 0.0001 degrees, about 11 m
_PLANES = 5  # bytes per number, as ids of Who's On First need


@dataclass(frozen=True, kw_only=True, slots=True)
class VillageRow:
    """One populated place of a file, with coordinates in degrees (EPSG:4326)."""

    id: str  # geonames:1319539, or wof:1125773715 for records without an id of GeoNames
    name: str
    others: tuple[str, ...]
    lat: float
    lon: float
    feature: str  # GeoNames code: PPL, PPLX ...
    admin1: str  # name of the province in the source; may be empty
    admin2: str
    population: int | None
    source: str  # geonames, quattroshapes, whosonfirst ...


def pack(about: Mapping[str, Any], rows: Sequence[VillageRow]) -> bytes:
    """Return the content of a file.

    Parameters
    ----------
    about
        Metadata of the file.
    rows
        Villages, in any order. They are sorted by name and id, so that the same rows give the same
        bytes.
    """
    ordered = sorted(rows, key=lambda r: (r.name, r.id))
    areas = sorted({(r.admin1, r.admin2) for r in ordered})
    kinds = sorted({(r.feature, r.source) for r in ordered})
    area_at = {area: at for at, area in enumerate(areas)}
    kind_at = {kind: at for at, kind in enumerate(kinds)}
    texts = {
        "names": [r.name for r in ordered],
        "others": [SEPARATOR.join(r.others) for r in ordered],
        "areas": ["\t".join(area) for area in areas],
        "kinds": ["\t".join(kind) for kind in kinds],
    }
    numbers = {
        "ids": [_number_of(r.id) for r in ordered],
        "lats": [round((r.lat + 90) * _PRECISION) for r in ordered],
        "lons": [round((r.lon + 180) * _PRECISION) for r in ordered],
        "area": [area_at[r.admin1, r.admin2] for r in ordered],
        "kind": [kind_at[r.feature, r.source] for r in ordered],
        "people": [r.population or 0 for r in ordered],
    }
    columns = [lines.encode() for lines in map("\n".join, (texts[key] for key in _TEXT))]
    columns += [_planes(numbers[key]) for key in _NUMBERS]
    head = {
        **about,
        "format": FORMAT,
        "rows": len(ordered),
        "columns": dict(zip((*_TEXT, *_NUMBERS), map(len, columns), strict=True)),
    }
    first = json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    return b"".join(map(_compressed, (first, *columns)))


def about(data: bytes, name: str) -> dict[str, Any]:
    """Return the metadata of a file, without reading its columns.

    Parameters
    ----------
    data
        Content of the file.
    name
        Name of the file, for the error message.

    Raises
    ------
    GazetteerError
        If the content is not a file of villages, or is one in another version of the format.
    """
    try:
        head = json.loads(lzma.LZMADecompressor(lzma.FORMAT_XZ).decompress(data))
    except (lzma.LZMAError, EOFError, ValueError) as error:
        raise GazetteerError(name, f"is not a file of villages ({error})") from error
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise GazetteerError(name, "is a file of villages of another version")
    return head


def unpack(data: bytes, name: str) -> list[VillageRow]:
    """Return the rows of a file, in its order.

    Parameters
    ----------
    data
        Content of the file.
    name
        Name of the file, for the error message.

    Raises
    ------
    GazetteerError
        If the content is not a file of villages, is damaged or is not complete.
    """
    head = about(data, name)
    try:
        whole = lzma.decompress(data, lzma.FORMAT_XZ)
    except (lzma.LZMAError, EOFError) as error:
        raise GazetteerError(name, f"is damaged ({error})") from error
    at = whole.index(b"\n") + 1
    columns: dict[str, bytes] = {}
    for key in (*_TEXT, *_NUMBERS):
        length = head["columns"][key]
        columns[key], at = whole[at : at + length], at + length
    if at != len(whole):
        raise GazetteerError(name, "is cut short")
    return _rows(columns, head["rows"])


def _rows(columns: Mapping[str, bytes], count: int) -> list[VillageRow]:
    """Return the rows that the columns of a file contain."""
    texts = {key: columns[key].decode().split("\n") for key in _TEXT}
    numbers = {key: _numbers(columns[key], count) for key in _NUMBERS}
    areas = [area.split("\t") for area in texts["areas"]]
    kinds = [kind.split("\t") for kind in texts["kinds"]]
    out = []
    for at in range(count):
        admin1, admin2 = areas[numbers["area"][at]]
        feature, source = kinds[numbers["kind"][at]]
        others = texts["others"][at]
        number = numbers["ids"][at]
        row = VillageRow(
            id=f"wof:{number >> 1}" if number & 1 else f"geonames:{number >> 1}",
            name=texts["names"][at],
            others=tuple(others.split(SEPARATOR)) if others else (),
            lat=round(numbers["lats"][at] / _PRECISION - 90, 4),
            lon=round(numbers["lons"][at] / _PRECISION - 180, 4),
            feature=feature,
            admin1=admin1,
            admin2=admin2,
            population=numbers["people"][at] or None,
            source=source,
        )
        out.append(row)
    return out


def _number_of(place_id: str) -> int:
    """Return an id as a number, whose lowest bit is 1 for ids of Who's On First."""
    kind, _, digits = place_id.partition(":")
    return int(digits) << 1 | (kind == "wof")


def _planes(numbers: Sequence[int]) -> bytes:
    """Return the lowest bytes of all numbers, then the next ones, so that similar bytes adjoin."""
    packed = b"".join(struct.pack("<q", number)[:_PLANES] for number in numbers)
    return b"".join(packed[plane::_PLANES] for plane in range(_PLANES))


def _numbers(data: bytes, count: int) -> list[int]:
    """Return the numbers whose bytes `_planes` has arranged."""
    planes = [data[count * plane : count * (plane + 1)] for plane in range(_PLANES)]
    return [a | b << 8 | c << 16 | d << 24 | e << 32 for a, b, c, d, e in zip(*planes, strict=True)]


def _compressed(data: bytes) -> bytes:
    """Return data as an LZMA stream."""
    return lzma.compress(data, lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)
