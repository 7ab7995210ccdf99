"""Make the layers that all exports write, so that the formats agree with each other.

What may be shown of a situation comes in; spatial layers and tables go out, with the evidence for
each row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import geopandas
import numpy as np
import pandas as pd
import shapely

from mapgen.export.antimeridian import cut_at_180
from mapgen.export.frames.event_frames import claims_table, events_frame
from mapgen.export.frames.figure_terms import figure_term
from mapgen.export.frames.ground_frames import area_frame, front_frame
from mapgen.export.frames.ledger_frame import ledger_frame
from mapgen.export.frames.situation_frames import control_frame, flow_frame, off_map_frame
from mapgen.export.past_holders import past_holders
from mapgen.export.plain_text import cut_quote
from mapgen.export.provenance import BASELINE_RULE, COLUMNS, Provenance
from mapgen.model import Standing
from mapgen.situation.figure_words import figure_lines, width_of
from mapgen.situation.shown import day_of, is_control_sign, is_total_event, side_of_actor
from mapgen.situation.title_block import meta_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mapgen.model import Event
    from mapgen.situation.drawn_records import TitleBlock
    from mapgen.situation.shown import Shown

_Frame = TypeVar("_Frame", bound=pd.DataFrame)

DECIMALS = 6
"""Decimals of a degree, about a tenth of a metre, which is far finer than any place here."""

SPATIAL = ("areas", "regions", "front_line", "flows", "control_past", "events", "control", "totals")
"""Layers from bottom to top. ``totals`` are figures for a country or region, without geometry."""

OF_A_SIDE = ("control_change", "control_state", "advance", "withdrawal")
"""Kinds of events whose areas have the colour of the side that acts."""

TABLES = ("claims", "off_map", "articles", "sources", "about")
_GONE = {Standing.DENIED, Standing.OUTDATED}
_SOFTWARE = "Map software"  # a credit for the page only, since no other format contains Leaflet


@dataclass(frozen=True, kw_only=True, slots=True)
class Layers:
    """A situation as layers and tables, with the columns of `mapgen.export.columns`."""

    shown: Shown
    meta: TitleBlock  # described in ``docs/page-data.md``
    credits: tuple[str, ...]
    frames: Mapping[str, geopandas.GeoDataFrame]  # by names in `SPATIAL`, EPSG:4326
    tables: Mapping[str, pd.DataFrame]  # by names in `TABLES`
    provenance: Provenance

    @property
    def method(self) -> str:
        """How the map was made, with each part on a line of its own."""
        return "\n".join(f"{part[0]}: {' '.join(part[1:])}" for part in self.meta["method"])


def layers_of(shown: Shown) -> Layers:
    """Make the layers and tables of a situation.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    Layers
        Valid shapes in EPSG:4326, longitude first, rounded to `DECIMALS`, cut at the 180th
        meridian, with counterclockwise outer rings. Unknown values are None.
    """
    meta = meta_of(shown)
    provenance = Provenance(shown)
    thanks = tuple(c for c in meta["credits"] if not c.startswith(_SOFTWARE))
    frames = {
        "areas": _estimated(shown, area_frame(shown)),
        "front_line": _estimated(shown, front_frame(shown)),
        "flows": _flows(shown, provenance),
        "control": _control(shown, provenance),
        "control_past": _past(shown, provenance),
        **_events(shown, provenance),
    }
    return Layers(
        shown=shown,
        meta=meta,
        credits=thanks,
        frames={name: _rounded(frames[name]) for name in SPATIAL},
        tables=_tables(shown, meta, thanks),
        provenance=provenance,
    )


def _control(shown: Shown, provenance: Provenance) -> geopandas.GeoDataFrame:
    """Return `control_frame` with the evidence for each place."""
    frame = control_frame(shown)
    spells = {s.events[0].id: s for s in shown.holders.current() if s.events}

    def events(row: Mapping[str, Any]) -> list[Event]:
        spell = spells.get(row["event"])
        if spell is None:
            return []
        # for a contested place, the events of all sides
        return list(spell.events) if spell.is_contested else [spell.events[0]]

    return _with_evidence(frame, provenance, events)


def _flows(shown: Shown, provenance: Provenance) -> geopandas.GeoDataFrame:
    """Return the movements with the evidence for each."""
    by_id = {e.id: e for e in shown.situation.events}
    frame = _with_evidence(flow_frame(shown), provenance, lambda row: [by_id[row["event"]]])
    widths = [width_of(by_id[i]) for i in frame["event"]]
    frame = frame.assign(width=pd.Series(widths, index=frame.index, dtype=object))
    return _with_terms(shown, frame, by_id)


def _with_terms(
    shown: Shown, frame: geopandas.GeoDataFrame, events: Mapping[str, Event]
) -> geopandas.GeoDataFrame:
    """Add what the figure of each row counts, and whether it is a stock or a flow."""
    told = [figure_term(shown, events[i]) for i in frame["event"]]
    for number, name in enumerate(("term", "measure")):
        frame[name] = pd.Series([t[number] for t in told], index=frame.index, dtype=object)
    return frame


def _past(shown: Shown, provenance: Provenance) -> geopandas.GeoDataFrame:
    """Return the past holders with the evidence for each."""
    columns = ["place", "gazetteer_name", "place_id", "holder", "holder_name", "standing", "basis"]
    rows = []
    for row, events in past_holders(shown):
        told = provenance.of(events) if events else {"rule": BASELINE_RULE}
        rows.append({**row, **told, "sources": row.get("sources") or told.get("publishers")})
    columns += ["event", "shown_from", "shown_to", "sources", *COLUMNS]
    return _frame(rows, columns)


def _events(shown: Shown, provenance: Provenance) -> dict[str, geopandas.GeoDataFrame]:
    """Return the other events in three layers: at points, in areas, and totals."""
    drawn = {
        e.id: e
        for e in shown.situation.events
        if e.standing not in _GONE and shown.may_draw(e) and not is_control_sign(e)
    }
    frame = events_frame(shown)
    frame = frame[frame["event"].isin(drawn)].drop(columns=["n_claims"])
    frame = _with_evidence(frame, provenance, lambda row: [drawn[row["event"]]])
    frame["words"] = ["; ".join(figure_lines(drawn[i])) or None for i in frame["event"]]
    frame = _with_terms(shown, frame, drawn)
    frame["actor_side"] = [side_of_actor(drawn[i].actor) for i in frame["event"]]
    total = frame["event"].map(lambda i: is_total_event(drawn[i])).astype(bool)
    point = frame.geometry.geom_type == "Point"
    totals = frame[total].copy()
    totals["geometry"] = geopandas.GeoSeries([None] * len(totals), index=totals.index, crs=4326)
    drawn_area = ~total & ~point & frame.geometry.notna()
    return {"events": frame[~total & point], "regions": frame[drawn_area], "totals": totals}


def _with_evidence(
    frame: geopandas.GeoDataFrame,
    provenance: Provenance,
    events: Callable[[Mapping[str, Any]], Sequence[Event]],
) -> geopandas.GeoDataFrame:
    """Add the columns of provenance, and the day from which each row is shown."""
    frame = frame.astype({c: object for c in frame.columns if c != "geometry"})
    rows = [events(row) for row in frame.to_dict("records")]
    told = [provenance.of(found) if found else {"rule": BASELINE_RULE} for found in rows]
    days = [
        day_of(found[0]) if found else row["latest"]
        for found, row in zip(rows, frame.to_dict("records"), strict=True)
    ]
    frame["shown_from"] = pd.Series(days, index=frame.index, dtype=object)
    for name in COLUMNS:
        frame[name] = pd.Series([t.get(name) for t in told], index=frame.index, dtype=object)
    return frame


def _estimated(shown: Shown, frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Add the rule of the estimate and the day of the map to a frame."""
    frame = frame.copy()
    frame["shown_from"] = pd.Series(shown.situation.as_of, index=frame.index, dtype=object)
    frame["rule"] = (
        "Estimated from towns whose holder is known; nobody reported these areas or edges."
    )
    return frame


