"""A figure of a province, a district or a commune never becomes the total of the country."""

from __future__ import annotations

import pytest
from coding_kit import claims
from flight_kit import move, moves

from mapgen.model import Kind, Role

COUNTRY = {"NE": "Niger", "HT": "Haiti", "SY": "Syria", "SS": "South Sudan", "CD": "DR Congo"}

OF_AN_AREA = [
    ("Clashes in the province of Tillabéri have displaced 5,000 people.", "NE"),
    ("Gangs attacked, and 2,900 people were displaced in the commune of Xaravelle.", "HT"),
    ("Attacks in the district of Zhormek have displaced 1,000 people this week.", "SY"),
    ("Fighting has displaced 1,200 people in three villages of the district.", "SS"),
    (
        "More than 110,000 people have been uprooted by fighting in Aleppo and Idlib provinces.",
        "SY",
    ),
    ("The site of Zhormek-Livestock hosts 4,070 people displaced by the fighting.", "CD"),
    ("The attack displaced 2,300 people in the governorate, the UN said.", "SY"),
    ("Some 800 people were displaced from the camp by the shelling.", "SS"),
    ("In the town 12,350 people were displaced by the attack.", "SS"),
    ("After the shelling 3,400 people fled the villages.", "NE"),
    ("78,000 displaced since 20 Feb | 11,400 displaced this week, after the clashes.", "SS"),
    (
        "MALI: Rebels seized Konna and fighting goes on.\n\nSYRIA: An assault on Darayya "
        "goes on.\n\nMALI: Nearly 230,000 people were displaced by fighting this week.",
        "SY",
    ),
]


@pytest.mark.parametrize(("text", "country"), OF_AN_AREA)
def test_the_figure_of_an_area_is_not_of_the_country(text: str, country: str) -> None:
    names = {name for m in moves(text, country) for name in m.origins | m.destinations}
    assert not any(COUNTRY[country] in name for name in names)


OF_THE_COUNTRY = [
    ("The war has displaced 370,000 people in Syria this week.", "SY", "Syria", 370_000),
    ("Fighting has displaced 370,000 people across South Sudan.", "SS", "South Sudan", 370_000),
    (
        "In all, 280,000 people have been displaced by the fighting this week.",
        "SY",
        "Syria",
        280_000,
    ),
]


@pytest.mark.parametrize(("text", "country", "name", "count"), OF_THE_COUNTRY)
def test_a_figure_of_the_country_is(text: str, country: str, name: str, count: int) -> None:
    assert moves(text, country) == {move(name, "", count)}


def test_two_provinces_are_where_people_fled() -> None:
    text = "More than 110,000 people have been uprooted by fighting in Aleppo and Idlib provinces."
    [made] = moves(text, "SY")
    assert {name.removesuffix(" provinces") for name in made.origins} == {"Aleppo", "Idlib"}


INSIDE = [
    ("M23 took Sake. More than 2 million people are displaced across North Kivu.", "CD",
     "iso:CD-NK"),
    ("Gangs attacked Mirebalais. Some 50,000 people are displaced in Centre department.", "HT",
     "iso:HT-CE"),
    ("Gangs attacked Mirebalais. Over one million people have been displaced throughout Haiti.",
     "HT", "iso:HT"),
    ("Jihadists attacked Mopti. Some 170,000 people have been displaced within Mopti region.",
     "ML", "iso:ML-5"),
    ("Shells hit Khan Younis. Some 1.9 million people are displaced across Gaza.", "PS",
     "iso:PS-GZZ"),
    ("Clashes went on in Malakal. Some 90,000 people are displaced throughout Jonglei.", "SS",
     "iso:SS-JG"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "area"), INSIDE)
def test_people_displaced_across_an_area_did_not_flee_the_town_told_of_before(
    text: str, country: str, area: str
) -> None:
    [counted] = [c for c in claims(text, country) if c.quantity and c.kind is Kind.DISPLACEMENT]
    assert [(p.place_id, p.role) for p in counted.places] == [(area, Role.REGION)]


NOT_OF_THE_AREA = [
    ("Shelling across Khartoum displaced 2,000 people.", "SD", "iso:SD-KH"),
    ("Some 2,000 people fled Mopti on Sunday. The town lies in Mopti region.", "ML", "iso:ML-5"),
    ("Some 800 people were displaced from Goma, the capital of North Kivu.", "CD", "iso:CD-NK"),
]


@pytest.mark.parametrize(("text", "country", "area"), NOT_OF_THE_AREA)
def test_people_who_fled_a_town_did_not_flee_its_province(
    text: str, country: str, area: str
) -> None:
    [counted] = [c for c in claims(text, country) if c.quantity]
    assert area not in {p.place_id for p in counted.places}
