"""A user's roads: routes follow them, and what is wrong with a file is told with its name."""

from __future__ import annotations

import json
import math
import time
from itertools import pairwise

import geopandas
import pytest
import shapely
from situation_kit import Desk, FakeAtlas, place

from mapgen.drawing.data.page_data import page_data
from mapgen.errors import FormatError, InputError
from mapgen.export.frames.situation_frames import flow_frame
from mapgen.ground.roads.road_files import read_roads
from mapgen.merging.events import situation_of
from mapgen.model import Kind, Role
from mapgen.settings import Settings
from mapgen.situation.shown import shown

# From Bero (15.40, 32.52) east around to Dumo (14.40, 33.50): two roads that meet at a corner.
NORTH = [(32.52, 15.40), (33.00, 15.30), (33.30, 15.00)]
SOUTH = [(33.30, 15.00), (33.45, 14.70), (33.50, 14.40)]
BERO, DUMO = (15.40, 32.52), (14.40, 33.50)


def layer(*lines, crs="EPSG:4326", **columns):
    geometry = [shapely.LineString(line) for line in lines]
    return geopandas.GeoDataFrame(columns, geometry=geometry, crs=crs)


def geojson(path, *lines, **properties):
    features = [
        {
            "type": "Feature",
            "properties": {k: v[n] for k, v in properties.items()},
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for n, line in enumerate(lines)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def flight(text="Thousands fled Bero for Dumo."):
    desk = Desk().article("one")
    desk.say(
        "one",
        text,
        Kind.DISPLACEMENT,
        place("t:bero", Role.ORIGIN),
        place("t:dumo", Role.DESTINATION),
    )
    return situation_of(desk.extraction())


def drawn(file, text="Thousands fled Bero for Dumo."):
    settings = Settings(roads=str(file) if file else None)
    data = page_data(shown(flight(text), FakeAtlas(), settings))
    (arrow,) = [s for s in data["signs"] if s["type"] == "displacement"]
    return arrow, data["meta"]["credits"]


def test_a_route_follows_a_geojson_road_and_is_likely(tmp_path):
    file = geojson(tmp_path / "roads.geojson", NORTH, SOUTH, ref=["A1", "A1"])
    arrow, thanks = drawn(file)
    assert arrow["method"] == "likely"
    assert arrow["path"] == [
        [15.4, 32.52],
        [15.3, 33.0],
        [15.0, 33.3],
        [14.7, 33.45],
        [14.4, 33.5],
    ]
    assert "Roads: roads.geojson, given by the user" in thanks
    plain, thanks = drawn(None)
    assert (plain["method"], len(plain["path"])) == ("plain", 2)
    assert not any(line.startswith("Roads") for line in thanks)


def test_a_road_that_the_text_names_is_stated(tmp_path):
    file = geojson(tmp_path / "roads.geojson", NORTH, SOUTH, ref=["A1", "A2"])
    assert drawn(file, "Thousands fled Bero for Dumo on the A2.")[0]["method"] == "stated"
    assert drawn(file, "Thousands fled Bero for Dumo on the A22.")[0]["method"] == "likely"


def test_a_geopackage_in_another_coordinate_system_gives_the_same_route(tmp_path):
    file = tmp_path / "roads.gpkg"
    points = geopandas.GeoDataFrame(geometry=[shapely.Point(33, 15)], crs="EPSG:4326")
    points.to_file(file, layer="a_wells", driver="GPKG")
    lines = layer(NORTH, SOUTH, ref=["A1", "A1"], highway=["primary", "trunk_link"])
    lines.to_crs("EPSG:32636").to_file(file, layer="roads", driver="GPKG")
    arrow, _ = drawn(file)
    expected, _ = drawn(geojson(tmp_path / "roads.geojson", NORTH, SOUTH, ref=["A1", "A1"]))
    assert arrow["path"] == expected["path"]
    assert [c.road_class for c in read_roads(file).corridors] == ["primary", "motorway"]


def test_the_flows_frame_follows_the_road_too(tmp_path):
    file = geojson(tmp_path / "roads.geojson", NORTH, SOUTH)
    scene = shown(flight(), FakeAtlas(), Settings(roads=str(file)))
    (flow,) = flow_frame(scene).itertuples()
    assert flow.method == "likely"
    assert len(flow.geometry.coords) == 5


def test_lines_join_where_they_cross_and_faster_roads_win(tmp_path):
    # Neither has a point where they cross at 15.0 N, 33.0 E.
    file = geojson(
        tmp_path / "cross.geojson",
        [(32.5, 15.0), (33.5, 15.0)],
        [(33.0, 15.5), (33.0, 14.5)],
    )
    route = read_roads(file).route((15.0, 32.5), (14.5, 33.0))
    assert route.method == "corridor"
    assert (15.0, 33.0) in [(round(y, 4), round(x, 4)) for y, x in route.path]
    bends = [[(32.5, 15.0), (33.0, 15.2), (33.5, 15.0)], [(32.5, 15.0), (33.0, 14.8), (33.5, 15.0)]]
    for highway, lat in ((["motorway", "track"], 15.2), (["track", "motorway"], 14.8)):
        roads = read_roads(geojson(tmp_path / "two.geojson", *bends, highway=highway))
        assert roads.route((15.0, 32.5), (15.0, 33.5)).path[1][0] == pytest.approx(lat)


def test_a_ring_and_many_part_lines_are_roads(tmp_path):
    ring = [(33.0, 15.0), (33.4, 15.0), (33.4, 15.4), (33.0, 15.4), (33.0, 15.0)]
    spur = [(33.4, 15.2), (34.0, 15.2)]
    lines = shapely.MultiLineString([ring, spur])
    file = tmp_path / "ring.gpkg"
    geopandas.GeoDataFrame(geometry=[lines], crs="EPSG:4326").to_file(file, driver="GPKG")
    route = read_roads(file).route((15.4, 33.0), (15.2, 34.0))
    assert route.method == "corridor"
    assert all(max(abs(a[0] - b[0]), abs(a[1] - b[1])) < 0.61 for a, b in pairwise(route.path))
    assert any(abs(y - 15.2) < 1e-6 and abs(x - 33.4) < 1e-6 for y, x in route.path)


def test_a_corridors_file_is_taken_too(tmp_path):
    ends = [
        {"ref": "b", "name": "Bero", "lat": BERO[0], "lon": BERO[1]},
        {"ref": "m", "name": "Mida", "lat": 15.0, "lon": 33.3},
        {"ref": "d", "name": "Dumo", "lat": DUMO[0], "lon": DUMO[1]},
    ]
    row = {"id": "R1", "names": [], "class": "primary", "certainty": "low", "waypoints": ends}
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"source": "by hand", "corridors": [row]}), encoding="utf-8")
    arrow, thanks = drawn(file)
    assert arrow["path"][1] == [15.0, 33.3]
    assert "Roads: by hand" in thanks


