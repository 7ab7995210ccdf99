"""A village whose name nothing else in its country has is meant, however far the rest lies.

Positions are those of GeoNames, rounded to a tenth of a degree.
"""

from __future__ import annotations

import pytest
from coding_kit import gazetteer

from mapgen.model import Article
from mapgen.places.geoparsing import find_toponyms


def _at(name: str, text: str, country: str | None = None) -> tuple[float, float] | None:
    found = find_toponyms([Article(id="x", text=text, country=country)], gazetteer())
    [first, *_] = [t for t in found if t.surface == name]
    if first.lat is None or first.lon is None:
        return None
    return round(first.lat, 1), round(first.lon, 1)


FAR = [
    (
        "Mondoro",
        "BAMAKO, Mali - Rebels withdrew to Douentza. Further south, gunmen attacked the army camp "
        "at Mondoro on Monday but were beaten back.",
        (14.7, -2.0),
    ),
    (
        "Humera",
        "ADDIS ABABA, Ethiopia - Fighting went on near Gondar and Debark. In the far north-west, "
        "Amhara forces still hold Humera.",
        (14.3, 36.6),
    ),
    (
        "Amerli",
        "BAGHDAD, Iraq - Soldiers left Kirkuk and Tikrit. The militants shelled Amerli again on "
        "Friday.",
        (34.7, 44.6),
    ),
]


@pytest.mark.parametrize(("name", "text", "point"), FAR)
def test_the_only_village_of_a_name_is_meant(
    name: str, text: str, point: tuple[float, float]
) -> None:
    assert _at(name, text) == point


NOT_MEANT = [
    # beside the city, while several villages of the name lie far from it
    ("Khair Abad", "People from Kunduz camp in Kabul, some in two schools in Khair Abad.", "AF"),
    # part of a longer name
    ("Sharif", "The Taliban left Kunduz and closed in on Mazar-i-Sharif on Friday.", "AF"),
    # the brackets put it in a province that is not this country's
    ("Murambi", "Rebels left Goma. Refugees died at Murambi (Cibitoke) on 22 October.", "CD"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "country"), NOT_MEANT)
def test_a_chance_namesake_is_not_meant(name: str, text: str, country: str) -> None:
    found = find_toponyms([Article(id="x", text=text, country=country)], gazetteer())
    assert not [t for t in found if t.surface == name and t.lat is not None]


def test_a_country_that_opens_a_clause_is_not_where_the_town_before_it_lies() -> None:
    text = (
        "Siege tightens on Djibo, Niger loses a garrison\n\nOUAGADOUGOU, Burkina Faso - The army "
        "in Djibo has had no supplies since May, and soldiers left a post in Niger."
    )
    assert _at("Djibo", text) == (14.1, -1.6)
    assert _at("Zhibo", "OUAGADOUGOU - Soldiers left Zhibo, Niger on Monday.") is None


TOWN_OR_PROVINCE = [
    ("Jihadists attacked Mopti. Fighting in Mopti region goes on.", "Mopti", "ML", "iso:ML-5"),
    ("The army left Marib. Clashes went on in Marib province.", "Marib", "YE", "iso:YE-MA"),
    ("The gangs burnt houses in Centre department.", "Centre", "HT", "iso:HT-CE"),
]


@pytest.mark.parametrize(("text", "name", "country", "area"), TOWN_OR_PROVINCE)
def test_the_word_behind_a_name_asks_for_the_province(
    text: str, name: str, country: str, area: str
) -> None:
    found = find_toponyms([Article(id="x", text=text, country=country)], gazetteer())
    assert [t.place_id for t in found if t.surface == name][-1] == area
    towns = [t.precision for t in found if t.surface == name][:-1]
    assert set(towns) <= {"settlement"}


def test_the_town_where_only_a_ministry_speaks_vouches_for_no_village() -> None:
    text = (
        "Fighters took the Goojacade and Maraaga bases outside Laas Caanood on Friday. The "
        "Ministry of Defence in Hargeysa called it a tactical withdrawal. Garoowe was quiet."
    )
    assert _at("Laas Caanood", text, "SO") == (8.5, 47.4)
    assert not [
        t
        for t in find_toponyms([Article(id="x", text=text, country="SO")], gazetteer())
        if t.surface == "Maraaga" and t.lat is not None
    ]


NOT_BY_DATELINE = [
    "YANGON, 12 February 2024. Fighters attacked Bhamo on Friday. In Sagaing, others seized Kawlin "
    "on Saturday and hold Pinlebu.",
    "YANGON, 12 February 2024. Fighters seized Kawlin on Saturday. Troops fled to Kanbalu.",
]


@pytest.mark.parametrize("text", NOT_BY_DATELINE)
def test_the_metropolis_of_a_dateline_vouches_for_no_town_beside_it(text: str) -> None:
    # a town of nearly this name, Kalein, lies 25 km from Yangon
    assert _at("Kawlin", text) == (23.8, 95.7)


NEWS_SPELLINGS = [
    ("Beiji", "Iraqi forces entered Beiji on Friday.", "IQ", (34.9, 43.5)),
    ("Odaisseh", "Israeli troops entered Odaisseh on Friday.", "LB", (33.3, 35.5)),
    ("Old Fangak", "The hospital in Old Fangak was bombed.", "SS", (9.1, 30.9)),
    ("Ninewa", "Thousands fled villages in Ninewa.", "IQ", (36.0, 42.5)),
    ("Nawnghkio", "The army entered Nawnghkio on Friday.", "MM", (22.3, 96.8)),
    ("Um Ruwaba", "People fled to Um Ruwaba.", "SD", (12.9, 31.2)),
    ("en-Nahud", "The RSF captured en-Nahud on Friday.", "SD", (12.7, 28.4)),
    ("Metoro", "Families fled to Metoro.", "MZ", (-13.1, 39.9)),
    ("Baalbek-Hermel", "Strikes hit the Baalbek-Hermel governorate.", "LB", (34.2, 36.3)),
    ("Kobo", "Fighters took Kobo on Friday.", "ET", (12.2, 39.6)),
    ("Shewa Robit", "Fighting reached Shewa Robit.", "ET", (10.0, 39.9)),
    ("Palma", "Insurgents attacked Palma on Friday.", "MZ", (-10.8, 40.5)),
    ("Komanda", "The ADF attacked Komanda on Friday.", "CD", (1.4, 29.8)),
    ("Pauktaw", "The Arakan Army entered Pauktaw and Minbya.", "MM", (20.2, 93.1)),
    ("Momauk", "People fled to Momauk.", "MM", (24.3, 97.3)),
    ("Tawila", "Families fled to Tawila.", "SD", (13.5, 24.9)),
    ("Mazar-i-Sharif", "The Taliban entered Mazar-i-Sharif.", "AF", (36.7, 67.1)),
    ("Al-Dhale", "Houthi shells hit Al-Dhale.", "YE", (13.7, 44.7)),
    ("Akkar", "Families fled to villages in Akkar.", "LB", (34.5, 36.1)),
]


@pytest.mark.parametrize(("name", "text", "country", "point"), NEWS_SPELLINGS)
def test_names_as_the_news_spell_them(
    name: str, text: str, country: str, point: tuple[float, float]
) -> None:
    assert _at(name, text, country) == point