def _frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> geopandas.GeoDataFrame:
    table = pd.DataFrame(rows, columns=[*columns, "geometry"], dtype=object)
    geometry = geopandas.GeoSeries(list(table["geometry"]), index=table.index, crs="EPSG:4326")
    return geopandas.GeoDataFrame(table, geometry=geometry, crs="EPSG:4326")


def _rounded(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Make the shapes of a frame valid, cut and round them, and orient their rings."""
    shapes = [cut_at_180(shape) for shape in frame.geometry]
    shapes = shapely.set_precision(np.array(shapes, dtype=object), 10.0**-DECIMALS)
    shapes = shapely.orient_polygons(shapes)
    frame = _known(frame.reset_index(drop=True))
    return frame.set_geometry(geopandas.GeoSeries(shapes, index=frame.index, crs="EPSG:4326"))


def _known(frame: _Frame) -> _Frame:
    """Replace missing values of any kind by ``None``."""
    for name in frame.columns.drop("geometry", errors="ignore"):
        cells = [None if pd.isna(value) else value for value in frame[name]]
        frame[name] = pd.Series(cells, index=frame.index, dtype=object)
    return frame


def _tables(shown: Shown, meta: TitleBlock, thanks: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return the tables without geometry: claims, off the map, articles, sources, about."""
    claims = claims_table(shown)
    claims["quote"] = [cut_quote(q, shown.settings.quote_chars) for q in claims["quote"]]
    articles = [
        {
            "article": a.id,
            "title": a.title,
            "source": a.source,
            "url": a.url,
            "published_on": a.published_on,
        }
        for a in shown.articles.values()
    ]
    about = [
        ("title", meta["title"]),
        ("as of", " ".join(p for p in (meta["as_of_text"], meta["as_of_note"]) if p)),
        ("review", meta.get("review", "")),
        *(("summary", f"{lead} {text}") for lead, text in meta["summary"]),
        *(("method", f"{part[0]}: {' '.join(part[1:])}") for part in meta["method"]),
        *(("credit", line) for line in thanks),
        *(("warning", line) for line in meta["warnings"]),
        ("made by", f"mapgen {meta['generator']['version']}"),
    ]
    tables = {
        "claims": claims,
        "off_map": pd.DataFrame(off_map_frame(shown).drop(columns="geometry")),
        "articles": pd.DataFrame(
            articles, columns=["article", "title", "source", "url", "published_on"], dtype=object
        ),
        "sources": ledger_frame(shown),
        "about": pd.DataFrame(about, columns=["key", "value"]),
    }
    return {name: _known(table) for name, table in tables.items()}
