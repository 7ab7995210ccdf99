"""Shapes of exports: cut at the 180th meridian, arrows with heads."""

from __future__ import annotations

import json
import math
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pyogrio
import pytest
import shapely
import situation_kit
from hypothesis import given
from hypothesis import strategies as st
from situation_kit import FakeAtlas, FakePlace, campaign

from mapgen.export import write
from mapgen.export.antimeridian import bounds_of, cut_at_180
from mapgen.export.formats.arrows import arrow
from mapgen.merging.events import situation_of
from mapgen.model import ClaimPlace, Kind, Precision, Role
from mapgen.settings import Settings
from mapgen.situation.shown import shown

KML = "{http://www.opengis.net/kml/2.2}"
LATS = st.floats(-80, 80).map(lambda v: round(v, 3))


def steps(line):
    return [b[0] - a[0] for a, b in pairwise(line.coords)]


@given(
    st.floats(-180, 180), LATS, st.lists(st.tuples(st.floats(-9, 9), LATS), min_size=1, max_size=9)
)
def test_a_line_keeps_its_length_direction_and_ends(start, lat, moves):
    lons = np.cumsum([round(start, 3), *(round(step, 3) for step, _ in moves)])
    lats = [lat, *(goal for _, goal in moves)]
    whole = shapely.LineString(np.column_stack([lons, lats]))
    wrapped = shapely.transform(
        whole, lambda xy: np.column_stack([(xy[:, 0] + 180) % 360 - 180, xy[:, 1]])
    )
    if not whole.length:
        return
    for given_as in (whole, wrapped):
        cut = cut_at_180(given_as)
        parts = list(getattr(cut, "geoms", [cut]))
        assert cut.bounds[0] >= -180
        assert cut.bounds[2] <= 180
        assert all(abs(step) <= 180 for part in parts for step in steps(part))
        assert math.isclose(cut.length, whole.length, rel_tol=1e-9, abs_tol=1e-9)
        for end, i in ((parts[0].coords[0], 0), (parts[-1].coords[-1], -1)):
            if abs(abs(end[0]) - 180) > 1e-6:  # on the seam both signs are right
                assert end == pytest.approx(wrapped.coords[i], abs=1e-9)
        assert cut_at_180(cut).equals(cut)


@given(st.floats(-400, 400), st.floats(0.1, 170), st.floats(-80, 0), st.floats(1, 80))
def test_an_area_keeps_its_size_and_stays_on_the_map(west, width, south, height):
    whole = shapely.box(west, south, west + width, south + height)
    cut = cut_at_180(whole)
    assert cut.is_valid
    assert cut.bounds[0] >= -180
    assert cut.bounds[2] <= 180
    assert math.isclose(cut.area, whole.area, rel_tol=1e-6)
    box = bounds_of([cut])
    span = (box[2] - box[0]) % 360
    assert math.isclose(span, width, rel_tol=1e-6, abs_tol=1e-6) or math.isclose(width, 360)


def test_the_example_of_the_standard_is_cut_as_there():
    line = shapely.LineString([(170, 45), (190, 45)])  # RFC 7946, section 3.1.9
    expected = [[(170, 45), (180, 45)], [(-180, 45), (-170, 45)]]
    assert [list(part.coords) for part in cut_at_180(line).geoms] == expected
    area = shapely.box(170, 40, 190, 50)
    assert {part.bounds for part in cut_at_180(area).geoms} == {
        (170, 40, 180, 50),
        (-180, 40, -170, 50),
    }
    fiji = [shapely.Point(177, -20), shapely.Point(-178, -16)]  # section 5.2
    assert bounds_of(fiji) == (177, -20, -178, -16)
    antarctica = shapely.Polygon([(-180, -90), (180, -90), (180, -70), (0, -66), (-180, -70)])
    assert cut_at_180(antarctica) is antarctica
    assert bounds_of([shapely.box(-10, 0, 30, 5), shapely.Point(40, 1)]) == (-10, 0, 40, 5)
    assert bounds_of([]) is None


