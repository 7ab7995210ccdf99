"""What a map shows: boxes that a person can check with an gazetteer."""

import pytest
import shapely

from gazetteer.boundaries import World
from mapgen.ground.framing import frame, inset

ALEPPO, DAMASCUS, DEIR_EZZOR = (36.20, 37.16), (33.51, 36.29), (35.34, 40.14)
HAMA, HOMS = (35.13, 36.75), (34.73, 36.72)
SYRIA = (35.72, 32.31, 42.38, 37.32)
ALL_SYRIA = (35.4, 32.0, 42.7, 37.6)


def covers(outer, inner):
    return shapely.box(*outer).covers(shapely.box(*inner))


def holds(box, place):
    return shapely.box(*box).covers(shapely.Point(place[1], place[0]))


def test_events_over_a_good_part_of_a_country_show_all_of_it():
    box = frame([ALEPPO, DAMASCUS, DEIR_EZZOR], [], "SY")
    assert covers(box, SYRIA)
    assert box[2] - box[0] < 8.5  # and little more than it


def test_two_towns_show_their_surroundings_not_the_country():
    box = frame([HAMA, (34.92, 36.73)], [], "SY")  # 23 km apart
    assert holds(box, HAMA)
    assert box[2] - box[0] >= 1.0
    assert box[3] - box[1] >= 1.0
    assert not holds(box, ALEPPO)
    assert not holds(box, DEIR_EZZOR)


def test_one_place_stands_in_the_middle():
    west, south, east, north = frame([HOMS], [], "SY")
    assert ((south + north) / 2, (west + east) / 2) == pytest.approx(HOMS)
    assert east - west >= 1.0


def test_a_lone_place_far_away_is_left_out():
    kyiv = (50.45, 30.52)
    near = [ALEPPO, HAMA, HOMS, DAMASCUS]
    assert frame([*near, kyiv], [], "SY") == frame(near, [], "SY")


def test_without_a_subject_country_every_place_counts():
    box = frame([HOMS, (50.45, 30.52)], [], None)
    assert holds(box, HOMS)
    assert holds(box, (50.45, 30.52))


def test_a_neighbouring_capital_widens_the_map():
    beirut = (33.89, 35.50)
    box = frame([ALEPPO, DAMASCUS, DEIR_EZZOR, beirut], [], "SY")
    assert holds(box, beirut)
    assert covers(box, SYRIA)


def test_nothing_drawn_shows_the_country():
    assert covers(frame([], [], "SY"), SYRIA)
    assert covers(ALL_SYRIA, SYRIA)


def test_nothing_drawn_and_no_country_shows_the_world():
    west, _, east, _ = frame([], [], None)
    assert east - west > 300


def test_an_unknown_country_is_no_error():
    assert holds(frame([HOMS], [], "QQ"), HOMS)


def test_a_country_is_its_main_part():
    west, south, east, north = frame([], [], "FR")  # not French Guiana or Reunion
    assert -8 < west < east < 12
    assert 39 < south < north < 54


def test_shapes_count_as_well_as_points():
    strip = shapely.box(40.5, 34.0, 41.5, 35.0)
    box = frame([HOMS], [strip], "SY")
    assert covers(box, strip.bounds)
    assert holds(box, HOMS)


def test_empty_shapes_do_not_count():
    assert frame([HOMS], [shapely.Point()], "SY") == frame([HOMS], [], "SY")


def test_both_sides_of_the_antimeridian():
    suva, taveuni = (-18.14, 178.44), (-16.85, -179.97)
    west, south, east, north = frame([suva, taveuni], [], "FJ")
    assert -180 <= west < east <= 180
    assert south < -18.14
    assert north > -16.85
    assert holds((west, south, east, north), suva)
    assert holds((west, south, east, north), taveuni)


def test_close_to_the_pole():
    assert frame([(84.9, 10.0)], [], None)[3] <= 85.0  # Web Mercator ends there


def test_inset_around_a_crowd():
    crowd = [HOMS, (34.80, 36.72), (34.73, 36.60), (34.84, 36.74)]
    found = inset([*crowd, ALEPPO, DEIR_EZZOR], ALL_SYRIA)
    assert found is not None
    assert all(holds(found["bbox"], place) for place in crowd)
    assert not holds(found["bbox"], ALEPPO)
    assert found["title_place_index"] in range(4)
    west, south, east, north = found["bbox"]
    assert (north - south) * 111.2 == pytest.approx(70, abs=1)
    assert (east - west) * 111.2 * 0.82 == pytest.approx(70, abs=1)


def test_no_inset_where_nothing_is_crowded():
    assert inset([], ALL_SYRIA) is None
    assert inset([HOMS, (34.8, 36.7)], ALL_SYRIA) is None  # two need no enlargement
    assert inset([ALEPPO, DAMASCUS, DEIR_EZZOR, HOMS], ALL_SYRIA) is None


def test_no_inset_on_a_map_that_is_small_itself():
    crowd = [HOMS, (34.80, 36.72), (34.73, 36.60)]
    assert inset(crowd, (36.2, 34.2, 37.2, 35.2)) is None


def test_the_expected_box_is_the_atlas_one():
    assert World.load().country("SY").bounds == pytest.approx(SYRIA, abs=0.03)


def test_three_towns_of_a_small_strip_fill_the_map():
    gaza_city, nuseirat, khan_younis = (31.51, 34.46), (31.45, 34.39), (31.35, 34.30)
    box = frame([gaza_city, nuseirat, khan_younis], [], "PS")
    assert 0.45 <= box[3] - box[1] < 0.7
    assert all(holds(box, town) for town in (gaza_city, nuseirat, khan_younis))
    two = frame([gaza_city, khan_younis], [], "PS")
    assert two[3] - two[1] >= 1.0  # two towns alone do not tell how small the ground is
