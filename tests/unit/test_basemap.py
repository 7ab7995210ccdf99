"""The basemap of known countries: what an gazetteer shows is there, and nothing else."""

import json
from functools import cache

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from gazetteer.boundaries import World
from mapgen.drawing.page.packed import packed
from mapgen.ground.basemap import NEAR_PAN, TALL_RATIO, cut_basemap, water_at, widen
from mapgen.ground.framing import frame

FIJI = (176.0, -20.0, 183.0, -15.0)  # across the antimeridian
AROUND_HOMS = (36.0, 34.2, 37.2, 35.2)
DESERT = (38.0, 34.0, 38.5, 34.4)  # inside Syria: no coast, no border
FRAMES = {"SY": None, "CD": None, "UA": None, "FJ": FIJI, "SY small": AROUND_HOMS}


def bbox_of(name):
    return FRAMES[name] or frame([], [], name)


@cache
def base_of(name):
    return cut_basemap(bbox_of(name), name[:2])


def shapes(base, key):
    return shapely.union_all([shape(g) for g in base[key]])


def at(lat, lon):
    return shapely.Point(lon, lat)


@pytest.mark.parametrize("name", FRAMES)
def test_small_enough_to_be_inlined(name):
    text = json.dumps(packed(base_of(name)), ensure_ascii=False, separators=(",", ":"))
    assert len(text.encode()) < 100 * 1024


def test_a_bigger_budget_gives_more_detail():
    fine = base_of("SY")
    coarse = cut_basemap(bbox_of("SY"), "SY", budget_points=1000)
    assert len(json.dumps(coarse)) < len(json.dumps(fine)) / 1.5
    assert shape(coarse["focus"]).contains(at(34.73, 36.72))


def test_subject_country():
    focus = shape(base_of("SY")["focus"])
    assert focus.is_valid
    assert focus.contains(at(34.73, 36.72))  # Homs
    assert not focus.contains(at(34.43, 35.84))  # Tripoli in Lebanon
    assert not focus.contains(at(36.2, 36.16))  # Antakya in Turkey
    assert focus.area == pytest.approx(World.load().country("SY").area, rel=0.01)


def test_no_subject_country():
    base = cut_basemap(AROUND_HOMS, None)
    assert base["focus"] is None
    assert base["roads"] == []
    assert shapes(base, "land").contains(at(34.73, 36.72))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SY", {"Turkey", "Iraq", "Jordan", "Lebanon"}),
        ("CD", {"Angola", "Zambia", "Tanzania", "Uganda"}),
        ("UA", {"Poland", "Belarus", "Romania", "Russia", "Moldova"}),
    ],
)
def test_names_of_neighbours_stand_in_their_country(name, expected):
    base = base_of(name)
    codes = {entry["name"]: code for code, entry in World.load().countries().items()}
    assert expected <= {c["name"] for c in base["countries"]}
    # a name may stand beside the frame, where a screen of another shape shows it
    west, south, east, north = widen(bbox_of(name), pan=NEAR_PAN)
    for country in base["countries"]:
        assert World.load().country_at(country["lat"], country["lon"]) == codes[country["name"]]
        assert west < country["lon"] < east
        assert south < country["lat"] < north
        assert codes[country["name"]] != name  # the subject is named by the page's title


@pytest.mark.parametrize(
    ("name", "sea"),
    [("SY", "Mediterranean Sea"), ("UA", "Black Sea"), ("CD", "Atlantic Ocean")],
)
def test_names_of_seas_stand_on_water(name, sea):
    base = base_of(name)
    assert sea in {w["name"] for w in base["waters"]}
    west, _, east, _ = base["bbox"]
    three_pixels = 3 * (east - west) / 1440  # degrees; lines are simplified to about as much
    for water in base["waters"]:
        spot = at(water["lat"], water["lon"])
        on_a_river = shapes(base, "rivers").distance(spot) < three_pixels
        in_a_lake = shapes(base, "lakes").contains(spot)
        assert on_a_river or in_a_lake or not shapes(base, "land").contains(spot)