def test_people_who_flee_over_the_seam_go_the_short_way(tmp_path, monkeypatch):
    ends = {
        "t:taveu": FakePlace("t:taveu", "Taveu", -16.8, 179.9, "FJ"),
        "t:lau": FakePlace("t:lau", "Lau", -17.2, -178.8, "FJ"),
    }
    monkeypatch.setattr(situation_kit, "PLACES", {**situation_kit.PLACES, **ends})
    desk = situation_kit.Desk().article("one")
    places = [
        ClaimPlace(
            surface=p.name, start=0, end=1, role=role, place_id=p.id, name=p.name,
            lat=p.lat, lon=p.lon, precision=Precision.SETTLEMENT,
        )
        for p, role in zip(ends.values(), (Role.ORIGIN, Role.DESTINATION), strict=True)
    ]  # fmt: skip
    desk.say("one", "Hundreds fled Taveu for Lau.", Kind.DISPLACEMENT, *places)
    write(
        shown(situation_of(desk.extraction()), FakeAtlas(), Settings()),
        tmp_path / "m.html",
        ["geojson", "kml"],
    )
    data = json.loads((tmp_path / "m.geojson").read_text("utf-8"))
    (flow,) = [f for f in data["features"] if f["properties"]["layer"] == "flows"]
    first, second = flow["geometry"]["coordinates"]
    assert (first[0], first[-1][0]) == ([179.9, -16.8], 180)
    assert (second[0][0], second[-1]) == (-180, [-178.8, -17.2])
    west, _, east, _ = data["bbox"]
    assert (west, east) == (179.9, -178.8)
    assert pyogrio.read_dataframe(tmp_path / "m.geojson").geometry.is_valid.all()


def test_movements_in_kml_have_a_head_that_points_where_they_go(tmp_path):
    write(shown(situation_of(campaign().extraction()), FakeAtlas(), Settings()), tmp_path / "m.kml")
    root = ET.parse(tmp_path / "m.kml").getroot()
    marks, heads = (
        root.findall(f".//{KML}Folder[{KML}name='{folder}']/{KML}Placemark")
        for folder in ("People on the move", "People on the move: heads of the arrows")
    )
    named = {mark.findtext(f"{KML}name"): mark for mark in marks}
    assert heads
    for mark in heads:
        line = named[mark.findtext(f"{KML}name").removesuffix(" (head of the arrow)")]
        shaft = points(line.findtext(f".//{KML}LineString/{KML}coordinates"))
        tip, left, right, again = points(mark.findtext(f".//{KML}LinearRing/{KML}coordinates"))
        assert tip == again
        assert shaft[0] == (32.55, 15.3), "it begins in Caro"
        assert tip == pytest.approx((35.0, 15.0), abs=0.02), "inside the shore"
        neck = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
        assert neck == pytest.approx(shaft[-1], abs=1e-5), "the shaft ends where the head begins"
        assert math.dist(shaft[0], neck) < math.dist(shaft[0], tip)
        for same in ("styleUrl", "description", "TimeSpan/{*}begin"):
            assert mark.findtext(f"{{*}}{same}") == line.findtext(f"{{*}}{same}")
        style = root.find(f".//{KML}Style[@id='{mark.findtext(f'{KML}styleUrl')[1:]}']")
        stroke, fill = (
            style.findtext(f"{KML}{part}/{KML}color") for part in ("LineStyle", "PolyStyle")
        )
        assert stroke == fill
        assert mark.find(f"{KML}ExtendedData") is None, "nobody counts its figures twice"


def test_no_layer_of_kml_mixes_lines_and_areas_which_qgis_would_not_draw(tmp_path):
    write(shown(situation_of(campaign().extraction()), FakeAtlas(), Settings()), tmp_path / "m.kml")
    layers = {
        name: pyogrio.read_dataframe(tmp_path / "m.kml", layer=name).geometry.dropna()
        for name, _ in pyogrio.list_layers(tmp_path / "m.kml")
    }
    kinds = {
        name: {kind.removeprefix("Multi") for kind in shapes.geom_type}
        for name, shapes in layers.items()
    }
    assert kinds["People on the move"] == {"LineString"}
    assert kinds["People on the move: heads of the arrows"] == {"Polygon"}
    assert max(map(len, kinds.values())) == 1


def points(text):
    return [tuple(float(v) for v in pair.split(",")) for pair in text.split()]


def test_heads_are_not_skewed_and_fit_short_lines():
    shaft, head = arrow(shapely.LineString([(10, 60), (12, 60), (12, 61)]))
    tip, left, right, _ = head.exterior.coords
    assert tip == pytest.approx((12, 61))
    assert head.exterior.is_ccw
    km = [math.dist((a[0] * 0.4848, a[1]), (tip[0] * 0.4848, tip[1])) for a in (left, right)]
    assert km[0] == pytest.approx(km[1], rel=1e-3)
    assert shaft.coords[0] == (10, 60)
    short, head = arrow(shapely.LineString([(0, 0), (0.001, 0)]))
    assert head.bounds[2] == pytest.approx(0.001)
    assert short.length <= 0.001
    parts, head = arrow(cut_at_180(shapely.LineString([(179, 0), (-179, 0)])))
    assert head.exterior.coords[0] == pytest.approx((-179, 0))
    assert parts.geom_type == "MultiLineString"
    assert arrow(shapely.LineString([(1, 1), (1, 1)]))[1] is None
