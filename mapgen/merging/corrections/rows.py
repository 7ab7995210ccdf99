"""Read a file of corrections, and check every row before any is applied."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from mapgen.core.bounded import MAX_TABLE_BYTES, Faults, text_within
from mapgen.core.bounds import within_bounds
from mapgen.core.spreadsheet_cells import without_guard
from mapgen.core.tables.actors import as_written, default_table
from mapgen.core.words import fold
from mapgen.errors import FormatError, InputError
from mapgen.model import Actor, Kind, Precision, Role, Status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mapgen.core.tables.actors import ActorTable

_Word = TypeVar("_Word", bound=StrEnum)

COLUMNS = ("target_type", "target_id", "action", "field", "value", "by", "why", "on")
UNITS = ("people", "families", "killed", "injured")
_ARROW = re.compile(r"\s*(?:->|→)\s*")
_NAME_AND_COUNTRY = re.compile(r"(.+?)\s*,\s*([A-Za-z]{2})")
_SPOT = re.compile(r"([+-]?\d{1,2}(?:\.\d+)?)\s*,\s*([+-]?\d{1,3}(?:\.\d+)?)")
_FIGURE = re.compile(r"(?:(\d+)\.\.(\d*)|\.\.(\d+)|(\d+))(?:\s+([a-z]+))?")
_DAYS = 2
_POLES, _DATE_LINE = 90, 180
_CLEARLY_LARGER = 10  # times the people of the next namesake, so that a bare name suffices
_CLOSE = {"exact", "folded"}  # levels of spelling, see gazetteer.records
_LOOSE = {"articles", "skeleton"}  # "Talbisseh" for Talbīsah: only within a country
_MAX_FAULTS_SHOWN = 10
_MAX_NAMESAKES_SHOWN = 4


class Target(StrEnum):
    """What a row decides about, from the most exact to the least."""

    CLAIM = "claim"
    EVENT = "event"
    PLACE = "place"


class Action(StrEnum):
    """What a row decides."""

    ACCEPT = "accept"
    REJECT = "reject"
    SET = "set"


class Field(StrEnum):
    """What ``set`` can change."""

    PLACE = "place"
    ROLE = "role"
    ACTOR = "actor"
    FROM_ACTOR = "from_actor"
    DATE = "date"
    FIGURE = "figure"
    KIND = "kind"
    STATUS = "status"


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectedPoint:
    """The corrected location of a place: a gazetteer entry, or a point given by the analyst."""

    place_id: str
    name: str | None  # None for a point: the place keeps its name
    shown: str | None  # the name as written in the row
    names: frozenset[str]  # folded names; a spelling of the article among them is kept
    lat: float
    lon: float
    precision: Precision | None  # None for a point


@dataclass(frozen=True, slots=True)
class Days:
    """First and last possible day."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class CorrectedFigure:
    """Bounds of a figure; with ``unit`` ``None``, the unit of the claim is kept."""

    low: int | None
    high: int | None
    unit: str | None


Value = CorrectedPoint | Role | Actor | Days | CorrectedFigure | Kind | Status | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """One row of the file; ``new`` is ``None`` if the value is removed."""

    row: int
    target: Target
    target_id: str
    action: Action
    field: Field | None
    which: str | None  # for a place or role: the place, by its words in the claim or its id
    new: Value
    by: str
    why: str
    on: date


class Names(Protocol):
    """The methods of the gazetteer that reading corrections needs."""

    def get(self, place_id: str) -> Any:  # noqa: ANN401  # a Place or None
        """Return the place or ``None``."""

    def lookup(self, name: str, *, country: str | None = None, limit: int = 10) -> Any:  # noqa: ANN401
        """Return candidates with ``place`` and ``level``, best first.

        Parameters
        ----------
        name
            Name to look up.
        country
            ISO 3166-1 alpha-2 code that limits the search.
        limit
            Greatest number of candidates.
        """


def read_corrections(
    path: str | Path, gazetteer: Names, *, actors: ActorTable | None = None
) -> tuple[Correction, ...]:
    """Read a table of corrections.

    Parameters
    ----------
    path
        A CSV file with the columns of `COLUMNS`.
    gazetteer
        Gazetteer for looking up places.
    actors
        Table for looking up actors. By default that of the tables in force.

    Returns
    -------
    tuple of Correction
        One per row, in the order of the file.

    Raises
    ------
    InputError
        If there is no such file, or it is not text.
    FormatError
        If the file has faults. The message lists them by row and field; the header is row 1.
    """
    rows = _rows(str(path))
    header = [name.strip() for name in rows[0]] if rows else []
    unknown = [name for name in header if name not in COLUMNS]
    faults: list[str] = Faults()
    faults += [f"column {name or '(without a name)'} is unknown" for name in unknown]
    faults += [f"column {name} is missing" for name in COLUMNS if name not in header]
    faults += [f"column {name} appears twice" for name in COLUMNS if header.count(name) > 1]
    if faults:
        told = "; ".join(faults[:_MAX_FAULTS_SHOWN])
        msg = f"{path}: {told}. The header must be {','.join(COLUMNS)}."
        raise FormatError(msg)
    reader = _Reader(gazetteer, actors or default_table())
    found: list[Correction] = []
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        correction, wrong = reader.correction(number, header, cells)
        faults += [f"row {number}, {fault}" for fault in wrong]
        found += [correction] if correction is not None else []
    if faults:
        more = len(faults) - _MAX_FAULTS_SHOWN
        tail = f"; and {more} more" if more > 0 else ""
        msg = f"{path}: {'; '.join(faults[:_MAX_FAULTS_SHOWN])}{tail}. Correct the file."
        raise FormatError(msg)
    return tuple(found)


