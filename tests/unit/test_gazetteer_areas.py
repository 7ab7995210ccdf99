"""Parts of countries and border strips, on outlines whose answers can be worked out by hand."""

from __future__ import annotations

import pytest
import shapely

from gazetteer import areas, distance_km

SQUARE = shapely.box(0, 0, 9, 9)


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("east", "east"),
        ("Eastern", "east"),
        ("north-eastern", "northeast"),
        ("south west", "southwest"),
        ("centre", "central"),
        ("northernmost", "north"),
        ("up", None),
        ("", None),
    ],
)
def test_directions_have_one_form(words, direction):
    assert areas.normal_direction(words) == direction


@pytest.mark.parametrize(
    ("direction", "bounds"),
    [
        ("east", (6, 0, 9, 9)),
        ("north", (0, 6, 9, 9)),
        ("southwest", (0, 0, 3, 3)),
        ("central", (3, 3, 6, 6)),
    ],
)
def test_a_part_is_the_outer_third(direction, bounds):
    assert areas.part(SQUARE, direction).bounds == pytest.approx(bounds)


def test_a_corner_that_the_country_misses_is_taken_from_the_half():
    triangle = shapely.Polygon([(0, 0), (9, 0), (0, 9)])  # has nothing in its north-east third
    assert areas.part(triangle, "northeast") is None  # nor in the half: nothing is made up
    steep = shapely.Polygon([(0, 0), (9, 0), (5.5, 5.5), (0, 9)])
    assert areas.part(steep, "northeast").bounds[:2] == pytest.approx((4.5, 4.5))


def test_lands_overseas_do_not_move_the_east():
    country = shapely.union_all([SQUARE, shapely.box(60, 0, 61, 1)])
    assert areas.part(country, "east").bounds == pytest.approx((6, 0, 9, 9))


def test_a_chain_of_islands_is_one_country():
    isles = [shapely.box(x, 0, x + 2, 1) for x in (0, 7, 14, 21)]
    assert areas.part(shapely.union_all(isles), "east").bounds == pytest.approx(
        (15.33, 0, 23, 1), abs=0.01
    )


def test_a_border_strip_lies_inside_and_is_about_12_km_wide():
    strip = areas.border_strip(shapely.box(0, -1, 1, 1), shapely.box(1, -1, 2, 1))
    west, south, east, north = strip.bounds
    assert (east, south, north) == pytest.approx((1, -1, 1))
    assert distance_km(0, west, 0, 1) == pytest.approx(12, abs=0.5)


def test_the_strip_is_as_wide_in_the_north():
    strip = areas.border_strip(shapely.box(0, 59, 2, 61), shapely.box(2, 59, 4, 61))
    assert distance_km(60, strip.bounds[0], 60, 2) == pytest.approx(12, abs=0.5)


def test_countries_that_do_not_touch_have_no_border():
    assert areas.border_strip(SQUARE, shapely.box(20, 0, 21, 1)) is None


def test_distance_is_over_the_ellipsoid():
    assert distance_km(34.724, 36.7256, 35.1318, 36.7578) == pytest.approx(45.3, abs=0.2)
