"""A situation as a GeoDataFrame, for analysis beside the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas
import shapely

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from mapgen.model import ClaimPlace, Situation

COLUMNS = (
    "event",
    "kind",
    "standing",
    "role",
    "place",
    "place_id",
    "precision",
    "actor",
    "from_actor",
    "earliest",
    "latest",
    "people_low",
    "people_high",
    "n_claims",
    "sources",
    "geometry",
)


def events_frame(
    situation: Situation, gazetteer: Gazetteer | None = None
) -> geopandas.GeoDataFrame:
    """Return one row for each place of each event.

    Parameters
    ----------
    situation
        Its events, in their order.
    gazetteer
        Where the outlines of areas come from. Without it an area has no geometry: its reference
        point is no place where something happened.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns as in `COLUMNS`, geometry in EPSG:4326 (longitude first). ``earliest`` and
        ``latest`` are plain dates, ``sources`` the names of who said it, joined by "; ".
    """
    rows = [
        {
            "event": event.id,
            "kind": event.kind.value,
            "standing": event.standing.value,
            "role": place.role.value,
            "place": place.name,
            "place_id": place.place_id,
            "precision": place.precision.value if place.precision else None,
            "actor": event.actor.name if event.actor else None,
            "from_actor": event.from_actor.name if event.from_actor else None,
            "earliest": event.earliest,
            "latest": event.latest,
            "people_low": event.quantity_low,
            "people_high": event.quantity_high,
            "n_claims": len(event.claims),
            "sources": "; ".join(
                sorted({c.attribution.name if c.attribution else c.article for c in event.claims})
            ),
            "geometry": _geometry(place, gazetteer),
        }
        for event in situation.events
        for place in event.places
    ]
    return geopandas.GeoDataFrame(rows, columns=list(COLUMNS), geometry="geometry", crs="EPSG:4326")


def _geometry(
    place: ClaimPlace, gazetteer: Gazetteer | None
) -> shapely.geometry.base.BaseGeometry | None:
    if place.lat is None or place.lon is None or place.precision is None:
        return None
    if not place.precision.is_area:
        return shapely.Point(place.lon, place.lat)
    if gazetteer is None or place.place_id is None:
        return None
    return gazetteer.geometry(place.place_id)