def rows_of_file(path: str | Path) -> dict[int, dict[str, str]]:
    """Return the cells of a table of corrections by number of the row, where the header is row 1.

    Parameters
    ----------
    path
        A CSV file that `read_corrections` reads without a fault.
    """
    header, *rows = _rows(str(path)) or [[]]
    names = [name.strip() for name in header]
    return {
        number: dict.fromkeys(COLUMNS, "") | dict(zip(names, map(_clean, cells), strict=False))
        for number, cells in enumerate(rows, 2)
    }


def _rows(name: str) -> list[list[str]]:
    try:
        text = text_within(name, MAX_TABLE_BYTES)
    except FileNotFoundError as err:
        raise InputError(name, "does not exist", "Name a CSV file of corrections.") from err
    except (OSError, ValueError) as err:  # ValueError: not UTF-8, or a name no file can have
        advice = "Save it as CSV in UTF-8."
        raise InputError(name, f"cannot be read as text ({err})", advice) from err
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as err:
        raise InputError(name, f"is not CSV ({err})", "Save it as CSV in UTF-8.") from err


def _clean(cell: str) -> str:
    """Return a cell as one line without control characters, safe for a terminal.

    The apostrophe is dropped that mapgen writes before what a spreadsheet takes for a formula.
    """
    kept = ("" if unicodedata.category(c) == "Cc" and not c.isspace() else c for c in cell)
    return without_guard(" ".join("".join(kept).split()))


class _Reader:
    """Reads rows, collecting faults instead of raising them."""

    def __init__(self, gazetteer: Names, actors: ActorTable) -> None:
        self._gazetteer = gazetteer
        self._actors = actors

    def correction(
        self, number: int, header: list[str], cells: list[str]
    ) -> tuple[Correction | None, list[str]]:
        """Return the correction in a row and an empty list, or None and the faults."""
        if len(cells) > len(header):
            return None, [
                f"has {len(cells)} cells for {len(header)} columns: put quotation marks around "
                "a text with a comma"
            ]
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, map(_clean, cells), strict=False))
        needed = ("target_type", "target_id", "action", "by", "why", "on")
        faults = [f"{name}: is empty" for name in needed if not row[name]]

        def read(name: str, convert: Callable[[str], Any]) -> Any:  # noqa: ANN401
            if not row[name]:
                return None
            try:
                return convert(row[name])
            except ValueError as err:
                faults.append(f"{name}: {err}")
                return None

        target = read("target_type", lambda v: _one_of(v, Target))
        action = read("action", lambda v: _one_of(v, Action))
        on = read("on", _day)
        field, which, new = None, None, None
        if action is Action.SET:
            field = read("field", lambda v: _one_of(v, Field))
            faults += [f"{name}: is empty" for name in ("field", "value") if not row[name]]
            if field is not None and target is Target.PLACE and field is not Field.PLACE:
                faults.append(f"field: {field.value} cannot be set of a place, only place")
            elif field is not None:
                takes_which = field in {Field.PLACE, Field.ROLE} and target is not Target.PLACE
                old, arrow, rest = _parted(row["value"]) if takes_which else ("", False, "")
                if arrow:
                    which, row["value"] = old, rest
                new = read("value", lambda v: self._value(field, v))
        elif action is not None:
            faults += [f"{name}: is only for set" for name in ("field", "value") if row[name]]
        if faults:
            return None, faults
        return Correction(
            row=number,
            target=target,
            target_id=row["target_id"],
            action=action,
            field=field,
            which=which,
            new=new,
            by=row["by"],
            why=row["why"],
            on=on,
        ), []

    def _value(self, field: Field, text: str) -> Value:
        convert: dict[Field, Callable[[str], Value]] = {
            Field.PLACE: self._spot,
            Field.ROLE: lambda v: _one_of(v, Role),
            Field.ACTOR: self._actor,
            Field.FROM_ACTOR: self._actor,
            Field.DATE: _days,
            Field.FIGURE: _figure,
            Field.KIND: lambda v: _one_of(v, Kind),
            Field.STATUS: lambda v: _one_of(v, Status),
        }
        can_go = {Field.ACTOR, Field.FROM_ACTOR, Field.DATE, Field.FIGURE}
        return None if field in can_go and text.casefold() == "none" else convert[field](text)

    def _spot(self, text: str) -> CorrectedPoint:
        point = _SPOT.fullmatch(text)
        if point:
            return _point(float(point[1]), float(point[2]))
        entry = self._gazetteer.get(text)
        if entry is not None:
            return _spot_of(entry, None)
        named = _NAME_AND_COUNTRY.fullmatch(text)
        name, country = (named[1], named[2].upper()) if named else (text, None)
        answers = self._gazetteer.lookup(name, country=country, limit=50)
        found = [c.place for c in answers if c.level in _CLOSE]
        if country is not None and not found:
            found = [c.place for c in answers if c.level in _LOOSE]
        # "Hama" is the town. A province must be given by id, unless no town has the name.
        points = [p for p in found if not Precision(p.precision).is_area]
        return _spot_of(_only(points or found, text), name)

    def _actor(self, text: str) -> Actor:
        for party in self._actors.parties:
            names = {fold(n) for n in party.names}
            if text == party.id or fold(text) in names:
                return party.actor
        if ":" in text and " " not in text and not text.startswith("text:"):
            msg = f"“{text}” is not an actor in the table; write the id of one, or other words"
            raise ValueError(msg)
        # Words that are in no table may still match an actor of the claims: see `_known_actor`.
        return Actor(id=text, name=text, side=None) if ":" in text else as_written(text, None)


