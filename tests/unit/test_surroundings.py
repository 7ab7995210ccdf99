"""Beyond the fine ground lies a coarse world; provinces have names inside their outlines."""

from __future__ import annotations

import pytest
import shapely

from gazetteer.boundaries import World
from mapgen.ground.basemap import cut_basemap
from mapgen.ground.surroundings import coarse_world, country_beyond, province_spots

KORDOFAN = (27.0, 10.5, 31.5, 14.5)


def land():
    rings = [[(r[i] / 10, r[i + 1] / 10) for i in range(0, len(r), 2)] for r in coarse_world()]
    return shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in rings])


@pytest.mark.parametrize(
    ("name", "lat", "lon", "is_land"),
    [
        ("Chad", 15, 18, True),
        ("Kansas", 38, -98, True),
        ("Siberia", 62, 100, True),
        ("Australia", -25, 134, True),
        ("mid-Atlantic", 10, -40, False),
        ("Indian Ocean", -20, 80, False),
        ("South Pacific", -40, -130, False),
    ],
)
def test_the_coarse_world_is_the_world(name, lat, lon, is_land):
    assert land().contains(shapely.Point(lon, lat)) is is_land, name


def test_the_coarse_world_is_small_enough_for_every_page():
    assert len(str([list(r) for r in coarse_world()]).replace(" ", "")) < 13_000


def test_the_subject_country_goes_on_beyond_the_fine_ground():
    base = cut_basemap(KORDOFAN, "SD")
    beyond = shapely.geometry.shape(base["own_beyond"])
    khartoum_north, kordofan = shapely.Point(33.5, 19.0), shapely.Point(29, 12.5)
    assert beyond.contains(khartoum_north)
    assert not beyond.contains(kordofan)
    west, south, east, north = base["far"]
    assert (west, south) < KORDOFAN[:2]
    assert (east, north) > KORDOFAN[2:]


def test_a_small_country_has_nothing_beyond():
    assert country_beyond("LB", (30.0, 30.0, 40.0, 40.0)) is None


def test_provinces_are_named_inside_their_outlines():
    spots = dict(province_spots(KORDOFAN, "SD", "de-facto"))
    assert {"iso:SD-KN", "iso:SD-KS"} <= set(spots)
    outlines = {
        f"iso:{props['iso']}": shape
        for shape, props in World.load().layer("admin1", KORDOFAN)
        if props["a2"] == "SD"
    }
    assert "iso:SD-GK" in spots  # West Kordofan, which was cut out of the other two
    country = shapely.union_all(list(outlines.values()))
    for key, points in spots.items():
        for lat, lon in points:
            assert outlines.get(key, country).contains(shapely.Point(lon, lat)), key
            assert KORDOFAN[0] < lon < KORDOFAN[2]
            assert KORDOFAN[1] < lat < KORDOFAN[3]


def test_provinces_of_neighbours_have_no_names():
    assert not [
        k for k, _ in province_spots((29.0, 8.0, 32.0, 11.0), "SD", "de-facto") if ":SS" in k
    ]


def test_divided_provinces_have_the_names_of_today():
    spots = dict(province_spots((24.0, -4.0, 31.0, 4.0), "CD", "de-facto"))
    assert {"iso:CD-IT", "iso:CD-TO", "iso:CD-NK"} <= set(spots)
    assert "iso:CD-OR" not in spots  # Orientale, until 2015
    lat, lon = spots["iso:CD-IT"][0]
    assert 1.0 < lat < 3.8
    assert 28.0 < lon < 31.4
