"""A county's heading says where people arrived; "its residents" left the town told of before."""

from __future__ import annotations

import pytest
from flight_kit import FAMILIES, Move, move
from readers_kit import moved

HEADED = [
    (
        "SITUATION BY TERRITORY\n\nMasisi\n• 9,200 people have arrived from Rutshuru Territory, "
        "including many from Kiwanja.",
        "CD",
        {move("Rutshuru Territory", "Masisi", 9200)},
    ),
    (
        "SITUATION BY TERRITORY\n\nNyiragongo\n• 7,100 people displaced from Rutshuru are present "
        "in three sites.",
        "CD",
        {move("Rutshuru", "Nyiragongo", 7100)},
    ),
    (  # a name of three letters heads its lines as well
        "SITUATION BY COUNTY\n\nWau\n• 3,200 people displaced from Raga are present.",
        "SS",
        {move("Raga", "Wau", 3200)},
    ),
    (  # trap: they went on
        "SITUATION BY COUNTY\n\nMaridi\n• 900 people from Tambura have gone on to Yambio.",
        "SS",
        {move("Tambura", "Yambio", 900)},
    ),
    (  # trap: the line tells of another town
        "SITUATION BY COUNTY\n\nTorit\n• In Ikotos 900 people have arrived from Kapoeta.",
        "SS",
        {move("Kapoeta", "Ikotos", 900)},
    ),
    (
        "- Izium: shelled all night. 900 people have left for Sloviansk since Sunday.\n- Lyman: "
        "quiet. 400 people have come from Izium.\n- Barvinkove: hospital hit. 30 families from "
        "Izium have gone on to Dnipro.",
        "UA",
        {
            move("Izium", "Sloviansk", 900),
            move("Izium", "Lyman", 400),
            move("Izium", "Dnipro", 30, FAMILIES),
        },
    ),
    (
        "- Tawila: quiet. Bombs fell at night. 240 families have gone to Golo since Sunday.\n"
        "- Kutum: unchanged.",
        "SD",
        {move("Tawila", "Golo", 240, FAMILIES)},
    ),
    (  # trap: those who reached the town of the line did not come from it
        "10:00 Fighting in Marawi.\n\n10:40 Iligan: 2,000 more people have reached the city since "
        "morning.",
        "PH",
        {move("", "Iligan", 2000)},
    ),
]


@pytest.mark.parametrize(("text", "country", "told"), HEADED)
def test_a_line_is_about_the_place_that_leads_it(text: str, country: str, told: set[Move]) -> None:
    assert moved(text, country, "2023-10-10") == told


ITS = [
    (
        "Kitshanga was emptied in a day. Of its 60,000 residents, 25,000 went to Sake and the "
        "rest to Mweso.",
        "CD",
        {move("Kitshanga", "Sake", 25000), move("Kitshanga", "Mweso", 35000)},
    ),
    (
        "Of Kitshanga's 60,000 people, 25,000 fled to Sake.",
        "CD",
        {move("Kitshanga", "Sake", 25000)},
    ),
    (  # trap: the hospital's patients are no residents
        "The hospital was emptied in a day. Of its 60 patients, 25 were taken to Sake.",
        "CD",
        set(),
    ),
    (
        "The UN puts the newly displaced in Kayah at 70,000.",
        "MM",
        {move("Kayah", "", 70000)},
    ),
    (  # traps: schools, and a share
        "The UN puts the number of schools hit in northern Shan at 80.",
        "MM",
        set(),
    ),
]


@pytest.mark.parametrize(("text", "country", "told"), ITS)
def test_its_residents_left_the_town_told_of(text: str, country: str, told: set[Move]) -> None:
    made = {m for m in moved(text, country, "2023-11-22") if m.number is not None}
    assert made == told


def test_a_place_named_among_others_is_not_where_all_came_from() -> None:
    text = "9,400 people have reached Yambio from Tambura County, among them those from Duma."
    [told] = moved(text, "SS", "2021-09-10")
    assert (told.destinations, told.number) == ({"Yambio"}, 9400)
    assert "Duma" not in told.origins


HIS = [
    (
        "From Sake, the prefect of Uvira says, 6,000 have come over the lake to his town.",
        "CD",
        {move("Sake", "Uvira", 6000)},
    ),
    (
        "The mayor of Goma says 8,000 people from Sake have reached his city.",
        "CD",
        {move("Sake", "Goma", 8000)},
    ),
    (
        "About 8,000 people from Sake have gone to Minova, not to Goma.",
        "CD",
        {move("Sake", "Minova", 8000)},
    ),
    # traps
    (
        "The mayor of Goma says 8,000 people from Sake have gone to Minova, not to his city.",
        "CD",
        {move("Sake", "Minova", 8000)},
    ),
    (
        "The mayor of Goma says 8,000 people have fled Sake, where his brother lives.",
        "CD",
        {move("Sake", "", 8000)},
    ),
    (
        "About 8,000 people have gone not only to Minova but to Goma.",
        "CD",
        {move("", "Minova, Goma", 8000)},
    ),
]


@pytest.mark.parametrize(("text", "country", "told"), HIS)
def test_his_town_is_that_of_its_mayor(text: str, country: str, told: set[Move]) -> None:
    assert moved(text, country, "2023-11-22") == told