@pytest.mark.parametrize(
    ("bbox", "focus", "lakes"),
    [
        ((28.5, -2.6, 30.0, -1.2), "CD", {"Lake Kivu"}),
        ((36.0, 10.5, 39.5, 13.5), "ET", {"Lake Tana"}),
        ((12.5, 12.0, 15.5, 14.5), "TD", {"Lake Chad"}),
        ((44.0, 39.0, 46.5, 41.0), "AM", {"Lake Sevan"}),
    ],
)
def test_lakes_with_room_have_their_names(bbox, focus, lakes):
    base = cut_basemap(bbox, focus)
    named = {w["name"]: at(w["lat"], w["lon"]) for w in base["waters"]}
    assert lakes <= set(named)
    for name in lakes:
        assert shapes(base, "lakes").contains(named[name])


def test_small_lakes_stay_without_names():
    # the frame holds all of Uganda and its neighbours: Lake Edward would be a few pixels wide
    named = {w["name"] for w in cut_basemap((20.0, -10.0, 45.0, 12.0), "UG")["waters"]}
    assert "Lake Victoria" in named
    assert "Lake Edward" not in named


def longest_along(line, edge):
    """Length of the longest piece of a line that follows an edge; crossings are short."""
    near = line.intersection(edge.buffer(0.0015))
    merged = shapely.line_merge(near) if near.geom_type == "MultiLineString" else near
    return max((part.length for part in shapely.get_parts(merged)), default=0.0)


def frame_edges(name):
    bbox = bbox_of(name)
    far = widen(bbox, wider=TALL_RATIO, higher=TALL_RATIO)
    edges = []
    for w, s, e, n in (bbox, widen(bbox), far):
        edges += [((w, s), (e, s)), ((w, n), (e, n)), ((w, s), (w, n)), ((e, s), (e, n))]
    return [shapely.LineString(e) for e in edges]


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("layer", ["coast", "borders", "admin", "disputed", "rivers"])
def test_no_line_runs_along_the_frame(name, layer):
    for line in (shape(g) for g in base_of(name)[layer]):
        for edge in frame_edges(name):
            assert longest_along(line, edge) < 0.1, edge.wkt  # a coast may cross at a low angle


def test_land_fills_a_tall_and_a_wide_screen():
    """A low wide frame of Sudan: what lies above and below it on a phone is no sea."""
    base = cut_basemap((23.0, 11.5, 34.5, 16.5), "SD")
    land = shapes(base, "land")
    for lat, lon in ((24.0, 29.0), (5.0, 29.0), (20.0, 18.0), (20.0, 41.0), (2.0, 24.0)):
        assert land.contains(at(lat, lon)), (lat, lon)  # Egypt, South Sudan, Chad, Arabia, Congo
    assert not land.contains(at(20.0, 38.5))  # the Red Sea


def test_no_line_runs_along_the_antimeridian():
    seam = shapely.LineString([(180, -25), (180, -10)])
    for layer in ("coast", "borders", "admin"):
        for line in (shape(g) for g in base_of("FJ")[layer]):
            assert longest_along(line, seam) < 0.1, layer


def test_fiji_is_in_one_piece():
    base = base_of("FJ")
    land = shapes(base, "land")
    assert land.contains(at(-17.8, 178.0))  # Viti Levu
    assert land.contains(at(-16.85, -179.95 + 360))  # Taveuni, east of 180 degrees
    assert land.bounds[0] > 170
    assert "Pacific Ocean" in {w["name"] for w in base["waters"]}


def test_coast_and_borders_are_where_an_atlas_has_them():
    base = base_of("SY")
    coast, borders = shapes(base, "coast"), shapes(base, "borders")
    assert coast.distance(at(35.52, 35.77)) < 0.05  # Latakia
    assert borders.distance(at(36.72, 38.0)) < 0.3  # the Turkish border near Jarablus
    assert coast.distance(at(35.34, 40.14)) > 3  # Deir ez-Zor is far inland
    assert borders.distance(at(34.8, 38.9)) > 0.8  # so is the desert from any border


