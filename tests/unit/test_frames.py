"""The GeoDataFrame of a situation: one row a place, areas never as points."""

from __future__ import annotations

from datetime import date

from coding_kit import extract, gazetteer

from mapgen.export.frames.event_frames import COLUMNS, events_frame
from mapgen.merging.events import situation_of
from mapgen.settings import Settings
from mapgen.situation.shown import shown

TEXT = (
    "HTS fighters captured Saraqib on Monday, the Syrian Observatory for Human Rights said. "
    "Thousands of residents fled Saraqib for the coast. The Syrian army is fighting back."
)


def test_rows_hold_what_the_events_say() -> None:
    frame = events_frame(shown(situation_of(extract(TEXT)), gazetteer(), Settings()))
    assert tuple(frame.columns) == COLUMNS
    assert frame.crs.to_epsg() == 4326
    (taken,) = frame[frame.kind == "control_change"].itertuples()
    assert (taken.place, taken.actor, taken.standing) == (
        "Saraqib",
        "Hayat Tahrir al-Sham",
        "claimed",
    )
    assert taken.earliest == date(2024, 12, 2)
    assert abs(taken.geometry.y - 35.86) < 0.05
    assert abs(taken.geometry.x - 36.80) < 0.05


class NoOutlines:
    def get(self, place_id: str) -> object:
        return gazetteer().get(place_id)

    def geometry(self, _place_id: str) -> None:
        return None


def test_an_area_is_an_area_or_nothing() -> None:
    situation = situation_of(extract(TEXT))
    coast = (
        events_frame(shown(situation, gazetteer(), Settings()))
        .query("precision == 'region'")
        .iloc[0]
    )
    assert coast.geometry.geom_type in {"Polygon", "MultiPolygon"}
    bare = events_frame(shown(situation, NoOutlines(), Settings()))
    assert bare.query("precision == 'region'").iloc[0].geometry is None


def test_an_empty_situation_has_the_same_columns() -> None:
    frame = events_frame(
        shown(situation_of(extract("The weather was fine.")), gazetteer(), Settings())
    )
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == 0
