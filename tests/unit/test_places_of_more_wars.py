"""Towns and villages of wars, as the news spells them, are found where they lie."""

from __future__ import annotations

import pytest
from coding_kit import extract, gazetteer

from gazetteer.ukrainian import is_cyrillic, romanised, with_romanised
from mapgen.model import Article
from mapgen.places.geoparsing import find_toponyms


def places(text: str, country: str | None = None) -> dict[str, str | None]:
    """Return the place ids of a text by their surfaces."""
    found = find_toponyms([Article(id="a", text=text, country=country)], gazetteer())
    return {r.surface: r.place_id for r in found if r.type == "place"}


WEST_BANK = "feature:west-bank"


def test_the_west_bank_is_a_place_and_its_towns_are_palestinian() -> None:
    text = "Israeli forces raided Hebron and Jericho on Monday, in the West Bank."
    assert places(text) == {
        "Hebron": "geonames:285066",
        "Jericho": "geonames:284899",
        "West Bank": WEST_BANK,
    }


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers shot two men in the northern West Bank on Monday.",
        "WEST BANK: soldiers shot two men in Jenin on Monday.",
        "Soldiers shot two men in the West Bank city of Jenin.",
    ],
)
def test_the_west_bank_in_news(text: str) -> None:
    assert WEST_BANK in places(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "Russian troops left the West Bank of the Dnipro near Kherson.",
        "Troops crossed to the west bank near Kherson.",
        "The family walked along the west bank of the Jordan.",
    ],
)
def test_the_bank_of_a_river_is_no_west_bank(text: str) -> None:
    assert WEST_BANK not in places(text).values()


def test_who_raids_a_town_of_the_west_bank_is_drawn_there() -> None:
    text = "Israeli forces raided Jenin in the occupied West Bank on Monday, killing three people."
    spots = {(p.name, round(p.lat, 1)) for c in extract(text, None).claims for p in c.places}
    assert ("Janīn", 32.5) in spots


# As the news spells them, with the place meant; "Rebels captured X on Monday, in COUNTRY."
HEARD = [
    ("Ain Issa", "Syria", "geonames:172134"),
    ("Hamouriyah", "Syria", "geonames:169958"),  # no Al Hamra of Hama, which has its consonants
    ("Dhuluiya", "Iraq", "geonames:99750"),
    ("Suleiman Bek", "Iraq", "geonames:90558"),
    ("Karabila", "Iraq", "geonames:99180"),  # on the border of Syria, not the province of Karbala
    ("Jurf al-Sakhar", "Iraq", "geonames:95069"),
    ("Maroun al-Ras", "Lebanon", "geonames:271090"),
    ("Dhayra", "Lebanon", "geonames:280729"),
    ("Labweh", "Lebanon", "geonames:279662"),
    ("Zawaida", "the Gaza Strip", "geonames:7870299"),
]


@pytest.mark.parametrize(("name", "country", "place"), HEARD)
def test_a_name_is_found_as_its_writer_heard_it(name: str, country: str, place: str) -> None:
    assert places(f"Fighters captured {name} on Monday, in {country}.")[name] == place


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Police captured Saif al-Islam on Monday, in Libya.", "Saif al-Islam"),
        ("Police captured Abu Hamza al-Masri in Syria.", "Abu Hamza al-Masri"),
        ("The Wunaliet Brigade met in Juba, South Sudan.", "Wunaliet"),
        ("Syria released Rima Karam on Monday.", "Rima Karam"),
    ],
)
def test_a_person_is_no_village_that_sounds_alike(text: str, name: str) -> None:
    assert places(text).get(name) is None


ROMANISED = [
    ("Масютівка", "Masiutivka"),
    ("Згурівка", "Zghurivka"),
    ("Юнаківка", "Yunakivka"),
    ("Куп'янськ-Вузловий", "Kupiansk-Vuzlovyi"),
]


@pytest.mark.parametrize(("cyrillic", "latin"), ROMANISED)
def test_ukrainian_names_in_latin_letters(cyrillic: str, latin: str) -> None:
    assert romanised(cyrillic) == latin


def test_only_ukrainian_letters_are_written_so() -> None:
    assert with_romanised(["Masyutivka", "Масютівка"], "UA")[-1] == "Masiutivka"
    assert with_romanised(["Масютівка"], "RU") == ["Масютівка"]
    assert not is_cyrillic("Объезд")  # Russian
    assert not is_cyrillic("Kyiv")


@pytest.mark.parametrize(
    ("name", "oblast", "place"),
    [
        ("Masiutivka", "Kharkiv", "geonames:813241"),
        ("Tabaivka", "Kharkiv", "geonames:691967"),
        ("Starytsia", "Kharkiv", "geonames:692838"),
        ("Vasiukivka", "Donetsk", "geonames:690321"),
        ("Kostiantynivka", "Sumy", "geonames:705096"),  # not the town in Donetsk region
        ("Kostiantynivka", "Donetsk", "geonames:705104"),
        ("Makiivka", "Donetsk", "geonames:702320"),
    ],
)
def test_a_village_of_the_region_stated(name: str, oblast: str, place: str) -> None:
    text = f"Russian forces captured {name} in {oblast} region on Monday, Ukraine said."
    assert places(text)[name] == place


