"""Lines between districts: those of the packaged outlines, for frames in which they can be read."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import LineString, shape

from mapgen.ground.basemap import cut_basemap
from mapgen.ground.district_lines import MOST_POINTS, district_lines

MALI = (-4.0, 15.0, 3.0, 21.0)
AMHARA = (36.5, 10.0, 39.5, 12.6)


def lines_of(box, country):
    found = district_lines(box, country, cut_basemap(box, country))
    return None if found is None else shapely.union_all([shape(g) for g in found["lines"]])


@pytest.fixture(scope="module")
def mali():
    return lines_of(MALI, "ML")


KIDAL, TESSALIT, TIN_ESSAKO = (1.41, 18.44), (1.01, 20.20), (2.49, 18.43)
AGUELHOK = (0.86, 19.46)  # in the district of Tessalit


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (KIDAL, TESSALIT, True),
        (KIDAL, TIN_ESSAKO, True),
        (TESSALIT, AGUELHOK, False),
    ],
)
def test_a_line_runs_between_two_districts_and_not_through_one(mali, one, other, apart):
    assert LineString([one, other]).intersects(mali) is apart


def test_the_borders_of_provinces_and_the_country_are_not_drawn_twice(mali):
    base = cut_basemap(MALI, "ML")
    drawn = shapely.union_all([shape(g) for g in (*base["admin"], *base["borders"])])
    along = mali.intersection(drawn.buffer(0.03))
    assert along.length < 0.02 * mali.length


def test_a_lake_shore_is_no_line_between_districts():
    """Lake Tana lies in the middle of Amhara; its shore is that of the basemap."""
    found = lines_of(AMHARA, "ET")
    assert found is not None
    assert shapely.get_num_coordinates(found) <= MOST_POINTS


@pytest.mark.parametrize(
    ("box", "country"),
    [
        ((36.0, 46.5, 39.5, 49.0), "UA"),  # its outlines are those of before the reform of 2020
        ((1.0, 43.0, 4.0, 45.0), "FR"),  # no outlines are packaged
        ((1.0, 43.0, 4.0, 45.0), None),
        (MALI, "LB"),  # the country is not in the frame
        ((20.0, -5.0, 75.0, 40.0), "YE"),  # districts of a few pixels
    ],
)
def test_no_lines_where_none_are_known_or_none_could_be_read(box, country):
    assert district_lines(box, country, cut_basemap(box, country)) is None
