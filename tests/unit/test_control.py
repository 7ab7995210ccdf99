"""Estimated control: a straight front at 36 degrees east; a person can check each answer."""

import random
import time
from dataclasses import replace

import pytest
import shapely

from mapgen.control import KnownPlace, estimate
from mapgen.projection import area_km2, buffer_km

FRONT = 36.0
LAND = shapely.box(34.0, 33.0, 38.0, 36.0)


def side_of(lon):
    return "west" if lon < FRONT else "east"


def towns(number, *, seed=5, width=0.7, clear=0.04):
    """Towns at random within a strip along the front, none closer than `clear` to the front."""
    chance = random.Random(seed)
    found = []
    while len(found) < number:
        lat, lon = chance.uniform(34.0, 35.0), chance.uniform(FRONT - width, FRONT + width)
        if abs(lon - FRONT) >= clear:
            found.append(KnownPlace(lat=lat, lon=lon, side=side_of(lon)))
    return found


def drawn(areas, side):
    return shapely.union_all([g for g in areas.get(side, {}).values() if g is not None])


@pytest.fixture(scope="module")
def thirty():
    return estimate(towns(30), LAND)


def test_thirty_towns_give_each_side_its_own_half(thirty):
    assert set(thirty) == {"west", "east"}
    assert drawn(thirty, "west").covers(shapely.Point(35.6, 34.5))
    assert drawn(thirty, "east").covers(shapely.Point(36.4, 34.5))
    wrong = drawn(thirty, "west").intersection(shapely.box(FRONT, 33, 38, 36))
    wrong = area_km2(wrong) + area_km2(
        drawn(thirty, "east").intersection(shapely.box(34, 33, FRONT, 36))
    )
    assert wrong < 0.12 * (area_km2(drawn(thirty, "west")) + area_km2(drawn(thirty, "east")))


def test_sides_do_not_overlap(thirty):
    overlap = drawn(thirty, "west").intersection(drawn(thirty, "east"))
    assert area_km2(overlap) < 0.02 * area_km2(drawn(thirty, "west"))


def test_below_a_hundred_places_all_is_unsure():
    for number in (30, 99):
        areas = estimate(towns(number), LAND)
        assert areas
        for parts in areas.values():
            assert parts["sure"] is None
            assert not parts["unsure"].is_empty


def test_many_towns_make_parts_sure_and_these_are_right():
    known = towns(120, clear=0.0)
    areas = estimate(known, LAND)
    assert all(area_km2(parts["sure"]) > 500 for parts in areas.values())
    right = wrong = 0
    for town in towns(200, seed=77, clear=0.0):  # none of them was given to the estimate
        spot = shapely.Point(town.lon, town.lat)
        for side, parts in areas.items():
            if parts["sure"].covers(spot):
                right, wrong = right + (side == town.side), wrong + (side != town.side)
    assert right + wrong >= 60
    assert right / (right + wrong) >= 0.95


def test_towns_whose_holder_is_only_claimed_make_nothing_sure():
    known = towns(120)
    doubted = [replace(p, unsure=p.side == "east") for p in [*known, *towns(120, seed=6)]]
    areas = estimate(doubted, LAND)
    assert areas["west"]["sure"] is not None
    assert areas["east"]["sure"] is None
    assert areas["east"]["unsure"].covers(shapely.Point(36.4, 34.5))


def test_sure_and_unsure_do_not_overlap():
    for parts in estimate(towns(120), LAND).values():
        assert area_km2(parts["sure"].intersection(parts["unsure"])) < 10


def test_a_side_with_two_places_gets_no_area():
    known = [p for p in towns(30) if p.side == "west"]
    known += [KnownPlace(lat=34.4 + n / 10, lon=36.3, side="east") for n in range(2)]
    areas = estimate(known, LAND)
    assert "west" in areas
    assert "east" not in areas


def test_three_places_of_a_side_too_far_apart_give_no_area():
    far = [KnownPlace(lat=33.3 + n, lon=36.0, side="east") for n in range(3)]  # 111 km apart
    assert estimate(far, LAND) == {}


def test_fewer_than_three_places_give_nothing():
    assert estimate([], LAND) == {}
    assert estimate(towns(2), LAND) == {}


@pytest.mark.parametrize("reach_km", [15.0, 33.0])
def test_nothing_is_drawn_beyond_the_reach(reach_km):
    known = towns(30)
    areas = estimate(known, LAND, max_reach_km=reach_km)
    spots = shapely.MultiPoint([(p.lon, p.lat) for p in known])
    within = buffer_km(spots, reach_km + 4)  # half the diagonal of a cell, and rounding
    for side in areas:
        assert area_km2(drawn(areas, side).difference(within)) < 1


def test_areas_end_at_the_coast():
    coast = shapely.box(34.0, 33.0, 36.25, 36.0)  # sea east of 36.25
    areas = estimate(towns(30), coast)
    for side in areas:
        assert drawn(areas, side).bounds[2] <= 36.252
    assert drawn(areas, "east").covers(shapely.Point(36.15, 34.5))


def test_order_of_places_does_not_matter():
    known = towns(60)
    shuffled = random.Random(1).sample(known, len(known))
    first, again = estimate(known, LAND), estimate([*shuffled, shuffled[0]], LAND)
    assert {s: p["unsure"].wkt for s, p in first.items()} == {
        s: p["unsure"].wkt for s, p in again.items()
    }


def test_is_quick():
    known = towns(120)
    began = time.process_time()  # of this process: other work on the machine does not count
    estimate(known, LAND)
    assert time.process_time() - began < 1.0
