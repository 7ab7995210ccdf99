"""Make GeoDataFrames of events and claims, for analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas
import pandas as pd
import shapely

from mapgen.situation.names import name_of, town_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.core.gazetteer_protocols import MapGazetteer
    from mapgen.model import Article, Claim, ClaimPlace, Event
    from mapgen.situation.shown import Shown

COLUMNS = (
    "event",
    "kind",
    "standing",
    "role",
    "place",
    "gazetteer_name",
    "place_id",
    "precision",
    "actor",
    "from_actor",
    "earliest",
    "latest",
    "low",
    "high",
    "best",
    "unit",
    "n_claims",
    "sources",
    "geometry",
)


def events_frame(shown: Shown) -> geopandas.GeoDataFrame:
    """Return one row for each place of each event.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns in `COLUMNS`, in the order of the events, with geometries in EPSG:4326
        (longitude first).

        - ``earliest`` and ``latest`` are dates, and None if unbounded.
        - ``sources`` are the names of the sources, joined by "; ".
        - ``low`` and ``high`` are the range over the claims of the event, never a sum. ``best`` is
          the only exact number, if no claim contradicts it. ``unit`` is ``people``, ``families``,
          ``killed`` or ``injured``.
        - ``place`` is spelled as in the articles, ``gazetteer_name`` as in the gazetteer.
        - The geometry of an area is its outline or missing, since nothing happened at its reference
          point.
    """
    names = town_names(shown.situation)
    rows = [
        {
            "event": event.id,
            "kind": event.kind.value,
            "standing": event.standing.value,
            "role": place.role.value,
            "place": name_of(place, names),
            "gazetteer_name": place.name,
            "place_id": place.place_id,
            "precision": place.precision.value if place.precision else None,
            "actor": event.actor.name if event.actor else None,
            "from_actor": event.from_actor.name if event.from_actor else None,
            "earliest": event.earliest,
            "latest": event.latest,
            **figure_columns(event),
            "n_claims": len(event.claims),
            "sources": sources_of(event),
            "geometry": _geometry(place, shown.gazetteer),
        }
        for event in shown.situation.events
        for place in event.places
    ]
    return geopandas.GeoDataFrame(rows, columns=list(COLUMNS), geometry="geometry", crs="EPSG:4326")


CLAIM_COLUMNS = (
    "claim",
    "article",
    "source",
    "published_on",
    "start",
    "end",
    "quote",
    "kind",
    "status",
    "actor",
    "actor_side",
    "from_actor",
    "from_side",
    "places",
    "gazetteer_names",
    "place_ids",
    "roles",
    "low",
    "high",
    "best",
    "unit",
    "figure_words",
    "date_start",
    "date_end",
    "date_words",
    "attribution",
    "attribution_role",
    "confidence",
    "state",
    "events",
    "geometry",
)


def claims_frame(shown: Shown) -> geopandas.GeoDataFrame:
    """Return one row for each claim, both on and off the map.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns in `CLAIM_COLUMNS`, in the order of the claims.

        - ``start`` and ``end`` are offsets of ``quote`` in the article.
        - ``places`` (as spelled in the articles), ``gazetteer_names``, ``place_ids`` and ``roles``
          are parallel lists joined by "; ". A place that is not in the gazetteer has an empty name
          and id.
        - ``low``, ``high`` and ``best`` count in ``unit``.
        - ``date_start`` and ``date_end`` are the first and last day that the words allow, or None
          if no day is stated. They are never the day of publication.
        - ``events`` are the ids of the events that rest on the claim, joined by "; ".
        - ``geometry`` (EPSG:4326, longitude first) is the point or area of the first place that has
          one.
    """
    table = claims_table(shown)
    shapes = [
        next((g for p in claim.places if (g := _geometry(p, shown.gazetteer)) is not None), None)
        for claim in shown.situation.extraction.claims
    ]
    geometry = geopandas.GeoSeries(shapes, index=table.index, crs="EPSG:4326")
    return geopandas.GeoDataFrame(table, geometry=geometry, crs="EPSG:4326")


def claims_table(shown: Shown) -> pd.DataFrame:
    """Return the columns of `claims_frame` except the geometry."""
    situation, names = shown.situation, town_names(shown.situation)
    events: dict[str, list[str]] = {}
    for event in situation.events:
        for claim in event.claims:
            events.setdefault(claim.id, []).append(event.id)
    rows = [
        {
            **_claim_row(claim, shown.articles.get(claim.article), names),
            "events": "; ".join(sorted(events.get(claim.id, ()))) or None,
        }
        for claim in situation.extraction.claims
    ]
    columns = [name for name in CLAIM_COLUMNS if name != "geometry"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _claim_row(
    claim: Claim, article: Article | None, names: Mapping[str, str]
) -> dict[str, object]:
    """Return the values of a claim, except its events and geometry."""
    figure, when, said = claim.quantity, claim.date, claim.attribution
    return {
        "claim": claim.id,
        "article": claim.article,
        "source": article.source if article else None,
        "published_on": article.published_on if article else None,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "kind": claim.kind.value,
        "status": claim.status.value,
        "actor": claim.actor.name if claim.actor else None,
        "actor_side": claim.actor.side if claim.actor else None,
        "from_actor": claim.from_actor.name if claim.from_actor else None,
        "from_side": claim.from_actor.side if claim.from_actor else None,
        "places": "; ".join(name_of(p, names) for p in claim.places) or None,
        "gazetteer_names": "; ".join(p.name or "" for p in claim.places) or None,
        "place_ids": "; ".join(p.place_id or "" for p in claim.places) or None,
        "roles": "; ".join(p.role.value for p in claim.places) or None,
        "low": figure.low if figure else None,
        "high": figure.high if figure else None,
        "best": figure.best if figure else None,
        "unit": figure.unit if figure else None,
        "figure_words": figure.words if figure else None,
        "date_start": when.start if when else None,
        "date_end": when.end if when else None,
        "date_words": when.words if when else None,
        "attribution": said.name if said else None,
        "attribution_role": said.role if said else None,
        "confidence": claim.confidence,
        "state": claim.state,
    }


def figure_columns(event: Event) -> dict[str, int | str | None]:
    """Return the main figure of an event in the columns ``low``, ``high``, ``best``, ``unit``."""
    figure = event.figure
    return {
        "low": figure.low if figure else None,
        "high": figure.high if figure else None,
        "best": figure.best if figure else None,
        "unit": figure.unit if figure else None,
    }


def sources_of(*events: Event) -> str:
    """Return the sources of the claims of events, joined by "; ".

    The source of a claim without attribution is the id of its article.
    """
    claims = [c for event in events for c in event.claims]
    return "; ".join(sorted({c.attribution.name if c.attribution else c.article for c in claims}))


def _geometry(
    place: ClaimPlace, gazetteer: MapGazetteer
) -> shapely.geometry.base.BaseGeometry | None:
    """Return the point of a place or the outline of an area, or None."""
    if place.lat is None or place.lon is None or place.precision is None:
        return None
    if not place.precision.is_area:
        return shapely.Point(place.lon, place.lat)
    if place.place_id is None:
        return None
    return gazetteer.geometry(place.place_id)
