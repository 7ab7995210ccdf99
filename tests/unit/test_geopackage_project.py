"""The GeoPackage as a finished map: order of layers, base map, names, and its project of QGIS."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import date

import lxml.etree
import pytest
from situation_kit import ARMY, DAY, PLACES, RIVALS, Desk, FakeAtlas, campaign, place

from mapgen.export import write
from mapgen.export.formats.geopackage import geopackage
from mapgen.export.formats.qgis_styles import style_of
from mapgen.export.frames.base_frames import other_names, placed_around, told_places
from mapgen.export.frames.ground_frames import area_frame
from mapgen.export.layers import layers_of
from mapgen.ground.front_line import HeldArea
from mapgen.merging.events import situation_of
from mapgen.model import Holding, Kind, Role
from mapgen.reasons import reason_of
from mapgen.settings import Settings
from mapgen.situation.shown import shown


def layers(desk: Desk):
    baseline = tuple(
        Holding(
            place=PLACES[key].name,
            country="SD",
            place_id=key,
            holder="t:army",
            as_of=date(2031, 5, 1),
            source="A public gazetteer",
            lat=PLACES[key].lat,
            lon=PLACES[key].lon,
        )
        for key in ("t:alba", "t:esta")
    )
    return layers_of(
        shown(situation_of(desk.extraction(), baseline=baseline), FakeAtlas(), Settings())
    )


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """Return a GeoPackage under a name of its own."""
    path = tmp_path_factory.mktemp("out") / "river war.gpkg"
    made = layers(campaign())
    assert write(made.shown, path) == [path]
    with closing(sqlite3.connect(path)) as database:
        yield database


@pytest.fixture(scope="module")
def project(package):
    ((name, about, content),) = package.execute("SELECT * FROM qgis_projects").fetchall()
    assert name == "map"
    assert json.loads(about)["last_modified_time"] == "2031-05-10T00:00:00"
    with zipfile.ZipFile(io.BytesIO(bytes.fromhex(content))) as archive:
        assert archive.namelist() == ["map.qgs"]
        return lxml.etree.fromstring(archive.read("map.qgs"))


def test_the_version_is_one_that_older_gdal_reads_in_silence(package):
    assert package.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
    assert package.execute("PRAGMA user_version").fetchone() == (10300,)


def test_points_come_first_and_the_base_map_comes_last(package):
    rows = package.execute(
        "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY rowid"
    )
    names = [name for (name,) in rows]
    known = ["other_names", "events", "control", "control_past", "flows", "regions"]
    assert names[: len(known)] == known
    assert names[-1] == "base_land"
    assert names[-2] == "base_country"
    assert "base_borders" in names


def test_the_project_names_each_layer_of_its_own_file(package, project):
    sources = [e.text for e in project.iterfind("projectlayers/maplayer/datasource")]
    tables = [s.removeprefix("./river war.gpkg|layername=") for s in sources]
    listed = package.execute(
        "SELECT table_name FROM gpkg_contents WHERE table_name != 'layer_styles'"
    )
    assert sorted(tables) == sorted(name for (name,) in listed)
    ids = [e.text for e in project.iterfind("projectlayers/maplayer/id")]
    assert [e.get("id") for e in project.iter("layer-tree-layer")][: len(ids)] == ids
    groups = [e.get("name") for e in project.iterfind("layer-tree-group/layer-tree-group")]
    assert groups == ["Situation", "Base map", "Tables"]


def test_the_project_plays_from_the_first_day_to_the_last(project):
    span = project.find("ProjectTimeSettings/TemporalRange")
    assert span.findtext("start") == "2031-05-01T00:00:00Z"
    assert span.findtext("end") == "2031-05-11T00:00:00Z"  # the end of the tenth
    assert [e.get("name") for e in project.iterfind("Layouts/Layout")] == [
        "A4 landscape",
        "A4 portrait",
    ]


def test_no_title_or_name_is_an_expression_of_qgis():
    hostile = "[[%% env('HOME') %]"  # QGIS would print the value of the variable
    rebels = replace(RIVALS, id="text:x", name=hostile, side="text:x")
    desk = Desk().article("one")
    desk.say(
        "one",
        "They took Esta.",
        Kind.CONTROL_CHANGE,
        place("t:esta"),
        actor=rebels,
        days=(DAY, DAY, "then"),
    )
    made = replace(layers(desk), meta={**layers(desk).meta, "title": hostile})
    package = geopackage(made, "a.gpkg")
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(package)
        ((content,),) = database.execute("SELECT content FROM qgis_projects").fetchall()
        styles = [qml for (qml,) in database.execute("SELECT styleQML FROM layer_styles")]
    with zipfile.ZipFile(io.BytesIO(bytes.fromhex(content))) as archive:
        project = archive.read("map.qgs").decode()
    assert project.count("env('HOME')") + project.count("env(&apos;HOME&apos;)") > 0
    labels = [
        value
        for document in (project, *styles)
        for element in lxml.etree.fromstring(document.encode()).iter()
        for key, value in element.attrib.items()
        if key in {"label", "labelText", "projectname"}
    ]
    assert any("env(" in label for label in labels)
    assert not [label for label in labels if "[%" in label]


def test_two_runs_give_the_same_bytes():
    assert geopackage(layers(campaign()), "a.gpkg") == geopackage(layers(campaign()), "a.gpkg")


def struck_twice() -> Desk:
    desk = campaign()
    for day in (8, 9):
        desk.say(
            "one",
            f"Shelling of Bero on day {day} killed some.",
            Kind.STRIKE,
            place("t:bero"),
            actor=ARMY,
            days=(date(2031, 5, day), date(2031, 5, day), f"day {day}"),
            reasons=(reason_of("kind:strike:shell"),),
        )
    return desk


def test_signs_at_one_place_stand_apart_and_equal_ones_are_counted():
    events = placed_around(layers(struck_twice()).frames)
    strikes = events[events["kind"] == "strike"]
    assert list(strikes["n_here"]) == [1, 2]
    assert len(set(strikes["slot"])) == 1
    assert None not in set(strikes["slot"])  # Bero has a sign of who holds it
    caro = events[events["place"] == "Caro"]
    assert len(set(caro["kind"])) == len(set(caro["slot"])) > 1


def test_a_sign_that_stands_alone_is_drawn_at_its_place():
    desk = Desk().article("one", published_on=DAY)
    desk.say("one", "Shells fell on Dumo.", Kind.STRIKE, place("t:dumo"), actor=ARMY)
    assert list(placed_around(layers(desk).frames)["slot"]) == [None]


def test_each_place_is_named_by_one_layer():
    frames = layers(campaign()).frames
    held, other = told_places(frames), other_names(frames)
    assert set(held["place_id"]) & set(other["place_id"]) == set()
    assert "Caro" in set(other["place"])
    told = dict(zip(held["place"], held["in_reports"], strict=True))
    assert (told["Alba"], told["Esta"]) == (1, 0)


def test_ground_that_a_side_took_has_its_colour():
    desk = Desk().article("one", published_on=DAY)
    desk.say(
        "one",
        "The River Front took ground along the shore.",
        Kind.CONTROL_CHANGE,
        place("region:sd-shore"),
        actor=RIVALS,
        from_actor=ARMY,
    )
    made = layers(desk)
    assert list(made.frames["regions"]["actor_side"]) == ["t:rivals"]
    style = lxml.etree.fromstring(style_of(made, "regions"))
    (category,) = style.iter("category")
    assert category.get("label") == "River Front: ground taken"
    fill = made.shown.sides.get("t:rivals").light.fill
    red, green, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
    colour = style.find("renderer-v2/symbols/symbol/layer/Option/Option[@name='color']")
    assert colour.get("value").rpartition(",")[0] == f"{red},{green},{blue}"


def test_arrows_are_wider_for_greater_figures():
    desk = Desk().article("one", published_on=DAY)
    for goal, people in (("t:bero", 300), ("t:dumo", 120_000)):
        desk.say(
            "one",
            f"{people} people fled Caro for {PLACES[goal].name}.",
            Kind.DISPLACEMENT,
            place("t:caro", Role.ORIGIN),
            place(goal, Role.DESTINATION),
            figure=(people, people, str(people)),
        )
    flows = layers(desk).frames["flows"]
    assert dict(zip(flows["low"], flows["width"], strict=True)) == {300: 1, 120_000: 4}


@pytest.mark.parametrize(
    ("low", "best", "high", "told"),
    [
        (0.0, 30_000.0, 76_860.0, (None, None, None)),
        (20_000.0, 25_000.0, 31_000.0, (None, None, None)),
        (20_000.0, 22_000.0, 29_000.0, (20_000.0, 22_000.0, 29_000.0)),
    ],
)
def test_an_area_has_figures_only_if_they_can_be_cited(low, best, high, told):
    from mapgen.export.frames.ground_frames import _citable

    held = HeldArea(side="t:army", low_km2=low, best_km2=best, high_km2=high)
    assert _citable(held) == told
    assert area_frame(layers(campaign()).shown).empty  # without an outline nothing is estimated
