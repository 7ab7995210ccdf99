"""Villages: found in the country of the article, where the text says which one is meant."""

from __future__ import annotations

import pytest

from gazetteer import Gazetteer, distance_km
from mapgen.places.far_places import without_far
from mapgen.places.georeference import Georeference, geoparse
from mapgen.places.village_names import with_villages


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return Gazetteer.open()


def read(text: str, places: Gazetteer, country: str | None = None) -> dict[str, Georeference]:
    """Return what each name of a text was resolved to."""
    found = without_far(geoparse(text, [], places, country), text)
    return {r.surface: r for r in with_villages(found, text, [], places).references}


def spot(reference: Georeference) -> tuple[float, float] | None:
    place = reference.place
    return None if place is None else (round(place.lat, 1), round(place.lon, 1))


@pytest.mark.parametrize(
    ("text", "country", "name", "where"),
    [
        (
            "The army took Mahas on Monday, and people fled to Bulo Burde.",
            "SO",
            "Mahas",
            (4.4, 46.1),
        ),
        ("Fighters overran the village of Quionga near Pemba.", "MZ", "Quionga", (-10.6, 40.5)),
        (
            "M23 took Mweso after days of fighting near Kitshanga and Goma.",
            "CD",
            "Mweso",
            (-1.1, 29.0),
        ),
        (
            "Clashes were reported in Minova, Kalehe, South Kivu, near Goma.",
            "CD",
            "Minova",
            (-1.7, 29.0),
        ),
        ("Troops entered Khan Younis and Deir al-Balah.", None, "Deir al-Balah", (31.4, 34.3)),
        ("Families fled to Port-au-Prince and Saint-Marc.", "HT", "Port-au-Prince", (18.5, -72.3)),
        ("Shells fell on Nikopol and Kharkiv on Sunday.", "UA", "Nikopol", (47.6, 34.4)),
    ],
)
def test_a_village_is_found(places, text, country, name, where) -> None:
    assert spot(read(text, places, country)[name]) == where


def test_a_longer_name_said_twice_is_not_the_city_that_it_begins_with(places) -> None:
    text = (
        "Al-Shabaab captured the town of Adan Qoryaweyn in Middle Shabelle on Wednesday. "
        "About 5,500 people left Adan Qoryaweyn for Mahaday."
    )
    found = read(text, places, "SO")
    assert "Adan" not in found
    assert found["Adan Qoryaweyn"].place is None
    assert spot(found["Mahaday"]) == (3.0, 45.5)


def test_a_day_behind_a_city_said_twice_leaves_the_city(places) -> None:
    text = "Houthi missiles hit Aden Monday night. In Aden Monday night shops were closed."
    assert spot(read(text, places, "YE")["Aden"]) == (12.8, 45.0)


def test_the_area_behind_a_comma_is_an_area(places) -> None:
    found = read("Rebels captured Morek, Hama, on Thursday.", places, "SY")
    assert found["Morek"].place is not None
    assert found["Hama"].place is not None
    assert found["Hama"].place.precision == "province"


def test_the_area_behind_an_unknown_village_is_not_its_city(places) -> None:
    found = read("Troops regained Xalqivka Balka, Chernihiv, on Monday.", places, "UA")
    assert found["Xalqivka Balka"].place is None
    assert found["Chernihiv"].place is not None
    assert found["Chernihiv"].place.precision == "province"


@pytest.mark.parametrize(
    "text",
    ["Rebels captured Rastan, Homs and Hama.", "Rebels captured Talbiseh, Rastan, Homs and Hama."],
)
def test_a_list_of_towns_is_no_town_in_an_area(places, text) -> None:
    found = read(text, places, "SY")
    assert found["Homs"].place is not None
    assert found["Homs"].place.precision == "settlement"


def test_one_of_many_of_a_name_is_drawn_only_where_the_text_says_which(places) -> None:
    told = read("Troops captured Andriivka on Friday, officials in Kyiv said.", places, "UA")
    assert told["Andriivka"].place is None
    assert told["Andriivka"].reason == "several places are named Andriivka"


def test_the_area_says_which_one_is_meant(places) -> None:
    found = read("Troops captured Novoselivka, Kharkiv, on Friday.", places, "UA")
    village = found["Novoselivka"].place
    assert village is None or village.admin1 == found["Kharkiv"].place.admin1  # type: ignore[union-attr]


def test_a_village_that_a_neighbour_has_too_is_not_chosen(places) -> None:
    text = (
        "Jihadists attacked Dori, Djibo and Arbinda in the north of Burkina Faso. In Mali the army"
        " held Gao and Kidal. Thousands crossed from Lere to Mauritania."
    )
    lere = read(text, places)["Lere"]
    assert lere.place is None
    assert lere.reason == "Lere may lie in more than one country that the article names"


