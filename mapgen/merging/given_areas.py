"""Read areas of control from a layer of the user, with holder, date and source.

The areas are drawn as given, never as estimates. The baseline holder of a town in the articles is
the holder of the area around it. If areas of two holders overlap on the same date, it is unknown.
"""

from __future__ import annotations

import json
import logging
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import mapping, shape

from mapgen.core.bounded import MAX_TABLE_BYTES, Faults, text_within
from mapgen.core.tables.actors import default_table
from mapgen.errors import FormatError, InputError
from mapgen.ground import area_files
from mapgen.ground.projection import CrsError, check_degrees
from mapgen.merging.units import fineness, place_key
from mapgen.model import OF_DISPLACED, GivenArea, Holding
from mapgen.reading.day_forms import the_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapgen.core.gazetteer_protocols import MapGazetteer
    from mapgen.model import Event

SUFFIXES = (".geojson", ".json", *area_files.SUFFIXES)
_LOG = logging.getLogger("mapgen")
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")
_MAX_FAULTS_SHOWN = 10
_FIELDS = {"holder": ("holder",), "as_of": ("as_of", "date"), "source": ("source",)}
_ADVICE = "Give polygons, each with holder, as_of (or date) and source."
# Displacement says nothing about who holds a town, and such a town may have to be hidden.


def is_area_file(path_or_name: str | Path) -> bool:
    """Whether a baseline is a file of areas, judged by its suffix."""
    return Path(path_or_name).suffix.casefold() in SUFFIXES


def read_given_areas(path: str | Path) -> tuple[GivenArea, ...]:
    """Read areas of control from a GeoJSON file (RFC 7946: WGS 84, longitude first) or another.

    Parameters
    ----------
    path
        A FeatureCollection of polygons, or a GeoPackage, shapefile or KML file in any coordinate
        system that it states. Properties: ``holder``, an id or name in
        ``mapgen/data/actors.csv``, or any other words; ``as_of`` or ``date``, a day or an instant;
        ``source``. In KML, the name of a placemark is the holder and its time the day, if it has
        no such data.

    Returns
    -------
    tuple of GivenArea
        One per feature, in EPSG:4326 with longitude first.

    Raises
    ------
    InputError
        If there is no such file, or it cannot be read as text.
    FormatError
        If the file has faults. The message lists them by feature, counted from 1, and field.
    """
    name = str(path)
    faults: list[str] = Faults()
    features, n_empty = _features(Path(path), faults)
    found = [_area(feature, n, faults) for n, feature in features]
    if faults:
        more = len(faults) - _MAX_FAULTS_SHOWN
        tail = f"; and {more:,} more" if more > 0 else ""
        msg = f"{name}: {'; '.join(faults[:_MAX_FAULTS_SHOWN])}{tail}. {_ADVICE}"
        raise FormatError(msg)
    if n_empty:
        told = "1 feature has" if n_empty == 1 else f"{n_empty} features have"
        _LOG.warning("%s: %s no shape and is left out", name, told)
    return tuple(area for area in found if area is not None)


def _features(path: Path, faults: list[str]) -> tuple[list[tuple[int, Any]], int]:
    """Return the features of a file as GeoJSON has them, numbered from 1, and those without one.

    Raises
    ------
    InputError, FormatError
        As of `read_given_areas`.
    """
    name = str(path)
    if path.suffix.casefold() in area_files.SUFFIXES:
        if not path.is_file():
            raise InputError(name, "is no file", _ADVICE)
        layer = area_files.read_polygons(path)
        if not layer.features:
            msg = f"{name}: holds no polygons. {_ADVICE}"
            raise FormatError(msg)
        if layer.n_unread:
            faults.append(f"{layer.n_unread:,} shapes cannot be read")
        made = [
            {"properties": properties, "geometry": mapping(geometry)}
            for properties, geometry in layer.features
        ]
        return list(enumerate(made, 1)), layer.n_empty
    try:
        document = json.loads(text_within(path, MAX_TABLE_BYTES))
    except FileNotFoundError as err:
        raise InputError(name, "is no file", _ADVICE) from err
    except OSError as err:
        raise InputError(name, f"cannot be read ({err.strerror or err})", _ADVICE) from err
    except (ValueError, RecursionError) as err:
        msg = f"{name}: is not valid JSON in UTF-8 ({err}). {_ADVICE}"
        raise FormatError(msg) from err
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        msg = f"{name}: holds no features. {_ADVICE}"
        raise FormatError(msg)
    if not _is_wgs84(document):
        faults.append("crs: GeoJSON is in WGS 84; save it without another")
    kept = [(n, feature) for n, feature in enumerate(features, 1) if not _is_empty(feature)]
    return kept, len(features) - len(kept)


