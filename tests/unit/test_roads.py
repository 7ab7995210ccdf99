"""Likely routes, as a driver in Syria would take them; measuring, checked by hand."""

import json
from importlib.resources import files
from itertools import pairwise

import pytest
import shapely

from mapgen.errors import FormatError
from mapgen.ground.projection import (
    CrsError,
    area_km2,
    buffer_km,
    distance_km,
    from_local,
    to_local,
)
from mapgen.ground.roads.corridors import Roads, read_corridors

HOMS = (34.724, 36.726)
DAMASCUS = (33.510, 36.291)
TARTUS = (34.889, 35.887)
LATAKIA = (35.531, 35.792)
RAQQA = (35.950, 39.009)
KAFR_NABL = (35.614, 36.561)
TANF = (33.504, 38.664)


@pytest.fixture(scope="module")
def syria():
    roads = Roads.for_country("SY")
    assert roads is not None
    return roads


def test_homs_to_damascus_follows_the_m5(syria):
    route = syria.route(HOMS, DAMASCUS)
    assert route.method == "corridor"
    assert route.via == ("M5",)
    assert "An Nabk" in route.towns
    assert route.path[0] == HOMS
    assert route.path[-1] == DAMASCUS
    assert route.km == pytest.approx(162, rel=0.1)  # 162 km by road signs; corridors run short


def test_homs_to_tartus_follows_the_m1(syria):
    route = syria.route(HOMS, TARTUS)
    assert route.via == ("M1",)
    assert "Talkalakh" in route.towns


def test_homs_to_latakia_goes_round_the_mountains(syria):
    route = syria.route(HOMS, LATAKIA)
    assert route.via == ("M1",)
    assert [t for t in route.towns if t in {"Tartus", "Baniyas", "Jableh"}] == [
        "Tartus",
        "Baniyas",
        "Jableh",
    ]


def test_a_route_can_be_driven_back(syria):
    there, back = syria.route(HOMS, LATAKIA), syria.route(LATAKIA, HOMS)
    assert there.path == back.path[::-1]
    assert there.km == pytest.approx(back.km)


def test_a_village_beside_the_road_joins_it_between_two_towns(syria):
    village = (34.30, 36.90)  # ten kilometres east of the M5, between Hisya and Qara
    route = syria.route(village, DAMASCUS)
    assert route.via == ("M5",)
    assert route.path[0] == village
    assert "Homs" not in route.towns  # not back to the nearest town first
    assert all(lat < 34.31 for lat, _ in route.path)


def test_two_points_on_one_stretch(syria):
    route = syria.route((34.06, 36.73), (34.12, 36.74))
    assert route.method == "corridor"
    assert route.km < 10


def test_far_from_every_road_there_is_no_route(syria):
    desert = (34.2, 39.9)
    route = syria.route(desert, DAMASCUS)
    assert route.method == "none"
    assert route.path == (desert, DAMASCUS)
    assert route.via == ()
    assert syria.route(desert, DAMASCUS, snap_km=120).method == "corridor"


def test_an_unlikely_detour_is_no_route(syria):
    # No corridor crosses the desert between the two: the way round is over twice the beeline.
    assert syria.route(TANF, RAQQA).method == "none"


def test_a_place_has_no_route_to_itself(syria):
    assert syria.route(HOMS, HOMS).method == "none"


def test_a_route_into_an_area_stops_at_the_first_town_in_it(syria):
    coast = shapely.box(35.6, 34.6, 36.05, 36.0)
    route = syria.route_to_area(HOMS, coast)
    assert route.method == "corridor"
    assert route.via == ("M1",)
    assert route.towns[-1] == "Tartus"
    inside = [coast.covers(shapely.Point(lon, lat)) for lat, lon in route.path]
    assert inside == [False] * (len(inside) - 1) + [True]


def test_an_area_without_roads_is_aimed_at_from_outside(syria):
    empty = shapely.box(39.0, 33.9, 39.8, 34.1)
    route = syria.route_to_area(HOMS, empty)
    assert route.method == "none"
    lat, lon = route.path[-1]
    assert empty.contains(shapely.Point(lon, lat))
    assert lon < 39.4  # just inside the near edge


def test_from_inside_the_area_there_is_no_way_to_go(syria):
    assert syria.route_to_area(HOMS, shapely.box(36, 34, 37, 35)).path == (HOMS,)


def test_corridors_are_found_by_the_names_of_the_news(syria):
    assert syria.named("m5 Highway").id == "M5"
    assert syria.named("Homs-Latakia highway").id == "M1"
    assert syria.named("Route 66") is None


def test_link_is_the_way_or_a_straight_line(syria):
    assert len(syria.link(HOMS, LATAKIA)) > 3
    assert syria.link(TANF, RAQQA) == (TANF, RAQQA)


def test_every_corridor_is_about_as_long_as_its_source_says(syria):
    # Straight stretches between towns are shorter than the road, by up to a quarter in mountains.
    table = json.loads((files("mapgen") / "data/corridors/SY.json").read_text(encoding="utf-8"))
    stated = {row["id"]: row.get("known_km") for row in table["corridors"]}
    assert sum(km is not None for km in stated.values()) > 20
    for corridor in syria.corridors:
        km = sum(distance_km(a, b) for a, b in pairwise(corridor.path))
        known = stated[corridor.id]
        assert known is None or 0.7 * known < km < 1.02 * known, corridor.id
    assert {c.certainty for c in syria.corridors} == {"high", "medium", "low"}


def test_countries_without_a_table_have_no_roads():
    assert Roads.for_country("QQ") is None


def test_broken_tables_are_named():
    with pytest.raises(FormatError, match=r"XX\.json: not a corridor file"):
        read_corridors("{}", "XX.json")
    row = {"id": "R1", "names": [], "class": "path", "certainty": "low", "waypoints": []}
    with pytest.raises(FormatError, match="'R1' has class 'path'"):
        read_corridors(json.dumps({"source": "", "corridors": [row]}), "XX.json")


def test_a_buffer_is_round_on_the_ground():
    circle = buffer_km(shapely.Point(36.7, 60.0), 10)
    for lon, lat in circle.exterior.coords:
        assert distance_km((60.0, 36.7), (lat, lon)) == pytest.approx(10, rel=0.005)
    assert area_km2(circle) == pytest.approx(314, rel=0.01)


def test_a_buffer_across_the_antimeridian_stays_in_one_piece():
    west, _, east, _ = buffer_km(shapely.Point(179.99, 0), 20).bounds
    assert east - west == pytest.approx(0.36, abs=0.01)


def test_areas_against_the_atlas():
    degree = shapely.box(0, 0, 1, 1)  # at the equator
    assert area_km2(degree) == pytest.approx(12309, rel=0.001)
    holed = degree.difference(shapely.box(0.25, 0.25, 0.75, 0.75))
    assert area_km2(holed) == pytest.approx(12309 * 0.75, rel=0.001)
    assert area_km2(shapely.Point(0, 0)) == 0


def test_there_and_back():
    line = shapely.LineString([(36.0, 34.0), (37.0, 35.0)])
    local = to_local(line, 34.5, 36.5)
    assert local.length == pytest.approx(distance_km((34, 36), (35, 37)) * 1000, rel=0.003)
    assert shapely.equals_exact(from_local(local, 34.5, 36.5), line, 1e-9)


def test_metres_are_not_taken_for_degrees():
    with pytest.raises(CrsError, match="EPSG:4326"):
        buffer_km(shapely.Point(3_700_000, 400_000), 5)
    with pytest.raises(CrsError, match="beyond the Earth"):
        from_local(shapely.Point(5e7, 0), 34.0, 36.0)