def test_a_given_name_alone_is_no_village(places) -> None:
    found = read("Omar left Goma on Monday and went to Bukavu with Manuel.", places, "CD")
    assert {"Omar", "Manuel"}.isdisjoint(found)


def test_no_village_is_looked_for_without_a_country(places) -> None:
    assert read("The committee met on Monday and heard Mweso.", places) == {}
    assert read("The committee met on Monday.", places, "CD") == {}


def test_a_name_of_another_country_is_not_moved_there(places) -> None:
    found = read("Insurgents attacked Palma on Saturday. People fled to Pemba.", places, "MZ")
    assert found["Palma"].place is None or found["Palma"].place.country == "MZ"


def test_a_name_put_across_the_border_is_no_village_of_this_side(places) -> None:
    text = (
        "Fighters burnt Farabougou and Nampala in Mali. Most families headed for Fassala and"
        " Bassikounou, across the border in Mauritania."
    )
    found = read(text, places, "ML")
    assert "Fassala" not in found or found["Fassala"].place is None


# What the article says besides, where the lists alone leave a name open.


@pytest.mark.parametrize(
    ("text", "name", "country", "precision", "spot"),
    [
        # only the district is listed: no list has its seat
        (
            "In South Sudan, fighters captured Mayendit on Friday, officials in Bentiu said.",
            "Mayendit",
            "SS",
            "district",
            (8.14, 29.90),
        ),
        (
            "In Myanmar, fighters seized Kunlong on Tuesday, after Lashio.",
            "Kunlong",
            "MM",
            "district",
            (23.42, 98.65),
        ),
        # of several villages, the one in the only province that the article names
        (
            "Troops of the Congolese army took Kalehe on Friday in South Kivu.",
            "Kalehe",
            "CD",
            "settlement",
            (-2.10, 28.92),
        ),
    ],
)
def test_a_name_that_the_article_settles(places, text, name, country, precision, spot) -> None:
    place = read(text, places)[name].place
    assert place is not None
    assert (place.country, place.precision) == (country, precision)
    assert distance_km(place.lat, place.lon, *spot) < 12


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # two provinces are named, and both have a village of the name
        ("Troops took Katale on Friday, after fights in South Kivu and North Kivu.", "Katale"),
        # no district of the country has the name
        (
            "In South Sudan, fighters captured Kunlong on Friday, officials in Bentiu said.",
            "Kunlong",
        ),
    ],
)
def test_a_name_that_the_article_leaves_open(places, text, name) -> None:
    assert read(text, places)[name].place is None


# Wars of the countries packaged later.


@pytest.mark.parametrize(
    ("text", "country", "name", "where"),
    [
        (
            "Gunmen attacked the villages of Pulka and Ngoshe near Gwoza in Borno on Sunday.",
            "NG",
            "Pulka",
            (11.2, 13.8),
        ),
        (
            "Fighters raided Pandanguo and fled towards Witu and Lamu.",
            "KE",
            "Pandanguo",
            (-2.2, 40.5),
        ),
    ],
)
def test_a_village_of_a_later_war_is_found(places, text, country, name, where) -> None:
    assert spot(read(text, places, country)[name]) == where


def test_the_own_village_near_the_other_places_is_no_tie_with_one_far_abroad(places) -> None:
    # Bakara lies beside Maine-Soroa; the two of Nigeria lie 500 km away, in Kano and the south.
    text = (
        "In Niger, gunmen struck Maine-Soroa and Bakara on Monday. Troops in Nigeria held"
        " Maiduguri and Monguno."
    )
    assert spot(read(text, places, "NE")["Bakara"]) == (13.2, 12.2)


def test_a_quarter_is_no_village_far_from_all_that_is_named(places) -> None:
    # Gwange is a quarter of Maiduguri; two villages of that name lie 120 and 240 km away.
    found = read("Blasts hit Gwange on Sunday, police in Maiduguri, Borno, said.", places, "NG")
    assert "Gwange" not in found or found["Gwange"].place is None


def test_below_the_name_of_a_province_its_village_is_meant(places) -> None:
    # Four places in Myanmar are called Chaunggya; one of them lies in Rakhine.
    text = (
        "Northern Shan\n\nThe MNDAA took Kunlong and Hsenwi on Monday.\n\n"
        "Rakhine State\n\nArakan Army fighters attacked the village of Chaunggya on Monday.\n"
    )
    assert spot(read(text, places, "MM")["Chaunggya"]) == (20.1, 93.4)


def test_a_village_near_by_is_no_town_of_like_letters_far_away(places) -> None:
    # Gobiye lies beside Robit and Weldiya; Goba, 540 km to the south, has the same consonants.
    text = "The administration told families in Gobiye and Robit, north of Weldiya, to leave."
    assert spot(read(text, places, "ET")["Gobiye"]) == (11.9, 39.7)