def test_far_from_the_roads_the_line_stays_plain(tmp_path):
    file = geojson(tmp_path / "far.geojson", [(30.0, 10.0), (31.0, 11.0)])
    assert drawn(file)[0]["method"] == "plain"


def test_faults_name_the_file(tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.gpkg"):
        read_roads(tmp_path / "nowhere.gpkg")
    broken = tmp_path / "broken.geojson"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(FormatError, match=r"broken\.geojson.*not valid JSON"):
        read_roads(broken)
    text = tmp_path / "text.gpkg"
    text.write_text("hello", encoding="utf-8")
    with pytest.raises(FormatError, match=r"text\.gpkg.*cannot be read"):
        read_roads(text)
    points = tmp_path / "points.gpkg"
    geopandas.GeoDataFrame(geometry=[shapely.Point(33, 15)], crs="EPSG:4326").to_file(points)
    with pytest.raises(FormatError, match=r"points\.gpkg: holds no lines"):
        read_roads(points)
    metres = geojson(tmp_path / "metres.geojson", [(500_000, 4_000_000), (500_100, 4_000_000)])
    with pytest.raises(FormatError, match=r"metres\.geojson.*degrees"):
        read_roads(metres)
    empty = tmp_path / "other.json"
    empty.write_text('{"corridors": [{}]}', encoding="utf-8")
    with pytest.raises(FormatError, match=r"other\.json: not a corridor file"):
        read_roads(empty)


def _star(n):
    """Return lines through one point, each of which meets all others."""
    turns = [math.pi * i / n for i in range(n)]
    return [
        [(36 - math.cos(a), 34 - math.sin(a)), (36 + math.cos(a), 34 + math.sin(a))] for a in turns
    ]


def _combs(n):
    """Return two lines whose teeth all cross those of the other."""
    steps = [(i // 2 / n, (i + 1) // 2 % 2) for i in range(n)]
    return [[(36 + x, 34 + y) for x, y in steps], [(36 + y, 34 + x) for x, y in steps]]


@pytest.mark.parametrize("lines", [_star(1_000), _combs(2_000)])
def test_lines_that_cross_more_often_than_roads_do_are_refused(tmp_path, lines):
    start = time.process_time()
    with pytest.raises(FormatError, match=r"tangle\.json: its lines cross each other too often"):
        read_roads(geojson(tmp_path / "tangle.json", *lines))
    assert time.process_time() - start < 60  # it was a minute and more


def test_a_town_full_of_crossings_is_read(tmp_path):
    streets = [[(36, 34 + i / 90), (37, 34 + i / 90)] for i in range(90)]
    streets += [[(36 + i / 90, 34), (36 + i / 90, 35)] for i in range(90)]
    roads = read_roads(geojson(tmp_path / "town.json", *streets))
    assert {len(c.path) for c in roads.corridors} == {91}


def test_a_long_line_is_cut_and_keeps_its_course(tmp_path):
    # Each point is the one farthest from the line to the end, so that simplifying it whole goes as
    # deep as it has points, which is deeper than the memory for calls.
    n = 60_000
    waves = [(36 + i * 5e-6, 34 + (1 if i % 2 else -1) * 8 * (n - i) / n) for i in range(n)]
    roads = read_roads(geojson(tmp_path / "waves.json", waves))
    assert len(roads.corridors) == math.ceil((n - 1) / 499)
    ends = [(c.refs[0], c.refs[-1]) for c in roads.corridors]
    assert all(last == first for (_, last), (first, _) in pairwise(ends))
    assert (ends[0][0], ends[-1][1]) == ("26.0000,36.0000", "34.0001,36.3000")


@pytest.mark.parametrize("text", ["[" * 200_000, '{"corridors": ' + "[" * 200_000])
def test_a_deeply_nested_file_is_refused(tmp_path, text):
    file = tmp_path / "deep.json"
    file.write_text(text, "utf-8")
    with pytest.raises(FormatError, match=r"deep\.json: is not valid JSON"):
        read_roads(file)


def test_a_file_whose_values_do_not_fit_into_memory_is_refused(tmp_path, monkeypatch):
    file = geojson(tmp_path / "many.json", NORTH, SOUTH)
    monkeypatch.setattr("gazetteer.bounded.MAX_JSON_MEMORY", 4_000)
    assert len(read_roads(file).corridors) == 2
    more = '"properties": {"x": [' + "[]," * 20 + "0]}"
    file.write_text(file.read_text("utf-8").replace('"properties": {}', more), "utf-8")
    with pytest.raises(FormatError, match=r"many\.json: has too many values for memory"):
        read_roads(file)
