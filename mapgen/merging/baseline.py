"""Read a baseline: a table of who held which place before the articles begin."""

from __future__ import annotations

import csv
import io
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from gazetteer.spelling import fold, skeleton_key
from mapgen.core.bounded import MAX_TABLE_BYTES, Faults, text_within
from mapgen.core.bounds import within_bounds
from mapgen.errors import FormatError, InputError
from mapgen.model import Holding

if TYPE_CHECKING:
    from mapgen.core.gazetteer_protocols import MapGazetteer

COLUMNS = ("place", "country", "place_id", "holder", "as_of", "source")
_MAX_FAULTS_SHOWN = 10
_SAME_NAME = 70  # out of 100; joins "Talbisseh" and "Tallbisah", but not "Hama" and "Homs"


def packaged_baselines() -> list[str]:
    """Return the names of the baselines that come with the package."""
    folder = resources.files("mapgen") / "data" / "baselines"
    if not folder.is_dir():
        return []
    return sorted(f.name[: -len(".csv")] for f in folder.iterdir() if f.name.endswith(".csv"))


def _text_of(path_or_name: str | Path) -> str:
    path = Path(path_or_name)
    name = str(path_or_name)
    packaged = packaged_baselines()
    if name in packaged and not path.exists():
        source = resources.files("mapgen") / "data" / "baselines" / f"{name}.csv"
        return source.read_text(encoding="utf-8-sig")
    try:
        return text_within(path, MAX_TABLE_BYTES)
    except FileNotFoundError as err:
        known = ", ".join(packaged) or "none"
        advice = f"Name a CSV file, or one of the packaged baselines ({known})"
        raise InputError(name, "is neither a file nor a packaged baseline", advice + ".") from err
    except (OSError, ValueError) as err:  # ValueError: not UTF-8, or a name no file can have
        advice = "Save it as CSV in UTF-8."
        raise InputError(name, f"cannot be read as text ({err})", advice) from err


def read_baseline(path_or_name: str | Path, gazetteer: MapGazetteer) -> tuple[Holding, ...]:
    """Read a baseline table.

    Parameters
    ----------
    path_or_name
        A CSV file, or the name of a packaged one such as ``syria-2024-11``.
    gazetteer
        Gazetteer in which each ``place_id`` is looked up.

    Returns
    -------
    tuple of Holding
        One per row, in the order of the file.

    Raises
    ------
    InputError
        If there is no such file, or it is not text.
    FormatError
        If the file has faults. The message lists them by row and field.
    """
    name = str(path_or_name)
    reader = csv.DictReader(io.StringIO(_text_of(path_or_name)))
    missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
    if missing:
        header = ",".join(COLUMNS)
        msg = f"{name}: column {', '.join(missing)} is missing. The header must be {header}."
        raise FormatError(msg)
    faults: list[str] = Faults()
    rows: list[Holding] = []
    seen: dict[str, int] = {}
    for row in reader:
        number = reader.line_num
        holding = _holding(row, gazetteer, number, faults)
        if holding is None:
            continue
        if holding.place_id in seen:
            first = seen[holding.place_id]
            faults.append(f"row {number}, place_id: {holding.place_id} is in row {first} already")
            continue
        seen[holding.place_id] = number
        rows.append(holding)
    if faults:
        more = len(faults) - _MAX_FAULTS_SHOWN
        tail = f"; and {more:,} more" if more > 0 else ""
        told = "; ".join(faults[:_MAX_FAULTS_SHOWN])
        msg = f"{name}: {told}{tail}. Correct the file and try again."
        raise FormatError(msg)
    return tuple(rows)


def _is_called(place: Any, name: str) -> bool:  # noqa: ANN401  # mapgen.core.gazetteer_protocols.Place, or None
    """Whether a name is listed for a place, or is a spelling variant of a listed one."""
    wanted, key = fold(name), skeleton_key(name, place.country)
    for listed in (place.name, *getattr(place, "names", ())):
        other = fold(listed)
        if wanted == other or key == skeleton_key(listed, place.country):
            return True
        if f" {wanted} " in f" {other} " or f" {other} " in f" {wanted} ":
            return True
        if fuzz.ratio(wanted, other) >= _SAME_NAME:
            return True
    return False


def _fault_of_place(values: dict[str, str], place: Any) -> str | None:  # noqa: ANN401  # as above
    """Return the fault in the place of a row: an unknown id, or a wrong name or country."""
    if not values["place_id"]:
        return None
    if place is None or place.lat is None or place.lon is None:
        return f"place_id: “{values['place_id']}” is not in the gazetteer"
    if values["place"] and not _is_called(place, values["place"]):
        return (
            f"place: “{values['place']}” is not a name of {values['place_id']}, "
            f"which is {place.name}"
        )
    if place.country and values["country"].upper() not in {"", place.country}:
        return f"country: {place.name} is in {place.country}"
    return None


def _holding(
    row: dict[str, str | None], gazetteer: MapGazetteer, number: int, faults: list[str]
) -> Holding | None:
    values = {c: (row.get(c) or "").strip() for c in COLUMNS}
    if not any(values.values()):
        return None
    before = len(faults)
    faults.extend(f"row {number}, {c}: is empty" for c in COLUMNS if not values[c])
    day: date | None = None
    if values["as_of"]:
        try:
            day = within_bounds(date.fromisoformat(values["as_of"]))
        except ValueError:
            faults.append(f"row {number}, as_of: “{values['as_of']}” is not a day like 2024-11-26")
    place = gazetteer.get(values["place_id"]) if values["place_id"] else None
    fault = _fault_of_place(values, place)
    if fault:
        faults.append(f"row {number}, {fault}")
    if len(faults) > before or day is None or place is None:
        return None
    return Holding(
        place=values["place"],
        country=values["country"],
        place_id=values["place_id"],
        holder=values["holder"],
        as_of=day,
        source=values["source"],
        lat=place.lat,
        lon=place.lon,
    )
