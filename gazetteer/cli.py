"""Run the command ``gazetteer``, which searches, compiles, extends and describes the gazetteer."""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import sqlite3
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import added, villages
from gazetteer.build import build
from gazetteer.errors import GazetteerError
from gazetteer.online import CREDIT, OnlineGazetteer
from gazetteer.opening import default_path
from gazetteer.store import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.records import Candidate, Place
    from gazetteer.villages import Village

_BAR_WIDTH = 30
_COLUMNS = ("name", "id", "lat", "lon", "feature", "country", "level", "score")


# Controls, and signs that turn the order of letters around; line ends and tabs are none of them
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _print(words: str = "", *, error: bool = False) -> None:
    """Print words; signs that a terminal obeys, which others may have written, are escapes."""
    told = _OBEYED.sub(lambda m: f"\\u{ord(m[0]):04x}", words)
    print(told, file=sys.stderr if error else sys.stdout, flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    argv
        Arguments; by default those of the process.

    Returns
    -------
    int
        Exit status: 0 if the command succeeded, 1 if no place was found, 2 after an error.
    """
    arguments = _parser().parse_args(argv)
    try:
        if arguments.command == "search":
            return _search_online(arguments) if arguments.online else _search(arguments)
        if arguments.command == "build":
            return _build(arguments)
        if arguments.command == "add":
            return _add(arguments)
        return _info()
    except GazetteerError as error:
        _print(f"gazetteer: {error}", error=True)
        return 2
    except sqlite3.DatabaseError as error:
        _print(f"gazetteer: is damaged ({error}). Rebuild it: gazetteer build", error=True)
        return 2


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="gazetteer", description="Look up place names offline; compile the list of places."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    search = commands.add_parser("search", help="places that a name may stand for, best first")
    search.add_argument("name", help='a place name, such as "Deir ez-Zor"')
    search.add_argument(
        "--country", type=_country, metavar="CC", help="only places of this country, such as SY"
    )
    search.add_argument("--json", action="store_true", help="print JSON instead of a table")
    search.add_argument("--limit", type=_count, default=10, metavar="N", help="the most to show")
    search.add_argument(
        "--online",
        action="store_true",
        help="ask Nominatim (OpenStreetMap) over the network in place of the gazetteer",
    )
    make = commands.add_parser("build", help="compile the gazetteer again")
    make.add_argument(
        "--geonames",
        type=Path,
        metavar="FILE",
        help="add the places of a GeoNames dump, such as SY.txt, SY.zip or allCountries.txt",
    )
    make.add_argument(
        "--layer",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="add places of your own from a CSV or GeoJSON file; may be given several times",
    )
    make.add_argument("--quiet", action="store_true", help="show no progress")
    add = commands.add_parser("add", help="add the villages of a country from a GeoNames dump")
    add.add_argument("country", type=_country, metavar="COUNTRY", help="its code, such as NG")
    how = add.add_mutually_exclusive_group(required=True)
    how.add_argument(
        "--geonames", type=Path, metavar="FILE", help="a GeoNames dump, such as NG.txt or NG.zip"
    )
    how.add_argument(
        "--fetch",
        action="store_true",
        help="fetch the dump from download.geonames.org; shows address, size, licence and day",
    )
    commands.add_parser("info", help="what the gazetteer holds, from where, and its file")
    return parser


def _country(text: str) -> str:
    """Return a country code in capitals, for argparse."""
    code = text.strip().upper()
    if len(code) != len("SY") or not code.isalpha():
        message = f"{text!r} is not a two-letter country code such as SY"
        raise argparse.ArgumentTypeError(message)
    return code


def _count(text: str) -> int:
    """Return a whole number of at least 1, for argparse."""
    if not text.isdecimal() or int(text) < 1:
        message = f"{text!r} is not a whole number of at least 1"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _search(arguments: argparse.Namespace) -> int:
    """Search the gazetteer for a name and print the places."""
    with Gazetteer.open(progress=_bar_on_terminal()) as gazetteer:
        name, country, limit = arguments.name, arguments.country, arguments.limit
        found = gazetteer.search(name, countries=[country] if country else (), limit=limit)
        more = gazetteer.villages(name, country)[:limit] if country else ()
        if arguments.json:
            told = [_as_json(c) for c in found]
            told += [{**dataclasses.asdict(v), "marks": sorted(v.marks)} for v in more]
            _print(json.dumps(told, ensure_ascii=False, indent=1))
        elif found or more:
            _print_table(found, more)
        if found or more:
            return 0
        where = f" in {country}" if country else ""
        near = gazetteer.suggest(name, country=country)
    hint = f" Nearest: {', '.join(near)}." if near else ""
    _print(f'No place named "{name}"{where} is listed.{hint}', error=True)
    return 1


def _as_json(candidate: Candidate) -> dict[str, object]:
    """Return a candidate as JSON data, with its P-code if it is a unit of OCHA's boundaries."""
    told = dataclasses.asdict(candidate)
    if candidate.place.pcode is not None:
        told["place"]["pcode"] = candidate.place.pcode
    return told


def _search_online(arguments: argparse.Namespace) -> int:
    """Search with Nominatim and print the places with their source."""
    online = OnlineGazetteer(user_agent=f"mapgen-gazetteer/{metadata.version('mapgen')}")
    name, country = arguments.name, arguments.country
    found = online.geocode(name, exactly_one=False, country_codes=country, limit=arguments.limit)
    locations = found if isinstance(found, list) else []
    if arguments.json:
        _print(json.dumps([place.raw for place in locations], ensure_ascii=False, indent=1))
    elif locations:
        rows = [("name", "id", "lat", "lon", "feature", "country")]
        for raw in (location.raw for location in locations):
            where = (f"{raw['lat']:.4f}", f"{raw['lon']:.4f}")
            rows.append((raw["name"], raw["id"], *where, raw["feature"], raw["country"] or ""))
        _print_rows(rows)
    if locations:
        if not arguments.json:  # in JSON, each place states its licence
            _print(CREDIT)
        return 0
    where_asked = f" in {country}" if country else ""
    _print(f'Nominatim finds no place named "{name}"{where_asked}.', error=True)
    return 1


def _print_table(found: Sequence[Candidate], more: Sequence[Village] = ()) -> None:
    """Print candidates and villages as a table."""
    rows: list[Sequence[str]] = [_COLUMNS]
    for candidate in found:
        last = (candidate.level, f"{candidate.score:.2f}")
        rows.append((*_cells(candidate.place, candidate.name), *last))
    for village in more:
        # Villages have no score, since they rank below all other places.
        kind = "other name" if village.is_listed else "village"
        rows.append((*_cells(village.place, village.name), village.level, kind))
    _print_rows(rows)


def _cells(p: Place, matched: str) -> tuple[str, ...]:
    """Return the first cells of a place's row in the table."""
    name = p.name if matched == p.name else f"{p.name} ({matched})"
    return (name, p.id, f"{p.lat:.4f}", f"{p.lon:.4f}", p.feature, p.country or "")


def _print_rows(rows: Sequence[Sequence[str]]) -> None:
    """Print rows with aligned columns."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        _print("  ".join(cell.ljust(width) for cell, width in cells).rstrip())


def _build(arguments: argparse.Namespace) -> int:
    """Compile the gazetteer and print the number of places."""
    path = default_path()
    progress = None if arguments.quiet else _bar_on_terminal()
    build(path, geonames=arguments.geonames, layers=arguments.layer, progress=progress)
    if not arguments.quiet:
        with Gazetteer.open(path) as gazetteer:
            _print(f"{gazetteer.info()['places']} places written to {path}")
    return 0


def _info() -> int:
    """Print the path, the sources and the numbers of places of the gazetteer."""
    with Gazetteer.open(progress=_bar_on_terminal()) as gazetteer:
        told = gazetteer.info()
        _print(f"file     {gazetteer.path}")
        _print(f"places   {told['places']} under {told['names']} names")
        _print(f"version  {told['fingerprint'][:12]}")
        _print()
        rows = [("source", "places", "licence", "date")]
        for source in json.loads(told["sources"]):
            count = str(source["n_places"])
            rows.append((source["name"], count, source["licence"], source["date"]))
        for layer in villages.layers(gazetteer.path.parent):
            name = f"villages of {layer['country']}: {layer['name']}"
            rows.append((name, str(layer["rows"]), layer["licence"], layer["date"]))
        _print_rows(rows)
    return 0


def _add(arguments: argparse.Namespace) -> int:
    """Add the villages of a country and print their number."""
    country, folder = arguments.country, default_path().parent
    with tempfile.TemporaryDirectory() as into:
        dump, day = arguments.geonames, None
        if dump is None:
            dump, day = added.fetch(country, Path(into), tell=_tell_offer)
        count = added.add(country, dump, folder, day=day)
    _print(f"{count} places of {country} written to {villages.own_file(country, folder)}")
    return 0


def _tell_offer(offer: added.Offer) -> None:
    """Print what is about to be downloaded."""
    size = "of unknown size" if offer.n_bytes is None else f"{offer.n_bytes:,} bytes"
    day = offer.day or "day not stated"
    _print(f"fetching {offer.address} ({size}; {offer.licence}; {day})")


def _bar_on_terminal() -> _Bar | None:
    """Return a progress bar if standard error is a terminal."""
    return _Bar() if sys.stderr.isatty() else None


class _Bar:
    """A progress bar on standard error."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Draw the bar for a stage."""
        filled = _BAR_WIDTH * done // max(total, 1)
        bar = "#" * filled + "." * (_BAR_WIDTH - filled)
        print(f"\r[{bar}] {stage:<34}", end="", file=sys.stderr)
        if done >= total:
            print(file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
