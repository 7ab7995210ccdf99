"""Names in reports of one or two sentences: small towns, areas beside them, names of no place.

The sentences are our own and about invented events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from mapgen.model import Article
from mapgen.places.geoparsing import find_toponyms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapgen.places.toponyms import ToponymRecord


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


def found(text: str, gazetteer: Gazetteer, country: str | None = None) -> list[ToponymRecord]:
    """Return the places of a text, in order; those that are not found too."""
    records = find_toponyms([Article(id="x", text=text, country=country)], gazetteer)
    return [r for r in records if r.type == "place"]


def placed(text: str, gazetteer: Gazetteer, country: str | None = None) -> list[str]:
    """Return the names that have a place."""
    return [r.surface for r in found(text, gazetteer, country) if r.place_id is not None]


@pytest.mark.parametrize(
    ("text", "name", "lat", "lon"),
    [
        ("Shells fell on the market of Toretsk, a mining town in Ukraine.", "Toretsk", 48.4, 37.8),
        ("Militiamen burnt a clinic in Kutum, in North Darfur.", "Kutum", 14.2, 24.7),
        ("A convoy was ambushed near Aru, in Ituri.", "Aru", 2.9, 30.8),
        ("Soldiers left their post in Djibo, in the north of Burkina Faso.", "Djibo", 14.1, -1.6),
        ("Police found a mass grave in Lashio, in Myanmar's Shan state.", "Lashio", 22.9, 97.8),
    ],
)
def test_small_town_of_the_country_that_the_sentence_names(
    text: str, name: str, lat: float, lon: float, gazetteer: Gazetteer
) -> None:
    record = next(r for r in found(text, gazetteer) if r.surface == name)
    assert (record.lat, record.lon) == (pytest.approx(lat, abs=0.1), pytest.approx(lon, abs=0.1))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In Ukraine, Umerov said that the talks went on.", "Umerov"),
        ("Mr Lyman spoke to reporters in Ukraine.", "Lyman"),
        ("The nurse Aden Duale spoke in Somalia.", "Aden"),
        ("A bridge near Mosul was mined, the army said.", "A bridge"),
        ("The Wagner group left Mali.", "Wagner"),
    ],
)
def test_persons_and_things_stay_no_places(text: str, name: str, gazetteer: Gazetteer) -> None:
    assert name not in placed(text, gazetteer)


def test_place_lies_in_the_area_behind_it(gazetteer: Gazetteer) -> None:
    """Ivanivka is a name of dozens; the one of another province is not it."""
    text = "Russian forces took Ivanivka, Luhansk."
    records = {r.surface: r for r in found(text, gazetteer, "UA")}
    assert records["Luhansk"].place_id == "iso:UA-09"
    assert records["Ivanivka"].place_id is None or records["Ivanivka"].country == "UA"
    lat, lon = records["Ivanivka"].lat, records["Ivanivka"].lon
    assert lat is None or (lon is not None and 37.8 < lon < 40.3)


@pytest.mark.parametrize(
    ("text", "country", "name", "area"),
    [
        ("Fighters seized Kairo, Rutshuru territory, North Kivu.", "CD", "Kairo", "Rutshuru"),
        ("The army retook Sahara, Idlib.", "SY", "Sahara", "Idlib"),
    ],
)
def test_place_of_another_country_is_not_in_the_area_stated(
    text: str, country: str, name: str, area: str, gazetteer: Gazetteer
) -> None:
    records = {r.surface: r for r in found(text, gazetteer, country)}
    assert records[area].country == country
    assert name not in records or records[name].country in {None, country}


def test_place_said_to_be_near_another_is_near_it(gazetteer: Gazetteer) -> None:
    """The town once named Novooleksandrivka, Melitopol, is 240 km from Bakhmut."""
    text = "Two shells landed at Novooleksandrivka, west of Popasna in Ukraine."
    records = {r.surface: r for r in found(text, gazetteer)}
    lon = records["Novooleksandrivka"].lon
    assert lon is None or 38.0 < lon < 39.0


def test_name_that_begins_a_longer_one_is_another_place(gazetteer: Gazetteer) -> None:
    text = "A mine killed a driver at Mafraq al Jubah, in Yemen's Marib province."
    assert "JO" not in {r.country for r in found(text, gazetteer)}


@pytest.mark.parametrize(
    ("text", "name", "times"),
    [
        ("The army took Sake, near Goma. Families returned to Sake on Sunday.", "Sake", 2),
        ("Rebels entered Lyman in Donetsk oblast. Many went back to Lyman later.", "Lyman", 2),
        ("Gunmen seized al-Asabaa in Libya. The militia still holds al-Asabaa.", "al-Asabaa", 2),
        ("Troops entered Tal Tamer in Syria. Tal Tamer was quiet by night.", "Tal Tamer", 2),
        (
            "The army took Sake, near Goma. A beer of Sake Brewery was drunk.",
            "Sake",
            1,
        ),
    ],
)
def test_name_found_once_is_found_wherever_it_stands(
    text: str, name: str, times: int, gazetteer: Gazetteer
) -> None:
    assert placed(text, gazetteer).count(name) == times


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The Doha agreement was signed, and shells hit Kunduz in Afghanistan.",
            {"Kunduz", "Afghanistan"},
        ),
        ("Under the Dayton Accords the Bosnian town of Tuzla stayed open.", {"Tuzla"}),
        ("Marburg virus was found in Bukoba, in Tanzania.", {"Bukoba", "Tanzania"}),
        ("Rift Valley fever killed goats in Wajir, in Kenya.", {"Wajir", "Kenya"}),
        ("The Nepal Red Crescent fed 300 families in Pokhara.", {"Pokhara"}),
        ("DRC teams and NRC gave cash in Kandahar, in Afghanistan.", {"Kandahar", "Afghanistan"}),
        ("The Danish Refugee Council left Juba. DRC will return.", {"Juba"}),
        ("Talks on the Sudan peace process opened in Geneva.", {"Sudan", "Geneva"}),
        (
            "DRC closed its border with Rwanda; Congolese traders left Goma.",
            {"DRC", "Rwanda", "Goma"},
        ),
    ],
)
def test_agreements_diseases_and_bodies_are_no_places(
    text: str, names: set[str], gazetteer: Gazetteer
) -> None:
    assert set(placed(text, gazetteer)) == names


def test_word_that_opens_a_sentence_is_no_part_of_a_name(gazetteer: Gazetteer) -> None:
    text = "At Kakuma, rations were cut. Dadaab and Kalobeyei in Kenya wait too."
    assert "At Kakuma" not in placed(text, gazetteer)


def test_zone_named_after_a_town_is_no_town(gazetteer: Gazetteer) -> None:
    """ "South Wollo zone" and "North Gondar zone" hold towns; the town of the name is elsewhere."""
    records = found("Militiamen took Debark, North Gondar zone, in Ethiopia.", gazetteer)
    zone = next(r for r in records if "Gondar" in r.surface)
    assert (zone.surface, zone.place_id) == ("North Gondar", "feature:north-gondar-et")
    assert next(r for r in records if r.surface == "Debark").precision == "settlement"


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("The band Mile played in Prague.", None, "Mile"),
        ("Herders brought yaks from Pamir to Murghab in Tajikistan.", "TJ", "Pamir"),
        ("A ship left Kobe for Osaka in Japan.", "JP", "Kobe"),
    ],
)
def test_camp_is_found_only_in_its_country(
    text: str, country: str | None, name: str, gazetteer: Gazetteer
) -> None:
    ids = {r.surface: r.place_id or "" for r in found(text, gazetteer, country)}
    assert "camp" not in ids.get(name, "")


def test_camp_is_found_where_the_text_is_about_its_country(gazetteer: Gazetteer) -> None:
    text = "Somali refugees wait for water in Kobe and Melkadida, in Ethiopia."
    ids = {r.surface: r.place_id for r in found(text, gazetteer, "ET")}
    assert ids["Kobe"] == "supplement:kobe-camp"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In Shire, clinics have no insulin. Adwa, in Ethiopia, has some.", "Shire"),
        ("In Kayes, in Mali, a bridge was blown up.", "Kayes"),
    ],
)
def test_preposition_that_is_a_given_name_too(text: str, name: str, gazetteer: Gazetteer) -> None:
    assert name in placed(text, gazetteer)
