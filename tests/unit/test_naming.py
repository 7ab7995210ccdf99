"""One town has one name in all that is written: the articles' own, with the gazetteer's beside."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from datetime import date

import docx
import geopandas
import pandas as pd
import pyogrio
import pytest
from situation_kit import ARMY, PLACES, RIVALS, Desk, FakeAtlas, place

from mapgen.drawing.data.page_data import page_data
from mapgen.drawing.figure import picture_bytes
from mapgen.export import write
from mapgen.export.frames.situation_frames import control_frame
from mapgen.export.report.content import report_of
from mapgen.export.report.markdown import markdown
from mapgen.export.report.word import word
from mapgen.merging.events import situation_of
from mapgen.model import Holding, Kind, Role
from mapgen.reasons import reason_of
from mapgen.settings import Settings
from mapgen.situation.names import gazetteer_name, name_of, town_names
from mapgen.situation.shown import shown

KML = "{http://www.opengis.net/kml/2.2}"
SPELLED, LISTED = "Doumoh", "Dumo"
FORMATS = ("geojson", "gpkg", "kml", "csv", "parquet")


def told():
    """Both articles write Doumoh, one of them once "the town"; the gazetteer has Dumo."""
    desk = Desk().article("one").article("two")
    desk.say(
        "one",
        "The River Front has captured Doumoh.",
        Kind.CONTROL_CHANGE,
        place("t:dumo", surface=SPELLED),
        actor=RIVALS,
        from_actor=ARMY,
        reasons=(reason_of("kind:control_change:seize"),),
    )
    desk.say(
        "two",
        "They walked into the town and Alba.",
        Kind.CONTROL_CHANGE,
        place("t:dumo", surface="the town"),
        place("t:alba"),
        actor=RIVALS,
        from_actor=ARMY,
        reasons=(reason_of("kind:control_change:seize"),),
    )
    desk.say(
        "two",
        "Hundreds fled Doumoh for the shore.",
        Kind.DISPLACEMENT,
        place("t:dumo", Role.ORIGIN, SPELLED),
        place("region:sd-shore", Role.DESTINATION, "the shore"),
        figure=(200, 999, "Hundreds"),
    )
    entry = PLACES["t:dumo"]
    before = Holding(
        place="Dumo town",
        country="SD",
        place_id=entry.id,
        holder="t:army",
        as_of=date(2031, 5, 1),
        source="An gazetteer",
        lat=entry.lat,
        lon=entry.lon,
    )
    return situation_of(desk.extraction(), baseline=(before,))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "map.html"
    write(shown(told(), FakeAtlas(), Settings()), path, FORMATS)
    return path.parent


def names_in(folder, kind):
    """Return (name, name in the gazetteer) of the towns, read by other libraries than ours."""
    if kind == "geojson":
        rows = [
            f["properties"] for f in json.loads((folder / "map.geojson").read_text())["features"]
        ]
        rows = [r for r in rows if r["layer"] in {"control", "control_past"}]
        return {(r["place"], r["gazetteer_name"]) for r in rows}
    if kind == "kml":
        marks = ET.parse(folder / "map.kml").iter(f"{KML}Placemark")
        cells = [
            (m.findtext(f"{KML}name"), {d.get("name"): d[-1].text for d in m.iter(f"{KML}Data")})
            for m in marks
        ]
        return {(name, data["gazetteer_name"]) for name, data in cells if data.get("holder")}
    if kind == "gpkg":
        read = [
            pyogrio.read_dataframe(folder / "map.gpkg", layer=n)
            for n in ("control", "control_past")
        ]
        table = pd.concat([f[["place", "gazetteer_name"]] for f in read])
    elif kind == "csv":
        table = pd.read_csv(folder / "map.csv", skiprows=[1])
    else:
        table = geopandas.read_parquet(folder / "map.parquet")
    if "layer" in table:
        table = table[table["layer"].isin(["control", "control_past"])]
    return set(zip(table["place"], table["gazetteer_name"], strict=True))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_town_has_the_articles_name_and_the_gazetteer_s_beside_it(written, kind):
    assert names_in(written, kind) == {(SPELLED, LISTED), ("Alba", "Alba")}


def test_events_and_flows_have_it_too(written):
    events = pd.read_csv(written / "map.events.csv")
    assert set(zip(events["location"], events["gazetteer_name"], strict=True)) == {
        (SPELLED, LISTED),
        ("Alba", "Alba"),
    }
    flow = pyogrio.read_dataframe(written / "map.gpkg", layer="flows").iloc[0]
    assert (flow["origin"], flow["destination"]) == (SPELLED, "the shore")
    claims = pyogrio.read_dataframe(written / "map.gpkg", layer="claims")
    assert set(claims["places"]) == {SPELLED, f"{SPELLED}; Alba", f"{SPELLED}; Sudanese shore"}
    assert "Dumo; Alba" in set(claims["gazetteer_names"])


def test_frames_reports_and_pictures_say_what_the_page_says():
    situation = told()
    scene = shown(situation, FakeAtlas(), Settings())
    data = page_data(shown(situation, FakeAtlas(), Settings()))
    page = {s["place"]: s["name"] for s in data["signs"] if s["type"] == "control"}
    frame = control_frame(scene)
    assert dict(zip(frame["place_id"], frame["place"], strict=True)) == page
    assert page["t:dumo"] == SPELLED
    assert SPELLED in picture_bytes(data, "svg", size="column").decode("utf-8")
    report = report_of(shown(situation, FakeAtlas(), Settings()))
    assert [row[0] for row in report.tables[0].rows] == ["Alba", SPELLED]
    assert f"| {SPELLED} |" in markdown(report)
    table = docx.Document(io.BytesIO(word(report))).tables[0]
    assert table.rows[2].cells[0].text == SPELLED


def test_names_of_towns_areas_and_what_only_the_baseline_has():
    situation = told()
    names = town_names(situation)
    assert names == {"t:dumo": SPELLED, "t:alba": "Alba"}
    assert name_of(place("region:sd-shore", surface="the shore"), names) == "Sudanese shore"
    assert name_of(place("t:caro", surface="the city"), names) == "Caro"
    empty = situation_of(Desk().article("one").extraction(), baseline=situation.baseline)
    assert town_names(empty) == {"t:dumo": "Dumo town"}
    assert gazetteer_name("t:dumo", FakeAtlas()) == LISTED
    assert gazetteer_name("t:nowhere", FakeAtlas()) is None
