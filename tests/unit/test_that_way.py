"""A small town far out in the direction stated is meant; a name in one word is no name in two.

Positions are those of GeoNames and Wikipedia, rounded to a tenth of a degree.
"""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.coding.english.article_context import context_of
from mapgen.model import Article
from tests.unit.coding_kit import gazetteer


def found(text: str, country: str) -> dict[str, tuple[str | None, float, float]]:
    """Return the country and the point of each name that has a place, the last one of a name."""
    article = Article(id="a", text=text, country=country, published_on=date(2024, 10, 20))
    references = context_of(article, gazetteer()).found.references
    return {
        r.surface: (r.place.country, round(r.place.lat, 1), round(r.place.lon, 1))
        for r in references
        if r.place is not None
    }


@pytest.mark.parametrize(
    ("text", "country", "name", "place"),
    [
        # 100 km away, but that way
        ("Gunmen killed 58 people near Banibangou, north of Ouallam.", "NE", "Banibangou",
         ("NE", 15.0, 2.7)),
        # the other way: it lies somewhere south of Ouallam
        ("Gunmen killed 58 people near Banibangou, south of Ouallam.", "NE", "Banibangou",
         ("NE", 14.2, 2.1)),
        # no region of Burkina Faso
        ("Many fled Sirba, north of El Geneina, for Adre in Chad.", "SD", "Sirba",
         ("SD", 13.6, 22.4)),
        # not Nam-hsan beside Lashio
        ("The TNLA took Namhsan, Kutkai and Lashio.", "MM", "Namhsan", ("MM", 23.0, 97.2)),
        ("The TNLA took Namhkan, Kutkai and Lashio.", "MM", "Namhkan", ("MM", 23.8, 97.7)),
        # the town of Lubero, not a point in the park of Virunga
        ("Families fled Kanyabayonga for Kirumba and Lubero.", "CD", "Kirumba", ("CD", -0.6, 29.2)),
        ("Some 900 people fled Rihkhawdar for Zokhawthar in India.", "MM", "Zokhawthar",
         ("IN", 23.4, 93.4)),
    ],
)  # fmt: skip
def test_which_place_is_meant(text, country, name, place) -> None:
    assert found(text, country)[name] == place


@pytest.mark.parametrize(
    ("text", "country", "name", "unit"),
    [
        ("Drones struck Kyiv region on Monday.", "UA", "Kyiv", "iso:UA-32"),
        ("The Kyiv oblast was quiet.", "UA", "The Kyiv", "iso:UA-32"),
        ("Police closed roads in Minsk region.", "BY", "Minsk", "iso:BY-MI"),
        ("Drones struck Kursk region on Monday.", "RU", "Kursk", "iso:RU-KRS"),
        ("Drones struck Kyiv on Monday.", "UA", "Kyiv", "geonames:703448"),
    ],
)
def test_a_region_is_around_the_city_of_its_name(text, country, name, unit) -> None:
    article = Article(id="a", text=text, country=country, published_on=date(2024, 10, 20))
    references = context_of(article, gazetteer()).found.references
    assert {r.surface: r.place.id for r in references if r.place}[name] == unit


def test_of_two_names_in_more_words_neither_is_meant() -> None:
    assert "Mantong" not in found("The TNLA took Mantong, Namhkam and Kutkai.", "MM")


def test_a_direction_behind_a_list_is_of_its_last_name() -> None:
    assert "Wanqqar" not in found("Fighters seized Wanqqar and Kutkai, north of Lashio.", "MM")
    both = found("Fighters seized Wanqqar and Kutkai, both north of Lashio.", "MM")
    assert both["Wanqqar"] == ("MM", 23.0, 97.7)
