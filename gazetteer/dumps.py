"""Read a GeoNames dump that the user downloaded.

A text file, or the zip file that contains it, comes in. Places go out, in EPSG:4326. The format is
described at https://download.geonames.org/export/dump/readme.txt.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np

from gazetteer.checks import point_of
from gazetteer.errors import GazetteerError
from gazetteer.records import Place, precision_of
from gazetteer.sources import Entry, names_of, unit_in, units_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    from gazetteer.sources import Areas

# Features that are read besides populated places. Countries and first-level units come from other
# sources, which have outlines.
_FEATURES = frozenset(
    {"ADM2", "ADM3", "AIRB", "AIRF", "AIRP", "AIRQ", "BDG", "CMP", "CMPRF", "DAM", "INSM"}
    | {"ISL", "OILF", "PASS", "PS", "PRT", "PSTB", "RSTN"}
)
HISTORICAL = frozenset({"PPLH", "PPLW", "PPLQ"})  # places that no longer exist
_COLUMNS = 19
_CHANGED_ON = re.compile(r"(\d{4}-\d{2}-\d{2})?")  # the last column, which shows if a line is cut
_MEMBER = re.compile(r"[A-Z]{2}\.txt|allCountries\.txt")
_WHERE_FROM = "Download it again from download.geonames.org/export/dump."


def read_dump(path: Path) -> Iterator[Place]:
    """Read the places of a GeoNames dump.

    Parameters
    ----------
    path
        A tab-separated file with 19 columns (``SY.txt`` or ``allCountries.txt``), or a zip file
        that contains one. Other files in the archive are not read.

    Yields
    ------
    Place
        Populated places that still exist, districts, and sites such as airports, dams and bases.

    Raises
    ------
    GazetteerError
        If the file cannot be read or is empty, if a zip file contains no dump, or if a line does
        not have 19 columns, is cut off, or has no coordinates on the globe.
    """
    for number, columns in checked_lines(path):
        place = _place(columns, f"{path}, line {number}")
        if place is not None:
            yield place


def checked_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Read the lines of a dump and check their form.

    Parameters
    ----------
    path
        A dump, as in `read_dump`.

    Yields
    ------
    tuple of (int, list of str)
        Number of the line, from 1, and its 19 columns.

    Raises
    ------
    GazetteerError
        If the file cannot be read or is empty, if a zip file contains no dump, or if a line does
        not have 19 columns or is cut off.
    """
    number = 0
    try:
        with _lines(path) as lines:
            for number, line in enumerate(lines, start=1):
                columns = line.rstrip("\r\n").split("\t")
                if len(columns) != _COLUMNS:
                    problem = f"line {number} has {len(columns)} columns, not {_COLUMNS}"
                    raise GazetteerError(str(path), problem, _WHERE_FROM)
                if not _CHANGED_ON.fullmatch(columns[-1]):
                    problem = f"line {number} ends with {columns[-1]!r}, not a date: it is cut off"
                    raise GazetteerError(str(path), problem, _WHERE_FROM)
                yield number, columns
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise GazetteerError(str(path), f"cannot be read ({error})") from error
    if number == 0:
        raise GazetteerError(str(path), "is empty", _WHERE_FROM)


@contextmanager
def _lines(path: Path) -> Iterator[TextIO]:
    """Open a dump as text, whether it is in a zip file or not."""
    if not zipfile.is_zipfile(path):
        if path.suffix.lower() == ".zip" and path.is_file():
            raise GazetteerError(str(path), "is not a zip file, or only part of one", _WHERE_FROM)
        with path.open(encoding="utf-8", newline="\n") as lines:
            yield lines
        return
    with zipfile.ZipFile(path) as archive:
        member = _member(path, archive)
        if archive.getinfo(member).flag_bits & 1:
            raise GazetteerError(str(path), "is locked with a password", "Unpack it first.")
        with archive.open(member) as packed, io.TextIOWrapper(packed, "utf-8", newline="\n") as t:
            yield t


def _member(path: Path, archive: zipfile.ZipFile) -> str:
    """Return the name of the dump in an archive; of several, the one named like the archive."""
    names = archive.namelist()
    dumps = [name for name in names if _MEMBER.fullmatch(PurePosixPath(name).name)]
    same = [name for name in dumps if PurePosixPath(name).stem == path.stem]
    if len(dumps) == 1 or len(same) == 1:
        return (same or dumps)[0]
    advice = "Give an archive with one file such as SY.txt or allCountries.txt."
    if dumps:
        raise GazetteerError(str(path), f"holds several dumps ({', '.join(dumps)})", advice)
    held = ", ".join(names[:5]) or "nothing"
    raise GazetteerError(str(path), f"holds no GeoNames dump, but {held}", advice)


def _place(columns: list[str], where: str) -> Place | None:
    """Return the place of a line, or None if places of its kind are left out."""
    feature = columns[7]
    is_populated = columns[6] == "P" and feature not in HISTORICAL
    if not is_populated and feature not in _FEATURES:
        return None
    lat, lon = point_of(columns[4], columns[5], where)
    try:
        population = int(columns[14][:12] or 0)  # more digits would overflow the database
    except ValueError as error:
        problem = f"has the population {columns[14]!r}, which is not a whole number"
        raise GazetteerError(where, problem, _WHERE_FROM) from error
    place_id = f"geonames:{columns[0]}"
    return Place(
        id=place_id,
        name=columns[1],
        lat=lat,
        lon=lon,
        country=columns[8] or None,
        admin1=None,
        feature=feature,
        precision=precision_of(feature),
        population=population or None,
        names=names_of(place_id, columns[1], [columns[2], *columns[3].split(",")]),
        source="GeoNames",
        certainty=None,
    )


def in_units(areas: Areas, places: list[Place]) -> list[Entry]:
    """Return the places of a dump with the first-level units that contain them.

    Parameters
    ----------
    areas
        Countries and first-level units.
    places
        Places of a dump.
    """
    lats = np.array([place.lat for place in places])
    lons = np.array([place.lon for place in places])
    inside = units_at(areas, lats, lons)
    return [
        Entry(place=replace(place, admin1=unit_in(unit, place.country)))
        for place, unit in zip(places, inside, strict=True)
    ]
