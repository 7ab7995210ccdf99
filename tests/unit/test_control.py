"""Estimated control: a straight front at 36 degrees east; a person can check each answer."""

import math
import random
import time
from dataclasses import replace

import pytest
import shapely

from mapgen.ground.control_areas import KnownPlace, estimate
from mapgen.ground.front_line import held_areas
from mapgen.ground.interpolation import choose
from mapgen.ground.projection import area_km2, buffer_km

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


def test_a_mirrored_map_has_mirrored_areas():
    known = towns(60)
    # About the mean longitude, so that both maps are projected around the same centre.
    axis = sum(p.lon for p in known) / len(known)
    mirrored = [replace(p, lon=2 * axis - p.lon) for p in known]
    land = shapely.box(axis - 2, 33.0, axis + 2, 36.0)
    one, other = estimate(known, land), estimate(mirrored, land)
    for side in ("west", "east"):
        back = shapely.transform(drawn(other, side), lambda xy: xy * [-1, 1] + [2 * axis, 0])
        off = shapely.symmetric_difference(drawn(one, side), back)
        assert area_km2(off) < 0.02 * area_km2(drawn(one, side))


def ring_of_east(within_km):
    """Eastern towns inside a circle, western ones around it, on a lattice of 10 km."""
    found = []
    for x in range(-70, 71, 10):
        for y in range(-70, 71, 10):
            side = "east" if math.hypot(x, y) <= within_km else "west"
            found.append(KnownPlace(lat=34.5 + y / 111.2, lon=36.0 + x / 91.6, side=side))
    return found


def test_a_pocket_is_seen_inside_the_other_sides_ground():
    areas = estimate(ring_of_east(25), LAND)
    assert areas["east"]["sure"].covers(shapely.Point(36.0, 34.5))
    pocket = drawn(areas, "east")
    assert pocket.geom_type == "Polygon"
    assert 0.6 < area_km2(pocket) / (math.pi * 25**2) < 1.5
    assert not drawn(areas, "west").covers(shapely.Point(36.0, 34.5))
    around = [(36.0 + 0.5 * math.sin(t), 34.5 + 0.45 * math.cos(t)) for t in range(6)]
    assert all(areas["west"]["sure"].covers(shapely.Point(p)) for p in around)


def test_a_single_town_amid_the_others_is_a_hole_never_their_sure_ground():
    known = ring_of_east(5)  # the one in the middle
    assert sum(p.side == "east" for p in known) == 1
    areas = estimate(known, LAND)
    assert "east" not in areas
    assert not areas["west"]["sure"].covers(shapely.Point(36.0, 34.5))


def test_a_desert_is_left_empty():
    # 110 towns along two roads 300 km apart: between them nothing is said.
    known = [
        KnownPlace(lat=34 + n / 50, lon=lon, side="west") for n in range(55) for lon in (34.5, 37.7)
    ]
    areas = estimate(known, LAND)
    desert = shapely.box(34.9, 33.9, 37.3, 35.2)  # 33 km are 0.36 degrees of longitude here
    assert area_km2(drawn(areas, "west").intersection(desert)) < 1
    assert areas["west"]["sure"].covers(shapely.Point(34.6, 34.5))


def test_ground_is_hatched_where_towns_disagree():
    known = [p for p in ring_of_east(0) if p.lon < 35.7 or p.lon > 36.3]
    mixed = [
        KnownPlace(lat=34.0 + n / 20, lon=36.0, side=("west", "east")[n % 2]) for n in range(20)
    ]
    areas = estimate([*known, *mixed], LAND)
    strip = shapely.box(35.95, 34.1, 36.05, 34.9)
    assert area_km2(areas["west"]["sure"].intersection(strip)) < 0.01 * area_km2(strip)
    assert areas["west"]["sure"].covers(shapely.Point(35.4, 34.5))


@pytest.mark.parametrize("side", [None, "west"])
def test_nothing_is_sure_around_a_town_whose_holder_is_not_known(side):
    known = [p for p in ring_of_east(0) if (p.lat, p.lon) != (34.5, 36.0)]
    known = [replace(p, side="west") for p in known]
    assert len(known) == 224
    areas = estimate([*known, KnownPlace(lat=34.5, lon=36.0, side=side, unsure=True)], LAND)
    assert set(areas) == {"west"}
    assert areas["west"]["unsure"].covers(shapely.Point(36.0, 34.5))
    assert areas["west"]["sure"].covers(shapely.Point(36.3, 34.5))


