"""Make the layers that only a finished map needs: the base map, and names of further places.

What may be shown and its layers come in; frames in EPSG:4326 (longitude first) go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd
from shapely.geometry import Point, shape

from mapgen.export.antimeridian import cut_at_180
from mapgen.ground.basemap import cut_basemap
from mapgen.ground.framing import frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from mapgen.ground.basemap_records import Basemap
    from mapgen.ground.framing import Bbox
    from mapgen.situation.shown import Shown

BASE = (
    "base_names",
    "base_borders",
    "base_disputed",
    "base_coast",
    "base_provinces",
    "base_roads",
    "base_rivers",
    "base_lakes",
    "base_country",
    "base_land",
)
"""Layers of the base map, from top to bottom."""

_KEYS = {
    "base_borders": "borders",
    "base_disputed": "disputed",
    "base_coast": "coast",
    "base_provinces": "admin",
    "base_rivers": "rivers",
    "base_lakes": "lakes",
    "base_land": "land",
}


def frame_of(shown: Shown, frames: Mapping[str, geopandas.GeoDataFrame]) -> Bbox:
    """Return the box of the map: what the articles report, with a margin.

    Parameters
    ----------
    shown
        What may be shown.
    frames
        The layers of `mapgen.export.layers.layers_of`.

    Returns
    -------
    tuple of float
        West, south, east and north in degrees, EPSG:4326.
    """
    control = frames["control"]
    told = [*control[control["basis"] == "articles"].geometry, *frames["events"].geometry]
    shapes = [*frames["regions"].geometry, *frames["flows"].geometry]
    known = [g for g in shapes if g is not None and not g.is_empty]
    return frame([(p.y, p.x) for p in told], known, shown.country)


def base_frames(shown: Shown, box: Bbox) -> dict[str, geopandas.GeoDataFrame]:
    """Return the layers of the base map around a box.

    Parameters
    ----------
    shown
        What may be shown, with the subject country and the view of borders.
    box
        West, south, east and north in degrees, EPSG:4326.

    Returns
    -------
    dict of str to geopandas.GeoDataFrame
        Layers by names in `BASE`, from top to bottom, without those that are empty. The column
        ``name`` has the name of a country, a sea or a road, where there is one.
    """
    base = cut_basemap(
        box, shown.country, borders=shown.settings.borders, day=shown.situation.as_of
    )
    found = {layer: _plain(base, key) for layer, key in _KEYS.items()}
    found["base_roads"] = _frame(
        (road["id"], shape({"type": "LineString", "coordinates": _turned(road["path"])}))
        for road in base["roads"]
        if shown.settings.coarsen_displacement is None  # roads name and meet smaller places
    )
    focus = base["focus"]
    own = [] if focus is None else [(shown.country_name, shape(focus))]
    found["base_country"] = _frame(own)
    found["base_names"] = _frame(
        (entry["name"], Point(entry["lon"], entry["lat"]))
        for entry in (*base["countries"], *base["waters"])
    )
    return {name: found[name] for name in BASE if len(found[name])}


def other_names(frames: Mapping[str, geopandas.GeoDataFrame]) -> geopandas.GeoDataFrame:
    """Return the places of events whose holder is not known, one row each, to be labelled.

    Parameters
    ----------
    frames
        The layers of `mapgen.export.layers.layers_of`.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns ``place``, ``place_id`` and ``shown_from``, and points.
    """
    held = set(frames["control"]["place_id"]) - {None}
    events = frames["events"]
    rows: dict[str, dict[str, Any]] = {}
    for row in events.to_dict("records"):
        key = row["place_id"] or row["place"]
        first = rows.get(key, row)["shown_from"]
        if row["place_id"] in held:
            continue
        days = [day for day in (first, row["shown_from"]) if day is not None]
        undated = first is None or row["shown_from"] is None
        rows[key] = {
            **{name: row[name] for name in ("place", "place_id", "geometry")},
            "shown_from": None if undated else min(days),
        }
    columns = ["place", "place_id", "shown_from", "geometry"]
    table = pd.DataFrame([rows[key] for key in sorted(rows)], columns=columns, dtype=object)
    return geopandas.GeoDataFrame(table, geometry="geometry", crs="EPSG:4326")


def told_places(frames: Mapping[str, geopandas.GeoDataFrame]) -> geopandas.GeoDataFrame:
    """Return who holds each place, with the column ``in_reports``.

    Parameters
    ----------
    frames
        The layers of `mapgen.export.layers.layers_of`.

    Returns
    -------
    geopandas.GeoDataFrame
        ``in_reports`` is 1 for a place that the articles report on, and 0 for one that only the
        baseline names. Those that the articles report on come last and are drawn above the rest.
    """
    control, named = frames["control"], set(frames["events"]["place_id"]) - {None}
    told = (control["basis"] == "articles") | control["place_id"].isin(named)
    marked = control.assign(in_reports=told.astype(int).astype(object))
    return marked.sort_values("in_reports", kind="stable").reset_index(drop=True)


def placed_around(frames: Mapping[str, geopandas.GeoDataFrame]) -> geopandas.GeoDataFrame:
    """Return the events with the columns that keep their signs apart.

    Parameters
    ----------
    frames
        The layers of `mapgen.export.layers.layers_of`.

    Returns
    -------
    geopandas.GeoDataFrame
        The events in the order of their days. ``slot`` is the position of the sign around its
        place, from 0, or None for a sign that stands alone there; all events of one kind at a place
        share a position. ``n_here`` counts the events of one kind at a place, from 1.
    """
    held = {(p.x, p.y) for p in frames["control"].geometry}
    events = frames["events"]
    order = sorted(range(len(events)), key=lambda i: str(events["shown_from"].iloc[i] or ""))
    events = events.iloc[order].reset_index(drop=True)
    kinds: dict[tuple[float, float], dict[str, int]] = {}
    numbers = []
    for point, kind in zip(events.geometry, events["kind"], strict=True):
        here = kinds.setdefault((point.x, point.y), {})
        here[kind] = here.get(kind, 0) + 1
        numbers.append(here[kind])
    slots = []
    for point, kind in zip(events.geometry, events["kind"], strict=True):
        at = (point.x, point.y)
        alone = at not in held and len(kinds[at]) == 1
        slots.append(None if alone else list(kinds[at]).index(kind))
    return events.assign(
        slot=pd.Series(slots, index=events.index, dtype=object),
        n_here=pd.Series(numbers, index=events.index, dtype=object),
    )


def _turned(path: Iterable[Iterable[float]]) -> list[tuple[float, float]]:
    """Convert positions from latitude, longitude to longitude, latitude."""
    return [(lon, lat) for lat, lon in path]


def _plain(base: Basemap, key: str) -> geopandas.GeoDataFrame:
    """Return a layer of shapes without names."""
    shapes: list[Any] = dict(base)[key]  # type: ignore[assignment]
    return _frame((None, shape(one)) for one in shapes)


def _frame(rows: Iterable[tuple[str | None, BaseGeometry]]) -> geopandas.GeoDataFrame:
    found = [(name, cut_at_180(geometry)) for name, geometry in rows if not geometry.is_empty]
    return geopandas.GeoDataFrame(
        {"name": pd.Series([name for name, _ in found], dtype=object)},
        geometry=[geometry for _, geometry in found],
        crs="EPSG:4326",
    )
