"""A province that heads a paragraph says which of several places of one name is meant.

Positions are those of GeoNames, rounded to a tenth of a degree.
"""

from __future__ import annotations

from datetime import date

import pytest

from mapgen.coding.english.article_context import context_of
from mapgen.model import Article
from tests.unit.coding_kit import gazetteer

HEAD = "Myanmar this week\nYANGON, Myanmar, 20 October 2024\n\n"


def found(text: str, country: str) -> dict[str, tuple[float, float] | None]:
    """Return the point of each name, the last one of a name; None if it has none."""
    article = Article(id="a", text=text, country=country, published_on=date(2024, 10, 20))
    references = context_of(article, gazetteer()).found.references
    return {
        r.surface: None if r.place is None else (round(r.place.lat, 1), round(r.place.lon, 1))
        for r in references
    }


@pytest.mark.parametrize(
    ("text", "name", "point"),
    [
        # four places bear the name, one of them in Rakhine
        (
            "KACHIN. The KIA shelled Momauk.\n\nRAKHINE. Fighters of the Arakan Army shot at "
            "the post in Chaunggya on Friday. Troops came from Sittwe.",
            "Chaunggya",
            (20.1, 93.4),
        ),
        # an island that the outline of its province leaves out
        (
            "KACHIN. The KIA shelled Momauk.\n\nRAKHINE. Soldiers burned Bawdri village.",
            "Bawdri",
            (20.1, 93.0),
        ),
        # the only one listed lies near Yangon
        (
            "KACHIN. The KIA shelled Momauk.\n\nSAGAING. Soldiers burned Pokthinnyo on Friday "
            "after a raid in Yinmabin.",
            "Pokthinnyo",
            None,
        ),
        # the heading is that of the province, as others are, though a town bears its name
        (
            "KACHIN. The KIA shelled Momauk.\n\nMAGWAY. Soldiers burned Pokthinnyo village on "
            "Friday.",
            "Pokthinnyo",
            None,
        ),
        # known by its name alone: soldiers of a section may come from a town far from it
        (
            "RAKHINE. Fighters of the Arakan Army took Ann on Friday. Troops had come from "
            "Meiktila.",
            "Meiktila",
            (20.9, 95.9),
        ),
        # the section names another area, in which it lies
        (
            "RAKHINE. The army shelled Ann. In Yangon region, soldiers burned Pokthinnyo.",
            "Pokthinnyo",
            (17.3, 96.1),
        ),
        # what it is near to leads
        (
            "RAKHINE. The army shelled Ann. Soldiers burned Pokthinnyo, near Taikkyi.",
            "Pokthinnyo",
            (17.3, 96.1),
        ),
        # a paragraph without a heading is in no section
        (
            "RAKHINE. The army shelled Ann.\n\nElsewhere, soldiers near Bago burned Pokthinnyo.",
            "Pokthinnyo",
            (17.3, 96.1),
        ),
    ],
)
def test_a_heading_in_a_paragraph_leads(text, name, point) -> None:
    assert found(HEAD + text + "\n", "MM")[name] == point


@pytest.mark.parametrize(
    ("text", "country", "name", "point"),
    [
        # the city of Egypt is no place 19 km from Wad Madani, wherever the name stands
        (
            "Shells fell on Tanta, about 19 kilometres north-west of Wad Madani, and Egypt asked "
            "for calm. The RSF still held Tanta.",
            "SD",
            "Tanta",
            (14.5, 33.4),
        ),
        ("Drones struck Tanta, north-west of Wad Madani, and Rufaa.", "SD", "Tanta", (14.5, 33.4)),
        # no such place is known there: it lies somewhere at that distance
        ("The RSF attacked Tripoli, 15 km west of El Obeid.", "SD", "Tripoli", (13.2, 30.1)),
        # the distance fits, or another country is stated
        ("A raid killed four in Saida, 40 km south of Beirut, and in Tyre.", "LB", "Saida",
         (33.6, 35.4)),
        ("Families from Daraa and Nawa fled to Saida, Lebanon.", "SY", "Saida", (33.6, 35.4)),
        # without a distance a city keeps its name
        ("The convoy left Beirut, west of Damascus, for Homs.", "SY", "Beirut", (33.9, 35.5)),
    ],
)  # fmt: skip
def test_a_stated_distance_outrules_a_city_far_off(text, country, name, point) -> None:
    assert found(text, country)[name] == point