def test_the_sure_part_is_right_on_a_winding_front():
    def side(lat, lon):
        bends = 0.25 * math.sin(5 * lat) + 0.1 * math.sin(17 * lat) + 0.05 * math.sin(41 * lat)
        return "west" if lon < FRONT + bends else "east"

    chance = random.Random(11)
    spots = [(chance.uniform(33.2, 35.8), chance.uniform(34.5, 37.5)) for _ in range(2120)]
    known = [KnownPlace(lat=a, lon=o, side=side(a, o)) for a, o in spots[:120]]
    areas = estimate(known, LAND)
    right = [
        side(a, o) == name
        for a, o in spots[120:]
        for name, parts in areas.items()
        if parts["sure"].covers(shapely.Point(o, a))
    ]
    assert len(right) >= 600  # of 2,000
    assert sum(right) / len(right) >= 0.95


def test_the_area_of_a_known_square_is_right():
    # A town every 5 km, all of one side, on land of 0.9 by 0.9 degrees.
    land = shapely.box(35.5, 34.0, 36.4, 34.9)
    known = [
        KnownPlace(lat=33.8 + n / 22, lon=35.3 + m / 18, side="west")
        for n in range(29)
        for m in range(24)
    ]
    areas = estimate(known, land)
    # 6371.0088^2 * 0.9 degrees in radians * (sin 34.9 - sin 34.0), on the sphere.
    sphere = (
        6371.0088**2
        * math.radians(0.9)
        * (math.sin(math.radians(34.9)) - math.sin(math.radians(34.0)))
    )
    (held,) = held_areas(areas)
    assert held.side == "west"
    assert held.low_km2 == pytest.approx(sphere, rel=0.01)
    assert held.low_km2 <= held.best_km2 == held.high_km2


def test_units_take_the_side_of_most_of_their_towns():
    halves = [shapely.box(34.0, 33.0, 36.2, 36.0), shapely.box(36.2, 33.0, 38.0, 36.0)]
    known = towns(60)
    areas = estimate(known, LAND, method="units", units=halves)
    # Towns between 36.0 and 36.2 are outvoted in the western unit.
    assert drawn(areas, "west").covers(shapely.Point(36.1, 34.5))
    assert drawn(areas, "east").covers(shapely.Point(36.3, 34.5))
    with pytest.raises(ValueError, match="needs the polygons"):
        estimate(known, LAND, method="units")


@pytest.mark.parametrize("method", ["kriging", "inverse_distance", "nearest"])
def test_methods_agree_far_from_the_front_and_reach_every_town(method):
    known = towns(60)
    areas = estimate(known, LAND, method=method)
    for town in known:
        if abs(town.lon - FRONT) > 0.3:
            assert drawn(areas, town.side).buffer(0.02).covers(shapely.Point(town.lon, town.lat))


def test_one_place_told_for_both_sides_does_no_harm():
    known = towns(40)
    areas = estimate([*known, replace(known[0], side="west"), replace(known[0], side="east")], LAND)
    assert set(areas) == {"west", "east"}


def test_many_places_take_an_easier_method():
    assert choose(100) == choose(1500) == "kriging"
    assert choose(5000) == "inverse_distance"


@pytest.mark.parametrize("number", [120, 1500])
def test_is_quick(number):
    known = towns(number, width=1.9)
    began = time.process_time()  # of this process: other work on the machine does not count
    estimate(known, LAND)
    assert time.process_time() - began < 30


def test_a_town_among_rivals_is_not_drawn_on_their_ground():
    rivals = [(34.84, 36.73), (34.93, 36.73), (35.13, 36.76), (35.3, 36.7), (35.2, 36.9)]
    own = [(34.73, 36.72), (34.5, 36.6), (34.4, 36.8), (34.3, 36.5), (34.55, 36.9)]
    known = [KnownPlace(lat=a, lon=o, side="r") for a, o in rivals]
    known += [KnownPlace(lat=a, lon=o, side="g") for a, o in own]
    areas = estimate(known, shapely.box(35, 33, 38, 37))
    for at, side in [*((p, "r") for p in rivals), *((p, "g") for p in own)]:
        town = shapely.Point(at[1], at[0])
        holders = [
            s for s, parts in areas.items() if any(p and p.contains(town) for p in parts.values())
        ]
        assert holders == [side], at
