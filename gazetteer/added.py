"""Add the villages of a country from a GeoNames dump.

The dump comes from a file of the user, or from download.geonames.org if the user asks to fetch it.
A layer of villages beside the compiled gazetteer goes out; see `gazetteer.villages`.
"""

from __future__ import annotations

import os
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.checks import point_of
from gazetteer.dumps import HISTORICAL, checked_lines
from gazetteer.errors import GazetteerError
from gazetteer.origins import changed_on
from gazetteer.village_files import SEPARATOR, VillageRow, pack
from gazetteer.villages import own_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPResponse

ADDRESS = "https://download.geonames.org/export/dump"
LICENCE = "CC BY 4.0, GeoNames"
_WAIT_S = 30
_CHUNK = 1 << 16
_MOST_BYTES = 500_000_000  # the whole world is about 400 MB


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """Description of a file on the server, known before the file is downloaded."""

    address: str
    n_bytes: int | None
    day: str | None  # ISO 8601 date of the last change of the file
    licence: str = LICENCE


def add(country: str, dump: Path, folder: Path, *, day: str | None = None) -> int:
    """Make a layer with the villages of a country from a GeoNames dump.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code; rows for other countries are left out.
    dump
        Path of ``SY.txt``, ``SY.zip`` or ``allCountries``; see :func:`gazetteer.dumps.read_dump`.
    folder
        Folder of the compiled gazetteer.
    day
        Date of the dump (ISO 8601); by default the day on which its file was last changed.

    Returns
    -------
    int
        Number of places in the layer.

    Raises
    ------
    GazetteerError
        If the dump is faulty or has no village in the country, or the layer cannot be written.
    """
    rows = _rows(country, dump)
    if not rows:
        advice = "Check that the dump is of this country."
        raise GazetteerError(str(dump), f"has no populated place in {country}", advice)
    told = {
        "country": country,
        "name": f"GeoNames ({dump.name})",
        "licence": LICENCE,
        "date": day or changed_on(dump),
    }
    path = own_file(country, folder)
    part: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        os.close(handle)
        part = Path(name)
        part.write_bytes(pack(told, rows))
        part.replace(path)
    except OSError as error:
        advice = "Set MAPGEN_CACHE to a folder that can be written to."
        raise GazetteerError(str(path), f"cannot be written ({error})", advice) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
    return len(rows)


def _rows(country: str, dump: Path) -> list[VillageRow]:
    """Return the populated places in a country, with the names of their provinces and districts."""
    areas: dict[tuple[str, ...], str] = {}
    found: list[tuple[int, list[str]]] = []
    for number, columns in checked_lines(dump):
        if columns[8] != country:
            continue
        if columns[7] == "ADM1":
            areas[(columns[10],)] = columns[1]
        elif columns[7] == "ADM2":
            areas[columns[10], columns[11]] = columns[1]
        elif columns[6] == "P" and columns[7] not in HISTORICAL:
            found.append((number, columns))
    return [_row(columns, areas, f"{dump}, line {number}") for number, columns in found]


def _row(columns: list[str], areas: dict[tuple[str, ...], str], where: str) -> VillageRow:
    """Return a line of a dump as a row for the file of villages."""
    lat, lon = point_of(columns[4], columns[5], where)
    name = columns[1].replace(SEPARATOR, " ")
    others = dict.fromkeys(n for n in (columns[2], *columns[3].split(",")) if n)
    others.pop(name, None)
    people = columns[14][:12]
    if not columns[0].isdecimal() or (people and not people.isdecimal()):
        problem = f"has the id {columns[0]!r} and the population {columns[14]!r}"
        raise GazetteerError(where, problem, "Both must be whole numbers.")
    return VillageRow(
        id=f"geonames:{columns[0]}",
        name=name,
        others=tuple(o for o in others if SEPARATOR not in o),
        lat=lat,
        lon=lon,
        feature=columns[7] or "PPL",
        admin1=areas.get((columns[10],), ""),
        admin2=areas.get((columns[10], columns[11]), ""),
        population=int(people or 0) or None,
        source="geonames",
    )


def fetch(
    country: str,
    into: Path,
    *,
    tell: Callable[[Offer], None],
    address: str | None = None,
) -> tuple[Path, str | None]:
    """Download the dump of a country from GeoNames.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.
    into
        Folder in which the archive is saved.
    tell
        Function that is called with a description of the file before it is downloaded.
    address
        Base address of the dumps; by default :data:`ADDRESS`.

    Returns
    -------
    tuple[Path, str | None]
        Path of the archive, and the day of its last change (ISO 8601) if the server states it.

    Raises
    ------
    GazetteerError
        If the file cannot be downloaded, or is larger than any dump.
    """
    whole = f"{address or ADDRESS}/{country}.zip"
    path = into / f"{country}.zip"
    try:
        with urllib.request.urlopen(whole, timeout=_WAIT_S) as answer:  # noqa: S310 - our address
            offer = _offer(whole, answer)
            tell(offer)
            _save(answer, path, whole)
    except urllib.error.HTTPError as error:
        problem = f"answers {error.code} {error.reason}"
        raise GazetteerError(whole, problem, "Check the code of the country.") from error
    except OSError as error:  # includes urllib's errors for no network, no such host and the like
        advice = "Check the network, or give a file with --geonames."
        raise GazetteerError(whole, f"cannot be fetched ({error})", advice) from error
    size = path.stat().st_size
    if offer.n_bytes is not None and size != offer.n_bytes:
        problem = f"was cut off after {size} of {offer.n_bytes} bytes"
        raise GazetteerError(whole, problem, "Try again.")
    return path, offer.day


def _offer(address: str, answer: HTTPResponse) -> Offer:
    """Return the description of a file from the headers of the server's answer."""
    size, changed = answer.headers["Content-Length"], answer.headers["Last-Modified"]
    try:
        day = parsedate_to_datetime(changed).date().isoformat() if changed else None
    except ValueError:
        day = None  # the date of the server cannot be parsed, so the day is reported as unknown
    known = size is not None and size.isdecimal()
    return Offer(address=address, n_bytes=int(size) if known else None, day=day)


def _save(answer: HTTPResponse, path: Path, address: str) -> None:
    """Save the content of an answer to a file, unless it is larger than any dump."""
    done = 0
    with path.open("wb") as out:
        while chunk := answer.read(_CHUNK):
            done += len(chunk)
            if done > _MOST_BYTES:
                raise GazetteerError(address, "is larger than any dump of GeoNames")
            out.write(chunk)
