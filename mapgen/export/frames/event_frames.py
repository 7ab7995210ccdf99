"""Events and claims as GeoDataFrames, for analysis beside the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas
import pandas as pd
import shapely

from mapgen.situation.names import name_of, town_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer import Gazetteer
    from mapgen.model import Article, Claim, ClaimPlace, Event, Situation

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
        ``latest`` are plain dates, ``sources`` the names of who said it, joined by "; ". ``low``
        and ``high`` are the range over all claims that count, in ``unit`` (``people``,
        ``families``, ``killed`` or ``injured``), never a sum; ``best`` is the one exact number,
        where no claim contradicts it. ``place``
        is spelled as the articles do, ``gazetteer_name`` as the gazetteer does.
    """
    names = town_names(situation)
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
            "geometry": _geometry(place, gazetteer),
        }
        for event in situation.events
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


def claims_frame(
    situation: Situation, gazetteer: Gazetteer | None = None
) -> geopandas.GeoDataFrame:
    """Return one row for each claim, also of those that are off the map.

    Parameters
    ----------
    situation
        Its claims, in their order.
    gazetteer
        Where the outlines of areas come from; without it an area has no geometry.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns as in `CLAIM_COLUMNS`. ``start`` and ``end`` are offsets of ``quote`` in the
        article; ``places`` (as the articles spell them), ``gazetteer_names``, ``place_ids`` and
        ``roles`` are parallel lists joined by "; " (an empty text for a place the gazetteer does
        not know); ``low``, ``high``, ``best`` count in
        ``unit``; ``date_start`` and ``date_end`` are the first and last day the words allow, and
        ``None`` where no day is told: the day of publication is never put there. ``events`` are
        the ids of the events that rest on the claim, joined by "; ". ``geometry`` (EPSG:4326,
        longitude first) is that of the first place that has one, a point or an area.
    """
    articles, names = {a.id: a for a in situation.extraction.articles}, town_names(situation)
    events: dict[str, list[str]] = {}
    for event in situation.events:
        for claim in event.claims:
            events.setdefault(claim.id, []).append(event.id)
    rows = [
        {
            **_claim_row(claim, articles.get(claim.article), names),
            "events": "; ".join(sorted(events.get(claim.id, ()))) or None,
            "geometry": next(
                (g for p in claim.places if (g := _geometry(p, gazetteer)) is not None), None
            ),
        }
        for claim in situation.extraction.claims
    ]
    table = pd.DataFrame(rows, columns=list(CLAIM_COLUMNS), dtype=object)
    geometry = geopandas.GeoSeries(list(table["geometry"]), index=table.index, crs="EPSG:4326")
    return geopandas.GeoDataFrame(table, geometry=geometry, crs="EPSG:4326")


def _claim_row(
    claim: Claim, article: Article | None, names: Mapping[str, str]
) -> dict[str, object]:
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
    """Return who said it, else in which article it stands, joined by "; "."""
    claims = [c for event in events for c in event.claims]
    return "; ".join(sorted({c.attribution.name if c.attribution else c.article for c in claims}))


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
