"""Places without a point: somewhere in an area, near a town, in the country that the words say."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import TYPE_CHECKING

import pytest
import shapely

import mapgen
from gazetteer import Gazetteer, distance_km
from gazetteer.spelling import kind_words
from gazetteer.worded_areas import between_id, is_worded, near_id, within_id, worded_area
from mapgen.places.far_places import without_far
from mapgen.places.georeference import Georeference, geoparse
from mapgen.places.named_after import without_namesakes
from mapgen.places.placed_by_words import placed_by_words
from mapgen.places.toponyms import says_district
from mapgen.places.village_names import with_villages

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return Gazetteer.open()


def read(text: str, places: Gazetteer, country: str | None = None) -> dict[str, Georeference]:
    """Return what each name of a text was resolved to, as the coder sees it."""
    is_given = country is not None
    found = without_far(geoparse(text, [], places, country), text, is_given=is_given)
    found = with_villages(found, text, [], places, is_given=is_given)
    found = placed_by_words(without_namesakes(found, text), text, places)
    return {r.surface: r for r in found.references}


def name_of(reference: Georeference | None) -> str | None:
    return None if reference is None or reference.place is None else reference.place.name


# The town of a district's name.


@pytest.mark.parametrize(
    ("text", "country", "name", "town"),
    [
        ("The RSF captured Umm Rawaba on Monday.", "SD", "Umm Rawaba", (12.91, 31.22)),
        ("Houthi forces shelled Harad on Sunday.", "YE", "Harad", (16.41, 43.06)),
        ("Taliban fighters took Balkh on Sunday.", "AF", "Balkh", (36.76, 66.90)),
        ("Jets bombed Fallujah on Sunday.", "IQ", "Fallujah", (33.35, 43.78)),
        ("M23 fighters captured Masisi on Monday.", "CD", "Masisi", (-1.40, 28.81)),
    ],
)
def test_a_bare_name_means_the_town_of_a_district(places, text, country, name, town) -> None:
    place = read(text, places, country)[name].place
    assert place is not None
    assert place.precision == "settlement"
    assert distance_km(place.lat, place.lon, *town) < 15


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("Fighting went on in Balkh district.", "AF", "Balkh"),
        ("Clashes were reported in the district of Harad.", "YE", "Harad"),
        ("The army advanced in Masisi territory.", "CD", "Masisi"),
    ],
)
def test_a_district_is_one_where_the_words_say_so(places, text, country, name) -> None:
    place = read(text, places, country)[name].place
    assert place is not None
    assert place.precision == "district"


@pytest.mark.parametrize(
    ("text", "name", "asks"),
    [
        ("the districts of Usaylan and Bayhan", "Usaylan", True),
        ("the districts of Usaylan and Bayhan", "Bayhan", True),
        ("Masisi, Rutshuru and Walikale territories", "Masisi", True),
        ("Masisi, Rutshuru and Walikale territories", "Walikale", True),
        ("took Masisi and entered Walikale territory", "Masisi", False),
        ("in Goma, Sake and Walikale", "Goma", False),
        ("the district of Afrin, Azaz", "Azaz", False),
        ("two districts of Khartoum North", "Khartoum North", False),
    ],
)
def test_districts_in_a_list_are_districts(text: str, name: str, asks: bool) -> None:
    at = text.index(name)
    assert says_district(text, at, at + len(name)) is asks


def test_each_district_of_a_town_s_name_means_the_town(places) -> None:
    """No packaged district is what a bare name means while a town of that name lies in it."""
    with sqlite3.connect(places.path) as connection:
        rows = connection.execute(
            "SELECT p.id, p.name, p.country FROM place p JOIN outline o ON o.place = p.number"
            " WHERE p.feature = 'ADM2' ORDER BY p.id"
        ).fetchall()
    wrong, right = [], 0
    for place_id, name, country in rows:
        seat = places.seat(place_id, name)
        if seat is None or kind_words(name) == "area":
            continue
        text = f"Rebels captured {name} on Monday."
        found = [r for r in geoparse(text, [], places, country).references if r.place is not None]
        meant = found[0].place if found and found[0].surface == name else None
        right += meant is not None and meant.precision == "settlement"
        if meant is not None and meant.precision == "district" and meant.id == place_id:
            wrong.append((country, name, seat.name))
    assert wrong == []
    assert right > 400


# Somewhere in an area.


@pytest.mark.parametrize(
    ("text", "country", "name", "where"),
    [
        (
            "Troops regained Stepova Xalqa, Chernihiv, on Monday.",
            "UA",
            "Stepova Xalqa",
            "iso:UA-74",
        ),
        ("Troops took the village of Xalqu in Homs on Monday.", "SY", "Xalqu", "iso:SY-HI"),
        ("Troops took a post (Xalqu, Marib) on Monday.", "YE", "Xalqu", "iso:YE-MA"),
        ("Troops left the village of Xalqu in the countryside of Gao.", "ML", "Xalqu", "iso:ML-7"),
        ("In Homs province, rebels took the village of Xalqu.", "SY", "Xalqu", "iso:SY-HI"),
        ("Rebels took the villages of Xalqu and Yalqe in Homs.", "SY", "Xalqu", "iso:SY-HI"),
        ("Bombs fell on the village of Xalqe, Nabatieh, Lebanon.", "LB", "Xalqe", "iso:LB-NA"),
    ],
)
def test_an_unknown_village_lies_somewhere_in_its_province(
    places, text, country, name, where
) -> None:
    found = read(text, places, country)
    place = found[name].place
    assert place is not None
    assert place.id == f"within:{name}:{where}"
    assert place.precision == "province"
    assert place.name.startswith(f"{name}, somewhere in ")
    assert not any(r.place is not None and r.place.id == where for r in found.values())


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("Rebels captured Rastan, Homs and Hama on Monday.", "SY", "Homs"),
        ("Troops from Xalqu met in Kyiv. Chernihiv was calm.", "UA", "Chernihiv"),
        ("Residents left the village of Xalqu. In Homs nothing changed.", "SY", "Homs"),
    ],
)
def test_a_town_that_holds_no_unknown_village_stays_a_town(places, text, country, name) -> None:
    found = read(text, places, country)
    assert found[name].place is not None
    assert found[name].place.precision == "settlement"
    assert not any(is_worded(r.place.id) for r in found.values() if r.place)


def test_a_district_without_an_outline_gives_way_to_its_province(places) -> None:
    found = read("M23 captured Xalqe, a village in Masisi territory.", places, "CD")
    assert name_of(found["Xalqe"]) == "Xalqe, somewhere in North Kivu"


# Near a town, between two.


@pytest.mark.parametrize(
    ("words", "spot", "inside"),
    [
        ("20 km south of Tokmak", (47.08, 35.71), True),
        ("20 km south of Tokmak", (47.44, 35.71), False),
        ("about 20 kilometres from Tokmak", (47.44, 35.71), True),
        ("about 20 kilometres from Tokmak", (47.26, 35.72), False),
        ("northwest of Tokmak", (47.36, 35.56), True),
        ("northwest of Tokmak", (47.16, 35.86), False),
        ("near Tokmak", (47.28, 35.72), True),
        ("near Tokmak", (47.50, 35.71), False),
        ("between Tokmak and Polohy", (47.367, 35.98), True),
        ("between Tokmak and Polohy", (47.10, 35.98), False),
        ("12 miles to the east of the town of Tokmak", (47.26, 35.96), True),
    ],
)
def test_an_unknown_name_is_placed_by_its_words(places, words, spot, inside) -> None:
    found = read(f"Troops took the village of Xalqivka, {words}, on Monday.", places, "UA")
    place = found["Xalqivka"].place
    assert place is not None
    assert place.precision == "district"
    assert "Tokmak" not in found
    outline = places.geometry(place.id)
    assert outline is not None
    assert outline.covers(shapely.Point(spot[1], spot[0])) is inside


@pytest.mark.parametrize(
    "words",
    [
        "and Tokmak",
        "while Tokmak was calm",
        "900 km south of Tokmak",
        "20 days after Tokmak",
    ],
)
def test_other_words_place_nothing(places, words) -> None:
    found = read(f"Troops took the village of Xalqivka, {words}, on Monday.", places, "UA")
    assert found["Xalqivka"].place is None
    assert name_of(found["Tokmak"]) == "Tokmak"


def test_words_choose_between_villages_of_one_name(places) -> None:
    found = read("Troops took Andriivka, 10 km south of Bakhmut, on Monday.", places, "UA")
    place = found["Andriivka"].place
    assert place is not None
    assert place.precision == "settlement"
    assert distance_km(place.lat, place.lon, 48.50, 37.96) < 5


def test_ids_of_worded_areas_are_read_back(places) -> None:
    tokmak, polohy = (
        places.lookup("Tokmak", country="UA")[0],
        places.lookup("Polohy", country="UA")[0],
    )
    ids = [
        within_id("Xal:<b>qu", "iso:UA-74"),
        near_id("Xalqu", tokmak.place, "UA", km=20, direction="south"),
        between_id("Xalqu", tokmak.place, polohy.place, "UA"),
    ]
    for place_id in ids:
        place = places.get(place_id)
        assert place is not None
        assert "<" not in place.name
        assert places.geometry(place_id) is not None


@pytest.mark.parametrize(
    "place_id",
    [
        "within:Xalqu:iso:XX-99",
        "near:UA:X:Y:99,200:20:south",
        "near:UA:X:Y:47,35:900:south",
        "near:UA:X:Y:47,35:20:upwards",
        "between:UA:X:Y:47,35:Z:47,35",
        "near:",
        "within:<script>:iso:UA-74",
    ],
)
def test_broken_ids_are_no_places(places, place_id) -> None:
    assert places.get(place_id) is None
    assert places.geometry(place_id) is None


def test_an_id_of_another_kind_is_no_worded_area() -> None:
    assert worded_area("geonames:172955") is None


# The country that the words before a name say.


@pytest.mark.parametrize(
    ("text", "country", "name", "lies_in"),
    [
        ("Rebels captured the Syrian city of Raqqa.", None, "Raqqa", "SY"),
        ("Troops entered the rebel-held Syrian town of Azaz.", "TR", "Azaz", "SY"),
        ("Families fled the Sudanese town of Bara.", "TD", "Bara", "SD"),
        ("A shell hit the Lebanese village of Khiam.", "IL", "Khiam", "LB"),
        ("Troops took the Ukrainian village of Robotyne.", "RU", "Robotyne", "UA"),
        ("Fighters seized Palmyra in Syria on Monday.", None, "Palmyra", "SY"),
    ],
)
def test_a_town_lies_in_the_country_that_its_words_say(
    places, text, country, name, lies_in
) -> None:
    place = read(text, places, country)[name].place
    assert place is not None
    assert place.country == lies_in


@pytest.mark.parametrize(
    "text",
    [
        "Troops met in the Syrian city of Paris.",
        "Troops bombed the rebel-held Syrian town of Xqqrt.",
    ],
)
def test_a_country_without_such_a_town_leaves_it_unplaced(places, text) -> None:
    found = read(text, places)
    assert all(r.place is None for r in found.values())


# Streets and halls.


@pytest.mark.parametrize(
    ("text", "country", "name", "town"),
    [
        ("A bomb exploded on Baghdad Street in Damascus.", "SY", "Baghdad", "Damascus"),
        ("Delegates met in the Kinshasa Hall in Bangui.", "CF", "Kinshasa", "Bangui"),
        ("Drones hit the Tripoli quarter of Benghazi.", "LY", "Tripoli", "Benghazi"),
        ("A shell hit Palestine Hospital in Khartoum.", "SD", "Palestine", "Khartoum"),
        ("A hall named after Kinshasa in Bangui burned.", "CF", "Kinshasa", "Bangui"),
        ("Many in Cucuta sleep in the General Santander stadium.", "CO", "Santander", "Cucuta"),
    ],
)
def test_a_borrowed_name_is_no_place(places, text, country, name, town) -> None:
    found = read(text, places, country)
    assert name not in found
    assert name_of(found[town]) in {town, "Cúcuta"}


def test_a_hospital_of_its_own_town_keeps_the_town(places) -> None:
    found = read("A shell hit Goma hospital in North Kivu.", places, "CD")
    assert found["Goma"].place is not None


# On the map.


def _made(tmp_path: Path, text: str, country: str | None) -> tuple[mapgen.Situation, list[dict]]:
    article = tmp_path / "article.txt"
    article.write_text(text, encoding="utf-8")
    situation = mapgen.build([article], published_on="2026-03-10", country=country)
    situation.export(tmp_path / "out.geojson")
    features = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["features"]
    return situation, [f for f in features if f["geometry"] is not None]


def test_somewhere_in_is_drawn_as_an_area_and_nobody_takes_the_city(tmp_path) -> None:
    text = "Russian forces captured Stepova Xalqa, Chernihiv, on Monday."
    situation, features = _made(tmp_path, text, "UA")
    assert [f["properties"]["layer"] for f in features] == ["regions"]
    assert features[0]["properties"]["precision"] == "province"
    page = situation.to_html()
    assert "Stepova Xalqa, somewhere in Chernihiv province: taken by Russian forces" in page
    assert "Russian forces took Stepova Xalqa, somewhere in Chernihiv province." in page
    assert '"type":"control"' not in page.replace(" ", "")
    assert "Somewhere in this area" in page
    assert "Area, no town named" not in _legend_words(page)


def _legend_words(page: str) -> set[str]:
    found = re.search(r'"legend":(\[.*?\])', page)
    assert found is not None
    return {row["words"] for row in json.loads(found[1])}


def test_between_two_towns_neither_of_them_changes_hands(tmp_path) -> None:
    text = "Russian forces captured the village of Xalqivka, between Tokmak and Polohy."
    situation, features = _made(tmp_path, text, "UA")
    assert [f["properties"]["layer"] for f in features] == ["regions"]
    assert [p.surface for e in situation.events for p in e.places] == ["Xalqivka"]


def test_people_who_flee_such_a_village_are_no_total_of_the_province(tmp_path) -> None:
    text = "About 5,000 people fled the village of Xalqu in Homs after shelling on Monday."
    situation, _ = _made(tmp_path, text, "SY")
    assert [e.places[0].role.value for e in situation.events] == ["origin"]
    assert "somewhere in Homs province" in situation.to_html()


def test_coarsening_hides_the_name_of_such_a_village(tmp_path) -> None:
    article = tmp_path / "article.txt"
    text = "About 5,000 people fled the village of Xalqumand in Homs after shelling on Monday."
    article.write_text(text, encoding="utf-8")
    from mapgen.settings import Settings

    settings = Settings().updated(coarsen_displacement="admin1")
    situation = mapgen.build([article], settings=settings, published_on="2026-03-10", country="SY")
    assert "Xalqumand" not in situation.to_html()


def test_one_of_several_places_is_told_as_such(tmp_path) -> None:
    text = "Russian troops captured Andriivka on Friday."
    situation, features = _made(tmp_path, text, "UA")
    assert features == []
    (claim,) = situation.extraction.claims
    assert claim.places[0].unplaced == "several places of this name"
    page = situation.to_html()
    assert "several places of this name: Andriivka" in page
    assert "Name not found: Andriivka" not in page


# Names longer than a listed one, towns on borders, what is said to be near.


@pytest.mark.parametrize(
    ("text", "country", "name", "place"),
    [
        ("Gunmen burned the village of Nasarawa Mailayi and left.", "NG", "Nasarawa Mailayi", None),
        ("Troops held the town of Sultan sa Carmen on Sunday.", "PH", "Sultan sa Carmen", None),
        ("Shells fell on Datu Carmen and on Pikit.", "PH", "Datu Carmen", None),
        ("He visited Gusau Tuesday and left Nigeria.", "NG", "Gusau", "Gusau"),
        ("Rebels held Minova in South Kivu on Monday.", "CD", "Minova", "Minova"),
        (
            "Gunmen hold Fakai, a village near Shinkafi.",
            "NG",
            "Fakai",
            "Fakai, somewhere near Shinkafi",
        ),
    ],
)
def test_a_name_is_no_other_place_than_the_words_say(places, text, country, name, place):
    assert name_of(read(text, places, country).get(name)) == place


def test_a_party_behind_a_town_is_no_part_of_its_name(places):
    text = "In Bama Boko Haram burned houses near Maiduguri."
    start = text.index("Boko")
    found = geoparse(text, [(start, start + len("Boko Haram"))], places, "NG")
    assert {r.surface: name_of(r) for r in found.references}["Bama"] == "Bama"