def test_units_are_drawn_only_in_the_subject_country():
    admin = shapes(base_of("SY"), "admin")
    assert admin.length > 5
    near = shape(base_of("SY")["focus"]).buffer(0.02)
    assert admin.difference(near).length < 0.01


def test_the_river_of_the_east():
    rivers = shapes(base_of("SY"), "rivers")
    assert rivers.distance(at(35.34, 40.15)) < 0.05  # the Euphrates at Deir ez-Zor
    assert any(shape(lake).contains(at(36.0, 38.1)) for lake in base_of("SY")["lakes"])  # Assad


def test_a_small_frame_inland_has_land_and_no_coast():
    base = cut_basemap(DESERT, "SY")
    assert shapes(base, "land").covers(shapely.box(*DESERT))
    assert base["coast"] == base["borders"] == base["waters"] == base["countries"] == []


def test_a_frame_at_sea_has_no_land():
    base = cut_basemap((-40.0, 30.0, -38.0, 32.0), None)
    assert base["land"] == []
    assert [w["name"] for w in base["waters"]] == ["Atlantic Ocean"]


def test_roads_of_the_subject_country():
    roads = {r["id"]: r["path"] for r in base_of("SY")["roads"]}
    near_homs = [np.hypot(lat - 34.73, lon - 36.72) for lat, lon in roads["M5"]]
    assert min(near_homs) < 0.15
    assert base_of("CD")["roads"] == []


def test_coordinates_are_short():
    def decimals(value):
        if isinstance(value, list | tuple):
            return max(decimals(v) for v in value)
        return len(str(value).partition(".")[2])

    assert decimals([g["coordinates"] for g in base_of("SY")["land"]]) <= 3
    assert decimals([g["coordinates"] for g in base_of("SY small")["land"]]) == 4


def test_the_same_frame_gives_the_same_bytes():
    assert json.dumps(cut_basemap(AROUND_HOMS, "SY")) == json.dumps(base_of("SY small"))


@pytest.mark.parametrize(
    ("lat", "lon", "sea"),
    [
        (34.7, 35.4, "Mediterranean Sea"),
        (43.0, 34.0, "Black Sea"),
        (46.0, 36.5, "Sea of Azov"),
        (0.0, -150.0, "Pacific Ocean"),
        (0.0, 210.0, "Pacific Ocean"),
    ],
)
def test_seas_have_their_names(lat, lon, sea):
    assert water_at(lat, lon) == sea


def test_half_the_globe_is_small_and_drawn_from_the_far_view():
    base = cut_basemap((25.0, 12.0, 65.0, 42.0), "IR")
    assert len(json.dumps(packed(base), separators=(",", ":"))) < 130_000
    iran = shape(base["focus"])
    exact = World.load().country("IR")
    assert iran.intersection(exact).area / iran.union(exact).area > 0.99
    # of the neighbours' provinces nothing is drawn, of Iran's own some
    assert base["admin"]
    assert {c["name"] for c in base["countries"]} >= {"Saudi Arabia", "Turkey", "Iraq"}


def test_the_whole_world_has_borders_but_no_provinces():
    base = cut_basemap((-170.0, -60.0, 180.0, 80.0), None)
    assert base["admin"] == []
    borders = shapes(base, "borders")
    assert borders.distance(at(49.0, -100.0)) < 0.1  # Canada and the United States
    assert len(json.dumps(base)) < 420_000


def test_the_far_view_has_every_unit():
    near, far = World.load().layer("admin1"), World.load(tolerance_deg=0.02).layer("admin1")
    assert [p["id"] for _, p in near] == [p["id"] for _, p in far]
    assert [p["a2"] for _, p in near] == [p["a2"] for _, p in far]
