"""A place is not the one of its name that the text tells it apart from, nor one next door.

Positions are those of GeoNames, rounded to a tenth of a degree.
"""

from __future__ import annotations

import pytest
from coding_kit import gazetteer

from gazetteer.azerbaijani import in_english, with_news_spellings
from mapgen.model import Article
from mapgen.places.geoparsing import find_toponyms
from mapgen.places.role_phrases import country_said
from mapgen.places.set_apart import names_set_apart


def _places(text: str, country: str | None = None) -> list[tuple[str, str | None]]:
    """Return the places of a text in reading order, with their ids."""
    found = find_toponyms([Article(id="a", text=text, country=country)], gazetteer())
    return [(r.surface, r.place_id) for r in found if r.type == "place"]


TRIPOLI = "geonames:2210247"
BARA = "geonames:377724"


def test_the_namesake_that_is_not_to_be_confused_is_no_place() -> None:
    text = (
        "Militias shelled Tajura on Monday and rockets hit Tripoli, which should not be mistaken "
        "for the Tripoli in Lebanon where many Libyans live. People fled Tripoli for Zawiya."
    )
    found = _places(text)
    assert [i for name, i in found if name == "Tripoli"] == [TRIPOLI, TRIPOLI]
    assert "Lebanon" not in dict(found)


def test_the_village_that_is_not_meant_is_no_place() -> None:
    text = (
        "The RSF took Bara (the town in North Kordofan, not the village of Bara near Nyala) on "
        "Monday and shelled El Obeid."
    )
    found = _places(text, "SD")
    assert [i for name, i in found if name == "Bara"] == [BARA]


@pytest.mark.parametrize(
    "text",
    [
        "The army holds the road near Homs but not the town of Rastan.",
        "Rebels took the hills, not the village of Kafr Nabl, on Monday.",
        "The army was confused. Rebels took Rastan with the help of Homs.",
        "Residents of Morek said it was not the army but rebels who came from Hama.",
    ],
)
def test_a_place_that_was_not_taken_is_a_place(text: str) -> None:
    assert names_set_apart(text) == []


def test_the_village_amid_what_is_told_is_no_town_next_door() -> None:
    text = (
        "Azerbaijani troops shelled Hadrut and Aygestan on Monday. People fled to Goris, in "
        "Armenia."
    )
    found = dict(_places(text, "AZ"))
    assert found["Aygestan"] == "geonames:412751"  # 2 km from Hadrut
    assert found["Goris"] == "geonames:174895"


def test_the_town_next_door_is_meant_amid_its_own_places() -> None:
    text = "Shells fell on Artashat and on Aygestan in Armenia on Monday."
    assert dict(_places(text))["Aygestan"] == "geonames:616849"


def test_a_city_abroad_stays_a_city_abroad() -> None:
    text = "Rebels took Mayadin and Hajin on Monday. Fighters had come from Mosul, in Iraq."
    assert dict(_places(text, "SY"))["Mosul"] == "geonames:99072"


def test_the_province_in_brackets_is_that_around_the_town_abroad() -> None:
    text = (
        "The army shelled Mayadin. One of the dead came from Mosul (the city in Nineveh), another "
        "from Hajin."
    )
    assert dict(_places(text, "SY"))["Nineveh"] == "iso:IQ-NI"


def test_a_village_in_brackets_is_no_province_abroad() -> None:
    text = "The army shelled Mayadin. Fighters came from Mosul (and Hajin) on Monday."
    assert dict(_places(text, "SY"))["Hajin"] == "geonames:174506"


@pytest.mark.parametrize(
    ("own", "news"),
    [
        ("Qoçəhmədli", "Gochahmadli"),
        ("Çıraquz", "Chiraguz"),
        ("İşıqlı", "Ishigli"),
        ("Ağdam", "Aghdam"),
        ("Yuxarı Seyidəhmədli", "Yukhari Seyidahmadli"),
        ("Xan-Kəndi", "Khan-Kandi"),
    ],
)
def test_azerbaijani_names_as_english_news_writes_them(own: str, news: str) -> None:
    assert in_english(own) == news
    assert with_news_spellings([own], "AZ") == [own, news]


def test_only_names_in_the_alphabet_of_azerbaijan_are_written_anew() -> None:
    assert with_news_spellings(["Şişli", "Cizre"], "TR") == ["Şişli", "Cizre"]
    assert with_news_spellings(["Martuni", "Мартуни"], "AZ") == ["Martuni", "Мартуни"]


def test_villages_of_azerbaijan_are_found_as_news_writes_them() -> None:
    text = "Azerbaijani troops took Ishigli, Govshatli and Gochahmadli near Fuzuli on Monday."
    found = dict(_places(text, "AZ"))
    assert found["Gochahmadli"] == "geonames:147725"
    assert found["Govshatli"] == "geonames:148030"
    assert found["Ishigli"] == "geonames:147974"


def test_the_country_said_behind_a_name() -> None:
    text = "Syrian rebels shelled Qusayr. At Arsal, the Lebanese border town, soldiers dug a ditch."
    assert ("Arsal", "geonames:273675") in _places(text, "SY")


@pytest.mark.parametrize(
    ("text", "start", "country"),
    [
        ("Qaim, the Iraqi border town, is quiet", 0, "IQ"),
        ("al-Qaim, an Iraqi town", 0, "IQ"),
        ("Damascus and Beirut, the Lebanese capital", 0, None),
        ("Rastan, where the Turkish town council met", 0, None),
        ("Rastan, the Turkish army said", 0, None),
    ],
)
def test_which_country_is_said(text: str, start: int, country: str | None) -> None:
    assert country_said(text, start) == country


def test_at_before_a_name_is_no_part_of_it() -> None:
    text = "Rebels left Rastan on Monday. At Homs, two people were killed."
    assert [name for name, _ in _places(text, "SY")] == ["Rastan", "Homs"]


def test_a_feast_is_no_place() -> None:
    text = "Rebels took Rastan around Christmas and Homs in Ramadan; Hama fell after Eid."
    assert [name for name, _ in _places(text, "SY")] == ["Rastan", "Homs", "Hama"]
