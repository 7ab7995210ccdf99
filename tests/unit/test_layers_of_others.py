"""Layers of boundaries and places, with the fields that their publishers give them today."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer import sources
from gazetteer.layer_files import read_rows
from gazetteer.layers import layer_places

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer.records import Place
    from gazetteer.sources import Areas

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[28.4, -2.4], [28.6, -2.4], [28.6, -2.2], [28.4, -2.2], [28.4, -2.4]]],
}
SPOT = {"type": "Point", "coordinates": [28.5, -2.3]}


@pytest.fixture(scope="module")
def areas() -> Areas:
    return sources.read_areas()


def places_of(path: Path, text: str, areas: Areas) -> list[Place]:
    path.write_text(text, "utf-8")
    return [entry.place for entry in layer_places(path, read_rows(path), areas, {})[0]]


def feature(properties: dict[str, Any], geometry: Any = SQUARE) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def features(*given: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": given})


COD_AB = {  # OCHA's, before 2025: French and Portuguese names, P-codes by level
    "ADM0_FR": "République démocratique du Congo",
    "ADM0_PCODE": "CD",
    "ADM1_FR": "Sud-Kivu",
    "ADM1_PCODE": "CD62",
    "ADM2_FR": "Idjwi",
    "ADM2_PCODE": "CD6206",
    "ADM2_REF": "Idjwi",
    "ADM2ALT1FR": "Île d'Idjwi",
    "date": "2019-09-11",
    "validOn": "2019-09-30",
    "Shape_Leng": 1.2,
}
COD_AB_NOW = {
    "adm2_name": "Idjwi",
    "adm2_name1": "Idjwi island",
    "adm2_pcode": "CD6206",
    "adm1_name": "Sud-Kivu",
    "adm1_pcode": "CD62",
    "adm0_name": "Democratic Republic of the Congo",
    "adm0_pcode": "CD",
    "valid_on": "2025-01-31",
    "area_sqkm": 280.5,
    "center_lat": -2.5,
    "version": "v02",
}
GEOBOUNDARIES = {
    "shapeName": "Idjwi",
    "shapeISO": "",
    "shapeID": "88527712B1",
    "shapeGroup": "COD",
    "shapeType": "ADM2",
}
GADM = {
    "GID_2": "COD.24.3_1",
    "GID_0": "COD",
    "COUNTRY": "Democratic Republic of the Congo",
    "GID_1": "COD.24_1",
    "NAME_1": "Sud-Kivu",
    "NL_NAME_1": "NA",
    "NAME_2": "Idjwi",
    "VARNAME_2": "Kwidjwi|Ijwi",
    "NL_NAME_2": "NA",
    "TYPE_2": "Territoire",
    "ENGTYPE_2": "Territory",
    "CC_2": "NA",
    "HASC_2": "CD.SK.ID",
}
OSM_AREA = {
    "@id": "relation/1234",
    "admin_level": "6",
    "boundary": "administrative",
    "name": "Île d'Idjwi",
    "name:en": "Idjwi",
    "alt_name": "Ijwi;Kwidjwi",
    "type": "boundary",
    "population": "about 300000",
    "source": "survey",
}
OSM_VILLAGE = {"@id": "node/7", "place": "village", "name": "Bugarula", "population": "2300"}
OURS = {
    "layer": "control",
    "place": "Idjwi town",
    "gazetteer_name": "Bugarula",
    "place_id": "geonames:7",
    "country": "CD",
    "precision": "settlement",
}


@pytest.mark.parametrize(
    ("properties", "place_id", "names", "kind"),
    [
        (COD_AB, "pcode:CD6206", {"Île d'Idjwi"}, "district"),
        (COD_AB_NOW, "pcode:CD6206", {"Idjwi island"}, "district"),
        (GEOBOUNDARIES, "layer:a:88527712B1", set(), "district"),
        (GADM, "layer:a:COD.24.3_1", {"Kwidjwi", "Ijwi"}, "district"),
        (OSM_AREA, "layer:a:relation/1234", {"Île d'Idjwi", "Ijwi", "Kwidjwi"}, "district"),
    ],
    ids=["COD-AB", "COD-AB of today", "geoBoundaries", "GADM", "OpenStreetMap"],
)
def test_a_district_of_any_publisher(
    properties: dict[str, Any],
    place_id: str,
    names: set[str],
    kind: str,
    tmp_path: Path,
    areas: Areas,
) -> None:
    (place,) = places_of(tmp_path / "a.geojson", features(feature(properties)), areas)
    assert (place.id, place.name, place.country) == (place_id, "Idjwi", "CD")
    assert (set(place.names), place.precision, place.admin1) == (names, kind, "CD-SK")


@pytest.mark.parametrize(
    ("properties", "name", "precision"),
    [
        (
            {"shapeName": "South Kivu", "shapeGroup": "COD", "shapeType": "ADM1"},
            "South Kivu",
            "province",
        ),
        (
            {"shapeName": "DR Congo", "shapeGroup": "COD", "shapeType": "ADM0"},
            "DR Congo",
            "country",
        ),
        ({"GID_0": "COD", "COUNTRY": "DR Congo"}, "DR Congo", "country"),
        ({"GID_0": "COD", "GID_1": "COD.24_1", "NAME_1": "Sud-Kivu"}, "Sud-Kivu", "province"),
        ({"ADM0_EN": "DR Congo", "ADM0_PCODE": "CD"}, "DR Congo", "country"),
        ({"ADM1_FR": "Sud-Kivu", "ADM1_PCODE": "CD62", "ADM0_PCODE": "CD"}, "Sud-Kivu", "province"),
        (
            {"adm4_name": "Kihumba", "adm4_pcode": "CD62060101", "adm3_pcode": "CD620601"},
            "Kihumba",
            "district",
        ),
        (
            {"boundary": "administrative", "admin_level": "4", "name": "Sud-Kivu"},
            "Sud-Kivu",
            "province",
        ),
    ],
)
def test_units_of_other_levels(
    properties: dict[str, Any], name: str, precision: str, tmp_path: Path, areas: Areas
) -> None:
    (place,) = places_of(tmp_path / "a.geojson", features(feature(properties)), areas)
    assert (place.name, place.precision, place.country) == (name, precision, "CD")


def test_a_village_of_openstreetmap(tmp_path: Path, areas: Areas) -> None:
    (place,) = places_of(tmp_path / "a.geojson", features(feature(OSM_VILLAGE, SPOT)), areas)
    assert (place.name, place.feature, place.population) == ("Bugarula", "PPL", 2300)


def test_latitude_and_longitude(tmp_path: Path, areas: Areas) -> None:
    text = "Name,Latitude,Longitude\nBugarula,-2.3,28.5\n"
    (place,) = places_of(tmp_path / "a.csv", text, areas)
    assert (place.name, place.lat, place.lon, place.country) == ("Bugarula", -2.3, 28.5, "CD")


def test_tags_of_hxl_name_the_columns(tmp_path: Path, areas: Areas) -> None:
    text = (
        "Nom du site,Pays,Lat.,Long.,Code\n"
        "#loc+name,#country+code,#geo+lat,#geo+lon,#loc+code\n"
        "Bugarula,COD,-2.3,28.5,S7\n"
    )
    (place,) = places_of(tmp_path / "sites.csv", text, areas)
    assert (place.id, place.name, place.country) == ("layer:sites:S7", "Bugarula", "CD")
    assert (place.lat, place.lon) == (-2.3, 28.5)


def test_our_own_exports_give_their_places_once(tmp_path: Path, areas: Areas) -> None:
    line = {"type": "LineString", "coordinates": [[28.5, -2.3], [28.6, -2.3]]}
    shapes = features(
        feature({**OURS, "layer": "flows"}, line), feature(OURS, SPOT), feature(OURS, SPOT)
    )
    csv = (
        "\ufefflayer,place,gazetteer_name,place_id,latitude,longitude,country\n"
        "#meta+layer,#loc+name,#loc+name+alt,#loc+code,#geo+lat,#geo+lon,#country+code\n"
        "control,Idjwi town,Bugarula,geonames:7,-2.3,28.5,CD\n"
        "events,Idjwi town,Bugarula,geonames:7,-2.3,28.5,CD\n"
        "totals,,,,,,CD\n"
    )
    for name, text in (("map.geojson", shapes), ("map.csv", csv)):
        (place,) = places_of(tmp_path / name, text, areas)
        assert (place.id, place.name, place.names) == ("geonames:7", "Bugarula", ("Idjwi town",))
