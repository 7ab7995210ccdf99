"""Towns for orientation: the biggest of the frame, none close to what is shown already."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from situation_kit import FakePlace

from gazetteer import Gazetteer
from mapgen.drawing.data.orientation_towns import LEVELS, one_script, towns_of

FRAME = (30.0, 10.0, 40.0, 20.0)


def scene_of(*towns):
    places = {t.id: t for t in towns}
    biggest = sorted(towns, key=lambda t: -t.population)
    gazetteer = SimpleNamespace(get=places.get, biggest=lambda _bbox, *, limit: biggest[:limit])
    return SimpleNamespace(gazetteer=gazetteer)


def town(name, lat, lon, population):
    return FakePlace(f"t:{name}", name, lat, lon, population=population)


def names(found):
    return [t["name"] for t in found]


def test_the_bigger_of_two_close_towns_is_named():
    scene = scene_of(town("small", 15.0, 35.0, 9_000), town("big", 15.1, 35.1, 900_000))
    (only,) = towns_of(scene, FRAME, [])
    assert (only["name"], only["lat"], only["lon"]) == ("big", 15.1, 35.1)
    assert only["rank"] > 3


def test_no_town_is_named_beside_a_place_of_the_articles():
    scene = scene_of(town("suburb", 15.1, 35.1, 90_000), town("far", 12.0, 31.0, 5_000))
    assert names(towns_of(scene, FRAME, [{"lat": 15.0, "lon": 35.0}])) == ["far"]


def test_a_city_of_a_million_is_named_beside_its_suburb_of_the_articles():
    scene = scene_of(town("capital", 15.3, 35.3, 1_200_000), town("suburb", 15.3, 34.7, 90_000))
    found = towns_of(scene, FRAME, [{"lat": 15.0, "lon": 35.0}])
    assert names(t for t in found if "closer" not in t) == ["capital"]


def test_a_quarter_never_stands_for_its_city():
    azov = (36.0, 46.5, 39.5, 49.0)
    scene = SimpleNamespace(gazetteer=Gazetteer.open())
    found = towns_of(scene, azov, [{"lat": 47.98, "lon": 37.27}])  # Kurakhove
    first = names(t for t in found if "closer" not in t)
    assert {"Donetsk", "Mariupol"} <= set(first)
    quarters = {"Pravyi Bereh", "Tsentralnyi", "Chumakivskyi", "Kyivskyi", "Hirnytskyi"}
    assert not quarters & {t["name"] for t in found}


def test_a_town_beside_a_city_is_named_where_the_map_is_of_that_city():
    gaza = (34.2, 31.2, 34.6, 31.65)
    found = names(towns_of(SimpleNamespace(gazetteer=Gazetteer.open()), gaza, []))
    assert {"Jabālyā", "Bayt Lāhyā"} & set(found)
    assert {"Gaza", "Khān Yūnis"} <= set(found)


def test_a_name_in_two_scripts_is_written_in_one():
    scene = scene_of(town("Al-Medy Village, قرية المدي", 15.0, 35.0, 9_000))
    assert names(towns_of(scene, FRAME, [])) == ["Al-Medy Village"]
    assert one_script("قرية المدي") == "قرية المدي"
    assert one_script("Ḥalab") == "Ḥalab"


def test_there_are_never_too_many():
    grid = [town(f"{i}-{k}", 10.5 + i, 30.5 + k, 1000 + i) for i in range(9) for k in range(9)]
    assert len(towns_of(scene_of(*grid), FRAME, [])) == LEVELS[-1][1]


def test_across_the_antimeridian_a_town_lies_east_of_the_frame_s_west():
    scene = scene_of(town("east", -17.0, -179.0, 50_000))
    (found,) = towns_of(scene, (176.0, -20.0, 183.0, -15.0), [])
    assert found["lon"] == pytest.approx(181.0)


def test_the_gazetteer_knows_the_biggest():
    gazetteer = Gazetteer.open()
    found = [p.name for p in gazetteer.biggest((35.5, 32.5, 42.0, 37.0), limit=3)]
    assert "Damascus" in found
    assert "Aleppo" in found
    fiji = gazetteer.biggest((176.0, -20.0, 183.0, -15.0), limit=40)
    assert {"Suva", "Labasa"} <= {p.name for p in fiji}
    assert any(p.lon < 0 for p in fiji)  # Taveuni and Lau lie beyond 180