def _parted(value: str) -> tuple[str, bool, str]:
    """Split ``Hama -> Homs, SY`` at the arrow; return old, whether there is one, new."""
    parts = _ARROW.split(value, maxsplit=1)
    two = len(parts) == _DAYS and all(parts)
    return (parts[0], True, parts[1]) if two else ("", False, value)


def _one_of(text: str, words: type[_Word]) -> _Word:
    try:
        return words(text)
    except ValueError:
        msg = f"“{text}” is none of {', '.join(words)}"
        raise ValueError(msg) from None


def _day(text: str) -> date:
    # fromisoformat also accepts 20241206 and 2024-W49-5, which other programs may not read
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        msg = f"“{text}” is not a day like 2024-11-26"
        raise ValueError(msg)
    try:
        return within_bounds(date.fromisoformat(text))
    except ValueError:
        msg = f"“{text}” is not in the calendar"
        raise ValueError(msg) from None


def _days(text: str) -> Days:
    parts = [_day(part.strip()) for part in text.split("/")]
    if len(parts) > _DAYS:
        msg = f"“{text}” is neither a day nor two days separated by a slash"
        raise ValueError(msg)
    if parts[0] > parts[-1]:
        msg = f"“{text}” ends before it starts"
        raise ValueError(msg)
    return Days(parts[0], parts[-1])


def _figure(text: str) -> CorrectedFigure:
    found = _FIGURE.fullmatch(text.replace(",", ""))
    if not found or (found[5] is not None and found[5] not in UNITS):
        msg = (
            f"“{text}” is not a figure: write 1000, 1000..2000, 1000.. or ..2000, and after it, "
            f"where it must change, one of {', '.join(UNITS)}"
        )
        raise ValueError(msg)
    low, high = found[1] or found[4], found[2] or found[3] or found[4]
    figure = CorrectedFigure(int(low) if low else None, int(high) if high else None, found[5])
    if figure.low is not None and figure.high is not None and figure.low > figure.high:
        msg = f"“{text}” has its lower bound above its upper one"
        raise ValueError(msg)
    return figure


def _point(lat: float, lon: float) -> CorrectedPoint:
    if abs(lat) > _POLES or abs(lon) > _DATE_LINE:
        msg = f"“{lat}, {lon}” are not degrees: write latitude, longitude"
        raise ValueError(msg)
    # The id comes from the coordinates: two points are two places, even with one name.
    return CorrectedPoint(
        place_id=f"point:{lat:.4f},{lon:.4f}",
        name=None,
        shown=None,
        names=frozenset(),
        lat=lat,
        lon=lon,
        precision=None,
    )


def _spot_of(entry: Any, shown: str | None) -> CorrectedPoint:  # noqa: ANN401  # a gazetteer's Place
    return CorrectedPoint(
        place_id=entry.id,
        name=entry.name,
        shown=shown or entry.name,
        names=frozenset(fold(n) for n in (entry.name, *getattr(entry, "names", ()))),
        lat=entry.lat,
        lon=entry.lon,
        precision=Precision(entry.precision),
    )


def _only(places: list[Any], text: str) -> Any:  # noqa: ANN401  # a gazetteer's Place
    """Return the only plausible place.

    Raises
    ------
    ValueError
        If there is none, or if the analyst must choose between namesakes.
    """
    if not places:
        msg = f"“{text}” is not in the gazetteer; write “Name, CC”, an id, or latitude, longitude"
        raise ValueError(msg)
    ranked = sorted(places, key=lambda p: (-(p.population or 0), p.id))
    second = (ranked[1].population or 0) if len(ranked) > 1 else 0
    if len(ranked) > 1 and (ranked[0].population or 0) < _CLEARLY_LARGER * max(second, 1):
        few = ", ".join(f"{p.id} ({p.country})" for p in ranked[:_MAX_NAMESAKES_SHOWN])
        msg = f"“{text}” can be {few}; write “Name, CC” or the id"
        raise ValueError(msg)
    return ranked[0]