@pytest.mark.parametrize(("name", "oblast"), [("Heorhiivka", "Donetsk"), ("Bohdanivka", "Donetsk")])
def test_one_of_several_villages_of_the_region_stated_is_open(name: str, oblast: str) -> None:
    text = f"Russian forces captured {name} in {oblast} region on Monday, Ukraine said."
    assert places(text)[name] is None


def test_without_a_region_the_town_of_another_spelling_gives_way_to_villages_so_named() -> None:
    assert places("Russian forces captured Bilovody, in Ukraine.")["Bilovody"] == "geonames:712519"


# One sentence each, with the place that the name means there.
OF_WARS = [
    ("Georgian troops left Nuli and Avnevi, in Georgia.", "Avnevi", (42.19, 43.88)),
    ("Russian troops entered Karaleti on Monday, in Georgia.", "Karaleti", (42.06, 44.10)),
    ("Militants attacked Tukanalipao, in the Philippines.", "Tukanalipao", (6.93, 124.51)),
    ("Rebels attacked Indanan, in the Philippines.", "Indanan", (5.98, 120.99)),
    ("Gunmen attacked Gihanga, in Burundi.", "Gihanga", (-3.19, 29.31)),
    ("Rebels attacked Nyanza-Lac, in Burundi.", "Nyanza-Lac", (-4.35, 29.60)),
    ("Gunmen attacked Kitabi, in Rwanda.", "Kitabi", (-2.53, 29.43)),
    ("Rebels took La Gabarra, in Colombia.", "La Gabarra", (9.00, -72.91)),
    ("Israeli strikes hit Blida, in Lebanon.", "Blida", (33.14, 35.52)),
    ("Israeli strikes hit Nabatiyeh on Monday, in Lebanon.", "Nabatiyeh", (33.38, 35.48)),
    ("Soldiers raided Nur Shams, in the West Bank.", "Nur Shams", (32.32, 35.07)),
    ("Soldiers raided Dheisheh, in the West Bank.", "Dheisheh", (31.69, 35.19)),
    ("Azerbaijani forces took Sugovushan, in Azerbaijan.", "Sugovushan", (40.33, 46.75)),
    ("Azerbaijani forces shelled Stepanakert.", "Stepanakert", (39.82, 46.75)),
    ("Soldiers shelled Jaffna on Monday, in Sri Lanka.", "Jaffna", (9.67, 80.01)),
    ("A bomb exploded in Iligan, in the Philippines.", "Iligan", (8.23, 124.24)),
    ("Rebels captured Rajo, in Syria.", "Rajo", (36.68, 36.66)),
    ("Militants captured Telskuf, in Iraq.", "Telskuf", (36.60, 43.11)),
]


@pytest.mark.parametrize(("text", "name", "spot"), OF_WARS)
def test_towns_and_villages_of_wars(text: str, name: str, spot: tuple[float, float]) -> None:
    found = find_toponyms([Article(id="a", text=text)], gazetteer())
    [(lat, lon, precision)] = {(r.lat, r.lon, r.precision) for r in found if r.surface == name}
    assert precision in {"settlement", "site"}
    assert abs(lat - spot[0]) < 0.1
    assert abs(lon - spot[1]) < 0.1


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Floods hit Blida on Monday, in Algeria.", "Blida", "geonames:2503769"),
        ("Gunmen attacked Karma on Monday, in Burkina Faso.", "Karma", "geonames:2359660"),
        ("The army controls Jaffna district, in Sri Lanka.", "Jaffna", "geonames:1242831"),
        ("Police patrolled Saida on Monday, in Lebanon.", "Saida", "geonames:268064"),
        ("Police patrolled Saida on Monday, in Algeria.", "Saida", "geonames:2482572"),
        ("The United States said its envoy met leaders in London.", "London", "geonames:2643743"),
        ("Ariel Sharon met ministers in Jerusalem.", "Ariel", None),
        ("The Gupta family met in Delhi, India.", "Gupta", None),
    ],
)
def test_a_namesake_elsewhere_keeps_its_place(text: str, name: str, place: str | None) -> None:
    assert places(text).get(name) == place


@pytest.mark.parametrize(
    ("unit", "town"),
    [
        ("iso:LK-41", "geonames:1242833"),  # Jaffna, of which GeoNames names no unit
        ("iso:AZ-XA", "geonames:146970"),  # Stepanakert, by GeoNames in the district around it
        ("ne:1159317215", "geonames:1711084"),  # Iligan, a unit without a code
        ("iso:CO-NAR", None),  # the village of Nariño
        ("iso:BR-GO", None),  # the old town of Goiás
        ("iso:US-IL", None),
    ],
)
def test_the_town_that_a_unit_is_named_after(unit: str, town: str | None) -> None:
    found = [n.id for n in gazetteer().namesakes(gazetteer().get(unit).name) if n.seat_of == unit]
    assert found == ([town] if town else [])