def _is_empty(feature: Any) -> bool:  # noqa: ANN401
    """Whether a feature says that it has no shape, as GIS programs write empty ones."""
    return isinstance(feature, dict) and "geometry" in feature and feature["geometry"] is None


def holdings_within(
    areas: Iterable[GivenArea], events: Iterable[Event], gazetteer: MapGazetteer
) -> tuple[Holding, ...]:
    """Return the baseline holders of the towns of events, from the areas that contain them.

    The area with the latest date counts. If areas of two holders share that date, the town has no
    holder. Towns that only appear in displacements or returns are left out, because they may have
    to be hidden.

    Parameters
    ----------
    areas
        Areas of control, in EPSG:4326.
    events
        Events whose towns are looked up.
    gazetteer
        Gazetteer for the countries of the towns.

    Returns
    -------
    tuple of Holding
        One per town with a known holder.
    """
    given = sorted(areas, key=lambda a: (a.as_of, a.holder, a.source))
    found: dict[str, Holding] = {}
    places = {
        place_key(p): p
        for event in events
        if event.kind not in OF_DISPLACED
        for p in event.places
        if fineness(p) == 0 and p.place_id and p.lat is not None and p.lon is not None
    }
    for key, place in sorted(places.items()):
        if place.lat is None or place.lon is None or place.place_id is None:
            continue
        spot = shapely.Point(place.lon, place.lat)
        around = [area for area in given if area.geometry.covers(spot)]
        last = [area for area in around if area.as_of == around[-1].as_of]
        if len({area.holder for area in last}) != 1:
            continue
        entry = gazetteer.get(place.place_id)
        found[key] = Holding(
            place=place.name or place.surface,
            country=(entry.country if entry is not None else None) or "",
            place_id=place.place_id,
            holder=last[-1].holder,
            as_of=last[-1].as_of,
            source=last[-1].source,
            lat=place.lat,
            lon=place.lon,
        )
    return tuple(found.values())


def _area(feature: Any, number: int, faults: list[str]) -> GivenArea | None:  # noqa: ANN401
    before = len(faults)
    properties = feature.get("properties") if isinstance(feature, dict) else None
    values = {k: _text(properties, names) for k, names in _FIELDS.items()}
    faults.extend(f"feature {number}, {k}: is missing" for k, v in values.items() if not v)
    day: date | None = None
    if values["as_of"]:
        try:
            day = the_day(values["as_of"], None)
        except ValueError:
            faults.append(
                f"feature {number}, as_of: “{values['as_of']}” is not a day like 2024-11-26"
            )
    geometry = _geometry(feature, number, faults)
    if len(faults) > before or day is None:
        return None
    return GivenArea(
        holder=_holder(values["holder"]), as_of=day, source=values["source"], geometry=geometry
    )


def _text(properties: Any, names: tuple[str, ...]) -> str:  # noqa: ANN401
    """Return the first property that is a day or a non-empty text, as text, or an empty text."""
    if not isinstance(properties, dict):
        return ""
    named = {str(key).casefold(): value for key, value in properties.items()}
    values = (named.get(name) for name in names)
    texts = (value.isoformat() if isinstance(value, date) else value for value in values)
    return next((t.strip() for t in texts if isinstance(t, str) and t.strip()), "")


# what a ring can raise that is no ring, such as a coordinate of 400 digits
_UNREADABLE = (
    *(AttributeError, LookupError, OverflowError, TypeError, ValueError),
    shapely.GEOSException,
)


def _geometry(feature: Any, number: int, faults: list[str]) -> Any:  # noqa: ANN401
    """Return the polygon of a feature, or None after noting a fault."""
    raw = feature.get("geometry") if isinstance(feature, dict) else None
    kind = raw.get("type") if isinstance(raw, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        faults.append(f"feature {number}, geometry: is {kind or 'missing'}, not a polygon")
        return None
    try:
        geometry = shapely.force_2d(shape(raw))
        check_degrees(geometry)
    except CrsError as err:
        faults.append(f"feature {number}, geometry: {err}")
        return None
    except _UNREADABLE as err:
        faults.append(f"feature {number}, geometry: cannot be read ({err})")
        return None
    if geometry.is_empty or not geometry.is_valid:
        why = "it is empty" if geometry.is_empty else shapely.is_valid_reason(geometry)
        faults.append(f"feature {number}, geometry: is not valid ({why})")
        return None
    return geometry


def _holder(words: str) -> str:
    """Return the id of the actor with this name, or the words as they are."""
    wanted = words.casefold()
    for party in default_table().parties:
        if wanted in {name.casefold() for name in (party.id, *party.names)}:
            return party.id
    return words


def _is_wgs84(document: dict[str, Any]) -> bool:
    """Whether the file is in WGS 84; old GeoJSON files could name another system."""
    crs = document.get("crs")
    return crs is None or any(name in json.dumps(crs) for name in _WGS84)
