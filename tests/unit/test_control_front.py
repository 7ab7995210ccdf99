"""The front line and the square kilometres read off areas drawn by hand."""

import math

import pytest
import shapely

from mapgen.ground.control_areas import KnownPlace, estimate
from mapgen.ground.front_line import front_line, held_areas
from mapgen.ground.projection import distance_km

WEST = shapely.box(35.0, 34.0, 36.0, 35.0)
EAST = shapely.box(36.0, 34.0, 37.0, 35.0)
DEGREE_KM = 111.0  # of latitude at 34.5 degrees, near enough


def areas(**sides):
    return {name: {"sure": sure, "unsure": unsure} for name, (sure, unsure) in sides.items()}


def test_two_squares_meet_on_one_meridian():
    (front,) = front_line(areas(west=(None, WEST), east=(None, EAST)))
    assert front.sides == ("east", "west")
    assert front.part == "unsure"
    assert front.length_km == pytest.approx(DEGREE_KM, rel=0.02)
    assert front.line.hausdorff_distance(shapely.LineString([(36, 34), (36, 35)])) < 0.02


def test_a_front_is_sure_where_sure_ground_is_near_on_both_sides():
    strips = [shapely.box(x, 34.0, x + 0.05, 35.0) for x in (35.95, 36.0)]
    near = areas(
        west=(WEST - strips[0], WEST & strips[0]), east=(EAST - strips[1], EAST & strips[1])
    )
    assert [f.part for f in front_line(near)] == ["sure"]
    far = {**near, "east": {"sure": shapely.box(36.5, 34.0, 37.0, 35.0), "unsure": EAST}}
    assert [f.part for f in front_line(far)] == ["unsure"]
    north = shapely.box(36.05, 34.5, 37.0, 35.0)
    half = front_line({**near, "east": {"sure": north, "unsure": EAST - north}})
    assert [f.part for f in half] == ["sure", "unsure"]
    # The sure half begins 10 km south of the eastern side's sure ground, or a little less.
    assert half[0].length_km == pytest.approx(0.5 * DEGREE_KM + 9, abs=3)
    assert sum(f.length_km for f in half) == pytest.approx(DEGREE_KM, rel=0.02)


def test_no_front_across_ground_that_is_not_drawn():
    apart = shapely.box(36.3, 34.0, 37.0, 35.0)
    assert front_line(areas(west=(None, WEST), east=(None, apart))) == []


def test_no_front_of_one_side_or_none():
    assert front_line({}) == []
    assert front_line(areas(west=(WEST, None), east=(None, None))) == []


def test_a_pocket_has_a_front_all_around():
    pocket = shapely.box(35.4, 34.4, 35.6, 34.6)
    (front,) = front_line(areas(west=(None, WEST - pocket), east=(None, pocket)))
    round_km = 2 * (0.2 * DEGREE_KM + 0.2 * DEGREE_KM * math.cos(math.radians(34.5)))
    assert front.length_km == pytest.approx(round_km, rel=0.03)


def test_three_sides_have_three_fronts():
    south = shapely.box(35.0, 33.5, 37.0, 34.0)
    found = front_line(areas(a=(None, WEST), b=(None, EAST), c=(None, south)))
    assert [f.sides for f in found] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_the_front_of_an_estimate_runs_between_its_towns():
    known = [
        KnownPlace(lat=34 + n / 10, lon=36 + off, side="west" if off < 0 else "east")
        for n in range(10)
        for off in (-0.25, -0.1, 0.1, 0.25)
    ]
    found = estimate(known, shapely.box(34, 33, 38, 36))
    (front,) = front_line(found)
    inner = shapely.intersection(front.line, shapely.box(35, 34.05, 37, 34.85))
    for lon, lat in shapely.get_coordinates(inner):
        assert distance_km((lat, lon), (lat, 36.0)) < 4  # one cell


def test_square_kilometres_have_bounds():
    middle = shapely.box(35.5, 34.0, 36.0, 35.0)
    east, west = held_areas(areas(west=(WEST - middle, middle), east=(EAST, None)))
    square = 10_210  # km2 of a degree by a degree at 34.5 degrees north, WGS 84
    assert (east.side, west.side) == ("east", "west")
    assert west.low_km2 == pytest.approx(square / 2, rel=0.01)
    assert west.best_km2 == west.high_km2 == pytest.approx(square, rel=0.01)
    assert east.low_km2 == east.best_km2 == pytest.approx(square, rel=0.01)
    assert east.high_km2 == pytest.approx(1.5 * square, rel=0.01)
