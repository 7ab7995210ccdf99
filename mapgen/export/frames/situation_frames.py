"""Make GeoDataFrames of what the page shows: holders, movements, and what is off the map.

Geometries are in EPSG:4326, longitude first. Days are dates. Unknown values are ``None``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd
import shapely

from mapgen.export.frames.event_frames import figure_columns, sources_of
from mapgen.model import MOVEMENTS, Role, Standing
from mapgen.situation.evidence import Quoter
from mapgen.situation.figure_words import figure_lines
from mapgen.situation.flows import ends, route
from mapgen.situation.names import gazetteer_name, name_of, town_names
from mapgen.situation.shown import is_total_event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Event
    from mapgen.situation.flows import End
    from mapgen.situation.shown import Shown

CONTROL_COLUMNS = (
    "place",
    "gazetteer_name",
    "place_id",
    "holder",
    "holder_name",
    "standing",
    "basis",
    "earliest",
    "latest",
    "claimants",
    "event",
    "sources",
    "geometry",
)
FLOW_COLUMNS = (
    "event",
    "kind",
    "origin",
    "origin_id",
    "destination",
    "destination_id",
    "low",
    "high",
    "best",
    "unit",
    "words",
    "earliest",
    "latest",
    "standing",
    "method",
    "sources",
    "geometry",
)
OFF_MAP_COLUMNS = (
    "group",
    "reason",
    "article",
    "source",
    "start",
    "end",
    "text",
    "geometry",
)
CHANGE_COLUMNS = (
    "change",
    "place",
    "place_id",
    "before",
    "after",
    "destination",
    "low",
    "high",
    "standing",
    "earliest",
    "latest",
    "events",
)


def control_frame(shown: Shown) -> geopandas.GeoDataFrame:
    """Return who holds each place, one row for each place.

    Parameters
    ----------
    shown
        What may be shown. Events after its day are not used.

    Returns
    -------
    geopandas.GeoDataFrame
        - ``place`` is spelled as in the articles, or else as in the baseline. ``gazetteer_name``
          and ``place_id`` are from the gazetteer.
        - ``holder`` is the id of the side and ``holder_name`` its name. Both are None if the place
          is contested or no party is named.
        - ``standing`` is the standing of the report.
        - ``basis`` is ``articles`` or ``baseline``.
        - ``earliest`` and ``latest`` are the first and last day on which it can have happened. For
          a baseline both are its day.
        - ``claimants`` are the sides that are said to hold a contested place, joined by "; ".
        - ``event`` is the id of the event, or None for a baseline.
        - ``sources`` are joined by "; ".
        - ``geometry`` holds points in EPSG:4326, longitude first.
    """
    names = town_names(shown.situation)
    rows: dict[str, dict[str, Any]] = {}
    for row in shown.situation.baseline:
        side = shown.before[row.place_id]
        rows[row.place_id] = {
            "place": names[row.place_id],
            "gazetteer_name": gazetteer_name(row.place_id, shown.gazetteer),
            "place_id": row.place_id,
            "holder": side,
            "holder_name": _name(shown, side),
            "standing": Standing.STATED.value,
            "basis": "baseline",
            "earliest": row.as_of,
            "latest": row.as_of,
            "claimants": None,
            "event": None,
            "sources": row.source,
            "geometry": shapely.Point(row.lon, row.lat),
        }
    for spell in shown.holders.current():
        if not spell.events:
            continue
        event, place = spell.events[0], spell.events[0].places[0]
        rows[spell.place] = {
            "place": name_of(place, names),
            "gazetteer_name": place.name,
            "place_id": place.place_id,
            "holder": spell.holder,
            "holder_name": _name(shown, spell.holder),
            "standing": spell.standing.value,
            "basis": "articles",
            "earliest": spell.earliest,
            "latest": spell.since if spell.is_contested else event.latest,
            "claimants": "; ".join(spell.claimants) if spell.is_contested else None,
            "event": event.id,
            "sources": sources_of(*(spell.events if spell.is_contested else [event])),
            "geometry": shapely.Point(place.lon, place.lat),
        }
    return _frame([rows[key] for key in sorted(rows)], CONTROL_COLUMNS)


def flow_frame(shown: Shown) -> geopandas.GeoDataFrame:
    """Return movements of people, one row for each pair of an origin and a destination.

    Totals for a country or region are not movements. They are in `events_frame`.

    Parameters
    ----------
    shown
        What may be shown. Events after its day are not used.

    Returns
    -------
    geopandas.GeoDataFrame
        - ``event`` is the id of the event and ``kind`` either ``displacement`` or ``return``.
        - ``origin``, ``origin_id``, ``destination`` and ``destination_id`` are None if not stated.
        - ``low`` and ``high`` are the range over all reports of the whole event, in ``unit``
          (``people`` or ``families``). They are never a sum, and must not be added up over the rows
          of an event. ``best`` is the only exact number, if no report contradicts it.
        - ``words`` are the figures as written, each with its source.
        - ``earliest`` and ``latest`` are the first and last day on which it can have happened.
        - ``standing`` is the standing of the event.
        - ``method`` is the kind of route: ``stated``, ``likely``, or ``plain`` for a line that says
          nothing about the route. It is None without a line.
        - ``sources`` are joined by "; ".
        - ``geometry`` holds lines in EPSG:4326, longitude first, or None if an end is not stated.
    """
    rows: list[dict[str, Any]] = []
    for event in shown.situation.events:
        if (
            event.kind not in MOVEMENTS
            or event.standing is Standing.DENIED
            or is_total_event(event)
            or not shown.may_draw(event)
        ):
            continue
        starts: list[End | None] = [*ends(event, Role.ORIGIN, shown.gazetteer)]
        goals: list[End | None] = [*ends(event, Role.DESTINATION, shown.gazetteer)]
        rows.extend(
            _flow_row(shown, event, start, goal)
            for start in starts or [None]
            for goal in goals or [None]
        )
    return _frame(rows, FLOW_COLUMNS)


def _flow_row(shown: Shown, event: Event, start: End | None, goal: End | None) -> dict[str, Any]:
    """Return the row of a movement between two ends."""
    line, method = None, None
    if start is not None and goal is not None:
        path, method = route(start, goal, event.claims, shown.roads)
        if len(set(map(tuple, path))) > 1:  # a movement inside one area has no line
            line = shapely.LineString([(lon, lat) for lat, lon in path])
    return {
        "event": event.id,
        "kind": event.kind.value,
        "origin": start.name if start else None,
        "origin_id": start.place_id if start else None,
        "destination": goal.name if goal else None,
        "destination_id": goal.place_id if goal else None,
        **figure_columns(event),
        "words": "; ".join(figure_lines(event)) or None,
        "earliest": event.earliest,
        "latest": event.latest,
        "standing": event.standing.value,
        "method": method if line is not None else None,
        "sources": sources_of(event),
        "geometry": line,
    }


def off_map_frame(shown: Shown) -> geopandas.GeoDataFrame:
    """Return what the page lists under "Off the map", one row for each sentence or clause.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    geopandas.GeoDataFrame
        - ``group`` is the heading, such as "Hypothetical" or "Past", and ``reason`` the reason.
        - ``article`` is the id of the article and ``source`` its publication.
        - ``start`` and ``end`` are offsets in the article, and ``text`` is the passage.
        - ``geometry`` is always None.

        Sentences that report no event at all are not listed.
    """
    drawn = {c.id for e in shown.situation.events if shown.may_draw(e) for c in e.claims}
    rows = [
        {
            "group": group["group"],
            "reason": item["reason"],
            "article": item["article"],
            "source": shown.articles[item["article"]].source
            if item["article"] in shown.articles
            else None,
            "start": item["start"],
            "end": item["end"],
            "text": item["text"],
            "geometry": None,
        }
        for group in Quoter(shown).left_off(shown.situation.events, drawn)
        for item in group["items"]
    ]
    return _frame(rows, OFF_MAP_COLUMNS)


def changes_frame(before: Shown, after: Shown) -> pd.DataFrame:
    """Return what changed between two days of one situation.

    Parameters
    ----------
    before, after
        The situation on the earlier and on the later day.

    Returns
    -------
    pandas.DataFrame
        One row for each change, sorted by ``latest``, ``change`` and ``place``.

        - ``change`` is ``holder`` if the holder of a place changed, or ``flow`` for a movement that
          was not reported before.
        - ``before`` and ``after`` are the ids of the sides that held the place, or None if the
          holder was unknown or the place contested.
        - ``place`` and ``destination`` are the ends of a movement, ``low`` and ``high`` its figure.
        - ``standing``, ``earliest``, ``latest`` and ``events`` (an id) are those of the report in
          ``after``.
    """
    old, new = (_by_place(control_frame(s)) for s in (before, after))
    rows = [
        {
            "change": "holder",
            "place": (new.get(key) or old[key])["place"],
            "place_id": (new.get(key) or old[key])["place_id"],
            "before": old.get(key, {}).get("holder"),
            "after": new.get(key, {}).get("holder"),
            "destination": None,
            "low": None,
            "high": None,
            **{c: new.get(key, {}).get(c) for c in ("standing", "earliest", "latest")},
            "events": new.get(key, {}).get("event"),
        }
        for key in sorted({*old, *new})
        if _told(old.get(key)) != _told(new.get(key))
    ]
    known = {_claim_ids(e) for e in before.situation.events}
    told = frozenset[str]().union(*known)
    begun = {e.id for e in after.situation.events if not _claim_ids(e) & told}
    rows.extend(
        {
            "change": "flow",
            "place": row["origin"],
            "place_id": row["origin_id"],
            "before": None,
            "after": None,
            "destination": row["destination"],
            **{c: row[c] for c in ("low", "high", "standing", "earliest", "latest")},
            "events": row["event"],
        }
        for row in flow_frame(after).to_dict("records")
        if row["event"] in begun
    )
    rows.sort(key=lambda r: tuple(str(r[c] or "") for c in ("latest", "change", "place", "events")))
    return pd.DataFrame(rows, columns=list(CHANGE_COLUMNS), dtype=object)


def _by_place(frame: geopandas.GeoDataFrame) -> dict[str, dict[str, Any]]:
    return {row["place_id"] or f"name:{row['place']}": row for row in frame.to_dict("records")}


def _told(row: dict[str, Any] | None) -> tuple[Any, Any]:
    """Return the values that differ between two rows of control if the holder changed."""
    if row is None:
        return None, None
    return row["holder"], row["standing"] == Standing.CONTESTED.value


def _claim_ids(event: Event) -> frozenset[str]:
    return frozenset(c.id for c in event.claims if c.status.is_current)


def _name(shown: Shown, side: str | None) -> str | None:
    found = shown.sides.get(side)
    return found.name if found else side


def _frame(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> geopandas.GeoDataFrame:
    """Make a frame in which unknown values remain ``None`` and days remain dates."""
    table = pd.DataFrame(rows, columns=list(columns), dtype=object)
    geometry = geopandas.GeoSeries(list(table["geometry"]), index=table.index, crs="EPSG:4326")
    return geopandas.GeoDataFrame(table, geometry=geometry, crs="EPSG:4326")
